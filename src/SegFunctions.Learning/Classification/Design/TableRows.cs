using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Classification.Design;

/// <summary>Parts of tables.</summary>
internal static class TableRows
{
    /// <summary>The values at those positions, in that order.</summary>
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
}
