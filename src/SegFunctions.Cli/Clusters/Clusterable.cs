using System.Globalization;
using SegFunctions.Customers.Intake.Tables;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Cli.Clusters;

/// <summary>Refuses cells that nothing can be reckoned with, by the line of the file where they stand.</summary>
internal static class Clusterable
{
    /// <summary>The square of a greater number, summed over rows, is beyond what numbers hold.</summary>
    private const double Greatest = 1e100;

    /// <exception cref="CommandFailedException">There is such a cell; the message names file, line, column, value and cure.</exception>
    public static void Require(FileTable file, IReadOnlyList<string> names, FileColumn? idColumn, PrepareMode mode, string fileName)
    {
        for (var position = 0; position < file.Columns.Count; position++)
        {
            var column = file.Columns[position];
            if (column == idColumn)
                continue;
            var huge = Array.FindIndex(column.Numbers, number => Math.Abs(number) > Greatest);
            if (huge >= 0)
                throw Refused(huge, $"holds {column.Numbers[huge].ToString(CultureInfo.InvariantCulture)}, which is too great to reckon with: numbers go from -1e100 to 1e100. Correct it, leave it empty, or give the column in a greater unit.");
            if (mode != PrepareMode.None)
                continue;
            if (column.Kind == FileColumnKind.Text && Array.FindIndex(column.Codes, code => code >= 0) is var text and >= 0)
                throw Refused(text, $"holds '{column.Levels[column.Codes[text]].ReplaceLineEndings(" ")}', and --prepare none takes numbers alone. Leave the column out, name it with --id, or use --prepare auto (which uses categories) or scale (which leaves texts out).");
            var gap = column.Kind == FileColumnKind.Text ? 0 : Array.FindIndex(column.Numbers, double.IsNaN);
            if (gap >= 0)
            {
                var unreadable = column.UnreadableCells.FirstOrDefault(cell => cell.Line == file.Lines[gap]);
                throw Refused(gap, $"holds {(unreadable is null ? "no value" : $"'{unreadable.Text}', which is no number")}, and --prepare none fills no gaps. Correct the cell, leave the row out, or use --prepare auto or scale.");
            }

            CommandFailedException Refused(int row, string why) => new($"{fileName}, line {file.Lines[row]}: column \"{names[position]}\" {why}");
        }
    }
}
