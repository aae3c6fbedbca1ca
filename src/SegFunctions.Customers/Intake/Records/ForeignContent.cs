using System.Text;
using SegFunctions.Customers.Intake.Archives;

namespace SegFunctions.Customers.Intake.Records;

/// <summary>Recognises files that hold no table of text, whatever their name says, and tells what each is and what to send in its place.</summary>
internal static class ForeignContent
{
    private const string SaveAsWorkbook = "Open it in Excel or LibreOffice, save it as an Excel workbook (xlsx) or as CSV in UTF-8, and send that file.";
    private const string ExportCsv = "Export the data as CSV in UTF-8 and send that file.";

    /// <summary>Files told by how they begin.</summary>
    private static readonly (byte[] Start, string Is, string Cure)[] Kinds =
    [
        ("PAR1"u8.ToArray(), "is in Parquet form, which is not read here", ExportCsv),
        ("ARROW1"u8.ToArray(), "is in Arrow (Feather) form, which is not read here", ExportCsv),
        ("ORC"u8.ToArray(), "is in ORC form, which is not read here", ExportCsv),
        ([(byte)'O', (byte)'b', (byte)'j', 1], "is in Avro form, which is not read here", ExportCsv),
        ("SQLite format 3"u8.ToArray(), "is an SQLite database, which is not read here", ExportCsv),
        ("$FL2"u8.ToArray(), "is an SPSS file, which is not read here", ExportCsv),
        ([0, 1, 0, 0, .. "Standard "u8], "is an Access database, which is not read here", ExportCsv),
        ("%PDF"u8.ToArray(), "is a PDF document, not a table", ExportCsv),
        ([.. "{\\rtf"u8], "is a text document (RTF), not a table", ExportCsv),
        ([0x89, .. "PNG"u8], "is a picture, not a table", ExportCsv),
        ([0xFF, 0xD8, 0xFF], "is a picture, not a table", ExportCsv),
        ([0x28, 0xB5, 0x2F, 0xFD], "is compressed with Zstandard, which is not supported", Decompress),
        ([0xFD, .. "7zXZ"u8, 0], "is compressed with xz, which is not supported", Decompress),
        ([.. "7z"u8, 0xBC, 0xAF], "is compressed with 7-Zip, which is not supported", Decompress),
        ("Rar!"u8.ToArray(), "is a RAR archive, which is not supported", Decompress),
        ([0x1F, 0x8B], "is compressed twice with gzip", "Compress it once and send it again."),
    ];

    private const string Decompress = "Decompress it and send it plain, as gzip or as zip.";

    /// <summary>How web pages begin; other texts in angle brackets may be headers.</summary>
    private static readonly string[] PageTags = ["!doctype html", "html", "head", "meta", "title", "style", "body", "table", "div", "script", "center", "font", "p"];

    /// <summary>Why the file cannot be read, or null when nothing speaks against text.</summary>
    /// <param name="head">First bytes of the file, decompressed.</param>
    public static string? Describe(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
            return OldWorkbook(head);
        foreach (var (start, told, cure) in Kinds)
        {
            if (head.StartsWith(start))
                return $"The file {told}. {cure}";
        }

        if (head.StartsWith("BZh"u8) && head.Length > 9 && head[4] == 0x31 && head[5] == 0x41)
            return $"The file is compressed with bzip2, which is not supported. {Decompress}";
        return head.Length > 262 && head[257..].StartsWith("ustar"u8) ? $"The file is a tar archive, which is not supported. {Decompress}" : null;
    }

