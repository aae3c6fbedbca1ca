using System.Text;
using SegFunctions.Customers.Intake.Records;
using SegFunctions.Customers.Tests.Intake.Records;

namespace SegFunctions.Customers.Tests.Intake.Csv;

/// <summary>What stands in front of a table is passed over, and lines keep their numbers.</summary>
public sealed class CsvPreambleTests
{
    private const string Table = "id;day;amount\n1;2024-03-05;2,5\n2;2024-03-06;3,5\n";

    [Theory]
    [InlineData("sep=;\n", 1)]
    [InlineData("SEP=;\r\n", 1)]
    [InlineData("\"sep=;\"\n", 1)]
    [InlineData("sep=;\nSales of March\n", 2)]
    [InlineData("Sales of March\n", 1)]
    [InlineData("Sales of March\r\rby day\r\r", 4)]
    [InlineData("Sales of March;;\n;;\nfrom;2024-03-01 to 2024-03-31\n", -1)]
    [InlineData("Sales of March;;\n;;\nfrom 2024-03-01 to 2024-03-31\n\n", 4)]
    [InlineData("# made by a tool; version 1; of 2024\n# all rights reserved\n", 2)]
    public async Task Titles_and_the_name_of_the_delimiter_are_passed_over(string above, int lines)
    {
        var (read, format) = await OpenAsync(above + Table);
        if (lines < 0)
        {
            Assert.NotEqual(["id", "day", "amount"], read.Header);
            return;
        }

        Assert.Equal(["id", "day", "amount"], read.Header);
        Assert.Equal(["1|2024-03-05|2,5", "2|2024-03-06|3,5"], read.Cells.Select(cells => string.Join('|', cells)));
        Assert.Equal([lines + 2L, lines + 3L], read.Records.Select(record => record.Line));
        var saysDelimiter = above.StartsWith('"') || above.StartsWith("sep", StringComparison.OrdinalIgnoreCase);
        Assert.Contains(saysDelimiter ? "the first line says that ';'" : above.StartsWith('#') ? "lines of comments above its header are left out" : "what stands above its header", string.Join(' ', format.Evidence), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_delimiter_that_is_named_may_be_any_and_in_any_encoding()
    {
        foreach (var delimiter in (string[])[",", ";", "\t", "|"])
        {
            var text = $"sep={delimiter}\r\nname{delimiter}note\r\na{delimiter}b\r\n";
            Assert.Equal(["name", "note"], (await OpenAsync(text)).Read.Header);
            Assert.Equal(["name", "note"], (await OpenAsync([0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)])).Read.Header);
        }
    }

    [Theory]
    [InlineData("id,day\n1,2\n", "id|day")]
    [InlineData("id\n1,2\n3,4\n", "id")]
    [InlineData("\"order\nid\",\"order\nday\",total\n1,2,3\n", "order\nid|order\nday|total")]
    [InlineData("id,,,\n1,2,3,4\n", "id|||")]
    [InlineData("sep\n1\n", "sep")]
    [InlineData("#,name\nx,y\n", "#|name")]
    [InlineData("#id,name\nx,y\n", "#id|name")]
    [InlineData("# -----\n#\n# All users\n# 2024\n\n# end\nid,name\nx,y\n", "id|name")]
    public async Task Headers_stay_what_they_are(string text, string header) => Assert.Equal(header, string.Join('|', (await OpenAsync(text)).Read.Header));

    [Fact]
    public async Task Without_header_nothing_is_taken_for_a_title()
    {
        var read = (await OpenAsync("x\na,b,c,d\ne,f,g,h\n", new RecordReaderOptions { HasHeader = false })).Read;
        Assert.Equal(3, read.Records.Count);
    }

    private static Task<(ReadText Read, FileFormat Format)> OpenAsync(string text, RecordReaderOptions? options = null) => OpenAsync(Encoding.UTF8.GetBytes(text), options);

    private static async Task<(ReadText Read, FileFormat Format)> OpenAsync(byte[] content, RecordReaderOptions? options = null)
    {
        await using var opened = await RecordReaders.OpenAsync(new DribblingStream(content), "t.csv", options ?? new RecordReaderOptions(), CancellationToken.None);
        return (await Reading.All(opened.Reader), opened.Format);
    }
}
