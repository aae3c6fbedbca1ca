using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace SegFunctions.Customers.Intake.Dedupe;

/// <summary>Reads the hashes of an upload's rows, bucket after bucket.</summary>
internal sealed class RowIndexReader : IAsyncDisposable
{
    private readonly Stream _stream;
    private readonly long[] _offsets;
    private long _position;
    private int _lastBucket = -1;
    private ulong[] _last = [];

    private RowIndexReader(Stream stream, long[] offsets) => (_stream, _offsets) = (stream, offsets);

    /// <exception cref="InvalidDataException">It is no row index of this version.</exception>
    public static async Task<RowIndexReader> OpenAsync(Stream stream, CancellationToken cancellationToken)
    {
        var header = new byte[RowIndexFormat.HeaderLength];
        if (await stream.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancellationToken) < header.Length || !header.AsSpan().StartsWith(RowIndexFormat.Magic))
            throw new InvalidDataException("A row index does not begin as this version writes it. Take the upload in again.");
        var offsets = new long[RowIndexFormat.Buckets + 1];
        for (var bucket = 0; bucket < offsets.Length; bucket++)
            offsets[bucket] = BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(8 + (8 * bucket)));
        return new RowIndexReader(stream, offsets);
    }

    /// <summary>How many hashes a bucket has.</summary>
    public long CountOf(int bucket) => _offsets[bucket + 1] - _offsets[bucket];

    /// <summary>The hashes of a bucket; buckets are asked for in rising order, the same one as often as wanted.</summary>
    public async ValueTask<ulong[]> BucketAsync(int bucket, CancellationToken cancellationToken)
    {
        if (bucket == _lastBucket)
            return _last;
        ArgumentOutOfRangeException.ThrowIfLessThan(bucket, _lastBucket);
        var skipped = new byte[1 << 16];
        while (_position < _offsets[bucket])
        {
            var length = (int)Math.Min(skipped.Length, (_offsets[bucket] - _position) * 8);
            await _stream.ReadExactlyAsync(skipped.AsMemory(0, length), cancellationToken);
            _position += length / 8;
        }

        var hashes = new ulong[checked((int)(_offsets[bucket + 1] - _position))];
        var bytes = new byte[8 * hashes.Length];
        await _stream.ReadExactlyAsync(bytes, cancellationToken);
        MemoryMarshal.Cast<byte, ulong>(bytes).CopyTo(hashes);
        if (!BitConverter.IsLittleEndian)
            BinaryPrimitives.ReverseEndianness(hashes, hashes);
        _position += hashes.Length;
        (_lastBucket, _last) = (bucket, hashes);
        return hashes;
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();
}
