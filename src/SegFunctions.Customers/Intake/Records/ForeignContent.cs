using SegFunctions.Customers.Intake.Archives;

namespace SegFunctions.Customers.Intake.Records;

/// <summary>Recognises files that hold no text, and says what to do about each.</summary>
internal static class ForeignContent
{
    private const string ExportCsv = "Export the data as CSV in UTF-8 and send that file.";

    /// <summary>Why the file cannot be read, or null when nothing speaks against text.</summary>
    /// <param name="head">First bytes of the file, decompressed.</param>
    public static string? Describe(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
            return "The file is an old Excel workbook (xls), or a workbook with a password, neither of which is read here. Save it as an Excel workbook (xlsx) without a password and send that file.";
        if (head.StartsWith("PAR1"u8))
            return $"The file is in Parquet form, which is not read here. {ExportCsv}";
        if (head.StartsWith("%PDF"u8))
            return $"The file is a PDF document, not a table. {ExportCsv}";
        if (head.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]))
            return Compressed("Zstandard");
        if (head.StartsWith("BZh"u8) && head.Length > 9 && head[4] == 0x31 && head[5] == 0x41)
            return Compressed("bzip2");
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0]))
            return Compressed("xz");
        if (head.StartsWith((ReadOnlySpan<byte>)[(byte)'7', (byte)'z', 0xBC, 0xAF]))
            return Compressed("7-Zip");
        return head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) ? "The file is compressed twice with gzip. Compress it once and send it again." : null;
    }

    /// <summary>Why a zip archive that is no workbook cannot be read, or null when it may hold files of data.</summary>
    public static string? DescribeArchive(ZipContainer archive, string fileName)
    {
        if (archive.Find("mimetype") is not null && archive.Find("content.xml") is not null)
            return $"The file is an OpenDocument sheet, which is not read here. {ExportCsv}";
        if (archive.Find("xl/workbook.bin") is not null)
            return "The file is a binary Excel workbook (xlsb), which is not read here. Save it as an Excel workbook (xlsx) and send that file.";
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

    private static string Compressed(string kind) =>
        $"The file is compressed with {kind}, which is not supported. Decompress it and send it plain or as gzip.";
}
