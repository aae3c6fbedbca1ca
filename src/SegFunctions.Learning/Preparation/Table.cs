namespace SegFunctions.Learning.Preparation;

/// <summary>Columns of numbers, days and texts, of equal length and different names.</summary>
public sealed class Table
{
    /// <exception cref="ArgumentException">No column, columns of different length, or a name twice.</exception>
    public Table(IReadOnlyList<Column> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Count == 0)
            throw new ArgumentException("The table has no columns; at least one is needed.", nameof(columns));
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var column in columns)
        {
            if (column.Rows != columns[0].Rows)
                throw new ArgumentException($"Column \"{column.Name}\" has {column.Rows} rows, \"{columns[0].Name}\" has {columns[0].Rows}.", nameof(columns));
            if (!names.Add(column.Name))
                throw new ArgumentException($"Two columns are named \"{column.Name}\"; rename one, so that reports can tell them apart.", nameof(columns));
        }

        Columns = columns;
        Rows = columns[0].Rows;
    }

    public IReadOnlyList<Column> Columns { get; }

    public int Rows { get; }

    /// <summary>Copies the given rows, in the given order, into a new table.</summary>
    public Table Take(int[] rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new Table([.. Columns.Select(column => column.Take(rows))]);
    }

    /// <summary>A table of numbers, NaN where one is missing; copied column by column.</summary>
    /// <param name="names">One a column.</param>
    public static Table Of(Matrix rows, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(names);
        if (names.Count != rows.Columns)
            throw new ArgumentException($"There are {names.Count} names for {rows.Columns} columns.", nameof(names));
        var columns = new double[rows.Columns][];
        for (var column = 0; column < columns.Length; column++)
            columns[column] = new double[rows.Rows];
        for (var row = 0; row < rows.Rows; row++)
        {
            var values = rows.Row(row);
            for (var column = 0; column < columns.Length; column++)
                columns[column][row] = values[column];
        }

        return new Table([.. columns.Select((values, column) => new NumericColumn(names[column], values))]);
    }
}
