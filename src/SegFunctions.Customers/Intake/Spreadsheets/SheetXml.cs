using System.IO.Compression;
using System.Xml;
using SegFunctions.Customers.Intake.Archives;
using SegFunctions.Customers.Intake.Records;

namespace SegFunctions.Customers.Intake.Spreadsheets;

/// <summary>Opens the XML parts of a workbook so that none of them can take memory or time at will.</summary>
internal static class SheetXml
{
    private const int SmallPart = 16 << 20;

    /// <summary>A reader that knows no document types, fetches nothing, and meets no tag or text longer than a sheet may have.</summary>
    public static XmlReader Open(Stream part) => XmlReader.Create(
        new PieceGuard(part),
        new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            CloseInput = true,
        });

    /// <summary>Reads a part that is never large.</summary>
    public static void ReadSmall(ZipContainer archive, ZipArchiveEntry? part, Action<XmlReader> read) => Read(archive, part, SmallPart, read);

    /// <summary>Reads a part from its start; nothing happens without one.</summary>
    /// <exception cref="UnreadableFileException">The part is damaged or too large.</exception>
    public static void Read(ZipContainer archive, ZipArchiveEntry? part, long maximumBytes, Action<XmlReader> read)
    {
        if (part is null)
            return;
        if (part.Length > maximumBytes)
            throw new UnreadableFileException($"The workbook's part {part.FullName} is larger than {maximumBytes >> 20} MiB. Save the sheet as \"CSV UTF-8\" and send that file.");
        try
        {
            using var xml = Open(archive.Open(part));
            read(xml);
        }
        catch (XmlException damage)
        {
            throw Damaged(part.FullName, damage);
        }
    }

    /// <summary>Moves to the next element of that name, whatever its namespace (Excel writes two); false at the end of the part.</summary>
    public static bool ReadTo(this XmlReader xml, string name)
    {
        while (xml.ReadOn())
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == name)
                return true;
        }

        return false;
    }

    /// <summary>Moves on by one node.</summary>
    /// <exception cref="UnreadableFileException">Elements stand in elements deeper than any program writes.</exception>
    public static bool ReadOn(this XmlReader xml)
    {
        if (!xml.Read())
            return false;
        return xml.Depth <= SheetLimits.XmlDepth ? true : throw new UnreadableFileException("The workbook is damaged: its parts are nested too deep. Save it again with Excel.");
    }

    /// <summary>The attribute of that name without namespace, as a whole number that is not negative; else null.</summary>
    public static int? Number(this XmlReader xml, string attribute) =>
        xml.GetAttribute(attribute) is { Length: > 0 and <= 9 } text && int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;

    public static UnreadableFileException Damaged(string part, Exception inner) => new(
        $"The workbook is damaged: its part {part} is not the XML that it should be. Open it in Excel, save it again and send that file.", inner);

    /// <summary>Tags and attributes are held in memory whole by the XML reader: lets none through that no workbook has.</summary>
    private sealed class PieceGuard(Stream inner) : ForwardStream
    {
        private int _sinceTag;

        public override int Read(Span<byte> buffer)
        {
            var read = inner.Read(buffer);
            var text = buffer[..read];
            while (text.IndexOf((byte)'<') is >= 0 and var tag)
            {
                Add(tag);
                _sinceTag = 0;
                text = text[(tag + 1)..];
            }

            Add(text.Length);
            return read;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                inner.Dispose();
            base.Dispose(disposing);
        }

        private void Add(int bytes)
        {
            _sinceTag += bytes;
            if (_sinceTag > SheetLimits.XmlPiece)
                throw new UnreadableFileException($"The workbook is damaged: it has a tag or a text longer than {SheetLimits.XmlPiece >> 20} MiB. Save it again with Excel.");
        }
    }
}
