using System.Numerics;

namespace SegFunctions.Customers.Intake.Dedupe;

/// <summary>Finds, in one bucket, the rows that say nothing new: equal to an earlier row of the file or of the lake.</summary>
/// <remarks>
/// A row with an identity is compared with the newest version of itself, so that a value that changes and changes back is kept;
/// any other row with all earlier rows. Rows are put in the order of their hashes; where two hashes are equal the rows are compared in full, and nothing is dropped without
/// that. Memory: some 80 bytes for each row, for at most <c>rowsAtOnce</c> rows; larger buckets are gone through
/// several times, each time for the rows whose hashes share their leading bits.
/// </remarks>
/// <param name="columns">How many columns the dataset has.</param>
internal sealed class DuplicateSearch(RowIdentity identity, int columns, AttributeNames attributes, FrequentWords words, int rowsAtOnce)
{
    private const int MarksAtOnce = 1 << 12;

    private readonly OrderedRows _order = new();
    private readonly RowMark[] _marks = new RowMark[MarksAtOnce];
    private readonly List<Place> _versions = [];
    private readonly RowLine _first = new(words, columns);
    private readonly RowLine _second = new(words, columns);
    private Place[] _places = [];
    private ulong[] _kept = [];
    private int _keptCount;

    /// <summary>The hashes of the rows that stay, in order; void after the next run.</summary>
    public ReadOnlySpan<ulong> Kept => _kept.AsSpan(0, _keptCount);

    /// <summary>Which of the bucket's rows are duplicates, by their position.</summary>
    /// <param name="bucket">Which of the buckets it is.</param>
    /// <param name="lake">Earlier uploads, oldest first.</param>
    /// <param name="turn">Ends when the lake may be asked for this bucket: it is read in the order of buckets.</param>
    public async Task<RowFlags> RunAsync(int bucket, RowBucket rows, IReadOnlyList<EarlierRows> lake, Task turn, CancellationToken cancellationToken)
    {
        var duplicates = new RowFlags(rows.Count);
        _keptCount = 0;
        if (rows.Count == 0)
            return duplicates;
        if (_kept.Length < rows.Count)
            _kept = new ulong[rows.Count + (rows.Count >> 3)];
        var passes = BitOperations.RoundUpToPowerOf2((uint)((rows.Count - 1) / rowsAtOnce) + 1);
        var bits = BitOperations.Log2(passes);
        for (uint pass = 0; pass < passes; pass++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Collect(rows, bits, pass);
            var isSettled = new RowFlags(lake.Count > 0 ? _order.Count : 0);
            FindInFile(rows, duplicates, isSettled);
            if (lake.Count > 0)
            {
                await turn;
                await FindInLakeAsync(bucket, rows, lake, duplicates, isSettled, cancellationToken);
            }

            foreach (var row in _order.Rows)
            {
                if (duplicates.Count == 0 || !duplicates[_places[row.Row].Ordinal])
                    _kept[_keptCount++] = row.Key;
            }
        }

        return duplicates;
    }

    /// <summary>Puts the rows of one pass in the order of their hashes.</summary>
    private void Collect(RowBucket rows, int bits, uint pass)
    {
        _order.Clear();
        long offset = 0;
        for (var ordinal = 0; ordinal < rows.Count;)
        {
            var count = rows.ReadMarks(ordinal, _marks);
            foreach (ref readonly var mark in _marks.AsSpan(0, count))
            {
                if (bits == 0 || mark.Hash >> (64 - bits) == pass)
                {
                    var row = _order.Count;
                    if (row == _places.Length)
                        Array.Resize(ref _places, Math.Max(1024, 2 * row));
                    _places[row] = new Place(offset, ordinal, mark);
                    _order.Add(mark.Hash, row);
                }

                offset += mark.PackedLength;
                ordinal++;
            }
        }

        _order.Sort(bits);
    }

    /// <summary>Compares rows of one hash; those equal to the one before them among their versions are duplicates.</summary>
    private void FindInFile(RowBucket rows, RowFlags duplicates, RowFlags isSettled)
    {
        var order = _order.Rows;
        for (var start = 0; start < order.Length;)
        {
            var end = start + 1;
            while (end < order.Length && order[end].Key == order[start].Key)
                end++;
            if (end - start > 1)
                Compare(rows, start, end, duplicates, isSettled);
            start = end;
        }
    }

