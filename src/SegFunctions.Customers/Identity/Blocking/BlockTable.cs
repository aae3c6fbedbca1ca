namespace SegFunctions.Customers.Identity.Blocking;

/// <summary>Keys of one pass with the records that share them.</summary>
internal sealed class BlockTable
{
    private const int RowsAtOnce = 8192;
    private const int Buckets = 256;

    private readonly ulong[] _keys;
    private readonly int[] _starts;
    private readonly int[] _members;
    private int[] _rowStarts = [];
    private int[] _rowBlocks = [];

    private BlockTable(ulong[] keys, int[] starts, int[] members) => (_keys, _starts, _members) = (keys, starts, members);

    /// <summary>Writes the keys of a row.</summary>
    public delegate int KeysOf(int row, Span<ulong> keys);

    /// <summary>How many records share the key at a place, by place.</summary>
    public int Blocks => _keys.Length;

    public ulong Key(int block) => _keys[block];

    public int Size(int block) => _starts[block + 1] - _starts[block];

    /// <summary>The records of a block in rising order.</summary>
    public ReadOnlySpan<int> Members(int block) => _members.AsSpan(_starts[block], Size(block));

    /// <summary>The records that bear a key in rising order; empty when none does.</summary>
    public ReadOnlySpan<int> Find(ulong key)
    {
        var at = Array.BinarySearch(_keys, key);
        return at < 0 ? [] : Members(at);
    }

    /// <summary>Blocks of two records and more that a row is in.</summary>
    public ReadOnlySpan<int> BlocksOf(int row) => _rowBlocks.AsSpan(_rowStarts[row], _rowStarts[row + 1] - _rowStarts[row]);

    /// <summary>Gathers the keys of all rows.</summary>
    public static BlockTable Build(int rows, KeysOf keysOf, ParallelOptions parallel)
    {
        var chunks = ChunkCount(rows);
        var parts = new (ulong[] Keys, int[] Rows)[chunks];
        Parallel.For(0, chunks, parallel, chunk => parts[chunk] = Gather(chunk, rows, keysOf));

        // Sorted by the first byte first: those buckets are then sorted side by side.
        var places = new int[chunks + 1][];
        var counts = new int[Buckets];
        for (var chunk = 0; chunk < chunks; chunk++)
        {
            places[chunk] = new int[Buckets];
            foreach (var key in parts[chunk].Keys)
                places[chunk][key >> 56]++;
            for (var bucket = 0; bucket < Buckets; bucket++)
                (places[chunk][bucket], counts[bucket]) = (counts[bucket], counts[bucket] + places[chunk][bucket]);
        }

        var starts = new int[Buckets + 1];
        for (var bucket = 0; bucket < Buckets; bucket++)
            starts[bucket + 1] = starts[bucket] + counts[bucket];
        var keys = new ulong[starts[Buckets]];
        var members = new int[keys.Length];
        Parallel.For(0, chunks, parallel, chunk =>
        {
            var (chunkKeys, chunkRows) = parts[chunk];
            for (var i = 0; i < chunkKeys.Length; i++)
            {
                var bucket = chunkKeys[i] >> 56;
                var at = starts[bucket] + places[chunk][bucket]++;
                keys[at] = chunkKeys[i];
                members[at] = chunkRows[i];
            }

            parts[chunk] = default;
        });
        var distinct = new int[Buckets];
        Parallel.For(0, Buckets, parallel, bucket => distinct[bucket] = SortBucket(keys, members, starts[bucket], counts[bucket]));
        return Compact(keys, members, starts, distinct);
    }

    /// <summary>The table without the blocks of the keys given.</summary>
    public BlockTable Without(HashSet<ulong> stops)
    {
        if (stops.Count == 0)
            return this;
        var kept = new List<int>(_keys.Length);
        var size = 0;
        for (var block = 0; block < _keys.Length; block++)
        {
            if (stops.Contains(_keys[block]))
                continue;
            kept.Add(block);
            size += Size(block);
        }

        var keys = new ulong[kept.Count];
        var starts = new int[kept.Count + 1];
        var members = new int[size];
        for (var at = 0; at < kept.Count; at++)
        {
            keys[at] = _keys[kept[at]];
            Members(kept[at]).CopyTo(members.AsSpan(starts[at]));
            starts[at + 1] = starts[at] + Size(kept[at]);
        }

        return new BlockTable(keys, starts, members);
    }

    /// <summary>Makes <see cref="BlocksOf"/> work.</summary>
    public void IndexRows(int rows)
    {
        _rowStarts = new int[rows + 1];
        for (var block = 0; block < _keys.Length; block++)
        {
            if (Size(block) < 2)
                continue;
            foreach (var row in Members(block))
                _rowStarts[row + 1]++;
        }

        for (var row = 0; row < rows; row++)
            _rowStarts[row + 1] += _rowStarts[row];
        _rowBlocks = new int[_rowStarts[rows]];
        var next = _rowStarts.AsSpan(0, rows).ToArray();
        for (var block = 0; block < _keys.Length; block++)
        {
            if (Size(block) < 2)
                continue;
            foreach (var row in Members(block))
                _rowBlocks[next[row]++] = block;
        }
    }

    private static int ChunkCount(int rows) => (rows + RowsAtOnce - 1) / RowsAtOnce;

    private static (ulong[] Keys, int[] Rows) Gather(int chunk, int rows, KeysOf keysOf)
    {
        Span<ulong> buffer = stackalloc ulong[BlockingRules.MostKeys];
        var keys = new ulong[RowsAtOnce];
        var owners = new int[RowsAtOnce];
        var count = 0;
        for (var row = chunk * RowsAtOnce; row < Math.Min(rows, (chunk + 1) * RowsAtOnce); row++)
        {
            var written = keysOf(row, buffer);
            if (count + written > keys.Length)
            {
                Array.Resize(ref keys, Math.Max(keys.Length * 2, count + written));
                Array.Resize(ref owners, keys.Length);
            }

            buffer[..written].CopyTo(keys.AsSpan(count));
            owners.AsSpan(count, written).Fill(row);
            count += written;
        }

        return (keys[..count], owners[..count]);
    }

    /// <summary>Sorts by key, rows rising within; returns how many keys there are.</summary>
    private static int SortBucket(ulong[] keys, int[] rows, int start, int count)
    {
        Array.Sort(keys, rows, start, count);
        var distinct = 0;
        for (var from = start; from < start + count;)
        {
            var to = from + 1;
            while (to < start + count && keys[to] == keys[from])
                to++;
            if (to - from > 1)
                Array.Sort(rows, from, to - from);
            distinct++;
            from = to;
        }

        return distinct;
    }

    private static BlockTable Compact(ulong[] keys, int[] members, int[] bucketStarts, int[] distinct)
    {
        var blocks = distinct.Sum();
        var blockKeys = new ulong[blocks];
        var starts = new int[blocks + 1];
        var block = 0;
        for (var at = 0; at < bucketStarts[Buckets]; at++)
        {
            if (at > 0 && keys[at] == keys[at - 1])
                continue;
            blockKeys[block] = keys[at];
            starts[block++] = at;
        }

        starts[blocks] = keys.Length;
        return new BlockTable(blockKeys, starts, members);
    }
}
