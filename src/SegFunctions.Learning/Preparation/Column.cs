using System.Globalization;

namespace SegFunctions.Learning.Preparation;

/// <summary>One column of a table: numbers, days or texts. It owns the arrays it is given; nobody writes to them afterwards.</summary>
public abstract class Column
{
    private protected Column(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
    }

    public string Name { get; }

    public abstract int Rows { get; }

    /// <summary>The given rows, in the given order.</summary>
    internal abstract Column Take(int[] rows);
}

/// <summary>Numbers; NaN where one is missing. An infinite one is refused when the column is used.</summary>
public class NumericColumn(string name, double[] values) : Column(name)
{
    public override int Rows => Values.Length;

    internal double[] Values { get; } = values ?? throw new ArgumentNullException(nameof(values));

    internal override Column Take(int[] rows) => new NumericColumn(Name, Array.ConvertAll(rows, row => Values[row]));
}

/// <summary>Dates or times as days since 1970-01-01 UTC; NaN where one is missing.</summary>
public sealed class DateColumn(string name, double[] days) : NumericColumn(name, days)
{
    internal override Column Take(int[] rows) => new DateColumn(Name, Array.ConvertAll(rows, row => Values[row]));
}

/// <summary>Texts: a list of different ones, and for each row its place in that list.</summary>
public sealed class TextColumn : Column
{
    /// <param name="codes">For each row a position in <paramref name="levels"/>, −1 where the text is missing.</param>
    /// <param name="levels">Different texts, in any order; not every one needs to occur.</param>
    /// <exception cref="ArgumentException">A code outside the list, or a text twice in it.</exception>
    public TextColumn(string name, int[] codes, IReadOnlyList<string> levels)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(codes);
        ArgumentNullException.ThrowIfNull(levels);
        var outside = codes.AsSpan().IndexOfAnyExceptInRange(-1, levels.Count - 1);
        if (outside >= 0)
            throw new ArgumentException($"Row {outside} (counted from 0) of column \"{name}\" has the code {codes[outside]}; there are {levels.Count} texts, and -1 is missing.", nameof(codes));
        if (levels.Distinct(StringComparer.Ordinal).Count() < levels.Count)
            throw new ArgumentException($"The texts of column \"{name}\" are not all different: give each once.", nameof(levels));
        Codes = codes;
        Levels = levels;
    }

    public override int Rows => Codes.Length;

    internal int[] Codes { get; }

    internal IReadOnlyList<string> Levels { get; }

    internal override Column Take(int[] rows) => new TextColumn(Name, Array.ConvertAll(rows, row => Codes[row]), Levels);

    /// <summary>A column from its cells; null is missing.</summary>
    public static TextColumn FromCells(string name, IReadOnlyList<string?> cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        var codes = new int[cells.Count];
        var levels = new List<string>();
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var row = 0; row < codes.Length; row++)
        {
            if (cells[row] is not { } text)
            {
                codes[row] = -1;
                continue;
            }

            if (!known.TryGetValue(text, out codes[row]))
            {
                codes[row] = levels.Count;
                known.Add(text, levels.Count);
                levels.Add(text);
            }
        }

        return new TextColumn(name, codes, levels);
    }

    /// <summary>Numbers as the texts they are written with.</summary>
    internal static TextColumn FromNumbers(string name, double[] values)
    {
        var codes = new int[values.Length];
        var levels = new List<string>();
        var known = new Dictionary<double, int>();
        for (var row = 0; row < codes.Length; row++)
        {
            if (double.IsNaN(values[row]))
            {
                codes[row] = -1;
            }
            else if (!known.TryGetValue(values[row], out codes[row]))
            {
                codes[row] = levels.Count;
                known.Add(values[row], levels.Count);
                levels.Add((values[row] == 0 ? 0 : values[row]).ToString("R", CultureInfo.InvariantCulture));
            }
        }

        return new TextColumn(name, codes, levels);
    }
}
