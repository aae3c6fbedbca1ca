using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Classification.Design;

/// <summary>Parts of tables.</summary>
internal static class TableRows
{
    /// <summary>The rows of those positions, in that order.</summary>
    public static Table Take(Table table, int[] rows) => new([.. table.Columns.Select(column => Take(column, rows))]);

    public static bool[] Take(bool[] values, int[] rows) => Array.ConvertAll(rows, row => values[row]);

    /// <summary>The columns of those names, in that order.</summary>
    /// <exception cref="ArgumentException">Some are not there; all are named.</exception>
    public static Table Select(Table table, IReadOnlyList<string> names)
    {
        var columns = table.Columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
        var absent = names.Where(name => !columns.ContainsKey(name)).Select(name => $"\"{name}\"").ToList();
        if (absent.Count > 0)
            throw new ArgumentException($"The table lacks {(absent.Count == 1 ? "the column" : "the columns")} {string.Join(", ", absent)} that the model was fitted on. Give the columns the names they had then.", nameof(table));
        return new Table([.. names.Select(name => columns[name])]);
    }

    private static Column Take(Column column, int[] rows) => column switch
    {
        TextColumn texts => new TextColumn(texts.Name, Array.ConvertAll(rows, row => texts.Codes[row]), texts.Levels),
        DateColumn days => new DateColumn(days.Name, Array.ConvertAll(rows, row => days.Values[row])),
        _ => new NumericColumn(column.Name, Array.ConvertAll(rows, row => ((NumericColumn)column).Values[row])),
    };
}
