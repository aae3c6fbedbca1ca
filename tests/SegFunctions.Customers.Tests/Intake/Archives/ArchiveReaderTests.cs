using SegFunctions.Customers.Intake.Archives;
using SegFunctions.Customers.Intake.Records;
using SegFunctions.Customers.Tests.Intake.Encodings;
using SegFunctions.Customers.Tests.Intake.Records;
using SegFunctions.Customers.Tests.Intake.Spreadsheets;

namespace SegFunctions.Customers.Tests.Intake.Archives;

public sealed class ArchiveReaderTests
{
    [Fact]
    public async Task The_one_data_file_of_an_archive_is_read_whatever_lies_beside_it()
    {
        var zip = Zips.Of(("export/", ""), ("export/orders.csv", "a;b\n1;2\n"), ("export/README.txt", "x"), ("__MACOSX/._orders.csv", "x"), ("export/orders.csv.mapping.json", "{}"), (".DS_Store", "x"), ("terms.pdf", "x"));
        var (read, format) = await Open(zip);
        Assert.Equal([["1", "2"]], read.Cells);
        Assert.Equal(["export/orders.csv"], format.Entries);
        Assert.Equal([["1", "2"]], (await Open(GzipContentStreamTests.Zip(zip))).Read.Cells);
    }

    [Fact]
    public async Task Workbooks_and_JSON_may_be_packed()
    {
        Assert.Equal([["1", "2"]], (await Open(Zips.Of(("b.xlsx", new Workbooks().Sheet("S").Row("a", "b").Row(1, 2).ToBytes())))).Read.Cells);
        Assert.Equal([["1"]], (await Open(Zips.Of(("b.json", "[{\"a\": 1}]")))).Read.Cells);
    }

    [Fact]
    public async Task Files_with_the_same_columns_are_one_table_in_the_order_of_their_names()
    {
        var zip = Zips.Of(("2024-02.csv", "id,n\n3,30\n"), ("2024-01.csv", "ID,n\n1,10\n2,20\n"));
        await using var opened = await RecordReaders.OpenAsync(new MemoryStream(zip), "x.zip", new RecordReaderOptions(), CancellationToken.None);
        var lines = new List<(long, string?)>();
        while (await opened.Reader.ReadAsync(CancellationToken.None) is { } batch)
        {
            using (batch)
                lines.AddRange(Enumerable.Range(0, batch.Count).Select(record => (batch.Line(record), batch.Place(record, -1))));
        }

        Assert.Equal([(2, "\"2024-01.csv\", line 2"), (3, "\"2024-01.csv\", line 3"), (5, "\"2024-02.csv\", line 2")], lines);
    }

    [Fact]
    public async Task Files_with_different_columns_are_asked_for()
    {
        var zip = Zips.Of(("orders.csv", "id,n\n1,2\n"), ("customers.csv", "id,name\n1,x\n"));
        var fault = await Assert.ThrowsAsync<UnreadableFileException>(() => Open(zip));
        Assert.Contains("{ \"entry\": \"customers.csv\" }", fault.Message, StringComparison.Ordinal);
        Assert.Equal([["1", "2"]], (await Open(zip, new RecordReaderOptions { Entry = "Orders.csv" })).Read.Cells);
        await Assert.ThrowsAsync<UnreadableFileException>(() => Open(zip, new RecordReaderOptions { Entry = "sales.csv" }));
    }

    [Fact]
    public async Task One_export_in_two_forms_is_asked_about()
    {
        var zip = Zips.Of(("orders.csv", "id,n\n1,2\n"), ("orders.ndjson", "{\"id\": 1, \"n\": 2}\n"));
        await Refused(zip, "both as JSON and as a table");
        Assert.Equal([["1", "2"]], (await Open(zip, new RecordReaderOptions { Entry = "orders.csv" })).Read.Cells);
    }

    [Fact]
    public async Task Records_of_all_files_are_shown_with_the_delimiter_of_the_first()
    {
        var zipped = Zips.Of(("1.csv", "a;b\n1;2\n"u8.ToArray()), ("2.tsv", "a\tb\n\"x;y\"\t\"say \"\"hi\"\"\"\n"u8.ToArray()), ("3.xlsx", new Workbooks().Sheet("S").Row("a", "b").Row(1, 2.5).ToBytes()));
        Assert.Equal(["1;2", "\"x;y\";\"say \"\"hi\"\"\"", "1;2.5"], (await Open(zipped)).Read.Records.Select(record => record.Raw));
    }

