namespace SegFunctions.Customers.Identity.Records;

/// <summary>Records of people or companies, column by column. Immutable.</summary>
public sealed class RecordSet
{
    /// <param name="ids">The id of each row; only told, never compared.</param>
    /// <param name="columns">Each as long as <paramref name="ids"/>.</param>
    /// <param name="unused">Columns of the file that take no part, with the reason.</param>
    /// <exception cref="ArgumentException">A column of another length.</exception>
    public RecordSet(IReadOnlyList<string> ids, IReadOnlyList<RecordColumn> columns, IReadOnlyList<(string Column, string Reason)>? unused = null)
    {
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentNullException.ThrowIfNull(columns);
        foreach (var column in columns)
        {
            if (column.Codes.Length != ids.Count)
                throw new ArgumentException($"Column {column.Name} has {column.Codes.Length} rows, there are {ids.Count} ids. Give every column one code a row.", nameof(columns));
        }

        Ids = ids;
        Columns = columns;
        Unused = unused ?? [];
    }

    public IReadOnlyList<string> Ids { get; }

    public IReadOnlyList<RecordColumn> Columns { get; }

    public IReadOnlyList<(string Column, string Reason)> Unused { get; }

    public int Rows => Ids.Count;
}
