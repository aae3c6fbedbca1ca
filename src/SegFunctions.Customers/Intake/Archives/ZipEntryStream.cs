using System.IO.Compression;
using SegFunctions.Customers.Intake.Encodings;
using SegFunctions.Customers.Intake.Records;

namespace SegFunctions.Customers.Intake.Archives;

/// <summary>Reads one entry of a zip archive and checks its length, its check sum and how far it grows.</summary>
internal sealed class ZipEntryStream : ForwardStream
{
    private readonly ZipArchiveEntry _entry;
    private readonly ContentLimits _limits;
    private readonly Stream _inner;
    private long _length;
    private uint _crc;

    /// <exception cref="UnreadableFileException">The entry is encrypted, damaged or compressed in a way that is not supported.</exception>
    public ZipEntryStream(ZipArchiveEntry entry, ContentLimits limits)
    {
        _entry = entry;
        _limits = limits;
        if (entry.IsEncrypted)
            throw new UnreadableFileException($"The archive's entry \"{entry.FullName}\" is encrypted. Send it without a password; the way here is encrypted as it is.");
        try
        {
            _inner = entry.Open();
        }
        catch (Exception damage) when (damage is InvalidDataException or NotSupportedException or IOException)
        {
            throw Damaged(damage);
        }
    }

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
            return 0;
        int read;
        try
        {
            read = _inner.Read(buffer);
        }
        catch (Exception damage) when (damage is InvalidDataException or NotSupportedException or EndOfStreamException)
        {
            throw Damaged(damage);
        }

        _length += read;
        if (_length > _entry.Length || (read == 0 && (_length < _entry.Length || _crc != _entry.Crc32)))
            throw Damaged(null);
        if (_limits.IsBroken(_length, _entry.CompressedLength))
            throw new UnreadableFileException(_limits.Describe($"The archive's entry \"{_entry.FullName}\"", _length, _entry.CompressedLength));
        _crc = Crc32.Append(_crc, buffer[..read]);
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _inner.Dispose();
        base.Dispose(disposing);
    }

    private UnreadableFileException Damaged(Exception? inner) => new(
        $"The archive's entry \"{_entry.FullName}\" is damaged, or packed in a way that is not supported (only \"stored\" and \"deflate\" are). Pack and send it again.", inner);
}
