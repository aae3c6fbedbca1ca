using System.Text;
using SegFunctions.Customers.Intake.Csv;
using SegFunctions.Customers.Intake.Records;
using SegFunctions.Customers.Tests.Intake.Records;

namespace SegFunctions.Customers.Tests.Intake.Csv;

/// <summary>The kinds of CSV that people send, each with the cells a person would read in it.</summary>
public sealed class CsvSpectrumTests
{
    private static readonly CsvReaderOptions NoHeader = new() { HasHeader = false };

    [Theory]
    [InlineData("plain", "a,b\n1,2\n", "a|b", "1|2")]
    [InlineData("no line end at the end", "a,b\n1,2", "a|b", "1|2")]
    [InlineData("CR LF", "a,b\r\n1,2\r\n3,4\r\n", "a|b", "1|2", "3|4")]
    [InlineData("CR alone", "a,b\r1,2\r3,4", "a|b", "1|2", "3|4")]
    [InlineData("mixed line ends", "a,b\r\n1,2\n3,4\r5,6\r\r7,8", "a|b", "1|2", "3|4", "5|6", "7|8")]
    [InlineData("quoted", "\"a\",\"b\"\n\"1\",\"2\"", "a|b", "1|2")]
    [InlineData("a comma in quotes", "a,\"x, y\",b", "a|x, y|b")]
    [InlineData("doubled quotes", "\"ha \"\"ha\"\" ha\",\"\"\"\"", "ha \"ha\" ha|\"")]
    [InlineData("line ends in quotes", "\"a\nb\r\nc\",d\n1,2", "a\nb\r\nc|d", "1|2")]
    [InlineData("empty fields", ",\n\"\",\n,,", "|", "|", "||")]
    [InlineData("a single quoted nothing", "x\n\"\"\ny", "x", "", "y")]
    [InlineData("empty lines", "\n\r\na,b\n\n\n1,2\n\n", "a|b", "1|2")]
    [InlineData("blanks are kept", " a , b \n", " a | b ")]
    [InlineData("blanks around quotes are dropped", "1, \"x, y\" ,\t\"z\"\t\n", "1|x, y|z")]
    [InlineData("a quote inside an unquoted field", "5\" nail,a\"b\"c,2\n", "5\" nail|a\"b\"c|2")]
    [InlineData("text behind a closing quote", "\"a\"b,\"c\" \"d\",e\n", "ab|c \"d\"|e")]
    [InlineData("undoubled quotes inside", "\"say \"hi\" now\",2\n", "say hi\" now\"|2")]
    [InlineData("ragged rows", "a,b,c\n1\n1,2,3,4\n", "a|b|c", "1", "1|2|3|4")]
    [InlineData("byte order mark", "\uFEFFa,b\n1,2\n", "a|b", "1|2")]
    [InlineData("byte order mark before a quote", "\uFEFF\"a,1\",b", "a,1|b")]
    [InlineData("other scripts", "名前,né\n東京,\"Ørsted, Ærø\"\n", "名前|né", "東京|Ørsted, Ærø")]
    [InlineData("JSON in a field", "id,json\n1,\"{\"\"a\"\": \"\"b, c\"\"}\"\n", "id|json", "1|{\"a\": \"b, c\"}")]
    [InlineData("an ending delimiter", "a,b,\n", "a|b|")]
    public async Task Cells_are_what_a_person_reads(string kind, string text, params string[] rows)
    {
        var read = await Reading.Csv(text, NoHeader);
        Assert.True(rows.SequenceEqual(read.Cells.Select(cells => string.Join('|', cells))), $"{kind}: {string.Join(" / ", read.Records)}");
        Assert.All(read.Records, record => Assert.Null(record.Rule));
    }

