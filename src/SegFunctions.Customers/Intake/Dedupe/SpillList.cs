namespace SegFunctions.Customers.Intake.Dedupe;

/// <summary>Bytes in the order they were added.</summary>
internal sealed class SpillList
{
    private readonly SpillStore _store;
    private readonly List<Piece> _pieces = [];
    private byte[] _last = [];
    private int _filled;

    internal SpillList(SpillStore store) => _store = store;

    /// <summary>Bytes added.</summary>
    public long Length { get; private set; }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        while (true)
        {
            var count = Math.Min(bytes.Length, _last.Length - _filled);
            bytes[..count].CopyTo(_last.AsSpan(_filled));
            _filled += count;
            Length += count;
            bytes = bytes[count..];
            if (bytes.Length == 0)
                return;
            NewPiece();
        }
    }

    /// <summary>Copies bytes from a place in the list. Several threads may while nobody adds.</summary>
    public void CopyTo(long start, Span<byte> destination)
    {
        var (low, high) = (0, _pieces.Count);
        while (low < high)
        {
            var middle = (low + high) >> 1;
            if (_pieces[middle].Start + _pieces[middle].Length <= start)
                low = middle + 1;
            else
                high = middle;
        }

        for (; destination.Length > 0 && low < _pieces.Count; low++)
        {
            var piece = _pieces[low];
            var from = (int)(start - piece.Start);
            var count = Math.Min(destination.Length, piece.Length - from);
            if (piece.Memory is { } memory)
                memory.AsSpan(from, count).CopyTo(destination);
            else
                _store.Read(piece.FileOffset + from, destination[..count]);
            start += count;
            destination = destination[count..];
        }

        if (destination.Length > 0)
            _last.AsSpan((int)(_filled - (Length - start)), destination.Length).CopyTo(destination);
    }

    /// <summary>Writes all of it.</summary>
    public async Task WriteToAsync(Stream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[(int)Math.Min(Length, 1 << 16)];
        for (long start = 0; start < Length; start += buffer.Length)
        {
            var part = buffer.AsMemory(0, (int)Math.Min(buffer.Length, Length - start));
            CopyTo(start, part.Span);
            await stream.WriteAsync(part, cancellationToken);
        }
    }

    internal void Release()
    {
        foreach (var piece in _pieces)
        {
            if (piece.Memory is { } memory)
                _store.Return(memory);
        }

        if (_last.Length > 0)
            _store.Return(_last);
        _pieces.Clear();
        (_last, _filled, Length) = ([], 0, 0);
    }

    private void NewPiece()
    {
        var capacity = _last.Length == 0 ? _store.FirstPiece : Math.Min(2 * _last.Length, _store.LargestPiece);
        if (_last.Length == 0 || _store.HasRoom(capacity))
        {
            if (_last.Length > 0)
                _pieces.Add(new Piece(Length - _filled, _filled, _last, 0));
            _last = _store.Take(capacity);
        }
        else
        {
            _pieces.Add(new Piece(Length - _filled, _filled, null, _store.Write(_last.AsSpan(0, _filled))));
            if (capacity > _last.Length)
            {
                _store.Return(_last);
                _last = _store.Take(capacity);
            }
        }

        _filled = 0;
    }

    private readonly record struct Piece(long Start, int Length, byte[]? Memory, long FileOffset);
}
