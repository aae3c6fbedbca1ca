using SegFunctions.Learning.Explanation;

namespace SegFunctions.Learning.Lifetime;

/// <summary>Customers with one number of repeat orders, as counted and as the model has it.</summary>
/// <param name="Repeats">The last class holds this many and more.</param>
public sealed record RepeatCount(int Repeats, double Actual, double Expected);

/// <summary>
/// Whether the model suits the data: the histogram of repeat orders beside that of the model (Fader, Hardie &amp; Lee 2005, figure 4).
/// Among many customers χ² refuses every model, so the warning asks for a difference that matters, too.
/// </summary>
public sealed record RepeatCountFit
{
    private const int LastClass = 7;
    private const int MostAges = 512;

    // A class that expects fewer is joined to its neighbour (Cochran 1954).
    private const double SmallestClass = 5;
    private const double NotableDistance = 0.05;
    private const double NotableProbability = 0.001;

    /// <summary>x = 0, 1, …, 6, 7 and more.</summary>
    public required IReadOnlyList<RepeatCount> Classes { get; init; }

    /// <summary>Σ (actual − expected)²/expected.</summary>
    public required double ChiSquare { get; init; }

    /// <summary>Classes less 1 less the parameters fitted; at least 1.</summary>
    public required int Freedom { get; init; }

    /// <summary>P(χ² this great or greater) if the model is right, by Wilson &amp; Hilferty (1931), about two digits.</summary>
    public required double Probability { get; init; }

    /// <summary>Share of the customers that are in another class than the model has them: half the sum of absolute differences.</summary>
    public required double Distance { get; init; }

    /// <summary>null when the model suits the data.</summary>
    public required Bilingual? Warning { get; init; }

    public static RepeatCountFit Of(PurchaseModel model, PurchaseHistories histories)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(histories);
        var actual = new double[LastClass + 1];
        foreach (var x in histories.Repeats)
            actual[Math.Min(x, LastClass)]++;
        var expected = new double[LastClass + 1];
        var probabilities = new double[LastClass];
        foreach (var (age, customers) in Ages(histories.Age))
        {
            model.RepeatDistribution(age, probabilities);
            var rest = 1.0;
            for (var x = 0; x < LastClass; x++)
            {
                expected[x] += customers * probabilities[x];
                rest -= probabilities[x];
            }

            expected[LastClass] += customers * Math.Max(0, rest);
        }

        return Of(actual, expected, model.Parameters.Count);
    }

    private static RepeatCountFit Of(double[] actual, double[] expected, int parameters)
    {
        var (chiSquare, classes, distance, customers) = (0.0, 0, 0.0, 0.0);
        var joined = (Actual: 0.0, Expected: 0.0);
        for (var x = 0; x < actual.Length; x++)
        {
            distance += Math.Abs(actual[x] - expected[x]) / 2;
            customers += actual[x];
            joined = (joined.Actual + actual[x], joined.Expected + expected[x]);
            if (joined.Expected < SmallestClass && x < actual.Length - 1)
                continue;
            if (joined.Expected > 0)
            {
                chiSquare += (joined.Actual - joined.Expected) * (joined.Actual - joined.Expected) / Math.Max(joined.Expected, 1);
                classes++;
            }

            joined = default;
        }

        distance /= customers;
        var freedom = Math.Max(1, classes - 1 - parameters);
        var probability = Exceeding(chiSquare, freedom);
        return new RepeatCountFit
        {
            Classes = [.. actual.Select((count, x) => new RepeatCount(x, count, expected[x]))],
            ChiSquare = chiSquare,
            Freedom = freedom,
            Probability = probability,
            Distance = distance,
            Warning = distance > NotableDistance && probability < NotableProbability ? LifetimeWording.PoorFit(distance) : null,
        };
    }

    private static double Exceeding(double chiSquare, int freedom)
    {
        var spread = 2 / (9.0 * freedom);
        return 1 - NormalDistribution.Cumulative((Math.Cbrt(chiSquare / freedom) - 1 + spread) / Math.Sqrt(spread));
    }

    /// <summary>Distinct ages with their customers; joined to means of neighbours when there are very many.</summary>
    private static IEnumerable<(double Age, double Customers)> Ages(ReadOnlySpan<double> ages)
    {
        var sorted = ages.ToArray();
        Array.Sort(sorted);
        var width = (sorted[^1] - sorted[0]) / MostAges;
        var distinct = 1;
        for (var i = 1; i < sorted.Length && distinct <= MostAges; i++)
            distinct += sorted[i] > sorted[i - 1] ? 1 : 0;
        if (distinct <= MostAges)
            width = 0;
        var groups = new List<(double, double)>();
        for (var start = 0; start < sorted.Length;)
        {
            var (end, sum) = (start, 0.0);
            for (; end < sorted.Length && sorted[end] <= sorted[start] + width; end++)
                sum += sorted[end] - sorted[start];
            groups.Add((sorted[start] + (sum / (end - start)), end - start));
            start = end;
        }

        return groups;
    }
}
