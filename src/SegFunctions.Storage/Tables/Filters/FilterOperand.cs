using SegFunctions.Storage.Tables.InMemory;

namespace SegFunctions.Storage.Tables.Filters;

/// <summary>One side of a comparison: the named property of a row, or a value.</summary>
internal sealed class FilterOperand(string? name, object? value)
{
    // Rows of one shape come in long runs: the place of the property is looked up once for each run.
    private string[]? _shape;
    private int _index;

    public string? Name { get; } = name;

    public object? Literal { get; } = value;

    public object? Of(Row row)
    {
        switch (Name)
        {
            case null:
                return Literal;
            case TableEntity.PartitionKeyName:
                return row.PartitionKey;
            case TableEntity.RowKeyName:
                return row.RowKey;
            case TableEntity.TimestampName:
                return row.Timestamp;
        }

        if (!ReferenceEquals(_shape, row.Names))
        {
            _shape = row.Names;
            _index = Array.IndexOf(row.Names, Name);
        }

        return _index < 0 ? null : row.Values[_index];
    }
}
