using SegFunctions.Customers.Intake.Records;
using SegFunctions.Customers.Intake.Rules;
using SegFunctions.Customers.Intake.Tables;
using SegFunctions.Customers.Tests.Intake.Encodings;
using SegFunctions.Customers.Tests.Intake.Records;

namespace SegFunctions.Customers.Tests.Intake.Spreadsheets;

public sealed class WorkbookReaderTests
{
    [Fact]
    public async Task Cells_become_the_texts_that_a_sound_export_would_have()
    {
        var workbook = new Workbooks().Sheet("Orders")
            .Row("Order", "Customer", "Date", "Amount", "Share", "When", "At", "Note", "Paid", "Iso")
            .Row(1, "0042", (45356.0, Workbooks.Date), (8.9000000000000004, Workbooks.Euro), (0.15, Workbooks.Percent), (45356.60416666667, Workbooks.DateTime), (0.5, Workbooks.Time), "a, \"b\"", true, (45356.25, Workbooks.Iso))
            .Row(2, "<c r=\"@\" t=\"inlineStr\"><is><r><t>Ann</t></r><r><t xml:space=\"preserve\"> Lee</t></r><rPh sb=\"0\" eb=\"1\"><t>no</t></rPh></is></c>", "<c r=\"@\" t=\"d\"><v>2024-03-06</v></c>", 1234.567, 1e-9, 12345678901234.0, "<c r=\"@\" t=\"e\"><v>#N/A</v></c>", "<c r=\"@\" t=\"str\"><v>x_x000D_y_x005F_</v></c>", false, 1e20);
        var read = (await Open(workbook.ToBytes())).Read;
        Assert.Equal(["Order", "Customer", "Date", "Amount", "Share", "When", "At", "Note", "Paid", "Iso"], read.Header);
        Assert.Equal(["1", "0042", "2024-03-05", "8.9 €", "15%", "2024-03-05T14:30:00", "12:00:00", "a, \"b\"", "true", "2024-03-05T06:00:00"], read.Cells[0]);
        Assert.Equal(["2", "Ann Lee", "2024-03-06", "1234.5670", "1E-09", "12345678901234", "#N/A", "x\ry_", "false", "1E+20"], read.Cells[1]);
        Assert.Equal([2L, 3L], read.Records.Select(record => record.Line));
        Assert.Equal("1,0042,2024-03-05,8.9 €,15%,2024-03-05T14:30:00,12:00:00,\"a, \"\"b\"\"\",true,2024-03-05T06:00:00", read.Records[0].Raw);
    }

    [Fact]
    public async Task Workbooks_of_the_1904_calendar_and_of_the_strict_format_are_read_alike()
    {
        var workbook = new Workbooks { Starts1904 = true, IsStrict = true }.Sheet("S").Row("day", "n").Row((43894.0, Workbooks.Date), 1);
        Assert.Equal([["2024-03-05", "1"]], (await Open(workbook.ToBytes())).Read.Cells);
    }

    [Theory]
    [InlineData(1, "1900-01-01")]
    [InlineData(59, "1900-02-28")]
    [InlineData(61, "1900-03-01")]
    [InlineData(2958465, "9999-12-31")]
    [InlineData(2958466, "2958466")]
    [InlineData(-1, "-1")]
    public async Task Days_are_counted_as_Excel_counts_them(double serial, string expected) =>
        Assert.Equal(expected, (await Open(new Workbooks().Sheet("S").Row("day", "n").Row((serial, Workbooks.Date), 1).ToBytes())).Read.Cells[0][0]);

