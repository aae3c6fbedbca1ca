using Azure;
using SegFunctions.Storage.Tables.Filters;

namespace SegFunctions.Storage.Tables.InMemory;

/// <summary>One table in memory. Every method is atomic.</summary>
internal sealed class InMemoryTable(string name, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly SortedRows _rows = new();
    private readonly RowShapes _shapes = new();
    private long _lastTicks;

    /// <summary>The name as it was created; names differ in more than case.</summary>
    public string Name { get; } = name;

    /// <exception cref="RequestFailedException">404: there is no such row.</exception>
    public Row Find(string partitionKey, string rowKey)
    {
        lock (_gate)
        {
            _rows.Seek(partitionKey, rowKey, out var row);
            return row ?? throw TableFault.RowNotFound();
        }
    }

    /// <summary>Does one operation on a row that has been checked.</summary>
    /// <param name="size">What the check returned.</param>
    /// <returns>The new version; null after a deletion.</returns>
    /// <exception cref="RequestFailedException">404, 409, 412: nothing has changed.</exception>
    public Row? Write(TableTransactionActionType action, TableEntity entity, ETag ifMatch, int size)
    {
        lock (_gate)
        {
            var place = _rows.Seek(entity.PartitionKey, entity.RowKey, out var old);
            var row = Prepare(action, entity, ifMatch, size, place, old);
            Put(place, old, row);
            return row;
        }
    }

    /// <summary>Does all operations of a transaction that has been checked, or none.</summary>
    /// <returns>The new versions; null for a deletion.</returns>
    /// <exception cref="TableTransactionFailedException">An operation failed: nothing has changed.</exception>
    public Row?[] Write(IReadOnlyList<TableTransactionAction> actions, int[] sizes)
    {
        var rows = new Row?[actions.Count];
        lock (_gate)
        {
            // No row occurs twice, so each operation can be judged by what stands before the transaction.
            for (var i = 0; i < rows.Length; i++)
            {
                var entity = (TableEntity)actions[i].Entity;
                var place = _rows.Seek(entity.PartitionKey, entity.RowKey, out var old);
                try
                {
                    rows[i] = Prepare(actions[i].ActionType, entity, actions[i].ETag, sizes[i], place, old);
                }
                catch (RequestFailedException failure)
                {
                    throw TableFault.InTransaction(failure, i);
                }
            }

            for (var i = 0; i < rows.Length; i++)
            {
                var entity = actions[i].Entity;
                Put(_rows.Seek(entity.PartitionKey, entity.RowKey, out var old), old, rows[i]);
            }
        }

        return rows;
    }

    /// <summary>The rows that match, in the order of their keys, and where to go on.</summary>
    /// <param name="filter">Null matches all.</param>
    /// <param name="from">The first row to look at; null begins at the beginning.</param>
    /// <param name="maximum">The most rows to return.</param>
    public (List<Row> Rows, RowPosition? Next) Scan(FilterExpression? filter, RowPosition? from, int maximum)
    {
        var range = KeyRange.Of(filter);
        var start = new RowPosition(range.FirstPartition ?? "", range.FirstRow);
        if (from is not null && from.IsAfter(start))
            start = from;

        var found = new List<Row>();
        lock (_gate)
        {
            var place = _rows.Seek(start.PartitionKey, start.RowKey ?? "", out _);
            while (_rows.Next(ref place) is { } row)
            {
                if (IsPast(row, range))
                    break;
                if (filter is not null && !filter.Matches(row))
                    continue;
                if (found.Count == maximum)
                    return (found, new RowPosition(row.PartitionKey, row.RowKey));
                found.Add(row);
            }
        }

        return (found, null);
    }

    private static bool IsPast(Row row, KeyRange range)
    {
        if (range.LastPartition is null)
            return false;
        var sign = string.CompareOrdinal(row.PartitionKey, range.LastPartition);
        return sign > 0 || (sign == 0 && range.LastRow is not null && string.CompareOrdinal(row.RowKey, range.LastRow) > 0);
    }

    private Row? Prepare(
        TableTransactionActionType action, TableEntity entity, ETag ifMatch, int size, SortedRows.Place place, Row? old)
    {
        switch (action)
        {
            case TableTransactionActionType.Add when old is not null:
                throw TableFault.RowExists();
            case TableTransactionActionType.UpdateMerge or TableTransactionActionType.UpdateReplace or TableTransactionActionType.Delete:
                if (old is null)
                    throw TableFault.RowNotFound();
                if (ifMatch != default && ifMatch != ETag.All && ifMatch != old.ETag)
                    throw TableFault.ConditionNotMet();
                break;
        }

        return action switch
        {
            TableTransactionActionType.Delete => null,
            TableTransactionActionType.UpdateMerge or TableTransactionActionType.UpsertMerge when old is not null => Merge(old, entity, size),
            _ => New(entity, size, place),
        };
    }

    private Row New(TableEntity entity, int size, SortedRows.Place place)
    {
        var names = entity.PropertyNames;
        var sent = entity.PropertyValues;
        var count = 0;
        foreach (var value in sent)
            count += value is null ? 0 : 1;
        var values = new object[count];
        string[] shape;
        if (count == names.Length)
        {
            for (var i = 0; i < count; i++)
                values[i] = Stored(sent[i]!);
            shape = _shapes.Share(names);
        }
        else
        {
            var kept = new string[count];
            for (int i = 0, to = 0; i < names.Length; i++)
            {
                if (sent[i] is not { } value)
                    continue;
                kept[to] = names[i];
                values[to++] = Stored(value);
            }

            shape = _shapes.Share(kept);
        }

        // Rows of a partition hold one string for its key.
        var partitionKey = _rows.Neighbour(place) is { } beside && beside.PartitionKey == entity.PartitionKey
            ? beside.PartitionKey
            : entity.PartitionKey;
        return new Row(partitionKey, entity.RowKey, shape, values, NextTicks(), size);
    }

    private Row Merge(Row old, TableEntity entity, int size)
    {
        var values = new List<object>(old.Values);
        var names = new List<string>(old.Names);
        var written = entity.PropertyNames;
        var sent = entity.PropertyValues;
        for (var i = 0; i < written.Length; i++)
        {
            if (sent[i] is not { } value)
                continue;
            var index = Array.IndexOf(old.Names, written[i]);
            if (index >= 0)
            {
                values[index] = Stored(value);
            }
            else
            {
                names.Add(written[i]);
                values.Add(Stored(value));
            }
        }

        if (names.Count > TableRules.MaxProperties)
            throw TableFault.TooManyProperties();

        // The sum of both counts what they share twice; only when it is too much the exact figure matters.
        var merged = old.Size + size;
        if (merged > TableRules.MaxEntitySize)
        {
            merged = TableRules.SizeOf(old.PartitionKey, old.RowKey);
            for (var i = 0; i < names.Count; i++)
                merged += TableRules.SizeOf(names[i], values[i]);
            if (merged > TableRules.MaxEntitySize)
                throw TableFault.TooLarge();
        }

        var shape = names.Count == old.Names.Length
            ? old.Names
            : _shapes.Share(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(names));
        return new Row(old.PartitionKey, old.RowKey, shape, [.. values], NextTicks(), merged);
    }

    private void Put(SortedRows.Place place, Row? old, Row? row)
    {
        if (row is null)
            _rows.Remove(place);
        else if (old is null)
            _rows.Insert(place, row);
        else
            _rows.Replace(place, row);
    }

    // Strictly rising, because a clock that stands still must not give two versions one ETag.
    private long NextTicks() => _lastTicks = Math.Max(_lastTicks + 1, time.GetUtcNow().UtcTicks);

    private static object Stored(object value) => value switch
    {
        DateTimeOffset { Offset.Ticks: not 0 } date => date.ToUniversalTime(),
        DateTime date => new DateTimeOffset(date.ToUniversalTime()),
        byte[] bytes => bytes.Clone(),
        BinaryData data => data.ToArray(),
        double and 0 => 0.0,
        _ => value,
    };
}