    [Theory]
    [InlineData(CsvDelimiter.Semicolon, "a;1,5;\"x;y\"", "a|1,5|x;y")]
    [InlineData(CsvDelimiter.Tab, "a\t b \t\"x\ty\"\t", "a| b |x\ty|")]
    [InlineData(CsvDelimiter.Pipe, "a|b,c|\"x|y\"", "a|b,c|x|y")]
    [InlineData(CsvDelimiter.Whitespace, " 00001 19970101  1 \t 11.77  ", "00001|19970101|1|11.77")]
    [InlineData(CsvDelimiter.Whitespace, "\"New York\"  12", "New York|12")]
    public async Task Every_delimiter_splits(CsvDelimiter delimiter, string text, string cells)
    {
        foreach (var end in (string[])["", "\n", "\r\n"])
        {
            var read = await Reading.Csv(text + end, NoHeader with { Delimiter = delimiter });
            Assert.Equal(cells, string.Join('|', Assert.Single(read.Records).Fields));
        }
    }

    [Fact]
    public async Task Blank_lines_hold_no_record_where_blanks_delimit()
    {
        var read = await Reading.Csv("\n  \n1 2\n \t \n3 4", NoHeader with { Delimiter = CsvDelimiter.Whitespace });
        Assert.Equal([3L, 5L], read.Records.Select(record => record.Line));
    }

    [Fact]
    public async Task Names_come_from_the_header_or_from_the_positions()
    {
        Assert.Equal(["rec_id", "given name", ""], (await Reading.Csv("rec_id, \"given name\" ,\n1,2,3\n")).Header);
        Assert.Equal(["1", "2", "3"], (await Reading.Csv("7,8,9\n", NoHeader)).Header);
    }

    [Fact]
    public async Task A_header_without_rows_gives_no_record()
    {
        foreach (var text in (string[])["a,b", "a,b\n", "a,b\r\n\r\n"])
        {
            var read = await Reading.Csv(text);
            Assert.Equal(["a", "b"], read.Header);
            Assert.Empty(read.Records);
        }
    }

    [Fact]
    public async Task Lines_are_counted_as_a_text_editor_counts_them()
    {
        var read = await Reading.Csv("h\r\n\"a\nb\r\nc\rd\"\r\n\n\ne\r\"f\n\"\rg\n", new CsvReaderOptions());
        Assert.Equal(["2:a\nb\r\nc\rd", "8:e", "9:f\n", "11:g"], read.Records.Select(record => $"{record.Line}:{record.Fields[0]}"));
        Assert.Equal("\"a\nb\r\nc\rd\"", read.Records[0].Raw);
    }

    [Fact]
    public async Task Skipped_empty_lines_are_counted()
    {
        await using var reader = await CsvRecordReader.OpenAsync(new MemoryStream("a\n\n1\n\r\n2\n"u8.ToArray()), new CsvReaderOptions(), CancellationToken.None);
        Assert.Equal(2, (await Reading.All(reader)).Records.Count);
        Assert.Equal(2, reader.EmptyLines);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\r\n\n")]
    [InlineData("\uFEFF")]
    public async Task A_file_without_records_is_called_empty(string text)
    {
        var refused = await Assert.ThrowsAsync<UnreadableFileException>(() => Reading.Csv(text));
        Assert.Contains("file is empty", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_nul_byte_ends_the_reading_and_is_located()
    {
        var bytes = Encoding.UTF8.GetBytes("a,b\n1,2\n3,\0\n");
        var refused = await Assert.ThrowsAsync<UnreadableFileException>(() => Reading.Csv(bytes));
        Assert.Contains("Line 3 holds a NUL byte (byte 11 of the text)", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_belongs_to_its_reader_until_it_is_disposed()
    {
        var options = NoHeader with { BlockSize = 16 };
        await using var reader = await CsvRecordReader.OpenAsync(new MemoryStream("first,1\nsecond,2\nthird,3\nfourth,4\n"u8.ToArray()), options, CancellationToken.None);
        var batches = new List<RecordBatch>();
        while (await reader.ReadAsync(CancellationToken.None) is { } batch)
            batches.Add(batch);
        Assert.True(batches.Count > 1);
        var words = batches.SelectMany(batch => Enumerable.Range(0, batch.Count).Select(record => Encoding.UTF8.GetString(batch.Field(record, 0))));
        Assert.Equal(["first", "second", "third", "fourth"], words);
        batches[0].Dispose();
        batches[0].Dispose();
        Assert.Throws<ArgumentOutOfRangeException>(() => batches[0].Line(0));
    }
}