    [Fact]
    public async Task Packed_files_inside_and_archives_without_data_are_refused()
    {
        await Refused(Zips.Of(("a.csv.gz", GzipContentStreamTests.Zip("a,b\n1,2\n"u8.ToArray()))), "is itself packed");
        await Refused(Zips.Of(("a.zip", Zips.Of(("a.csv", "a,b\n1,2\n")))), "is itself packed");
        await Refused(Zips.Of(("readme.md", "x")), "no data file");
        await Refused(Zips.Of(Array.Empty<(string, byte[])>()), "is empty");
        await Refused(Zips.Of(("x.csv", "")), "Entry \"x.csv\": The file is empty");
    }

    [Theory]
    [InlineData("../../etc/orders.csv")]
    [InlineData("..\\orders.csv")]
    [InlineData("/etc/orders.csv")]
    [InlineData("C:\\orders.csv")]
    public async Task Names_that_point_out_of_the_folder_are_refused(string name) => await Refused(Zips.Of((name, "a,b\n1,2\n")), "points out of its folder");

    [Fact]
    public async Task Bombs_are_refused_before_they_unpack()
    {
        var lines = new byte[4 << 20];
        lines.AsSpan().Fill((byte)'\n');
        "a,b\n1,2"u8.CopyTo(lines);
        var bomb = Zips.Of(("a.csv", lines));
        await Refused(bomb, "unpacks to more than 400 times", new ContentLimits { FreeBytes = 1 << 20 });
        await Refused(GzipContentStreamTests.Zip(lines), "unpacks to more than 400 times", new ContentLimits { FreeBytes = 1 << 20 });
        await Refused(Zips.Of(("a.csv", "a,b\n1,2\n"), ("b.csv", "a,b\n1,2\n")), "2 entries; 1 are allowed", new ContentLimits { MaximumEntries = 1 });
        await Refused(Zips.Of(("a.csv", "a,b\n1,2\n")), "larger than 0 MiB", new ContentLimits { MaximumArchiveBytes = 10 });

        // An entry that says it is small and is not.
        var lying = Patched(bomb, "PK\u0001\u0002"u8, 24, [8, 0, 0, 0]);
        await Refused(lying, "is damaged", new ContentLimits { FreeBytes = 1 << 20 });
    }

    [Fact]
    public async Task Encrypted_cut_and_damaged_archives_are_refused()
    {
        var zip = Zips.Of(("a.csv", string.Concat(Enumerable.Range(0, 1000).Select(row => $"{row},{row * 7919 % 1009}\n"))));
        await Refused(Patched(zip, "PK\u0001\u0002"u8, 8, [1, 0]), "is encrypted");
        await Refused(zip[..^40], "cut off");
        await Refused(Patched(zip, "PK\u0001\u0002"u8, 10, [99, 0]), "packed in a way that is not supported");
        await Refused(Patched(zip, "PK\u0001\u0002"u8, 16, [1, 2, 3, 4]), "is damaged");
    }

    private static byte[] Patched(byte[] zip, ReadOnlySpan<byte> mark, int offset, byte[] bytes)
    {
        var patched = (byte[])zip.Clone();
        bytes.CopyTo(patched, patched.AsSpan().IndexOf(mark) + offset);
        return patched;
    }

    private static async Task Refused(byte[] content, string expected, ContentLimits? limits = null)
    {
        var fault = await Assert.ThrowsAsync<UnreadableFileException>(() => Open(content, new RecordReaderOptions { Limits = limits ?? new ContentLimits() }));
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    private static async Task<(ReadText Read, FileFormat Format)> Open(byte[] content, RecordReaderOptions? options = null)
    {
        await using var opened = await RecordReaders.OpenAsync(new DribblingStream(content), "x.zip", options ?? new RecordReaderOptions(), CancellationToken.None);
        return (await Reading.All(opened.Reader), opened.Format);
    }
}
