using System.Buffers;
using System.Text.Unicode;

namespace SegFunctions.Customers.Intake.Records;

/// <summary>Reads UTF-8 text block by block; a derived reader finds the records in it.</summary>
/// <remarks>
/// A block is filled before it is scanned and a record that its end cuts is moved to the next block, so neither the sizes of
/// the stream's reads nor that of the blocks change what is read. Only a record longer than a block makes one grow, up to the
/// longest record allowed.
/// </remarks>
internal abstract class BlockRecordReader : RecordReader
{
    /// <summary>Bytes behind the text of a block that scanners may load, whatever they hold.</summary>
    public const int Padding = 64;

    private readonly Stream _utf8;
    private readonly int _blockSize;
    private readonly int _maximumRecordLength;
    private readonly string _encodingName;
    private byte[] _block;
    private int _capacity;
    private int _start;
    private int _end;
    private long _blockOffset;
    private bool _atEndOfStream;
    private bool _skipsLine;
    private bool _hasBegun;
    private int _usualFields = 256;
    private int _usualRecords = 64;

    /// <param name="blockSize">Bytes read before records are looked for.</param>
    /// <param name="maximumRecordLength">Bytes of the longest record that is read into fields.</param>
    /// <param name="encodingName">What the bytes were before they became UTF-8, for messages.</param>
    protected BlockRecordReader(Stream utf8, int blockSize, int maximumRecordLength, string encodingName)
    {
        ArgumentNullException.ThrowIfNull(utf8);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(blockSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maximumRecordLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maximumRecordLength, 1 << 28);
        _utf8 = utf8;
        _blockSize = blockSize;
        _maximumRecordLength = maximumRecordLength;
        _encodingName = encodingName;
        _capacity = blockSize;
        _block = ArrayPool<byte>.Shared.Rent(_capacity + Padding);
    }

    /// <summary>1-based line on which the next record starts.</summary>
    protected long NextLine { get; set; } = 1;

    /// <summary>How records are found again whose line is not one of the file; null where it is.</summary>
    protected virtual RecordPlace? PlaceOfRecords => null;

    /// <summary>Records that were read to open the file; they are given out first.</summary>
    protected PooledRecordBatch? ReadAhead { get; set; }

    public override async ValueTask<RecordBatch?> ReadAsync(CancellationToken cancellationToken)
    {
        var first = ReadAhead;
        ReadAhead = null;
        return first ?? await NextAsync(cancellationToken);
    }

    public override ValueTask DisposeAsync()
    {
        ReadAhead?.Dispose();
        ReadAhead = null;
        var block = Interlocked.Exchange(ref _block, []);
        if (block.Length > 0)
            ArrayPool<byte>.Shared.Return(block);
        return _utf8.DisposeAsync();
    }

    /// <summary>Collects the complete records of <c>block[start..end]</c>, of which the last ends at the end when it is <paramref name="final"/>.</summary>
    /// <remarks>A record that is still open after the longest length allowed, and two bytes to look ahead, must be given up.</remarks>
    protected abstract ScanOutcome Scan(byte[] block, int start, int end, bool final, RecordBatchBuilder batch);

