namespace SegFunctions.Learning.Lifetime;

/// <summary>Customers of one number of repeat orders whose spend one thread sums at a time.</summary>
/// <param name="Repeats">x, above 0.</param>
/// <param name="Start">Their first row in the totals.</param>
/// <param name="LogTotal">Σ ln(m·x).</param>
internal readonly record struct SpendPart(int Repeats, int Start, int Customers, double LogTotal);

/// <summary>What customers with repeat orders spent on them in all, m·x, ordered by x and measured in <see cref="Scale"/>.</summary>
internal sealed class GroupedSpend
{
    private const int PartSize = 4096;

    // Against a mean near the largest double a cent would vanish, and its logarithm be infinite.
    private const double SmallestShare = 1e-250;

    private GroupedSpend(double[] totals, SpendPart[] parts, double scale)
    {
        Totals = totals;
        Parts = parts;
        Scale = scale;
    }

    public double[] Totals { get; }

    public SpendPart[] Parts { get; }

    /// <summary>The unit of the totals: the mean amount, so that neither cents nor billions reach the limits of a fit.</summary>
    public double Scale { get; }

    public int Customers => Totals.Length;

    /// <param name="repeats">x of each customer; those of 0 are left out.</param>
    /// <param name="spend">Mean amounts; those that are not above 0 are left out.</param>
    public static GroupedSpend Of(ReadOnlySpan<int> repeats, ReadOnlySpan<double> spend)
    {
        var kept = 0;
        var sum = 0.0;
        for (var i = 0; i < repeats.Length; i++)
        {
            if (repeats[i] > 0 && spend[i] > 0)
            {
                // A running mean: a sum of amounts near the largest double would overflow.
                kept++;
                sum += (spend[i] - sum) / kept;
            }
        }

        var scale = sum > 0 ? sum : 1;
        var keys = new int[kept];
        var totals = new double[kept];
        var at = 0;
        for (var i = 0; i < repeats.Length; i++)
        {
            if (repeats[i] > 0 && spend[i] > 0)
            {
                keys[at] = repeats[i];
                totals[at++] = Math.Max(spend[i] / scale, SmallestShare) * repeats[i];
            }
        }

        Sort(keys, totals);
        return new GroupedSpend(totals, PartsOf(keys, totals), scale);
    }

    /// <summary>About <paramref name="wanted"/> of the customers, evenly over x; this itself when there are no more.</summary>
    public GroupedSpend Thinned(int wanted)
    {
        var step = Customers / wanted;
        if (step < 2)
            return this;
        var keys = new int[(Customers + step - 1) / step];
        var totals = new double[keys.Length];
        foreach (var part in Parts)
        {
            for (var row = (part.Start + step - 1) / step * step; row < part.Start + part.Customers; row += step)
                (keys[row / step], totals[row / step]) = (part.Repeats, Totals[row]);
        }

        return new GroupedSpend(totals, PartsOf(keys, totals), Scale);
    }

    /// <summary>By x: small ones by counting, which is one pass, and others by comparison.</summary>
    private static void Sort(int[] keys, double[] totals)
    {
        const int Small = 4096;
        var starts = new int[Small + 1];
        foreach (var key in keys)
        {
            if (key >= Small)
            {
                Array.Sort(keys, totals);
                return;
            }

            starts[key + 1]++;
        }

        for (var key = 0; key < Small; key++)
            starts[key + 1] += starts[key];
        var (unsortedKeys, unsorted) = ((int[])keys.Clone(), (double[])totals.Clone());
        for (var i = 0; i < unsorted.Length; i++)
        {
            var to = starts[unsortedKeys[i]]++;
            (keys[to], totals[to]) = (unsortedKeys[i], unsorted[i]);
        }
    }

    private static SpendPart[] PartsOf(int[] keys, double[] totals)
    {
        var parts = new List<SpendPart>();
        for (var start = 0; start < keys.Length;)
        {
            var end = start;
            var logs = 0.0;
            for (; end < keys.Length && keys[end] == keys[start] && end - start < PartSize; end++)
                logs += Math.Log(totals[end]);
            parts.Add(new SpendPart(keys[start], start, end - start, logs));
            start = end;
        }

        return [.. parts];
    }
}
