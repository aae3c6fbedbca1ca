using System.Globalization;
using System.IO.Compression;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Customers.Intake.Records;
using SegFunctions.Customers.Intake.Tables;

namespace SegFunctions.Customers.Tests.Intake.Tables;

public sealed class TableFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("segfunctions-tables").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Numbers_dates_and_texts_are_told_apart()
    {
        var table = await ReadAsync("id,age,joined,city\n7,41,2024-01-02,Lyon\n8,,2024-01-03T12:00:00Z,\n9,3.5,,Bonn\n");
        Assert.Equal(3, table.Rows);
        Assert.Equal([FileColumnKind.Number, FileColumnKind.Number, FileColumnKind.Date, FileColumnKind.Text], table.Columns.Select(column => column.Kind));
        Assert.Equal([41, double.NaN, 3.5], table.Find("age")!.Numbers);
        Assert.Equal([19724, 19725.5, double.NaN], table.Find("JOINED")!.Numbers);
        var city = table.Find("4")!;
        Assert.Equal(["Lyon", "Bonn"], city.Levels);
        Assert.Equal([0, -1, 1], city.Codes);
        Assert.Equal([0, 1, 1, 1], table.Columns.Select(column => column.Missing));
        Assert.Null(table.Find("country"));
    }

    [Fact]
    public async Task Ids_named_as_texts_keep_their_leading_zeros()
    {
        var table = await ReadAsync("id,x\n007,1\n08,2\n", new TableFileOptions { Texts = ["id"] });
        Assert.Equal(["007", "08"], table.Find("id")!.Levels);
    }

    [Theory]
    [InlineData("ID")]
    [InlineData("id")]
    [InlineData("1")]
    public async Task Texts_are_named_as_columns_are_found_and_keep_their_blanks(string name)
    {
        var table = await ReadAsync("Id,x\n\" 007 \",1\n 8,2\n,3\n", new TableFileOptions { Texts = [name] });
        var ids = table.Find(name)!;
        Assert.Equal(FileColumnKind.Text, ids.Kind);
        Assert.Equal([" 007 ", " 8"], ids.Levels);
        Assert.Equal([0, 1, -1], ids.Codes);
        Assert.Equal(FileColumnKind.Number, table.Columns[1].Kind);
    }

    [Fact]
    public async Task A_position_names_a_column_only_where_no_header_reads_so()
    {
        var table = await ReadAsync("2,amount\n07,5\n08,6\n", new TableFileOptions { Texts = ["2"], Records = new RecordReaderOptions { HasHeader = true } });
        Assert.Equal([FileColumnKind.Text, FileColumnKind.Number], table.Columns.Select(column => column.Kind));
    }

    [Fact]
    public async Task A_column_of_a_header_that_comes_twice_is_judged_by_itself_and_rows_know_their_lines()
    {
        var text = new StringBuilder("a,a\n\n\"1\n\",1\n");
        for (var row = 0; row < 20; row++)
            text.Append(row < 5 ? "2,2\n" : "two,2\n");
        var table = await ReadAsync(text.ToString(), new TableFileOptions { SampleRecords = 3 });
        Assert.Equal([FileColumnKind.Text, FileColumnKind.Number], table.Columns.Select(column => column.Kind));
        Assert.Equal([3L, 5, 6], table.Lines.Take(3));
    }

    [Fact]
    public async Task Semicolons_come_with_decimal_commas()
    {
        var table = await ReadAsync("a;b\n1,5;1.234,5\n2,25;7\n");
        Assert.Equal([1.5, 2.25], table.Find("a")!.Numbers);
        Assert.Equal([1234.5, 7], table.Find("b")!.Numbers);
    }

    [Fact]
    public async Task A_file_of_blanks_without_header_is_a_table()
    {
        var table = await ReadAsync("  1.5   2\n  3     4.25\n -5.0e-3 6\n", name: "points.data");
        Assert.Equal(["1", "2"], table.Columns.Select(column => column.Name));
        Assert.Equal([1.5, 3, -0.005], table.Columns[0].Numbers);
    }

    [Fact]
    public async Task A_stray_text_among_numbers_is_missing_and_quoted_with_its_line()
    {
        var text = new StringBuilder("x\n");
        for (var row = 0; row < 100; row++)
            text.Append(row == 40 ? "unknown" : row.ToString(CultureInfo.InvariantCulture)).Append('\n');
        var column = (await ReadAsync(text.ToString())).Columns[0];
        Assert.Equal(FileColumnKind.Number, column.Kind);
        Assert.Equal((1, 1), (column.Missing, column.Unreadable));
        Assert.Equal(new UnreadableCell(42, "unknown"), Assert.Single(column.UnreadableCells));
        Assert.True(double.IsNaN(column.Numbers[40]));
    }

    [Fact]
    public async Task A_column_whose_later_values_are_words_is_text_from_the_start()
    {
        var text = new StringBuilder("code,x\n");
        for (var row = 0; row < 40; row++)
            text.Append(CultureInfo.InvariantCulture, $"{(row < 20 ? row : "A" + row)},1\n");
        var table = await ReadAsync(text.ToString(), new TableFileOptions { SampleRecords = 5, Records = new RecordReaderOptions { BlockSize = 64 } });
        Assert.Equal(FileColumnKind.Text, table.Columns[0].Kind);
        Assert.Equal(40, table.Columns[0].Levels.Count);
        Assert.Equal("0", table.Columns[0].Levels[0]);
        Assert.Equal(FileColumnKind.Number, table.Columns[1].Kind);
    }

    [Theory]
    [InlineData("a,b\n1,2\n1,2,3\n", "line 3: the row has 3 fields, the header has 2")]
    [InlineData("a,b\n1,2\n7\n", "line 3: the row has 1 field, the header has 2")]
    [InlineData("a,b\n1,\"2\n", "line 2")]
    public async Task A_broken_row_stops_the_reading_and_is_named(string text, string expected)
    {
        var refused = await Assert.ThrowsAsync<UnreadableFileException>(() => ReadAsync(text));
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        Assert.Contains("table.csv", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Objects_a_line_may_bring_columns_later()
    {
        var table = await ReadAsync("{\"a\":1}\n{\"a\":2,\"b\":\"x\"}\n", name: "table.ndjson");
        Assert.Equal([1, 2], table.Find("a")!.Numbers);
        Assert.Equal([-1, 0], table.Find("b")!.Codes);
    }

    [Fact]
    public async Task Gzip_is_read_as_what_it_holds()
    {
        var path = Path.Combine(_folder, "t.csv.gz");
        await using (var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest))
            await gzip.WriteAsync("a\n1\n2\n"u8.ToArray());
        var table = await TableFile.ReadAsync(path, new TableFileOptions(), CancellationToken.None);
        Assert.Equal([1, 2], table.Columns[0].Numbers);
    }

    [Fact]
    public void Every_number_comes_back_to_the_last_bit() =>
        Prop.ForAll<double[]>(numbers =>
        {
            double[] finite = [.. numbers.Where(double.IsFinite), 0.1];
            var text = "x,y\n" + string.Concat(finite.Select(number => number.ToString("R", CultureInfo.InvariantCulture) + ",1\n"));
            var column = ReadAsync(text).GetAwaiter().GetResult().Columns[0];
            Assert.Equal(finite.Select(BitConverter.DoubleToInt64Bits), column.Numbers.Select(BitConverter.DoubleToInt64Bits));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));

    private async Task<FileTable> ReadAsync(string text, TableFileOptions? options = null, string name = "table.csv")
    {
        var path = Path.Combine(_folder, name);
        await File.WriteAllTextAsync(path, text);
        return await TableFile.ReadAsync(path, options ?? new TableFileOptions(), CancellationToken.None);
    }
}
