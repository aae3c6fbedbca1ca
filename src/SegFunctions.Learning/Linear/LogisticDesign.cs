namespace SegFunctions.Learning.Linear;

/// <summary>
/// What a logistic regression is fitted to, without writing out what is mostly zeros: numbers as a dense block, and for every category one code a
/// row in place of a column a level. A row of 28 numbers and 12 categories of 315 levels has 40 values here, not 343.
/// </summary>
/// <remarks>
/// Columns are counted as if they were all written out: first the numbers, then the levels of the first category, of the second, and so on; a level's column
/// holds 1 where the row has that level, else 0.
/// </remarks>
internal sealed class LogisticDesign
{
    private LogisticDesign(int rows, Matrix? numbers, int[] codes, int[] levels)
    {
        Rows = rows;
        Numbers = numbers;
        Codes = codes;
        Levels = levels;
        NumberCount = numbers?.Columns ?? 0;
        Starts = new int[levels.Length];
        LevelCount = 0;
        for (var category = 0; category < levels.Length; category++)
        {
            Starts[category] = LevelCount;
            LevelCount += levels[category];
        }
    }

    public int Rows { get; }

    /// <summary>Shape (rows × numbers), finite; null where there are only categories.</summary>
    public Matrix? Numbers { get; }

    public int NumberCount { get; }

    /// <summary>Shape (rows × categories): the level of each, −1 for none of them (all of its columns are 0).</summary>
    public int[] Codes { get; }

    /// <summary>How many levels each category has.</summary>
    public int[] Levels { get; }

    public int Categories => Levels.Length;

    /// <summary>For each category its first level among all levels.</summary>
    public int[] Starts { get; }

    /// <summary>Levels of all categories.</summary>
    public int LevelCount { get; }

    /// <summary>Columns as if written out.</summary>
    public int Columns => NumberCount + LevelCount;

    /// <summary>A table of numbers as it is.</summary>
    public static LogisticDesign Of(Matrix rows) => new(rows.Rows, rows, [], []);

    /// <param name="numbers">Shape (rows × numbers); null for none.</param>
    /// <param name="codes">Shape (rows × categories), 0 up to the category's number of levels, −1 for none. Not copied.</param>
    /// <param name="levels">Levels of each category, at least 1.</param>
    /// <exception cref="ArgumentException">Lengths that do not fit, or a code outside its category (row named).</exception>
    public static LogisticDesign Of(Matrix? numbers, int[] codes, int[] levels)
    {
        if (levels.Any(count => count < 1))
            throw new ArgumentException("A category has no levels; each needs at least one.", nameof(levels));
        if (numbers is null && levels.Length == 0)
            throw new ArgumentException("There are neither numbers nor categories.", nameof(numbers));
        var rows = numbers?.Rows ?? codes.Length / levels.Length;
        if ((long)rows * levels.Length != codes.Length)
            throw new ArgumentException($"{rows} rows of {levels.Length} categories need {(long)rows * levels.Length} codes, found {codes.Length}.", nameof(codes));
        for (var i = 0; i < codes.Length; i++)
        {
            if (codes[i] < -1 || codes[i] >= levels[i % levels.Length])
                throw new ArgumentException($"Row {i / levels.Length} (counted from 0) has the code {codes[i]} in category {i % levels.Length}, which has {levels[i % levels.Length]} levels; -1 is none.", nameof(codes));
        }

        return new LogisticDesign(rows, numbers, codes, levels);
    }

    /// <summary>The given rows, in the given order.</summary>
    public LogisticDesign Take(ReadOnlySpan<int> rows)
    {
        var codes = new int[rows.Length * Categories];
        for (var i = 0; i < rows.Length; i++)
            Codes.AsSpan(rows[i] * Categories, Categories).CopyTo(codes.AsSpan(i * Categories));
        return new LogisticDesign(rows.Length, Numbers?.Take(rows), codes, Levels);
    }

    /// <summary>Codes of one row.</summary>
    public ReadOnlySpan<int> CodesOf(int row) => Codes.AsSpan(row * Categories, Categories);
}
