using Azure;

namespace SegFunctions.Storage.Tables.InMemory;

/// <summary>One version of a stored row; a write puts another in its place.</summary>
/// <param name="Names">The properties' names, one array for all rows that have the same in the same order.</param>
/// <param name="Values">Their values: string, int, long, double, bool, DateTimeOffset, Guid or byte[]; never null.</param>
/// <param name="Ticks">The UTC time of the write; it makes the ETag as well, so no two writes of a table share one.</param>
/// <param name="Size">Bytes as the service counts them.</param>
internal sealed record Row(string PartitionKey, string RowKey, string[] Names, object[] Values, long Ticks, int Size)
{
    public DateTimeOffset Timestamp => new(Ticks, TimeSpan.Zero);

    public ETag ETag => new($"W/\"datetime'{Uri.EscapeDataString(Timestamp.UtcDateTime.ToString("O"))}'\"");

    /// <summary>A copy that its reader may change.</summary>
    /// <param name="select">The names to copy, system properties among them; null copies all.</param>
    public TableEntity ToEntity(string[]? select)
    {
        if (select is null)
            return new TableEntity(PartitionKey, RowKey, Names, Unshared(Values)) { Timestamp = Timestamp, ETag = ETag };
        var entity = new TableEntity { ETag = ETag };
        foreach (var name in select)
        {
            switch (name)
            {
                case TableEntity.PartitionKeyName:
                    entity.PartitionKey = PartitionKey;
                    break;
                case TableEntity.RowKeyName:
                    entity.RowKey = RowKey;
                    break;
                case TableEntity.TimestampName:
                    entity.Timestamp = Timestamp;
                    break;
                default:
                    var index = Array.IndexOf(Names, name);
                    if (index >= 0)
                        entity[name] = Values[index] is byte[] bytes ? bytes.Clone() : Values[index];
                    break;
            }
        }

        return entity;
    }

    // Of all values only binaries can be changed by whoever reads them.
    private static object?[] Unshared(object[] values)
    {
        object?[]? copy = null;
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is not byte[] bytes)
                continue;
            copy ??= [.. values];
            copy[i] = bytes.Clone();
        }

        return copy ?? values;
    }
}
