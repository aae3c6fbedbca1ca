using System.Numerics;

namespace SegFunctions.Customers.Intake.Dedupe;

/// <summary>Finds, in one bucket, the rows that say nothing new: equal to an earlier row of the file or of the lake.</summary>
/// <remarks>
/// A row with an identity is compared with the newest version of itself, so that a value that changes and changes back is kept;
/// any other row with all earlier rows. The hash only finds candidates; nothing is dropped without a comparison of all bytes.
/// Memory: some 40 bytes for each distinct row, for at most <c>rowsAtOnce</c> rows; larger buckets are gone through
/// several times, each time for the rows whose hashes share their leading bits.
/// </remarks>
internal sealed class DuplicateSearch(RowIdentity identity, IReadOnlyList<EarlierRows> lake, AttributeNames attributes, int rowsAtOnce)
{
    private Group[] _groups = new Group[1024];
    private int[] _slots = [];
    private int _count;
    private byte[] _first = [];
    private byte[] _second = [];
    private byte[] _chunk = [];

    /// <summary>Which of the bucket's rows are duplicates, by their position.</summary>
    public async Task<RowFlags> RunAsync(int bucket, SpillList rows, CancellationToken cancellationToken)
    {
        var duplicates = new RowFlags(rows.Count);
        if (rows.Count == 0)
            return duplicates;
        var passes = (long)BitOperations.RoundUpToPowerOf2((ulong)((rows.Count + rowsAtOnce - 1) / rowsAtOnce));
        var bits = BitOperations.Log2((ulong)passes);
        for (long pass = 0; pass < passes; pass++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Collect(rows, bits, (ulong)pass, duplicates);
            foreach (var earlier in lake)
            {
                if (await earlier.HashesAsync(bucket, cancellationToken) is { } hashes && !AnyKnown(hashes))
                    continue;
                await earlier.VisitAsync(bucket, row => Compare(row, rows), cancellationToken);
            }

            for (var group = 0; group < _count; group++)
            {
                if (_groups[group].SameInLake)
                    duplicates.Set(_groups[group].FirstOrdinal);
            }
        }

        return duplicates;
    }

    /// <summary>Groups the rows of one pass by identity, or by content; rows equal to the one before them in their group are duplicates.</summary>
    private void Collect(SpillList rows, int bits, ulong pass, RowFlags duplicates)
    {
        _count = 0;
        var expected = (int)Math.Min(rows.Count >> bits, rowsAtOnce);
        var slots = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, 2 * expected));
        if (_slots.Length < slots)
            _slots = new int[slots];
        else
            Array.Clear(_slots);
        long ordinal = 0;
        for (var chunk = 0; chunk < rows.Chunks; chunk++)
        {
            var bytes = rows.Chunk(chunk, ref _chunk).Span;
            for (var offset = 0; offset < bytes.Length; ordinal++)
            {
                var row = SpilledRow.At(bytes[offset..]);
                if (bits == 0 || row.Hash >> (64 - bits) == pass)
                    Place(row, new Address(chunk, offset), ordinal, rows, duplicates);
                offset += row.Length;
            }
        }
    }

    private void Place(SpilledRow row, Address address, long ordinal, SpillList rows, RowFlags duplicates)
    {
        if (2 * _count >= _slots.Length)
            Widen();
        ref var slot = ref Slot(row.Hash);
        for (var group = slot - 1; group >= 0; group = _groups[group].Next)
        {
            var latest = RowAt(rows, _groups[group].Latest, ref _first);
            if (latest.Content.SequenceEqual(row.Content))
            {
                duplicates.Set(ordinal);
                return;
            }

            if (row.HasIdentity && latest.HasIdentity && identity.Of(latest.Columns).SequenceEqual(identity.Of(row.Columns)))
            {
                _groups[group].Latest = address;
                return;
            }
        }

        if (_count == _groups.Length)
            Array.Resize(ref _groups, 2 * _count);
        _groups[_count] = new Group { Hash = row.Hash, First = address, Latest = address, FirstOrdinal = ordinal, Next = slot - 1 };
        slot = ++_count;
    }

    private void Compare(EarlierRows earlier, SpillList rows)
    {
        for (var group = Slot(earlier.Hash(identity)) - 1; group >= 0; group = _groups[group].Next)
        {
            var mine = RowAt(rows, _groups[group].First, ref _second);
            if (mine.HasIdentity)
            {
                // Uploads come oldest first: the last word is the newest version's.
                var version = identity.Of(earlier.Columns);
                if (version.Length > 0 && version.SequenceEqual(identity.Of(mine.Columns)))
                    _groups[group].SameInLake = Equal(earlier, mine);
            }
            else if (!_groups[group].SameInLake)
            {
                _groups[group].SameInLake = Equal(earlier, mine);
            }
        }
    }

    private bool Equal(EarlierRows earlier, SpilledRow mine)
    {
        if (!earlier.Columns.SequenceEqual(mine.Columns))
            return false;
        var rest = mine.Attributes;
        for (var number = 0; number < earlier.AttributeNames.Length; number++)
        {
            var text = earlier.Attribute(number);
            if (text.Length == 0)
                continue;
            if (rest.Length == 0)
                return false;
            var attribute = AttributeNames.Next(ref rest, out var name);
            if (attributes[name] != earlier.AttributeNames[number] || !attribute.SequenceEqual(text))
                return false;
        }

        return rest.Length == 0;
    }

    private bool AnyKnown(ulong[] hashes)
    {
        foreach (var hash in hashes)
        {
            if (Slot(hash) > 0)
                return true;
        }

        return false;
    }

    private ref int Slot(ulong hash)
    {
        var mask = _slots.Length - 1;
        for (var at = (int)((hash * 0x9E3779B97F4A7C15) >> 32) & mask; ; at = (at + 1) & mask)
        {
            ref var slot = ref _slots[at];
            if (slot == 0 || _groups[slot - 1].Hash == hash)
                return ref slot;
        }
    }

    private void Widen()
    {
        var heads = Array.FindAll(_slots, slot => slot > 0);
        _slots = new int[2 * _slots.Length];
        foreach (var head in heads)
            Slot(_groups[head - 1].Hash) = head;
    }

    private static SpilledRow RowAt(SpillList rows, Address address, ref byte[] buffer)
    {
        var start = rows.Read(address.Chunk, address.Offset, 1024, ref buffer);
        var length = SpilledRow.LengthAt(start);
        return SpilledRow.At(length <= start.Length ? start : rows.Read(address.Chunk, address.Offset, length, ref buffer));
    }

    private readonly record struct Address(int Chunk, int Offset);

    private struct Group
    {
        public ulong Hash;
        public Address First;
        public Address Latest;
        public long FirstOrdinal;
        public int Next;
        public bool SameInLake;
    }
}