    /// <summary>The next records in file order, or null at the end of the file.</summary>
    protected virtual async ValueTask<PooledRecordBatch?> NextAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_block.Length == 0, this);

        // Batches of one file are much alike: arrays of the right size need not grow, which would copy what they hold.
        var batch = new RecordBatchBuilder(_usualFields, _usualRecords);
        try
        {
            while (true)
            {
                await FillAsync(cancellationToken);
                ScanBlock(batch);
                if (batch.RecordCount > 0)
                    return HandOver(batch);
                if (_atEndOfStream && _start == _end)
                {
                    batch.Abandon();
                    return null;
                }

                MakeRoom();
            }
        }
        catch
        {
            batch.Abandon();
            throw;
        }
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        var filledFrom = _end;
        while (!_atEndOfStream && _end < _capacity)
        {
            var read = await _utf8.ReadAsync(_block.AsMemory(_end, _capacity - _end), cancellationToken);
            _atEndOfStream = read == 0;
            _end += read;
        }

        var nul = _block.AsSpan(filledFrom, _end - filledFrom).IndexOf((byte)0);
        if (nul >= 0)
        {
            var place = PlaceOfRecords?.Describe(NextLine, -1) ?? $"line {NextLine + LineEnds.Count(_block.AsSpan(_start, filledFrom + nul - _start))}";
            throw new UnreadableFileException(
                $"{char.ToUpperInvariant(place[0])}{place[1..]} holds a NUL byte (byte {_blockOffset + filledFrom + nul + 1} of the text): this is a binary or damaged file, not a table of text. Export the data again as CSV in UTF-8.");
        }

        if (!_hasBegun && (_end >= 3 || _atEndOfStream))
        {
            _hasBegun = true;
            if (_block.AsSpan(0, _end).StartsWith("\uFEFF"u8))
                _start = 3;
        }
    }

    private void ScanBlock(RecordBatchBuilder batch)
    {
        if (!_hasBegun)
            return;
        while (_start < _end)
        {
            if (_skipsLine && !SkipLine())
                return;
            var firstRecord = batch.RecordCount;
            var outcome = Scan(_block, _start, _end, _atEndOfStream, batch);
            CheckEncoding(batch, firstRecord, _start, outcome.Consumed);
            _start = outcome.Consumed;
            _skipsLine = outcome.SkipsLine;
            if (!_skipsLine)
                return;
        }
    }

    /// <summary>Drops bytes up to the end of the line; false while it has not been found.</summary>
    private bool SkipLine()
    {
        var at = _block.AsSpan(_start, _end - _start).IndexOfAny((byte)'\r', (byte)'\n');
        if (at < 0)
        {
            _start = _end;
            return false;
        }

        at += _start;
        if (_block[at] == '\r')
        {
            if (at + 1 == _end && !_atEndOfStream)
            {
                _start = at;
                return false;
            }

            if (at + 1 < _end && _block[at + 1] == '\n')
                at++;
        }

        _start = at + 1;
        _skipsLine = false;
        NextLine++;
        return true;
    }

    private void CheckEncoding(RecordBatchBuilder batch, int firstRecord, int from, int to)
    {
        if (Utf8.IsValid(_block.AsSpan(from, to - from)))
            return;
        for (var record = firstRecord; record < batch.RecordCount; record++)
        {
            var slice = batch.Raw(record);
            var raw = _block.AsSpan(slice.Start, slice.Length);
            var valid = Utf8Text.ValidLength(raw);
            if (valid == raw.Length)
                continue;
            var target = batch.ReserveSide(Utf8Text.ReplacedLength * Math.Min(raw.Length, PooledRecordBatch.RawLimit));
            var shown = batch.CommitSide(Utf8Text.Replace(raw[..Math.Min(raw.Length, PooledRecordBatch.RawLimit)], target));
            batch.MakeFaulty(record, shown, batch.Fault(record) ?? EncodingFault(raw, valid));
        }
    }

    private RecordFault EncodingFault(ReadOnlySpan<byte> raw, int at)
    {
        var found = _encodingName == "utf-8"
            ? $"byte {at + 1} of the record is 0x{raw[at]:X2}, which is not UTF-8; the file was read as UTF-8"
            : $"behind byte {at} of the record (counted in UTF-8) stands something that is no character of {_encodingName}, as which the file was read";
        return new RecordFault(
            RecordRules.Encoding,
            $"The record is not text: {found}.",
            "Export the file again as UTF-8, or name the encoding it has in the mapping, such as \"encoding\": \"windows-1252\".");
    }

    private PooledRecordBatch HandOver(RecordBatchBuilder batch)
    {
        var full = _block;
        var rest = _end - _start;
        _capacity = Math.Max(_blockSize, 2 * rest);
        _block = ArrayPool<byte>.Shared.Rent(_capacity + Padding);
        full.AsSpan(_start, rest).CopyTo(_block);
        _blockOffset += _start;
        _start = 0;
        _end = rest;
        (_usualFields, _usualRecords) = (WithReserve(batch.FieldCount), WithReserve(batch.RecordCount));
        return batch.Build(full, PlaceOfRecords);
    }

    private static int WithReserve(int count) => count + (count / 8) + 64;

    /// <summary>Moves what is left to the front of the block, into a larger one when nothing but it fits.</summary>
    private void MakeRoom()
    {
        var rest = _end - _start;
        if (rest > _capacity / 2)
        {
            _capacity = Math.Min(2 * _capacity, Math.Max(_blockSize, _maximumRecordLength + 2));
            _capacity = Math.Max(_capacity, rest + 1);
            var larger = ArrayPool<byte>.Shared.Rent(_capacity + Padding);
            _block.AsSpan(_start, rest).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_block);
            _block = larger;
        }
        else
        {
            _block.AsSpan(_start, rest).CopyTo(_block);
        }

        _blockOffset += _start;
        _start = 0;
        _end = rest;
    }
}
