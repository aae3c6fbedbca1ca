using System.Buffers;
using Azure.Core;

namespace SegFunctions.Storage.Tables.Wire;

/// <summary>
/// A request's body that grows in segments small enough to stay off the large-object heap, and that can be sent again.
/// </summary>
internal sealed class SegmentedContent : RequestContent, IBufferWriter<byte>
{
    private const int SegmentSize = 32 * 1024;
    private readonly List<(byte[] Bytes, int Count)> _full = [];
    private byte[] _current;
    private int _count;
    private int _before;

    /// <param name="sizeHint">Bytes that the body will probably have; a short body gets a short buffer.</param>
    public SegmentedContent(int sizeHint = SegmentSize) => _current = new byte[Math.Clamp(sizeHint, 256, SegmentSize)];

    public int Length => _before + _count;

    public void Advance(int count) => _count += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _current.AsMemory(_count);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _current.AsSpan(_count);
    }

    public override bool TryComputeLength(out long length)
    {
        length = Length;
        return true;
    }

    public override void WriteTo(Stream stream, CancellationToken cancellation)
    {
        foreach (var (bytes, count) in _full)
            stream.Write(bytes, 0, count);
        stream.Write(_current, 0, _count);
    }

    public override async Task WriteToAsync(Stream stream, CancellationToken cancellation)
    {
        foreach (var (bytes, count) in _full)
            await stream.WriteAsync(bytes.AsMemory(0, count), cancellation);
        await stream.WriteAsync(_current.AsMemory(0, _count), cancellation);
    }

    public override void Dispose()
    {
    }

    private void Reserve(int sizeHint)
    {
        if (_current.Length - _count >= Math.Max(sizeHint, 1))
            return;
        if (_count > 0)
        {
            _full.Add((_current, _count));
            _before += _count;
            _count = 0;
        }

        _current = new byte[Math.Max(SegmentSize, sizeHint)];
    }
}
