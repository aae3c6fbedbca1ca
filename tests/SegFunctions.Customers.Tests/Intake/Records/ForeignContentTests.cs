using System.Text;
using SegFunctions.Customers.Intake.Records;
using SegFunctions.Customers.Tests.Intake.Archives;
using SegFunctions.Customers.Tests.Intake.Encodings;

namespace SegFunctions.Customers.Tests.Intake.Records;

/// <summary>Files that are no table of text, mostly under a name that says they are one.</summary>
public sealed class ForeignContentTests
{
    private const string Saved = "save it as an Excel workbook (xlsx) or as CSV";
    private const string Page = "<table><tr><th>Order</th></tr><tr><td>1</td></tr></table>";

    [Theory]
    [InlineData("orders.xls", Page, "is a web page (HTML)")]
    [InlineData("orders.xls", "\r\n<HTML xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><head>" + Page, "is a web page (HTML)")]
    [InlineData("orders.csv", "<!DOCTYPE html>\n<html><body>Please log in</body></html>", "gives the page that asks for it")]
    [InlineData("orders.csv", "<?xml version=\"1.0\"?><!-- x --><html></html>", "is a web page (HTML)")]
    [InlineData("orders.xls", "<meta charset=\"utf-8\">" + Page, "is a web page (HTML)")]
    [InlineData("orders.xls", "<style>td { mso-number-format: \"\\@\"; }</style>" + Page, "is a web page (HTML)")]
    [InlineData("orders.xls", "<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">", "in the XML of Excel 2003")]
    [InlineData("orders.fods", "<?xml version=\"1.0\"?><office:document xmlns:office=\"urn:oasis\">", "OpenDocument sheet (fods)")]
    [InlineData("orders.xls", "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"x\"\r\n", "(mht)")]
    public async Task Pages_and_documents_are_told_by_what_they_hold_and_how_to_save_them(string name, string content, string expected)
    {
        foreach (var encoded in (byte[][])[Encoding.UTF8.GetBytes(content), [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(content)], [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(content)], GzipContentStreamTests.Zip(Encoding.UTF8.GetBytes(content))])
        {
            var message = await RefusedAsync(encoded, name);
            Assert.Contains(expected, message, StringComparison.Ordinal);
            Assert.Contains(Saved, message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Documents_in_other_XML_are_told_to_be_exported() =>
        Assert.Contains("is an XML document, which is not read here. Export the data as CSV", await RefusedAsync(Encoding.UTF8.GetBytes("<?xml version=\"1.0\"?><orders><order/></orders>"), "orders.csv"), StringComparison.Ordinal);

    [Theory]
    [InlineData("<DATE>,<TIME>,<PRICE>\n2024-03-05,10:00,5\n")]
    [InlineData("<title>;b\n1;2\n")]
    [InlineData("<3,hearts\n1,2\n")]
    [InlineData("MIME-Version,b\n1,2\n")]
    public async Task Headers_in_angle_brackets_are_headers(string content)
    {
        await using var opened = await RecordReaders.OpenAsync(new MemoryStream(Encoding.UTF8.GetBytes(content)), "x.csv", new RecordReaderOptions(), CancellationToken.None);
        Assert.True(opened.Reader.Header.Count > 1);
    }

    [Fact]
    public async Task Sheets_of_other_programs_are_told_by_their_parts()
    {
        var ods = await RefusedAsync(Zips.Of(("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", "<office:document-content/>"), ("META-INF/manifest.xml", "<manifest/>")), "orders.ods");
        Assert.Contains("an OpenDocument sheet (ods)", ods, StringComparison.Ordinal);
        Assert.Contains(Saved, ods, StringComparison.Ordinal);
        Assert.Contains("with a password", await RefusedAsync(Zips.Of(("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("encrypted-package", "x")), "orders.ods"), StringComparison.Ordinal);
        var xlsb = await RefusedAsync(Zips.Of(("[Content_Types].xml", "<Types/>"), ("xl/workbook.bin", "x")), "orders.xlsb");
        Assert.Contains("(xlsb)", xlsb, StringComparison.Ordinal);
        Assert.Contains(Saved, xlsb, StringComparison.Ordinal);
        Assert.Contains("Apple Numbers", await RefusedAsync(Zips.Of(("Index/Document.iwa", "x"), ("Index/CalculationEngine.iwa", "x"), ("preview.jpg", "x")), "orders.numbers"), StringComparison.Ordinal);
        Assert.Contains("Export To > Excel", await RefusedAsync(Zips.Of(("Index.zip", "x"), ("preview.jpg", "x")), "orders.numbers"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Old_workbooks_and_those_with_a_password_are_told_apart()
    {
        Assert.Contains("is an old Excel workbook (xls)", await RefusedAsync(Streams("Root Entry", "Workbook"), "orders.xls"), StringComparison.Ordinal);
        Assert.Contains("is an old Excel workbook (xls)", await RefusedAsync(Streams("Root Entry", "Book"), "orders.xls"), StringComparison.Ordinal);
        Assert.Contains("is an Excel workbook with a password. Take the password off", await RefusedAsync(Streams("Root Entry", "EncryptionInfo", "EncryptedPackage"), "orders.xlsx"), StringComparison.Ordinal);
        Assert.Contains("or a workbook with a password", await RefusedAsync(Streams("Root Entry"), "orders.xlsx"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PAR1", "Parquet")]
    [InlineData("ORC", "ORC")]
    [InlineData("Obj\u0001", "Avro")]
    [InlineData("SQLite format 3\0", "SQLite")]
    [InlineData("{\\rtf1", "RTF")]
    [InlineData("Rar!\u001a", "RAR")]
    [InlineData("%PDF-1.7", "PDF")]
    public async Task Other_forms_are_named_with_a_cure(string start, string name)
    {
        var message = await RefusedAsync([.. Encoding.Latin1.GetBytes(start), .. new byte[300]], "orders.csv");
        Assert.Contains(name, message, StringComparison.Ordinal);
        Assert.True(message.Contains("Export the data as CSV", StringComparison.Ordinal) || message.Contains("Decompress it", StringComparison.Ordinal), message);
    }

    [Fact]
    public async Task Tar_archives_are_named()
    {
        var tar = new byte[1024];
        "orders.csv"u8.CopyTo(tar);
        "ustar"u8.CopyTo(tar.AsSpan(257));
        Assert.Contains("tar archive", await RefusedAsync(GzipContentStreamTests.Zip(tar), "orders.tar.gz"), StringComparison.Ordinal);
    }

    /// <summary>The start of a file of streams with the names of some.</summary>
    private static byte[] Streams(params string[] names)
    {
        var file = new byte[512 + (128 * names.Length)];
        ((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]).CopyTo(file);
        for (var name = 0; name < names.Length; name++)
            Encoding.Unicode.GetBytes(names[name]).CopyTo(file.AsSpan(512 + (128 * name)));
        return file;
    }

    private static async Task<string> RefusedAsync(byte[] content, string name) =>
        (await Assert.ThrowsAsync<UnreadableFileException>(() => RecordReaders.OpenAsync(new DribblingStream(content), name, new RecordReaderOptions(), CancellationToken.None).AsTask())).Message;
}
