using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Explanation;

/// <summary>How a column of a model's rows reads when it is a reason.</summary>
public sealed record ReasonFeature
{
    public required string Name { get; init; }

    /// <summary>Label, unit and aspect. Columns of one aspect make one reason, so that what they say cannot contradict itself.</summary>
    public ColumnWords Words { get; init; } = new();

    /// <summary>What most rows are compared with, such as the median; NaN where there is nothing of the kind.</summary>
    public double Typical { get; init; } = double.NaN;

    /// <summary>The texts that values are codes of; empty for numbers.</summary>
    public IReadOnlyList<string> Levels { get; init; } = [];

    /// <summary>Whether the numbers are 0 for no and 1 for yes.</summary>
    public bool YesOrNo { get; init; }

    /// <summary>A feature from the column it is taken from: typical is the median, levels are the column's own, 0 and 1 are no and yes.</summary>
    public static ReasonFeature Of(Column column, ColumnWords? words = null)
    {
        ArgumentNullException.ThrowIfNull(column);
        words = ColumnSpeech.WordsOf(column, words ?? new ColumnWords());
        if (column is not NumericColumn numbers)
            return new ReasonFeature { Name = column.Name, Words = words, Levels = ((TextColumn)column).Levels };
        var known = Array.FindAll(numbers.Values, value => !double.IsNaN(value));
        Array.Sort(known);
        return new ReasonFeature
        {
            Name = column.Name,
            Words = words,
            Typical = known.Length == 0 ? double.NaN : Quantile.OfSorted(known, 0.5),
            YesOrNo = known.Length > 0 && known[0] == 0 && known[^1] == 1 && Array.TrueForAll(known, value => value is 0 or 1),
        };
    }
}
