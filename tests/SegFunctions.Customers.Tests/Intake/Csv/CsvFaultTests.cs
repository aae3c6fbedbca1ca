using System.Text;
using SegFunctions.Customers.Intake.Csv;
using SegFunctions.Customers.Intake.Records;
using SegFunctions.Customers.Tests.Intake.Records;

namespace SegFunctions.Customers.Tests.Intake.Csv;

public sealed class CsvFaultTests
{
    private static readonly CsvReaderOptions NoHeader = new() { HasHeader = false };

    [Fact]
    public async Task A_lost_quote_costs_one_record_at_the_end_of_the_file()
    {
        var read = await Reading.Csv("1,a\n2,\"b\n3,c\n4,d\n", NoHeader);
        Assert.Equal(["1:1,a:", "2:2,\"b:unclosed-quote", "3:3,c:", "4:4,d:"], Summary(read));
        Assert.Contains("byte 3 of line 2", read.Records[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_quote_does_not_pair_with_the_quote_that_opens_a_later_field()
    {
        var read = await Reading.Csv("1,\"lost\n2,b\n3,\"x, y\"\n4,d\n", NoHeader);
        Assert.Equal(["1:1,\"lost:unclosed-quote", "2:2,b:", "3:3,\"x, y\":", "4:4,d:"], Summary(read));
        Assert.Equal(["3", "x, y"], read.Records[2].Fields);
    }

    [Fact]
    public async Task A_lost_quote_in_a_big_file_costs_one_record()
    {
        var text = new StringBuilder("0,\"lost\n");
        for (var row = 1; row <= 3000; row++)
            text.Append(row).Append(",plain text\n");
        var read = await Reading.Csv(text.ToString(), NoHeader with { MaximumRecordLength = 5000 });
        Assert.Equal(3001, read.Records.Count);
        Assert.Equal("0,\"lost", Assert.Single(read.Records, record => record.Rule == RecordRules.UnclosedQuote).Raw);
        Assert.Equal(3001, read.Records[^1].Line);
    }

    [Fact]
    public async Task A_faulty_record_ends_with_the_line_on_which_its_quote_opened()
    {
        var read = await Reading.Csv("\"two\nlines\",\"lost\nnext,1\n", NoHeader);
        Assert.Equal(["1:\"two\nlines\",\"lost:unclosed-quote", "3:next,1:"], Summary(read));
        Assert.Contains("byte 8 of line 2", read.Records[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_of_two_megabytes_is_one_faulty_record_and_reading_goes_on()
    {
        var text = "a,b\n1,2\n" + new string('x', 2 * 1024 * 1024) + ",\"\ny\n3,4\n";
        var read = await Reading.Csv(text, NoHeader with { BlockSize = 64 * 1024 });
        Assert.Equal(["", "", RecordRules.RecordTooLong, "", ""], read.Records.Select(record => record.Rule ?? ""));
        Assert.Equal([1L, 2, 3, 4, 5], read.Records.Select(record => record.Line));
        Assert.Equal(64 * 1024, read.Records[2].Raw.Length);
        Assert.Contains("1048576 bytes", read.Records[2].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_of_the_longest_length_is_read_and_one_byte_more_is_not()
    {
        foreach (var end in (string[])["\n", "\r\n", "\r", ""])
        {
            var options = NoHeader with { MaximumRecordLength = 10 };
            Assert.Null((await Reading.Csv("123456,890" + end, options)).Records[0].Rule);
            Assert.Equal(RecordRules.RecordTooLong, (await Reading.Csv("123456,8901" + end, options)).Records[0].Rule);
            Assert.Equal(RecordRules.RecordTooLong, (await Reading.Csv("\"12\n45\",8901" + end, options)).Records[0].Rule);
        }
    }

    [Fact]
    public async Task Raw_text_is_not_cut_inside_a_character()
    {
        var read = await Reading.Csv(new string('é', 40_000), NoHeader);
        Assert.Null(read.Records[0].Rule);
        Assert.Equal(new string('é', 32 * 1024), read.Records[0].Raw);
        Assert.Equal(new string('é', 4), (await Reading.Csv(new string('é', 40_000), NoHeader with { MaximumRecordLength = 9 })).Records[0].Raw);
    }

    [Fact]
    public async Task Too_many_fields_make_a_faulty_record()
    {
        var read = await Reading.Csv("1,2,3\n1,2,3,4\n5,6,7\n", NoHeader with { MaximumFields = 3 });
        Assert.Equal(["", RecordRules.TooManyFields, ""], read.Records.Select(record => record.Rule ?? ""));
        Assert.Empty(read.Records[1].Fields);
        Assert.Equal("The record has 4 fields; 3 are allowed.", read.Records[1].Message);
    }

    [Fact]
    public async Task Bytes_that_are_no_utf8_refuse_their_record_only()
    {
        byte[] bytes = [.. "1,café\n2,caf"u8, 0xE9, .. "\n3,ok\n"u8];
        var read = await Reading.Csv(bytes, NoHeader);
        Assert.Equal(["", RecordRules.Encoding, ""], read.Records.Select(record => record.Rule ?? ""));
        Assert.Equal("2,caf\uFFFD", read.Records[1].Raw);
        Assert.Contains("byte 6 of the record is 0xE9", read.Records[1].Message, StringComparison.Ordinal);
        Assert.Equal(2, read.Records[1].Line);
    }

    [Fact]
    public async Task Bad_bytes_far_behind_in_a_long_record_are_found()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes(new string('x', 100_000)), 0xFF, (byte)'\n', .. "ok\n"u8];
        var read = await Reading.Csv(bytes, NoHeader);
        Assert.Equal([RecordRules.Encoding, ""], read.Records.Select(record => record.Rule ?? ""));
        Assert.Equal(64 * 1024, read.Records[0].Raw.Length);
    }

    [Fact]
    public async Task A_header_that_cannot_be_read_makes_the_file_unreadable()
    {
        var refused = await Assert.ThrowsAsync<UnreadableFileException>(() => Reading.Csv("a,\"b\n1,2\n"));
        Assert.Contains("Line 1: the header cannot be read. The quote at byte 3", refused.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Summary(ReadText read) => read.Records.Select(record => $"{record.Line}:{record.Raw}:{record.Rule}");
}