    /// <summary>Why text is no table, or null when it may be one: a web page, a document in XML.</summary>
    /// <param name="head">First bytes of the text, in UTF-8.</param>
    public static string? DescribeText(ReadOnlySpan<byte> head)
    {
        head = head.TrimStart(" \t\r\n"u8);
        if (IsWebArchive(head))
            return $"The file is a web page saved with all that belongs to it (mht), whatever its name says. {SaveAsWorkbook}";
        if (head.Length < 2 || head[0] != '<')
            return null;
        var start = Encoding.UTF8.GetString(head[..Math.Min(head.Length, 4096)]);
        if (start.Contains("urn:schemas-microsoft-com:office:spreadsheet", StringComparison.Ordinal) && !IsPage(start))
            return $"The file is a workbook in the XML of Excel 2003, whatever its name says; it is not read here. {SaveAsWorkbook}";
        if (start.Contains("<office:document", StringComparison.Ordinal))
            return $"The file is an OpenDocument sheet (fods), which is not read here. {SaveAsWorkbook}";
        if (IsPage(start))
            return $"The file is a web page (HTML), whatever its name says: some shops export tables so under names such as orders.xls, and a download without a login gives the page that asks for it. {SaveAsWorkbook}";
        return start.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase) ? $"The file is an XML document, which is not read here. {ExportCsv}" : null;
    }

    /// <summary>Why a zip archive that is no workbook cannot be read, or null when it may hold files of data.</summary>
    public static string? DescribeArchive(ZipContainer archive, string fileName)
    {
        if (archive.Find("mimetype") is not null && archive.Find("content.xml") is not null)
            return $"The file is an OpenDocument sheet (ods), which is not read here. {SaveAsWorkbook}";
        if (archive.Find("mimetype") is not null && archive.Find("encrypted-package") is not null)
            return $"The file is an OpenDocument sheet with a password. Take the password off. {SaveAsWorkbook}";
        if (archive.Entries.Any(entry => entry.FullName.EndsWith(".iwa", StringComparison.OrdinalIgnoreCase) || entry.FullName is "Index.zip" || entry.FullName.EndsWith("buildVersionHistory.plist", StringComparison.OrdinalIgnoreCase)))
            return "The file is a document of Apple Numbers, which is not read here. Choose File > Export To > Excel or CSV in Numbers, and send that file.";
        if (archive.Find("xl/workbook.bin") is not null)
            return $"The file is a binary Excel workbook (xlsb), which is not read here. {SaveAsWorkbook}";
        if (archive.Find("[Content_Types].xml") is not null || fileName.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase))
            return "The file is an Office document, but holds no workbook. Save the sheet as an Excel workbook (xlsx) and send that file.";
        return null;
    }

    /// <summary>Whether text in a byte-wide encoding would not look so: it holds NUL bytes, or more than one control character in a hundred.</summary>
    public static bool LooksBinary(ReadOnlySpan<byte> head)
    {
        if (head.IndexOf((byte)0) >= 0)
            return true;
        var controls = 0;
        foreach (var octet in head)
        {
            if (octet < 0x20 && octet is not ((byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f' or 0x1A or 0x1B))
                controls++;
        }

        return controls * 100L > head.Length;
    }

    /// <summary>A file of streams, whose names stand in it as UTF-16: an old workbook, or a new one that was encrypted as a whole.</summary>
    private static string OldWorkbook(ReadOnlySpan<byte> head)
    {
        if (Names(head, "EncryptedPackage"))
            return "The file is an Excel workbook with a password. Take the password off (File > Info > Protect Workbook > Encrypt with Password), save it and send it again.";
        if (Names(head, "Workbook") || Names(head, "Book"))
            return $"The file is an old Excel workbook (xls), which is not read here. {SaveAsWorkbook}";
        return $"The file is an old Office document, such as an Excel workbook (xls), or a workbook with a password, neither of which is read here. Take the password off if it has one. {SaveAsWorkbook}";
    }

    private static bool Names(ReadOnlySpan<byte> head, string stream) => head.IndexOf(Encoding.Unicode.GetBytes(stream + '\0')) >= 0;

    private static bool IsWebArchive(ReadOnlySpan<byte> head) =>
        Ascii.EqualsIgnoreCase(head[..Math.Min(head.Length, 13)], "MIME-Version:"u8) && head[..Math.Min(head.Length, 4096)].IndexOf("multipart/"u8) >= 0;

    private static bool IsPage(string start)
    {
        // What stands before the first tag of a page: comments, and the line by which it says that it is XML.
        while (start.StartsWith("<!--", StringComparison.Ordinal) || start.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase))
        {
            var end = start.IndexOf('>', StringComparison.Ordinal);
            if (end < 0)
                return false;
            start = start[(end + 1)..].TrimStart();
        }

        // A header may stand in such brackets, too; then a delimiter follows it.
        var close = start.IndexOf('>', StringComparison.Ordinal);
        return close > 0 && !(close + 1 < start.Length && (start[close + 1] is ',' or ';' or '\t' or '|'))
            && Array.Exists(PageTags, tag => start.AsSpan(1).StartsWith(tag, StringComparison.OrdinalIgnoreCase) && (start[tag.Length + 1] is '>' or ' ' or '\r' or '\n' or '\t' or '/'));
    }
}
