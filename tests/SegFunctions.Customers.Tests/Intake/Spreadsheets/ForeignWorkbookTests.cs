using System.IO.Compression;
using System.Text;
using SegFunctions.Customers.Intake.Records;
using SegFunctions.Customers.Tests.Intake.Archives;
using SegFunctions.Customers.Tests.Intake.Records;

namespace SegFunctions.Customers.Tests.Intake.Spreadsheets;

/// <summary>Workbooks as other programs write them: what the standard allows, and what they do all the same.</summary>
public sealed class ForeignWorkbookTests
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Rows = "<row><c t=\"s\"><v>0</v></c><c t=\"str\"><v>n</v></c></row><row><c t=\"s\"><v>1</v></c><c><v>2</v></c></row>";

    [Fact]
    public async Task Parts_lie_where_the_relations_say()
    {
        var workbook = Zips.Of(
            ("_rels/.rels", Related(("rId1", "officeDocument", "workbook.xml"))),
            ("workbook.xml", Book("main")),
            ("_rels/workbook.xml.rels", Related(("main", "worksheet", "table 1.xml"), ("t", "sharedStrings", "texts/all.xml"), ("f", "styles", "looks.xml"))),
            ("table 1.xml", Sheet(Rows)),
            ("texts/all.xml", Texts("id", "a")),
            ("looks.xml", $"<styleSheet xmlns=\"{Main}\"/>"));
        Assert.Equal(["id|n", "a|2"], await ReadAsync(workbook));
    }

    [Theory]
    [InlineData("/xl/worksheets/sheet1.xml")]
    [InlineData("worksheets\\sheet1.xml")]
    [InlineData("./worksheets/../worksheets/sheet1.xml")]
    [InlineData("../xl/worksheets/sheet1.xml")]
    [InlineData("worksheets/%73heet1.xml")]
    [InlineData("Worksheets/Sheet1.xml")]
    public async Task Targets_are_found_however_they_are_written(string target) => Assert.Equal(["id|n", "a|2"], await ReadAsync(Zips.Of(Usual(Sheet(Rows), target))));

    [Fact]
    public async Task Entries_may_be_named_with_backslashes() =>
        Assert.Equal(["id|n", "a|2"], await ReadAsync(Zips.Of([.. Usual(Sheet(Rows)).Select(part => (part.Name.Replace('/', '\\'), part.Text))])));

    [Fact]
    public async Task Sheets_of_charts_hold_no_cells()
    {
        var parts = Usual(Sheet(Rows));
        parts[1] = ("xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\"><sheets><sheet name=\"Chart\" sheetId=\"2\" r:id=\"c\"/><sheet name=\"S\" sheetId=\"1\" r:id=\"main\"/></sheets></workbook>");
        parts[2] = ("xl/_rels/workbook.xml.rels", Related(("c", "chartsheet", "chartsheets/sheet1.xml"), ("main", "worksheet", "worksheets/sheet1.xml")));
        Assert.Equal(["id|n", "a|2"], await ReadAsync(Zips.Of([.. parts, ("xl/chartsheets/sheet1.xml", "<chartsheet/>")])));
    }

    [Fact]
    public async Task Texts_and_formats_may_be_missing()
    {
        var parts = Usual(Sheet("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>id</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t xml:space=\"preserve\"> n </t></is></c></row><row r=\"2\"><c r=\"A2\" s=\"3\"><v>1</v></c><c r=\"B2\"><v>2</v></c></row>"));
        Assert.Equal(["id|n", "1|2"], await ReadAsync(Zips.Of([.. parts.Where(part => !part.Name.Contains("shared", StringComparison.Ordinal))])));
    }

    [Fact]
    public async Task Elements_may_have_a_prefix_and_parts_another_encoding()
    {
        var sheet = $"<x:worksheet xmlns:x=\"{Main}\"><x:sheetData>{Rows.Replace("</", "</x:", StringComparison.Ordinal).Replace("<row", "<x:row", StringComparison.Ordinal).Replace("<c", "<x:c", StringComparison.Ordinal).Replace("<v", "<x:v", StringComparison.Ordinal)}</x:sheetData></x:worksheet>";
        Assert.Equal(["id|n", "a|2"], await ReadAsync(Zips.Of(Usual(sheet))));
        var parts = Usual(sheet).Select(part => (part.Name, Encoding.UTF8.GetBytes(part.Text))).ToArray();
        parts[3].Item2 = [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("<?xml version=\"1.0\" encoding=\"utf-16\"?>" + sheet)];
        parts[4].Item2 = [0xEF, 0xBB, 0xBF, .. parts[4].Item2];
        Assert.Equal(["id|n", "a|2"], await ReadAsync(Zips.Of(parts)));
    }

    [Fact]
    public async Task Merged_cells_are_read_however_their_tags_are_written()
    {
        var rows = "<row><c t=\"s\"><v>0</v></c><c t=\"str\"><v>n</v></c></row><row><c t=\"str\"><v>mergeCell ref=\"B2:B3\" x:mergeCell ref=\"B2:B3\"</v></c><c><v>2</v></c></row><row/><row><c t=\"s\"><v>1</v></c><c><v>3</v></c></row><row><c/><c><v>4</v></c></row>";
        var sheet = $"<x:worksheet xmlns:x=\"{Main}\" xmlns=\"{Main}\"><sheetData>{rows}</sheetData><x:mergeCells><x:mergeCell ref='A4:A5'/></x:mergeCells></x:worksheet>";
        Assert.Equal(["id|n", "mergeCell ref=\"B2:B3\" x:mergeCell ref=\"B2:B3\"|2", "a|3", "a|4"], await ReadAsync(Zips.Of(Usual(sheet))));
    }

    [Fact]
    public async Task Small_numbers_keep_their_digits()
    {
        var sheet = Sheet("<row><c t=\"str\"><v>id</v></c><c t=\"str\"><v>n</v></c></row><row><c><v>1.5233887434075599E-4</v></c><c><v>0.30000000000000004</v></c></row>");
        Assert.Equal(["id|n", "0.000152338874340756|0.3"], await ReadAsync(Zips.Of(Usual(sheet))));
    }

    [Fact]
    public async Task Documents_of_other_kinds_are_named_as_such()
    {
        var word = Zips.Of(("[Content_Types].xml", "<Types/>"), ("_rels/.rels", Related(("rId1", "officeDocument", "word/document.xml"))), ("word/document.xml", "<document/>"));
        Assert.Contains("holds no workbook", (await Assert.ThrowsAsync<UnreadableFileException>(() => ReadAsync(word))).Message, StringComparison.Ordinal);
        var damaged = Zips.Of(("[Content_Types].xml", "<Types/>"), ("_rels/.rels", "<Relationships>"));
        Assert.Contains("part _rels/.rels is not the XML", (await Assert.ThrowsAsync<UnreadableFileException>(() => ReadAsync(damaged))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stored_entries_and_streamed_ones_are_read()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(new Unseekable(bytes), ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in Usual(Sheet(Rows)))
            {
                await using var stream = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
                await stream.WriteAsync(Encoding.UTF8.GetBytes(text));
            }
        }

        Assert.Equal(["id|n", "a|2"], await ReadAsync(bytes.ToArray()));
    }

    private static (string Name, string Text)[] Usual(string sheet, string target = "worksheets/sheet1.xml") =>
    [
        ("[Content_Types].xml", "<Types/>"),
        ("xl/workbook.xml", Book("main")),
        ("xl/_rels/workbook.xml.rels", Related(("main", "worksheet", target))),
        ("xl/worksheets/sheet1.xml", sheet),
        ("xl/sharedStrings.xml", Texts("id", "a")),
    ];

    private static string Book(string id) => $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"{id}\"/></sheets></workbook>";

    private static string Sheet(string rows) => $"<worksheet xmlns=\"{Main}\"><sheetData>{rows}</sheetData></worksheet>";

    private static string Texts(params string[] texts) => $"<sst xmlns=\"{Main}\">{string.Concat(texts.Select(text => $"<si><t>{text}</t></si>"))}</sst>";

    private static string Related(params (string Id, string Type, string Target)[] relations) =>
        $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{string.Concat(relations.Select(relation => $"<Relationship Id=\"{relation.Id}\" Type=\"{Relations}/{relation.Type}\" Target=\"{relation.Target}\"/>"))}</Relationships>";

    private static async Task<string[]> ReadAsync(byte[] workbook)
    {
        await using var opened = await RecordReaders.OpenAsync(new MemoryStream(workbook), "book.xlsx", new RecordReaderOptions(), CancellationToken.None);
        var read = await Reading.All(opened.Reader);
        return [.. read.Cells.Prepend(read.Header).Select(cells => string.Join('|', cells))];
    }

    /// <summary>Whoever writes to a socket cannot go back to fill the lengths in.</summary>
    private sealed class Unseekable(Stream inner) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => inner.Position; set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);
    }
}
