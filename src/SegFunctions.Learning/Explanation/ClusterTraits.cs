namespace SegFunctions.Learning.Explanation;

/// <summary>Measures how far each cluster stands from the others, column by column.</summary>
/// <remarks>
/// A table of 20 columns and 20 clusters is 400 looks, of which 5 % would tell of something where nothing is. So a trait is
/// listed only when its interval, widened for the number of looks (Bonferroni), still leaves out 0 (lift: 1); what is printed is
/// the ordinary interval.
/// </remarks>
internal sealed class ClusterTraits
{
    private readonly IReadOnlyList<NumericSummary> _numbers;
    private readonly IReadOnlyList<LevelSummary> _categories;
    private readonly ClusterMembers _members;
    private readonly ColumnSpeech _speech;
    private readonly double _tails;
    private readonly double _tailsOfLooks;

    public ClusterTraits(IReadOnlyList<NumericSummary> numbers, IReadOnlyList<LevelSummary> categories, ClusterMembers members, ColumnSpeech speech, double confidence)
    {
        _numbers = numbers;
        _categories = categories;
        _members = members;
        _speech = speech;
        _tails = 1 - confidence;
        var looks = numbers.Sum(column => column.Known < members.Rows ? 2L : 1L) + categories.Sum(column => (long)column.Totals.Count(total => total > 0));
        _tailsOfLooks = _tails / Math.Max(1, looks * members.Clusters);
    }

    /// <summary>The standardised difference in a column of numbers; null where there is none.</summary>
    public double? Difference(NumericSummary column, int cluster)
    {
        var own = column.Counts[cluster];
        var others = column.Known - own;
        if (own == 0 || others == 0 || !(column.Deviation > 0))
            return null;
        return (column.Means[cluster] - MeanOfOthers(column, cluster)) / column.Deviation;
    }

    /// <summary>The traits that set a cluster apart, the strongest first; ties in the order of the columns.</summary>
    public NumericTrait[] Numeric(int cluster)
    {
        var traits = new List<NumericTrait>();
        foreach (var column in _numbers)
        {
            if (Difference(column, cluster) is not { } difference || StandardError(column, cluster) is not var (error, freedom))
                continue;
            if (Math.Abs(difference) <= error * StudentDistribution.TwoTailed(_tailsOfLooks, freedom))
                continue;
            var half = error * StudentDistribution.TwoTailed(_tails, freedom);
            var label = _speech.Label(column.Column.Name);
            var typical = _speech.WriteRounded(column.Column.Name, column.Medians[cluster]);
            var ofAll = _speech.WriteRounded(column.Column.Name, column.Median);
            traits.Add(new NumericTrait(
                column.Column.Name, difference, difference - half, difference + half, column.Medians[cluster], column.Median, column.LogScale,
                new Bilingual($"{label.En} {typical.En} (all: {ofAll.En})", $"{label.Fr} {typical.Fr} (tous : {ofAll.Fr})")));
        }

        // OrderByDescending is stable.
        return [.. traits.OrderByDescending(trait => Math.Abs(trait.Difference))];
    }

    /// <inheritdoc cref="Numeric"/>
    public CategoryTrait[] Categories(int cluster)
    {
        var traits = new List<CategoryTrait>();
        foreach (var column in _numbers)
        {
            if (column.Known < _members.Rows)
                Add(traits, column.Column.Name, null, _members.Size(cluster) - column.Counts[cluster], _members.Rows - column.Known, cluster);
        }

        foreach (var column in _categories)
        {
            for (var level = 0; level < column.Totals.Length; level++)
                Add(traits, column.Column.Name, level < column.Column.Levels.Count ? column.Column.Levels[level] : null, column.Count(level, cluster), column.Totals[level], cluster);
        }

        return [.. traits.OrderByDescending(trait => Math.Abs(trait.Strength))];
    }

    /// <summary>Welch's standard error of the difference in the column's deviations, and its degrees of freedom; null where a mean of one row has none.</summary>
    private static (double Error, double Freedom)? StandardError(NumericSummary column, int cluster)
    {
        var own = column.Counts[cluster];
        var others = column.Known - own;
        if (own < 2 || others < 2)
            return null;
        var a = column.Variances[cluster] / own;
        var b = VarianceOfOthers(column, cluster) / others;
        // Both constant: the difference is certain, whatever the degrees.
        var freedom = a + b > 0 ? (a + b) * (a + b) / ((a * a / (own - 1)) + (b * b / (others - 1))) : 1;
        return (Math.Sqrt(a + b) / column.Deviation, freedom);
    }

    private static double MeanOfOthers(NumericSummary column, int cluster)
    {
        var sum = 0.0;
        for (var slot = 0; slot < column.Counts.Length; slot++)
        {
            if (slot != cluster)
                sum += column.Means[slot] * column.Counts[slot];
        }

        return sum / (column.Known - column.Counts[cluster]);
    }

    private static double VarianceOfOthers(NumericSummary column, int cluster)
    {
        var mean = MeanOfOthers(column, cluster);
        var squares = 0.0;
        for (var slot = 0; slot < column.Counts.Length; slot++)
        {
            if (slot == cluster || column.Counts[slot] == 0)
                continue;
            var shift = column.Means[slot] - mean;
            squares += (column.Variances[slot] * (column.Counts[slot] - 1)) + (shift * shift * column.Counts[slot]);
        }

        return squares / (column.Known - column.Counts[cluster] - 1);
    }

    private void Add(List<CategoryTrait> traits, string column, string? level, int count, int total, int cluster)
    {
        var size = _members.Size(cluster);
        if (total == 0 || total == _members.Rows || size == _members.Rows)
            return;
        var share = (double)count / size;
        var all = (double)total / _members.Rows;
        var (lowest, highest) = Wilson(count, size, -NormalDistribution.Quantile(_tailsOfLooks / 2));
        if (lowest <= all && all <= highest)
            return;
        var (low, high) = Wilson(count, size, -NormalDistribution.Quantile(_tails / 2));
        var others = (double)(total - count) / (_members.Rows - size);
        var label = _speech.Label(column);
        var own = Wording.Percent(share);
        var ofAll = Wording.Percent(all);
        traits.Add(new CategoryTrait(
            column, level, share, all, share / all, low / all, high / all, (share - others) / Math.Sqrt(all * (1 - all)),
            new Bilingual($"{label.En} {level ?? "not known"} {own.En} (all: {ofAll.En})", $"{label.Fr} {level ?? "non renseigné"} {own.Fr} (tous : {ofAll.Fr})")));
    }

    /// <summary>The score interval of a share (Wilson 1927).</summary>
    internal static (double Low, double High) Wilson(int count, int size, double z)
    {
        var share = (double)count / size;
        var square = z * z / size;
        var centre = (share + (square / 2)) / (1 + square);
        var half = z / (1 + square) * Math.Sqrt((share * (1 - share) / size) + (square / (4 * size)));
        // The ends are exact where they are certain; rounding would leave a trace.
        return (count == 0 ? 0 : centre - half, count == size ? 1 : centre + half);
    }
}
