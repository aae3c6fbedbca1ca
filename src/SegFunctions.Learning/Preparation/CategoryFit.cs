namespace SegFunctions.Learning.Preparation;

/// <summary>Which texts of a column get a column of their own.</summary>
/// <param name="Levels">Those, the most frequent first, ties in the order of the alphabet.</param>
/// <param name="Counts">Rows of each; last, where there are any, those of all others.</param>
/// <param name="OtherLevels">How many different texts were put together.</param>
/// <param name="Distinct">Different texts in all.</param>
/// <param name="Missing">Rows without text.</param>
/// <param name="Floor">Rows that a text needed.</param>
internal sealed record CategoryFit(string[] Levels, int[] Counts, int OtherLevels, int Distinct, int Missing, int Floor)
{
    /// <summary>A text in fewer rows than this says too little, but in a short table a tenth of the rows is enough.</summary>
    private const int FewestRows = 5;

    public int Present => Counts.Sum();

    /// <summary>Rows of the texts that have a column of their own.</summary>
    public int Covered => Counts.Take(Levels.Length).Sum();

    public static CategoryFit Of(TextColumn column, PreparationOptions options)
    {
        var counts = new int[column.Levels.Count];
        var present = 0;
        foreach (var code in column.Codes)
        {
            if (code < 0 || CellText.IsMissing(column.Levels[code]))
                continue;
            counts[code]++;
            present++;
        }

        // Blanks around a text make no other text.
        var byText = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var level = 0; level < counts.Length; level++)
        {
            if (counts[level] > 0)
                byText[column.Levels[level].Trim()] = byText.GetValueOrDefault(column.Levels[level].Trim()) + counts[level];
        }

        var floor = Math.Max((int)Math.Ceiling(options.RareShare * present), Math.Min(FewestRows, Math.Max(2, present / 10)));
        var order = byText.OrderByDescending(level => level.Value).ThenBy(level => level.Key, StringComparer.Ordinal).ToList();
        // One text alone is told as a constant, not as rare.
        var own = byText.Count == 1 ? 1 : Math.Min(options.MostLevels, order.Count(level => level.Value >= floor));
        var others = order.Skip(own).Sum(level => level.Value);
        return new CategoryFit(
            [.. order.Take(own).Select(level => level.Key)],
            [.. order.Take(own).Select(level => level.Value), .. others > 0 ? new[] { others } : []],
            order.Count - own,
            order.Count,
            column.Rows - present,
            floor);
    }

    /// <summary>
    /// The height of every column of the category at which their variances add up to the weight, so that a category with twenty
    /// texts weighs as one with two; a category of nearly one text weighs as one of <see cref="NumericFit.RarestShare"/>.
    /// </summary>
    public double Height(double weight)
    {
        var rows = (double)Present + Missing;
        var variance = 0.0;
        for (var level = 0; level < Counts.Length; level++)
        {
            var share = (Counts[level] + (level == 0 ? Missing : 0)) / rows;
            variance += share * (1 - share);
        }

        return Math.Sqrt(weight / Math.Max(variance, 2 * NumericFit.RarestShare * (1 - NumericFit.RarestShare)));
    }
}
