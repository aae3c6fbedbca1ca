using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace SegFunctions.Customers.Intake.Encodings;

/// <summary>Reads text of another encoding as UTF-8, in bounded memory.</summary>
/// <remarks>
/// What is no character in the source (an undefined byte, half a surrogate pair, an odd byte at the end) is neither dropped nor
/// replaced by a character: it becomes the byte <see cref="NoCharacter"/>, which no UTF-8 text holds, so that the reader behind
/// refuses the record in which it stands and can name its line. <see cref="InvalidSequences"/> counts them.
/// </remarks>
internal sealed class Utf8TranscodingStream : Stream
{
    /// <summary>Stands for what is no character; never valid in UTF-8 (RFC 3629, section 1).</summary>
    public const byte NoCharacter = 0xFF;

    private const int InputSize = 32 * 1024;

    private readonly Stream _source;
    private readonly TextEncoding _encoding;

    // What of the input is not yet text: at most half a surrogate pair, in this machine's byte order, and an odd byte.
    private byte[] _input = ArrayPool<byte>.Shared.Rent(InputSize);
    private int _left;

    // One byte becomes three at most: a byte of Windows-1252, or the odd one at the end.
    private byte[] _output = ArrayPool<byte>.Shared.Rent(3 * InputSize);
    private int _start;
    private int _end;
    private bool _atEnd;

    /// <param name="source">Without its byte order mark; belongs to this stream.</param>
    public Utf8TranscodingStream(Stream source, TextEncoding encoding)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfEqual(encoding, TextEncoding.Utf8);
        _source = source;
        _encoding = encoding;
    }

    /// <summary>Sequences that were no character so far.</summary>
    public long InvalidSequences { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_start == _end && !_atEnd)
            Transcode(await _source.ReadAsync(_input.AsMemory(_left, InputSize - _left), cancellationToken));
        return Take(buffer.Span);
    }

    public override int Read(Span<byte> buffer)
    {
        while (_start == _end && !_atEnd)
            Transcode(_source.Read(_input.AsSpan(_left, InputSize - _left)));
        return Take(buffer);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        Release();
        await _source.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Release();
            _source.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Take(Span<byte> target)
    {
        var taken = Math.Min(target.Length, _end - _start);
        _output.AsSpan(_start, taken).CopyTo(target);
        _start += taken;
        return taken;
    }

    /// <summary>Turns the input, <paramref name="read"/> bytes longer now, into output; all of the output has been taken.</summary>
    private void Transcode(int read)
    {
        _atEnd = read == 0;
        _start = 0;
        _end = _encoding switch
        {
            TextEncoding.Windows1252 => SingleByteTable.Windows1252.Transcode(_input.AsSpan(0, read), _output),
            TextEncoding.Macintosh => SingleByteTable.Macintosh.Transcode(_input.AsSpan(0, read), _output),
            TextEncoding.Latin9 => SingleByteTable.Latin9.Transcode(_input.AsSpan(0, read), _output),
            _ => FromUtf16(read),
        };
        InvalidSequences += _output.AsSpan(0, _end).Count(NoCharacter);
    }

    private int FromUtf16(int read)
    {
        var known = _left & ~1;
        _left += read;
        var characters = MemoryMarshal.Cast<byte, char>(_input.AsSpan(0, _left & ~1));
        if (_encoding == TextEncoding.Utf16BigEndian == BitConverter.IsLittleEndian)
        {
            var fresh = MemoryMarshal.Cast<char, ushort>(characters[(known / 2)..]);
            BinaryPrimitives.ReverseEndianness(fresh, fresh);
        }

        var written = 0;
        while (true)
        {
            var status = Utf8.FromUtf16(characters, _output.AsSpan(written), out var done, out var bytes, replaceInvalidSequences: false, isFinalBlock: _atEnd);
            written += bytes;
            characters = characters[done..];
            if (status != OperationStatus.InvalidData)
                break;
            _output[written++] = NoCharacter;
            characters = characters[1..];
        }

        var rest = (2 * characters.Length) + (_left & 1);
        _input.AsSpan(_left - rest, rest).CopyTo(_input);
        _left = rest;
        if (_atEnd && rest > 0)
        {
            _output[written++] = NoCharacter;
            _left = 0;
        }

        return written;
    }

    private void Release()
    {
        var input = Interlocked.Exchange(ref _input, []);
        var output = Interlocked.Exchange(ref _output, []);
        if (input.Length == 0)
            return;
        ArrayPool<byte>.Shared.Return(input);
        ArrayPool<byte>.Shared.Return(output);
    }
}
