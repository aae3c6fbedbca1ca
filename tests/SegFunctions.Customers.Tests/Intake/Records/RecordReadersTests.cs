using System.Text;
using SegFunctions.Customers.Intake.Csv;
using SegFunctions.Customers.Intake.Encodings;
using SegFunctions.Customers.Intake.Records;
using SegFunctions.Customers.Tests.Intake.Encodings;

namespace SegFunctions.Customers.Tests.Intake.Records;

public sealed class RecordReadersTests
{
    private const string Orders = "id;name;price\r\n1;Müller;2,50\r\n2;\"Ba;r\";3,75\r\n";

    [Fact]
    public async Task Every_encoding_plain_or_gzip_gives_the_same_records()
    {
        byte[][] files =
        [
            Encoding.UTF8.GetBytes(Orders),
            Encoding.UTF8.GetBytes("\uFEFF" + Orders),
            Encoding.Unicode.GetBytes("\uFEFF" + Orders),
            Encoding.BigEndianUnicode.GetBytes("\uFEFF" + Orders),
            Encoding.Unicode.GetBytes(Orders),
            Encoding.Latin1.GetBytes(Orders),
        ];
        foreach (var file in files)
        {
            foreach (var isGzip in (bool[])[false, true])
            {
                var (read, format) = await Open(isGzip ? GzipContentStreamTests.Zip(file) : file, isGzip ? "orders.csv.gz" : "orders.csv");
                Assert.Equal(["id", "name", "price"], read.Header);
                Assert.Equal([["1", "Müller", "2,50"], ["2", "Ba;r", "3,75"]], read.Cells);
                Assert.Equal((RecordFormat.Csv, isGzip, CsvDelimiter.Semicolon, true), (format.Format, format.IsGzip, format.Delimiter, format.HasHeader));
            }
        }
    }

