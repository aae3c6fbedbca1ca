using SegFunctions.Learning.Explanation;

namespace SegFunctions.Learning.Preparation;

/// <summary>What was decided about one column of the table, and why.</summary>
public sealed record ColumnDecision
{
    public required string Column { get; init; }

    /// <summary>Position in the table of the fit, from 0.</summary>
    public required int Index { get; init; }

    public required ColumnKind Kind { get; init; }

    public required ColumnUse Use { get; init; }

    /// <summary>For a person: one line that begins with the column's name.</summary>
    public required Bilingual Reason { get; init; }

    /// <summary>The median in the column's own unit (days since 1970-01-01 for dates; 0 or 1 for yes or no), which missing values take; null for texts and empty columns.</summary>
    public double? Typical { get; init; }

    /// <summary>Rows of the fit without a value.</summary>
    public required int Missing { get; init; }

    /// <summary>Rows of the fit whose value lies beyond the bound.</summary>
    public int Winsorised { get; init; }

    /// <summary>Skewness of the column as it came (Fisher's g₁), outliers included; 0 for texts.</summary>
    public double Skewness { get; init; }

    /// <summary>Whether anything of the column is in the result.</summary>
    public bool Kept => Use <= ColumnUse.AsItIs;
}
