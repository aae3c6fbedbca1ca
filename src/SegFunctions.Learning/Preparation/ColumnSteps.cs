namespace SegFunctions.Learning.Preparation;

/// <summary>What is done to the cells of one column, and where the results go. The columns of the result that are −1 do not exist.</summary>
/// <param name="Index">Position of the column in the table of the fit.</param>
internal abstract record ColumnSteps(int Index, string Name, ColumnKind Kind)
{
    /// <summary>The column of the result that says where a value is missing.</summary>
    public int MissingOutput { get; init; } = -1;

    /// <summary>What stands there when it is; 0 otherwise.</summary>
    public double MissingHeight { get; init; }

    /// <summary>Reads the cells of a column.</summary>
    /// <param name="position">In its table, for messages.</param>
    /// <exception cref="ArgumentException">A cell that cannot be read, its place and the cure named.</exception>
    public abstract PreparedCells Read(Column column, int position);
}

/// <summary>Cells of a column, ready to be written into rows of the result.</summary>
internal abstract class PreparedCells
{
    /// <summary>Writes what rows <paramref name="start"/> to <paramref name="end"/> say into their places.</summary>
    /// <param name="target">Those rows, <paramref name="width"/> numbers each.</param>
    public abstract void Fill(int start, int end, Span<double> target, int width, bool winsorise);
}

/// <summary>A column of numbers, days or flags.</summary>
internal sealed record NumberSteps(int Index, string Name, ColumnKind Kind, NumericTreatment Treatment, int Output) : ColumnSteps(Index, Name, Kind)
{
    public override PreparedCells Read(Column column, int position)
    {
        var values = SourceReading.Numbers(column, Kind, position);
        if (double.IsNaN(Treatment.Fill) && Array.FindIndex(values, double.IsNaN) is var row and >= 0)
            throw new ArgumentException($"{SourceReading.Place(row, column, position)} holds no value, and nothing is prepared that could fill it. Fill it, leave the row out, or prepare by scale or auto.");
        return new Cells(this, values);
    }

    public void Fill(double value, Span<double> row, bool winsorise)
    {
        if (Output >= 0)
            row[Output] = Treatment.Apply(value, winsorise);
        if (MissingOutput >= 0)
            row[MissingOutput] = double.IsNaN(value) ? MissingHeight : 0;
    }

    private sealed class Cells(NumberSteps steps, double[] values) : PreparedCells
    {
        public override void Fill(int start, int end, Span<double> target, int width, bool winsorise)
        {
            for (var row = start; row < end; row++)
                steps.Fill(values[row], target.Slice((row - start) * width, width), winsorise);
        }
    }
}

/// <summary>A column of texts.</summary>
/// <param name="Levels">Texts with a column of their own, the most frequent, which missing ones become, first.</param>
/// <param name="Outputs">Column of the result for each of those; last, for all other texts. −1 where another column says it already.</param>
/// <param name="Height">What stands in the column of the text that a row has; 0 in the others.</param>
internal sealed record LevelSteps(int Index, string Name, ColumnKind Kind, string[] Levels, int[] Outputs, double Height) : ColumnSteps(Index, Name, Kind)
{
    public override PreparedCells Read(Column column, int position) => new Cells(this, Codes(column, position));

    /// <summary>For each row the position of its text in <see cref="Outputs"/>, −1 where it is missing.</summary>
    public int[] Codes(Column column, int? position)
    {
        var texts = SourceReading.Texts(column, position);
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var level = 0; level < Levels.Length; level++)
            known.Add(Levels[level], level);
        var codeOf = new int[texts.Levels.Count];
        for (var level = 0; level < codeOf.Length; level++)
        {
            var text = texts.Levels[level];
            codeOf[level] = CellText.IsMissing(text) ? -1 : known.GetValueOrDefault(text.Trim(), Levels.Length);
        }

        var codes = new int[texts.Rows];
        for (var row = 0; row < codes.Length; row++)
            codes[row] = texts.Codes[row] < 0 ? -1 : codeOf[texts.Codes[row]];
        return codes;
    }

    private sealed class Cells(LevelSteps steps, int[] codes) : PreparedCells
    {
        public override void Fill(int start, int end, Span<double> target, int width, bool winsorise)
        {
            for (var row = start; row < end; row++)
            {
                var own = target.Slice((row - start) * width, width);
                var code = codes[row];
                foreach (var output in steps.Outputs)
                {
                    if (output >= 0)
                        own[output] = 0;
                }

                if (steps.Outputs[Math.Max(code, 0)] is var place and >= 0)
                    own[place] = steps.Height;
                if (steps.MissingOutput >= 0)
                    own[steps.MissingOutput] = code < 0 ? steps.MissingHeight : 0;
            }
        }
    }
}