    private void Compare(RowBucket rows, int start, int end, RowFlags duplicates, RowFlags isSettled)
    {
        _versions.Clear();
        for (var at = start; at < end; at++)
        {
            var place = _places[_order.Rows[at].Row];
            var isNew = true;
            for (var version = 0; version < _versions.Count && isNew; version++)
            {
                var (isDuplicate, isVersion) = Compare(rows, _versions[version], place);
                if (isDuplicate)
                    duplicates.Set(place.Ordinal);
                else if (isVersion)
                    _versions[version] = place;
                isNew = !isDuplicate && !isVersion;
            }

            if (isNew)
                _versions.Add(place);
            else if (!isSettled.IsEmpty)
                isSettled.Set(at);
        }
    }

    private (bool IsDuplicate, bool IsVersion) Compare(RowBucket rows, Place earlier, Place later)
    {
        var (width, laterWidth) = (rows.WidthOf(earlier.Ordinal).Attributes, rows.WidthOf(later.Ordinal).Attributes);
        var line = earlier.Line(rows, _first);
        var laterLine = later.Line(rows, _second);
        if (width == laterWidth && line.SequenceEqual(laterLine))
            return (true, false);
        var content = new RowContent(line, columns, attributes.First(width));
        var laterContent = new RowContent(laterLine, columns, attributes.First(laterWidth));
        if (width != laterWidth && content.Says(laterContent))
            return (true, false);
        var version = identity.Of(content.Columns);
        return (false, version.Length > 0 && version.SequenceEqual(identity.Of(laterContent.Columns)));
    }

    /// <summary>Compares the first of each row's versions with the lake's newest.</summary>
    /// <param name="isSettled">By place in the order: duplicates and later versions, which the lake says nothing about.</param>
    private async ValueTask FindInLakeAsync(int bucket, RowBucket rows, IReadOnlyList<EarlierRows> lake, RowFlags duplicates, RowFlags isSettled, CancellationToken cancellationToken)
    {
        var same = new bool[_order.Count];
        foreach (var earlier in lake)
        {
            if (await earlier.HashesAsync(bucket, cancellationToken) is { } hashes && !AnyKnown(hashes))
                continue;
            await earlier.VisitAsync(bucket, row => Compare(row, rows, isSettled, same), cancellationToken);
        }

        for (var at = 0; at < same.Length; at++)
        {
            if (same[at])
                duplicates.Set(_places[_order.Rows[at].Row].Ordinal);
        }
    }

    private void Compare(EarlierRows earlier, RowBucket rows, RowFlags isSettled, bool[] same)
    {
        var hash = earlier.Hash(identity);
        for (var at = _order.Find(hash); at < _order.Count && _order.Rows[at].Key == hash; at++)
        {
            if (isSettled[at])
                continue;
            var place = _places[_order.Rows[at].Row];
            var mine = new RowContent(place.Line(rows, _first), columns, attributes.First(rows.WidthOf(place.Ordinal).Attributes));
            var version = identity.Of(mine.Columns);

            // Uploads come oldest first: the last word is the newest version's.
            if (version.Length == 0)
                same[at] |= AreEqual(earlier, mine);
            else if (version.SequenceEqual(identity.Of(earlier.Columns)))
                same[at] = AreEqual(earlier, mine);
        }
    }

    private static bool AreEqual(EarlierRows earlier, RowContent mine)
    {
        if (!earlier.Columns.SequenceEqual(mine.Columns))
            return false;
        var rest = mine.Attributes;
        for (var number = 0; number < earlier.AttributeNames.Length; number++)
        {
            var text = earlier.Attribute(number);
            if (text.Length > 0 && (!rest.Next() || rest.Name != earlier.AttributeNames[number] || !rest.Text.SequenceEqual(text)))
                return false;
        }

        return !rest.Next();
    }

    /// <summary>Whether one of the hashes, which are in order, is one of the pass.</summary>
    private bool AnyKnown(ulong[] hashes)
    {
        var order = _order.Rows;
        var mine = 0;
        foreach (var hash in hashes)
        {
            while (mine < order.Length && order[mine].Key < hash)
                mine++;
            if (mine == order.Length)
                return false;
            if (order[mine].Key == hash)
                return true;
        }

        return false;
    }

    /// <param name="Offset">Where the row lies among the packed rows of its bucket.</param>
    private readonly record struct Place(long Offset, int Ordinal, RowMark Mark)
    {
        public ReadOnlySpan<byte> Line(RowBucket rows, RowLine reading) => reading.Read(rows, Ordinal, Offset, Mark);
    }
}
