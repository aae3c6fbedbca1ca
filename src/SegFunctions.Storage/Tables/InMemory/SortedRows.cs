namespace SegFunctions.Storage.Tables.InMemory;

/// <summary>Rows in the order of their keys, partition first, by UTF-16 code unit. Not thread-safe.</summary>
/// <remarks>
/// A sorted list of sorted leaves of at most 256 rows: finding costs two binary searches, writing the move of half a leaf,
/// and a million rows need little more than a reference each.
/// </remarks>
internal sealed class SortedRows
{
    private const int LeafCapacity = 256;
    private readonly List<Leaf> _leaves = [new()];

    public int Count { get; private set; }

    /// <summary>The place of the first row whose key is not less.</summary>
    /// <param name="found">The row with that very key; null where there is none.</param>
    public Place Seek(string partitionKey, string rowKey, out Row? found)
    {
        // The last leaf whose first row is not greater, then the place inside it.
        var low = 0;
        var high = _leaves.Count - 1;
        while (low < high)
        {
            var middle = (low + high + 1) >>> 1;
            if (Compare(_leaves[middle].Rows[0], partitionKey, rowKey) <= 0)
                low = middle;
            else
                high = middle - 1;
        }

        var leaf = _leaves[low];
        var index = 0;
        var end = leaf.Count;
        while (index < end)
        {
            var middle = (index + end) >>> 1;
            if (Compare(leaf.Rows[middle], partitionKey, rowKey) < 0)
                index = middle + 1;
            else
                end = middle;
        }

        found = index < leaf.Count && Compare(leaf.Rows[index], partitionKey, rowKey) == 0 ? leaf.Rows[index] : null;
        return new Place(low, index);
    }

    /// <summary>The row at a place or, at the end of a leaf, the first of the next; moves the place on. Null at the end.</summary>
    public Row? Next(ref Place place)
    {
        while (place.Leaf < _leaves.Count)
        {
            var leaf = _leaves[place.Leaf];
            if (place.Index < leaf.Count)
            {
                var row = leaf.Rows[place.Index];
                place = place with { Index = place.Index + 1 };
                return row;
            }

            place = new Place(place.Leaf + 1, 0);
        }

        return null;
    }

    /// <summary>A row of the same partition that lies beside the place, if there is one near: its key string can be shared.</summary>
    public Row? Neighbour(Place place)
    {
        var leaf = _leaves[place.Leaf];
        return leaf.Count == 0 ? null : leaf.Rows[Math.Min(place.Index, leaf.Count - 1)];
    }

    public void Replace(Place place, Row row) => _leaves[place.Leaf].Rows[place.Index] = row;

    /// <summary>Puts a row, whose key is not there yet, at the place that <see cref="Seek"/> gave for it.</summary>
    public void Insert(Place place, Row row)
    {
        var leaf = _leaves[place.Leaf];
        if (leaf.Count == LeafCapacity)
        {
            // Rows that arrive in order fill their leaves; others find room on both sides.
            var kept = place.Index == LeafCapacity && place.Leaf == _leaves.Count - 1 ? LeafCapacity : LeafCapacity / 2;
            var right = new Leaf { Rows = new Row[LeafCapacity], Count = LeafCapacity - kept };
            Array.Copy(leaf.Rows, kept, right.Rows, 0, right.Count);
            Array.Clear(leaf.Rows, kept, right.Count);
            leaf.Count = kept;
            _leaves.Insert(place.Leaf + 1, right);
            if (place.Index > kept || kept == LeafCapacity)
            {
                leaf = right;
                place = new Place(place.Leaf + 1, place.Index - kept);
            }
        }

        if (leaf.Count == leaf.Rows.Length)
            Array.Resize(ref leaf.Rows, Math.Min(LeafCapacity, Math.Max(4, leaf.Count * 2)));
        Array.Copy(leaf.Rows, place.Index, leaf.Rows, place.Index + 1, leaf.Count - place.Index);
        leaf.Rows[place.Index] = row;
        leaf.Count++;
        Count++;
    }

    public void Remove(Place place)
    {
        var leaf = _leaves[place.Leaf];
        leaf.Count--;
        Array.Copy(leaf.Rows, place.Index + 1, leaf.Rows, place.Index, leaf.Count - place.Index);
        leaf.Rows[leaf.Count] = null!;
        if (leaf.Count == 0 && _leaves.Count > 1)
            _leaves.RemoveAt(place.Leaf);
        Count--;
    }

    public static int Compare(Row row, string partitionKey, string rowKey)
    {
        var sign = ReferenceEquals(row.PartitionKey, partitionKey) ? 0 : string.CompareOrdinal(row.PartitionKey, partitionKey);
        return sign != 0 ? sign : string.CompareOrdinal(row.RowKey, rowKey);
    }

    /// <summary>Where a row is or belongs; valid until the next write.</summary>
    internal readonly record struct Place(int Leaf, int Index);

    private sealed class Leaf
    {
        public Row[] Rows = [];
        public int Count;
    }
}
