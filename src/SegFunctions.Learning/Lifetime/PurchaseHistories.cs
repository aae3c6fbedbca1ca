namespace SegFunctions.Learning.Lifetime;

/// <summary>The histories of many customers, a column each; with what they spend, where that is known.</summary>
public sealed class PurchaseHistories
{
    private readonly int[] _repeats;
    private readonly double[] _recency;
    private readonly double[] _age;
    private readonly double[] _spend;

    /// <param name="repeats">x of each customer, 0 or more. The arrays are kept, not copied: do not write to them afterwards.</param>
    /// <param name="recency">t_x, 0 to T; 0 where x is 0.</param>
    /// <param name="age">T, finite.</param>
    /// <param name="spend">Mean amount of the repeat orders (the first left out, Fader &amp; Hardie 2013), finite; 0 where x is 0. Null when amounts are not known.</param>
    /// <exception cref="ArgumentException">Lengths differ, no customers, or a value out of range (customer, column and value named).</exception>
    public PurchaseHistories(int[] repeats, double[] recency, double[] age, double[]? spend = null)
    {
        ArgumentNullException.ThrowIfNull(repeats);
        ArgumentNullException.ThrowIfNull(recency);
        ArgumentNullException.ThrowIfNull(age);
        if (repeats.Length == 0)
            throw new ArgumentException("There are no customers.", nameof(repeats));
        if (recency.Length != repeats.Length || age.Length != repeats.Length || (spend is not null && spend.Length != repeats.Length))
            throw new ArgumentException($"There are {repeats.Length} counts of orders, {recency.Length} recencies, {age.Length} ages{(spend is null ? "" : $" and {spend.Length} mean amounts")}; each customer needs one of each.", nameof(recency));
        for (var i = 0; i < repeats.Length; i++)
        {
            // One test that fits the good rows; the message is worked out apart.
            if (!(repeats[i] >= 0 && recency[i] >= 0 && recency[i] <= age[i] && age[i] < double.PositiveInfinity && (repeats[i] > 0 || recency[i] == 0)))
                throw new ArgumentException(Fault(i, repeats[i], recency[i], age[i]), nameof(recency));
        }

        for (var i = 0; i < (spend?.Length ?? 0); i++)
        {
            if (!double.IsFinite(spend![i]))
                throw new ArgumentException($"Customer {i} (counted from 0) has a mean amount of {spend[i]}; it must be a finite number.", nameof(spend));
        }

        _repeats = repeats;
        _recency = recency;
        _age = age;
        _spend = spend ?? [];
    }

    /// <summary>Customers.</summary>
    public int Count => _repeats.Length;

    public ReadOnlySpan<int> Repeats => _repeats;

    public ReadOnlySpan<double> Recency => _recency;

    public ReadOnlySpan<double> Age => _age;

    /// <summary>Mean amount of the repeat orders; empty when amounts are not known.</summary>
    public ReadOnlySpan<double> Spend => _spend;

    public PurchaseHistory this[int customer] => new(_repeats[customer], _recency[customer], _age[customer]);

    private static string Fault(int customer, int repeats, double recency, double age)
    {
        var who = $"Customer {customer} (counted from 0)";
        if (repeats < 0)
            return $"{who} has {repeats} repeat orders; it must be 0 or more.";
        if (!(age >= 0 && double.IsFinite(age)))
            return $"{who} has an age of {age}; it must be a finite number of 0 or more.";
        if (repeats == 0 && recency != 0)
            return $"{who} has no repeat order but a recency of {recency}; it must be 0.";
        return $"{who} has a recency of {recency} at an age of {age}; it must be between 0 and the age.";
    }
}
