namespace SegFunctions.Learning.Lifetime;

/// <summary>Customers of one number of repeat orders before the holdout, and their orders in it.</summary>
/// <param name="Repeats">x; the last class holds this many and more.</param>
/// <param name="Actual">Mean orders in the holdout.</param>
/// <param name="Expected">As the model has it.</param>
public sealed record HoldoutClass(int Repeats, int Customers, double Actual, double Expected);

/// <summary>How well a model foretells orders of a time it has not seen, customer by customer.</summary>
public sealed record HoldoutCheck
{
    private const int LastClass = 7;

    /// <summary>Mean absolute error of the expected number of orders of a customer.</summary>
    public required double MeanAbsoluteError { get; init; }

    /// <summary>The same of the naive forecast: every customer goes on at the own rate x/T.</summary>
    public required double NaiveMeanAbsoluteError { get; init; }

    /// <summary>Root of the mean squared error, which the expectation itself makes least.</summary>
    public required double RootMeanSquaredError { get; init; }

    /// <summary>The same of the naive forecast.</summary>
    public required double NaiveRootMeanSquaredError { get; init; }

    /// <summary>Pearson's correlation of expected and actual orders; NaN when either does not vary.</summary>
    public required double Correlation { get; init; }

    public required double ExpectedTotal { get; init; }

    public required double ActualTotal { get; init; }

    /// <summary>By x = 0, 1, …, 6, 7 and more; classes without customers left out.</summary>
    public required IReadOnlyList<HoldoutClass> Classes { get; init; }

    /// <summary>Both errors are below the naive forecast's.</summary>
    public bool BeatsNaive => MeanAbsoluteError < NaiveMeanAbsoluteError && RootMeanSquaredError < NaiveRootMeanSquaredError;

    /// <param name="model">Fitted on the histories.</param>
    /// <param name="later">Orders of each customer in the time of length <paramref name="horizon"/> after them.</param>
    /// <exception cref="ArgumentException">Another number of customers.</exception>
    public static HoldoutCheck Of(PurchaseModel model, PurchaseHistories histories, ReadOnlySpan<int> later, double horizon)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(histories);
        if (later.Length != histories.Count)
            throw new ArgumentException($"There are {later.Length} counts of later orders for {histories.Count} customers.", nameof(later));
        var (error, naiveError, square, naiveSquare) = (0.0, 0.0, 0.0, 0.0);
        var (meanExpected, meanActual, squareExpected, squareActual, product) = (0.0, 0.0, 0.0, 0.0, 0.0);
        var classes = new (int Customers, double Actual, double Expected)[LastClass + 1];
        for (var i = 0; i < later.Length; i++)
        {
            var history = histories[i];
            var expected = model.ExpectedOrders(history, horizon);
            var naive = history.Age > 0 ? history.Repeats / history.Age * horizon : 0;
            error += Math.Abs(expected - later[i]);
            naiveError += Math.Abs(naive - later[i]);
            square += (expected - later[i]) * (expected - later[i]);
            naiveSquare += (naive - later[i]) * (naive - later[i]);
            ref var own = ref classes[Math.Min(history.Repeats, LastClass)];
            own = (own.Customers + 1, own.Actual + later[i], own.Expected + expected);
            var (e, a) = (expected - meanExpected, later[i] - meanActual);
            meanExpected += e / (i + 1);
            meanActual += a / (i + 1);
            squareExpected += e * (expected - meanExpected);
            squareActual += a * (later[i] - meanActual);
            product += e * (later[i] - meanActual);
        }

        double n = later.Length;
        return new HoldoutCheck
        {
            MeanAbsoluteError = error / n,
            NaiveMeanAbsoluteError = naiveError / n,
            RootMeanSquaredError = Math.Sqrt(square / n),
            NaiveRootMeanSquaredError = Math.Sqrt(naiveSquare / n),
            Correlation = squareExpected > 0 && squareActual > 0 ? product / Math.Sqrt(squareExpected * squareActual) : double.NaN,
            ExpectedTotal = meanExpected * n,
            ActualTotal = meanActual * n,
            Classes = [.. classes.Select((one, x) => new HoldoutClass(x, one.Customers, one.Actual / one.Customers, one.Expected / one.Customers)).Where(one => one.Customers > 0)],
        };
    }
}
