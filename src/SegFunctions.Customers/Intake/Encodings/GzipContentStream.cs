using System.Buffers.Binary;
using System.IO.Compression;
using SegFunctions.Customers.Intake.Archives;
using SegFunctions.Customers.Intake.Records;

namespace SegFunctions.Customers.Intake.Encodings;

/// <summary>Reads gzip content (RFC 1952), one member or several behind each other, and notices when some of it is missing.</summary>
/// <remarks>
/// <see cref="GZipStream"/> takes a file that was cut off for one that ended and ignores what follows the last member (tried on
/// .NET 10), so members are told apart here and only their deflate data is left to <see cref="DeflateStream"/>. That one reads ahead
/// and does not say by how much; but the eight bytes behind the data, check sum and length of the output, are known by then, so
/// they are looked for in the chunk in which the data ended.
/// </remarks>
internal sealed class GzipContentStream(Stream compressed, ContentLimits limits) : Stream
{
    private const int BufferSize = 64 * 1024;
    private const int TrailerLength = 8;

    private readonly byte[] _buffer = new byte[BufferSize];
    private int _start;
    private int _end;
    private int _chunkStart;
    private long _offset;
    private bool _atEnd;
    private bool _ranDry;
    private DeflateStream? _member;
    private bool _hasMembers;
    private uint _crc;
    private uint _length;
    private long _produced;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <exception cref="UnreadableFileException">The content is cut off or damaged.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.Length == 0)
            return 0;
        while (true)
        {
            if (_member is null && !await BeginMemberAsync(cancellationToken))
                return 0;
            int read;
            try
            {
                read = await _member!.ReadAsync(buffer, cancellationToken);
            }
            catch (InvalidDataException damage)
            {
                throw Damaged(damage);
            }

            if (read > 0)
            {
                _crc = Crc32.Append(_crc, buffer.Span[..read]);
                _length += (uint)read;
                _produced += read;
                if (limits.IsBroken(_produced, _offset + _end))
                    throw new UnreadableFileException(limits.Describe("The gzip file", _produced, _offset + _end));
                return read;
            }

            if (_ranDry)
                throw CutOff();
            await EndMemberAsync(cancellationToken);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read this stream asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        if (_member is not null)
            await _member.DisposeAsync();
        await compressed.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _member?.Dispose();
            compressed.Dispose();
        }

        base.Dispose(disposing);
    }

    private UnreadableFileException CutOff() => new(
        $"The gzip file is cut off: it ends after {_offset + _end} bytes, in the middle of its data. Send the whole file again.");

    private UnreadableFileException Damaged(Exception? inner = null) => new(
        $"The gzip file is damaged before byte {_offset + _start}: its data or check sum is wrong. Compress and send the file again.", inner);

    /// <summary>Reads the next member's header; false at the end of the file.</summary>
    private async ValueTask<bool> BeginMemberAsync(CancellationToken cancellationToken)
    {
        if (_hasMembers)
        {
            // Some writers pad the file with zeros.
            while (await HasAsync(1, cancellationToken) && _buffer[_start] == 0)
                _start++;
            if (_start == _end)
                return false;
        }

        await DemandAsync(10, cancellationToken);
        var header = _buffer.AsMemory(_start, 10);
        if (header.Span is not [0x1F, 0x8B, 8, ..])
        {
            throw new UnreadableFileException(
                $"Byte {_offset + _start + 1} of the gzip file starts something that is no gzip data. Compress and send the file again.");
        }

        var flags = header.Span[3];
        _start += 10;
        if ((flags & 4) != 0)
        {
            await DemandAsync(2, cancellationToken);
            var extra = BinaryPrimitives.ReadUInt16LittleEndian(_buffer.AsSpan(_start));
            _start += 2;
            for (var left = (int)extra; left > 0; left--)
                await SkipByteAsync(cancellationToken);
        }

        for (var texts = (flags >> 3 & 1) + (flags >> 4 & 1); texts > 0; texts--)
        {
            while (await SkipByteAsync(cancellationToken) != 0)
            {
            }
        }

        for (var left = (flags & 2) != 0 ? 2 : 0; left > 0; left--)
            await SkipByteAsync(cancellationToken);
        _crc = 0;
        _length = 0;
        _chunkStart = _start;
        _hasMembers = true;
        _member = new DeflateStream(new Chunks(this), CompressionMode.Decompress);
        return true;
    }

    /// <summary>Finds the trailer behind the member's data, and with it where the next member starts.</summary>
    private async ValueTask EndMemberAsync(CancellationToken cancellationToken)
    {
        await _member!.DisposeAsync();
        _member = null;
        var given = _start - _chunkStart;
        _start = _chunkStart;
        await HasAsync(given + TrailerLength, cancellationToken);
        var trailer = new byte[TrailerLength];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, _crc);
        BinaryPrimitives.WriteUInt32LittleEndian(trailer.AsSpan(4), _length);
        var tail = _buffer.AsSpan(_start, Math.Min(_end - _start, given + TrailerLength));
        var at = tail.IndexOf(trailer);
        if (at < 0 && _end - _start < given + TrailerLength)
            throw CutOff();
        if (at < 0)
            throw Damaged();
        _start += at + TrailerLength;
    }

    private async ValueTask<byte> SkipByteAsync(CancellationToken cancellationToken)
    {
        await DemandAsync(1, cancellationToken);
        return _buffer[_start++];
    }

    private async ValueTask DemandAsync(int count, CancellationToken cancellationToken)
    {
        if (!await HasAsync(count, cancellationToken))
            throw CutOff();
    }

    /// <summary>Reads until <paramref name="count"/> bytes are at hand; false when the file ends before.</summary>
    private async ValueTask<bool> HasAsync(int count, CancellationToken cancellationToken)
    {
        while (_end - _start < count && !_atEnd)
        {
            if (_start > 0)
            {
                _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
                _offset += _start;
                _end -= _start;
                _start = 0;
            }

            var read = await compressed.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            _atEnd = read == 0;
            _end += read;
        }

        return _end - _start >= count;
    }

    /// <summary>Gives the member's data to the inflater, remembering the chunk given last.</summary>
    private async ValueTask<int> NextChunkAsync(Memory<byte> target, CancellationToken cancellationToken)
    {
        _ranDry = !await HasAsync(1, cancellationToken);
        var given = Math.Min(target.Length, _end - _start);
        _buffer.AsSpan(_start, given).CopyTo(target.Span);
        _chunkStart = _start;
        _start += given;
        return given;
    }

    private sealed class Chunks(GzipContentStream owner) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            owner.NextChunkAsync(buffer, cancellationToken);

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read this stream asynchronously.");

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
