using SegFunctions.Learning.Lifetime;

namespace SegFunctions.Customers.Predictions.Value;

/// <summary>When the next order comes, if it comes within the horizon.</summary>
internal static class NextOrderDay
{
    private const double HalfADay = 0.5;

    /// <summary>The probability of an order within the horizon.</summary>
    public static double Within(PurchaseModel model, PurchaseHistory history, double horizonDays) =>
        model.AliveProbability(history) * (1 - model.NoOrderIfAlive(history, horizonDays / OrderDays.DaysPerWeek));

    /// <summary>Days after which half of the customers of this history who order within the horizon have ordered, by bisection.</summary>
    public static double Median(PurchaseModel model, PurchaseHistory history, int horizonDays)
    {
        var half = (1 - model.NoOrderIfAlive(history, horizonDays / OrderDays.DaysPerWeek)) / 2;
        var (low, high) = (0.0, (double)horizonDays);
        while (high - low > HalfADay / 2)
        {
            var middle = (low + high) / 2;
            if (1 - model.NoOrderIfAlive(history, middle / OrderDays.DaysPerWeek) < half)
                low = middle;
            else
                high = middle;
        }

        return (low + high) / 2;
    }
}
