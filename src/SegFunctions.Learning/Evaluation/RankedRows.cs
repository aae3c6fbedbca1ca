namespace SegFunctions.Learning.Evaluation;

/// <summary>Rows in ascending order of their scores, sorted once for every measure that asks for ranks.</summary>
internal sealed class RankedRows
{
    private RankedRows(double[] scores, bool[] labels, double[]? weights, int[] order, bool[] ends)
    {
        Scores = scores;
        Labels = labels;
        Weights = weights;
        Order = order;
        Ends = ends;
    }

    public int Count => Scores.Length;

    /// <summary>Ascending.</summary>
    public double[] Scores { get; }

    public bool[] Labels { get; }

    /// <summary>null for 1 each.</summary>
    public double[]? Weights { get; }

    /// <summary>Which row stands at each position.</summary>
    public int[] Order { get; }

    /// <summary>Whether the next position has another score: equal scores are never told apart.</summary>
    public bool[] Ends { get; }

    /// <summary>Lengths and values are the caller's promise.</summary>
    public static RankedRows Of(ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels, ReadOnlySpan<double> weights)
    {
        var sorted = scores.ToArray();
        var order = new int[sorted.Length];
        for (var row = 0; row < order.Length; row++)
            order[row] = row;
        Array.Sort(sorted, order);
        var own = new bool[sorted.Length];
        var ends = new bool[sorted.Length];
        var weighed = weights.IsEmpty ? null : new double[sorted.Length];
        for (var at = 0; at < sorted.Length; at++)
        {
            own[at] = labels[order[at]];
            ends[at] = at + 1 == sorted.Length || sorted[at + 1] != sorted[at];
            if (weighed is not null)
                weighed[at] = weights[order[at]];
        }

        return new RankedRows(sorted, own, weighed, order, ends);
    }

    public double WeightAt(int position) => Weights is null ? 1 : Weights[position];

    /// <summary>Weight of the positives and of the negatives.</summary>
    public (double Positive, double Negative) Totals()
    {
        double positive = 0, negative = 0;
        for (var at = 0; at < Labels.Length; at++)
        {
            if (Labels[at])
                positive += WeightAt(at);
            else
                negative += WeightAt(at);
        }

        return (positive, negative);
    }

    /// <summary>The first position from which on scores are at least this.</summary>
    public int FirstAtLeast(double score)
    {
        var (low, high) = (0, Scores.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (Scores[middle] < score)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
