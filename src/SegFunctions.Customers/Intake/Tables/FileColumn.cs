using System.Text;
using SegFunctions.Customers.Intake.Values;

namespace SegFunctions.Customers.Intake.Tables;

/// <summary>One column of a file: either numbers or texts, never both.</summary>
public sealed record FileColumn
{
    /// <summary>As the header spells it; the 1-based position in a file without header.</summary>
    public required string Name { get; init; }

    public required FileColumnKind Kind { get; init; }

    /// <summary>A number a row, NaN where it is missing; days since 1970-01-01 UTC for dates. Empty for texts.</summary>
    public double[] Numbers { get; init; } = [];

    /// <summary>For each row the position of its text in <see cref="Levels"/>, −1 where it is missing. Empty for numbers.</summary>
    public int[] Codes { get; init; } = [];

    /// <summary>The distinct texts, in order of first appearance.</summary>
    public IReadOnlyList<string> Levels { get; init; } = [];

    /// <summary>Rows without a value, the unreadable ones included.</summary>
    public required int Missing { get; init; }

    /// <summary>Rows of a column of numbers or dates that hold something else, and are taken as missing.</summary>
    public int Unreadable { get; init; }

    /// <summary>The first few of those: line and text.</summary>
    public IReadOnlyList<UnreadableCell> UnreadableCells { get; init; } = [];

    /// <summary>Why the column is read as it is, in words.</summary>
    public required string Evidence { get; init; }

    /// <summary>How its values were read.</summary>
    internal ColumnStyle? Style { get; init; }

    /// <summary>Whether a text could stand in this column: any in one of texts, else a number, or a date, as this column writes them, or nothing.</summary>
    public bool Reads(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var value = Encoding.UTF8.GetBytes(text);
        return Style is null or { Kind: FileColumnKind.Text } || MissingText.IsMissing(value) || Style.TryRead(Blanks.Trim(value), out _);
    }
}

/// <summary>What a column holds.</summary>
public enum FileColumnKind
{
    Number,

    /// <summary>Dates or times, as days since 1970-01-01 UTC.</summary>
    Date,

    Text,
}

/// <param name="Line">1-based line of the file.</param>
public sealed record UnreadableCell(long Line, string Text);
