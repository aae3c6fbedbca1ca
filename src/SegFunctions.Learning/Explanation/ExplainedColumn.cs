namespace SegFunctions.Learning.Explanation;

/// <summary>A column of the table that clusters are explained by: as people know it, before any preparation.</summary>
public abstract record ExplainedColumn
{
    private protected ExplainedColumn(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
    }

    /// <summary>Name in the source; different from every other column's.</summary>
    public string Name { get; }

    internal abstract int Rows { get; }

    /// <summary>Refuses what cannot be explained, naming column, row and value.</summary>
    internal abstract void Require();
}

/// <summary>A column of numbers.</summary>
/// <remarks>The array is not copied; whoever hands it over does not write to it afterwards.</remarks>
public sealed record NumericColumn : ExplainedColumn
{
    // Third powers of sums of these are still numbers.
    private const double Largest = 1e100;

    /// <param name="values">One a row; NaN where the value is missing, else from −10¹⁰⁰ to 10¹⁰⁰.</param>
    public NumericColumn(string name, double[] values)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(values);
        Values = values;
    }

    public double[] Values { get; }

    internal override int Rows => Values.Length;

    internal override void Require()
    {
        var row = Array.FindIndex(Values, value => Math.Abs(value) > Largest);
        if (row >= 0)
            throw new ArgumentException($"Column '{Name}' holds {Values[row]} in row {row} (counted from 0); every value must be a number from -1e100 to 1e100, or NaN for missing.", "table");
    }
}

/// <summary>A column of categories.</summary>
/// <inheritdoc cref="NumericColumn" path="/remarks"/>
public sealed record CategoricalColumn : ExplainedColumn
{
    /// <param name="codes">One a row: a position in <paramref name="levels"/>, or −1 where the value is missing.</param>
    /// <param name="levels">The categories as people read them, each once.</param>
    public CategoricalColumn(string name, int[] codes, string[] levels)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(codes);
        ArgumentNullException.ThrowIfNull(levels);
        Codes = codes;
        Levels = levels;
    }

    public int[] Codes { get; }

    public string[] Levels { get; }

    internal override int Rows => Codes.Length;

    internal override void Require()
    {
        for (var row = 0; row < Codes.Length; row++)
        {
            if (Codes[row] < -1 || Codes[row] >= Levels.Length)
                throw new ArgumentException($"Column '{Name}' holds the code {Codes[row]} in row {row} (counted from 0); it must be a position among its {Levels.Length} levels, or -1 for missing.", "table");
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        if (Array.Find(Levels, level => !seen.Add(level)) is { } twice)
            throw new ArgumentException($"Column '{Name}' has the level '{twice}' twice; give equal levels one code.", "table");
    }
}