    [Fact]
    public async Task A_title_above_the_header_blank_rows_and_blank_columns_are_left_out()
    {
        var workbook = new Workbooks().Sheet("Report")
            .Row(null, "Sales of March").Skip(1)
            .Row(null, "Order", "Customer", "Amount").Row(null, 1, "a", 2.5).Skip(1).Row(null, 2, "b", 3);
        var (read, format) = await Open(workbook.ToBytes());
        Assert.Equal(["Order", "Customer", "Amount"], read.Header);
        Assert.Equal([["1", "a", "2.5"], ["2", "b", "3"]], read.Cells);
        Assert.Equal([4L, 6L], read.Records.Select(record => record.Line));
        Assert.Contains("row 3 is its header", string.Join(' ', format.Evidence), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_header_of_two_rows_gives_its_groups_to_the_names_that_repeat()
    {
        var workbook = new Workbooks().Sheet("S")
            .Row("Customer", "Billing", null, "Delivery", null).Row(null, "City", "Zip", "City", "Zip")
            .Row("a", "Bonn", "53111", "Kiel", "24103").Row("b", "Ulm", "89073", "Ulm", "89073");
        Assert.Equal(["Customer", "Billing City", "Billing Zip", "Delivery City", "Delivery Zip"], (await Open(workbook.ToBytes())).Read.Header);
    }

    [Fact]
    public async Task Values_merged_over_rows_stand_in_each_of_them_and_are_counted()
    {
        var workbook = new Workbooks().Sheet("S").Row("order", "item", "price").Row(7, "x", 1).Row(null, "y", 2).Row(null, "z", 3).Row(null, "w", 4).Merge("A2:A4").Merge("B1:C1");
        await using var opened = await RecordReaders.OpenAsync(new MemoryStream(workbook.ToBytes()), "s.xlsx", new RecordReaderOptions(), CancellationToken.None);
        var read = await Reading.All(opened.Reader);
        Assert.Equal([["7", "x", "1"], ["7", "y", "2"], ["7", "z", "3"], ["", "w", "4"]], read.Cells);
        var repair = Assert.Single(opened.Reader.Repairs);
        Assert.Equal((DataRules.MergedCellsFilled, 2L), (repair.Rule, repair.Count));
        Assert.Equal([3L, 4L], repair.Lines);
    }

    [Fact]
    public async Task The_sheet_with_data_is_found_among_hidden_and_empty_ones()
    {
        var workbook = new Workbooks().Sheet("Cover").Row("Quarterly report").Sheet("Secret", "hidden").Row("a", "b").Row(1, 2).Sheet("Data").Row("x", "y").Row(3, 4);
        var (read, format) = await Open(workbook.ToBytes());
        Assert.Equal([["3", "4"]], read.Cells);
        Assert.Equal(["Data"], format.Sheets);
        Assert.Equal([["1", "2"]], (await Open(workbook.ToBytes(), new RecordReaderOptions { Sheet = "secret" })).Read.Cells);
        Assert.Equal([["1", "2"]], (await Open(workbook.ToBytes(), new RecordReaderOptions { Sheet = "2" })).Read.Cells);
    }

    [Fact]
    public async Task Sheets_with_the_same_columns_are_one_table()
    {
        var workbook = new Workbooks().Sheet("Jan").Row("id", "n").Row(1, 10).Row(2, 20).Sheet("Feb").Row("id", "n").Row(3, 30);
        await using var opened = await RecordReaders.OpenAsync(new MemoryStream(workbook.ToBytes()), "s.xlsx", new RecordReaderOptions(), CancellationToken.None);
        using (var january = await opened.Reader.ReadAsync(CancellationToken.None))
            Assert.Equal((2, 3L, "sheet \"Jan\", cell B3"), (january!.Count, january.Line(1), january.Place(1, 1)));
        using (var february = await opened.Reader.ReadAsync(CancellationToken.None))
            Assert.Equal((1, 5L, "sheet \"Feb\", row 2"), (february!.Count, february.Line(0), february.Place(0, -1)));
        Assert.Null(await opened.Reader.ReadAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Sheets_with_different_columns_are_asked_for_unless_one_fits()
    {
        var workbook = new Workbooks().Sheet("Orders").Row("id", "amount").Row(1, 10).Sheet("Stock").Row("article", "place").Row("a", "b").ToBytes();
        var fault = await Assert.ThrowsAsync<UnreadableFileException>(() => Open(workbook));
        Assert.Contains("\"Orders\", \"Stock\"", fault.Message, StringComparison.Ordinal);
        Assert.Contains("{ \"sheet\": \"Orders\" }", fault.Message, StringComparison.Ordinal);
        Assert.Equal(["Stock"], (await Open(workbook, new RecordReaderOptions { Fits = header => header.Contains("place", StringComparer.Ordinal) })).Format.Sheets);
        fault = await Assert.ThrowsAsync<UnreadableFileException>(() => Open(workbook, new RecordReaderOptions { Sheet = "Sales" }));
        Assert.Contains("no sheet \"Sales\"", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_workbook_without_header_gets_positions()
    {
        var workbook = new Workbooks().Sheet("S").Row(1, 2.5, "x").Row(2, 3.5, "y").ToBytes();
        Assert.Equal(["1", "2", "3"], (await Open(workbook)).Read.Header);
        Assert.Equal(2, (await Open(workbook, new RecordReaderOptions { HasHeader = false })).Read.Records.Count);
        Assert.Equal(["1", "2.5", "x"], (await Open(workbook, new RecordReaderOptions { HasHeader = true })).Read.Header);
    }

    [Fact]
    public async Task A_workbook_may_be_in_gzip()
    {
        var workbook = new Workbooks().Sheet("S").Row("a", "b").Row(1, 2).ToBytes();
        var (read, format) = await Open(GzipContentStreamTests.Zip(workbook));
        Assert.Equal([["1", "2"]], read.Cells);
        Assert.True(format.IsGzip);
    }

    [Fact]
    public async Task Tables_are_read_from_workbooks()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Path.GetRandomFileName()}.xlsx");
        await File.WriteAllBytesAsync(path, new Workbooks().Sheet("S").Row("id", "day", "spend").Row("007", (45356.0, Workbooks.Date), 12.5).Row("008", (45357.0, Workbooks.Date), null).ToBytes());
        try
        {
            var table = await TableFile.ReadAsync(path, new TableFileOptions { Texts = ["id"] }, CancellationToken.None);
            Assert.Equal(["007", "008"], table.Find("id")!.Levels);
            Assert.Equal((FileColumnKind.Date, 19787.0), (table.Find("day")!.Kind, table.Find("day")!.Numbers[0]));
            Assert.Equal([12.5, double.NaN], table.Find("spend")!.Numbers);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("<row r=\"5\"/><row r=\"4\"/>", "row 4 stands behind row 5")]
    [InlineData("<row r=\"2000000\"/>", "row 2000000")]
    [InlineData("<row><c r=\"A9\"><v>1</v>", "is not the XML")]
    public async Task Damaged_sheets_are_refused(string rows, string expected)
    {
        var workbook = new Workbooks().Sheet("S").Row("a", "b").Row("<c/></row>" + rows + "<row>", 1).ToBytes();
        var fault = await Assert.ThrowsAsync<UnreadableFileException>(() => Open(workbook));
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tag_that_never_ends_is_refused_before_it_fills_the_memory()
    {
        var workbook = new Workbooks().Sheet("S").Row("a", "b").Row($"<c x=\"{new string('x', 3 << 20)}\"/>", 1).ToBytes();
        var fault = await Assert.ThrowsAsync<UnreadableFileException>(() => Open(workbook));
        Assert.Contains("longer than 1 MiB", fault.Message, StringComparison.Ordinal);
    }

    private static async Task<(ReadText Read, FileFormat Format)> Open(byte[] workbook, RecordReaderOptions? options = null)
    {
        await using var opened = await RecordReaders.OpenAsync(new DribblingStream(workbook), "book.xlsx", options ?? new RecordReaderOptions(), CancellationToken.None);
        return (await Reading.All(opened.Reader), opened.Format);
    }
}
