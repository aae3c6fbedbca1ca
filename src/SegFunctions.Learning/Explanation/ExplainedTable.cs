namespace SegFunctions.Learning.Explanation;

/// <summary>The table that was clustered, as it came: what clusters are explained in terms of.</summary>
public sealed class ExplainedTable
{
    /// <param name="columns">At least one; all of the same length, names all different.</param>
    /// <exception cref="ArgumentException">Lengths or names clash, a value is infinite, a code has no level (column, row and value named).</exception>
    public ExplainedTable(IReadOnlyList<ExplainedColumn> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Count == 0)
            throw new ArgumentException("The table has no columns; at least one is needed.", nameof(columns));
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var column in columns)
        {
            if (column.Rows != columns[0].Rows)
                throw new ArgumentException($"Column '{column.Name}' has {column.Rows} rows, column '{columns[0].Name}' has {columns[0].Rows}.", nameof(columns));
            if (!names.Add(column.Name))
                throw new ArgumentException($"Two columns are called '{column.Name}'; give each its own name.", nameof(columns));
            column.Require();
        }

        Columns = [.. columns];
        Rows = columns[0].Rows;
    }

    public IReadOnlyList<ExplainedColumn> Columns { get; }

    public int Rows { get; }

    /// <summary>A table of numbers: one column of the matrix each; NaN is missing.</summary>
    public static ExplainedTable Of(Matrix rows, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(names);
        if (names.Count != rows.Columns)
            throw new ArgumentException($"{rows.Columns} columns need as many names, found {names.Count}.", nameof(names));
        var columns = new ExplainedColumn[rows.Columns];
        for (var column = 0; column < columns.Length; column++)
        {
            var values = new double[rows.Rows];
            for (var row = 0; row < values.Length; row++)
                values[row] = rows.Array[(row * rows.Columns) + column];
            columns[column] = new NumericColumn(names[column], values);
        }

        return new ExplainedTable(columns);
    }
}
