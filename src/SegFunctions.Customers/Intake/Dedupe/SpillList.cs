namespace SegFunctions.Customers.Intake.Dedupe;

/// <summary>Records in the order they were added, each in one piece.</summary>
internal sealed class SpillList
{
    private const int FirstChunk = 4 << 10;
    private const int LargestChunk = 256 << 10;

    private readonly SpillStore _store;
    private readonly List<Piece> _chunks = [];
    private int _nextCapacity = FirstChunk;

    internal SpillList(SpillStore store) => _store = store;

    /// <summary>Records added.</summary>
    public long Count { get; private set; }

    /// <summary>Bytes added.</summary>
    public long Bytes { get; private set; }

    public int Chunks => _chunks.Count;

    /// <summary>Adds a record; its parts are put together.</summary>
    public void Add(ReadOnlySpan<byte> record)
    {
        var chunk = _chunks.Count > 0 ? _chunks[^1] : null;
        if (chunk?.Memory is not { } memory || memory.Length - chunk.Length < record.Length)
        {
            memory = _store.Take(Math.Max(_nextCapacity, record.Length));
            _nextCapacity = Math.Min(2 * _nextCapacity, LargestChunk);
            chunk = new Piece { Memory = memory };
            _chunks.Add(chunk);
        }

        record.CopyTo(memory.AsSpan(chunk.Length));
        chunk.Length += record.Length;
        Count++;
        Bytes += record.Length;
    }

    /// <summary>All bytes of a chunk. They are read into <paramref name="buffer"/> where they are not in memory.</summary>
    public ReadOnlyMemory<byte> Chunk(int index, ref byte[] buffer)
    {
        var chunk = _chunks[index];
        if (chunk.Memory is { } memory)
            return memory.AsMemory(0, chunk.Length);
        if (buffer.Length < chunk.Length)
            buffer = new byte[Math.Max(chunk.Length, LargestChunk)];
        _store.Read(chunk.FileOffset, buffer.AsSpan(0, chunk.Length));
        return buffer.AsMemory(0, chunk.Length);
    }

    /// <summary>Up to <paramref name="length"/> bytes from one place, fewer at the end of the chunk.</summary>
    public ReadOnlySpan<byte> Read(int index, int offset, int length, ref byte[] buffer)
    {
        var chunk = _chunks[index];
        length = Math.Min(length, chunk.Length - offset);
        if (chunk.Memory is { } memory)
            return memory.AsSpan(offset, length);
        if (buffer.Length < length)
            buffer = new byte[Math.Max(length, 4096)];
        _store.Read(chunk.FileOffset + offset, buffer.AsSpan(0, length));
        return buffer.AsSpan(0, length);
    }

    internal void MoveToFile()
    {
        foreach (var chunk in _chunks)
        {
            if (chunk.Memory is not { } memory)
                continue;
            chunk.FileOffset = _store.Write(memory.AsSpan(0, chunk.Length));
            chunk.Memory = null;
            _store.Return(memory);
        }
    }

    internal void Release()
    {
        foreach (var chunk in _chunks)
        {
            if (chunk.Memory is { } memory)
                _store.Return(memory);
        }

        _chunks.Clear();
    }

    private sealed class Piece
    {
        public byte[]? Memory { get; set; }

        public int Length { get; set; }

        public long FileOffset { get; set; }
    }
}