    [Fact]
    public async Task The_mapping_overrides_what_the_head_shows()
    {
        var options = new RecordReaderOptions { Delimiter = CsvDelimiter.Comma, HasHeader = false, Encoding = TextEncoding.Windows1252 };
        var (read, format) = await Open("a;b\n1;é\n"u8.ToArray(), "x.csv", options);
        Assert.Equal([["a;b"], ["1;Ã©"]], read.Cells);
        Assert.Equal(TextEncoding.Windows1252, format.Encoding);
        Assert.Contains(format.Evidence, line => line.Contains("the mapping says windows-1252", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Bad_bytes_behind_the_head_refuse_their_record()
    {
        var rows = Encoding.ASCII.GetBytes("id,name\n" + string.Concat(Enumerable.Range(0, 30_000).Select(row => $"{row},plain name\n")));
        byte[] file = [.. rows, .. "x,caf"u8, 0xE9, (byte)'\n', .. "y,last\n"u8];
        var (read, format) = await Open(file, "x.csv");
        Assert.Equal(TextEncoding.Utf8, format.Encoding);
        Assert.Equal(30_002, read.Records.Count);
        Assert.Equal(30_002, Assert.Single(read.Records, record => record.Rule == RecordRules.Encoding).Line);
    }

    [Fact]
    public async Task Undefined_bytes_of_windows_1252_refuse_their_record()
    {
        byte[] file = [.. "id,name\n1,caf"u8, 0xE9, .. "\n2,b"u8, 0x81, .. "d\n3,x\n"u8];
        var (read, format) = await Open(file, "x.csv");
        Assert.Equal(TextEncoding.Windows1252, format.Encoding);
        Assert.Equal(["", RecordRules.Encoding, ""], read.Records.Select(record => record.Rule ?? ""));
        Assert.Contains("no character of windows-1252", read.Records[1].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "The file is empty")]
    [InlineData("\n\n  \n", "The file is empty")]
    [InlineData("PK\u0003\u0004 other", "zip archive is cut off")]
    [InlineData("PAR1 abc", "Parquet")]
    [InlineData("%PDF-1.7", "PDF document")]
    [InlineData("a,b\n\u0000\u0001\u0002,3\n", "The file is binary")]
    [InlineData("a\u0001\u0002\u0003\u0004,b\n", "The file is binary")]
    public async Task Files_that_are_no_table_say_what_they_are(string content, string message)
    {
        var refused = await Assert.ThrowsAsync<UnreadableFileException>(() => Open(Encoding.UTF8.GetBytes(content), content.StartsWith('[') || content.StartsWith('{') ? "x.json" : "x.csv"));
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
        Assert.True(refused.Message.Count(c => c == '.') >= 1 && !refused.Message.Contains("   at ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Compressed_files_of_other_kinds_say_so()
    {
        foreach (var (head, name) in ((byte[], string)[])[([0x28, 0xB5, 0x2F, 0xFD, 1, 2], "Zstandard"), ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0, 1], "xz"), ([0xD0, 0xCF, 0x11, 0xE0, 1], "xls")])
        {
            var refused = await Assert.ThrowsAsync<UnreadableFileException>(() => Open(head, "x.csv"));
            Assert.Contains(name, refused.Message, StringComparison.Ordinal);
        }

        var twice = await Assert.ThrowsAsync<UnreadableFileException>(() => Open(GzipContentStreamTests.Zip(GzipContentStreamTests.Zip("a,b\n"u8.ToArray())), "x.csv.gz"));
        Assert.Contains("twice", twice.Message, StringComparison.Ordinal);
        Assert.Contains("empty", (await Assert.ThrowsAsync<UnreadableFileException>(() => Open(GzipContentStreamTests.Zip([]), "x.csv.gz"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_truncated_gzip_fails_also_behind_the_head()
    {
        var random = new Random(5);
        var text = new StringBuilder("id,value\n");
        for (var row = 0; row < 40_000; row++)
            text.Append(row).Append(',').Append(random.NextInt64()).Append('\n');
        var zipped = GzipContentStreamTests.Zip(Encoding.ASCII.GetBytes(text.ToString()));
        await using var opened = await RecordReaders.OpenAsync(new DribblingStream(zipped[..^3]), "x.csv.gz", new RecordReaderOptions(), CancellationToken.None);
        var refused = await Assert.ThrowsAsync<UnreadableFileException>(() => Reading.All(opened.Reader));
        Assert.Contains("cut off", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Formats_are_told_by_name_and_content()
    {
        Assert.Equal(RecordFormat.Ndjson, (await Open("{\"a\": 1}\n"u8.ToArray(), "events")).Format.Format);
        Assert.Equal(RecordFormat.Ndjson, (await Open(GzipContentStreamTests.Zip("{\"a\": 1}\n"u8.ToArray()), "events.jsonl.gz")).Format.Format);
        Assert.Equal(RecordFormat.Ndjson, (await Open("broken\n{\"a\": 1}\n"u8.ToArray(), "events.ndjson")).Format.Format);
        Assert.Equal(RecordFormat.Csv, (await Open("{a},b\n1,2\n"u8.ToArray(), "x.csv")).Format.Format);
        Assert.Equal(RecordFormat.Csv, (await Open("{\"a\": 1}\n"u8.ToArray(), "x", new RecordReaderOptions { Format = RecordFormat.Csv })).Format.Format);
    }

    [Fact]
    public async Task The_stream_is_disposed_with_the_reader_and_when_opening_fails()
    {
        var sound = new MemoryStream("a,b\n1,2\n"u8.ToArray());
        await (await RecordReaders.OpenAsync(sound, "x.csv", new RecordReaderOptions(), CancellationToken.None)).DisposeAsync();
        Assert.False(sound.CanRead);
        var empty = new MemoryStream();
        await Assert.ThrowsAsync<UnreadableFileException>(() => RecordReaders.OpenAsync(empty, "x.csv", new RecordReaderOptions(), CancellationToken.None).AsTask());
        Assert.False(empty.CanRead);
    }

    [Fact]
    public async Task Cancellation_ends_the_reading()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RecordReaders.OpenAsync(new MemoryStream([1]), "x.csv", new RecordReaderOptions(), cancelled.Token).AsTask());
    }

    private static async Task<(ReadText Read, FileFormat Format)> Open(byte[] content, string name, RecordReaderOptions? options = null)
    {
        await using var opened = await RecordReaders.OpenAsync(new DribblingStream(content), name, options ?? new RecordReaderOptions(), CancellationToken.None);
        return (await Reading.All(opened.Reader), opened.Format);
    }

}
