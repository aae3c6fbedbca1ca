using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Customers.Intake.Json;
using SegFunctions.Customers.Intake.Records;
using SegFunctions.Customers.Tests.Intake.Records;

namespace SegFunctions.Customers.Tests.Intake.Json;

public sealed class NdjsonRecordReaderTests
{
    [Fact]
    public async Task Objects_become_records()
    {
        var read = await Read("""
            {"id": "1", "amount": 2.50, "paid": true, "note": null}
            {"id": "2", "amount": -1e3, "paid": false, "note": "line\nbreak \"quoted\" \u00e9"}
            """);
        Assert.Equal(["id", "amount", "paid", "note"], read.Header);
        Assert.Equal([["1", "2.50", "true", ""], ["2", "-1e3", "false", "line\nbreak \"quoted\" é"]], read.Cells);
        Assert.Equal([1L, 2], read.Records.Select(record => record.Line));
    }

    [Fact]
    public async Task Objects_within_objects_get_dotted_names_and_arrays_stay_json()
    {
        var read = await Read("""{"a": {"b": {"c": 1}, "d": "x"}, "tags": [1, {"x": "]"}], "empty": {}, "e": 2}""");
        Assert.Equal(["a.b.c", "a.d", "tags", "e"], read.Header);
        Assert.Equal(["1", "x", "[1, {\"x\": \"]\"}]", "2"], read.Cells[0]);
    }

    [Fact]
    public async Task Deep_objects_stay_json()
    {
        var read = await Read("""{"a": {"b": {"c": 1}}, "d": 2}""", new NdjsonReaderOptions { MaximumDepth = 2 });
        Assert.Equal(["a.b", "d"], read.Header);
        Assert.Equal(["{\"c\": 1}", "2"], read.Cells[0]);
    }

    [Fact]
    public async Task Names_that_appear_later_are_added_at_the_end()
    {
        var read = await Read("{\"a\": 1}\n{\"b\": 2, \"a\": 3}\n{\"c\": {\"d\": 4}}\n");
        Assert.Equal(["a", "b", "c.d"], read.Header);
        Assert.Equal([["1"], ["3", "2"], ["", "", "4"]], read.Cells);
    }

    [Fact]
    public async Task The_header_grows_between_batches_and_old_lists_stay_as_they_were()
    {
        var options = new NdjsonReaderOptions { BlockSize = 16 };
        await using var reader = await NdjsonRecordReader.OpenAsync(new MemoryStream("{\"a\": 1}      \n{\"b\": 2}      \n"u8.ToArray()), options, CancellationToken.None);
        var before = reader.Header;
        Assert.Equal(["a"], before);
        (await reader.ReadAsync(CancellationToken.None))!.Dispose();
        (await reader.ReadAsync(CancellationToken.None))!.Dispose();
        Assert.Equal(["a", "b"], reader.Header);
        Assert.Equal(["a"], before);
        Assert.Null(await reader.ReadAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData("[1]", "it starts with an array")]
    [InlineData("12", "it starts with a number")]
    [InlineData("{\"a\": 1", "byte")]
    [InlineData("{\"a\": 1} {\"b\": 2}", "byte 10")]
    [InlineData("{'a': 1}", "byte 2")]
    [InlineData("{\"a\": 1, \"a\": 2}", "names 'a' twice")]
    [InlineData("{\"a.b\": 1, \"a\": {\"b\": 2}}", "names 'a.b' twice")]
    [InlineData("{\"a\": \"\\ud800\"}", "no character")]
    [InlineData("a,b", "byte 1")]
    public async Task A_malformed_line_is_a_faulty_record_and_reading_goes_on(string line, string found)
    {
        var read = await Read("{\"id\": 1}\n" + line + "\n{\"id\": 2}\n");
        Assert.Equal(["id"], read.Header);
        Assert.Equal(["", RecordRules.MalformedJson, ""], read.Records.Select(record => record.Rule ?? ""));
        Assert.Contains(found, read.Records[1].Message, StringComparison.Ordinal);
        Assert.Equal(line, read.Records[1].Raw);
        Assert.Equal(["2"], read.Cells[2]);
    }

    [Fact]
    public async Task Blank_lines_are_skipped_and_counted_as_lines()
    {
        var read = await Read("\n  \r\n{\"a\": 1}\r\n\r\n{\"a\": 2}");
        Assert.Equal([3L, 5], read.Records.Select(record => record.Line));
    }

    [Fact]
    public async Task A_line_that_is_too_long_and_bytes_that_are_no_utf8_refuse_their_record()
    {
        byte[] bytes = [.. Encoding.ASCII.GetBytes("{\"a\": \"" + new string('x', 200) + "\"}\n{\"a\": \""), 0xE9, .. "\"}\n{\"a\": 3}\n"u8];
        var read = await Read(bytes, new NdjsonReaderOptions { MaximumRecordLength = 100 });
        Assert.Equal([RecordRules.RecordTooLong, RecordRules.Encoding, ""], read.Records.Select(record => record.Rule ?? ""));
        Assert.Equal([1L, 2, 3], read.Records.Select(record => record.Line));
        Assert.Equal(100, read.Records[0].Raw.Length);
    }

    [Fact]
    public async Task Too_many_names_make_a_faulty_record()
    {
        var read = await Read("{\"a\": 1, \"b\": 2}\n{\"c\": 3}\n{\"b\": 4}\n", new NdjsonReaderOptions { MaximumFields = 2 });
        Assert.Equal(["", RecordRules.TooManyFields, ""], read.Records.Select(record => record.Rule ?? ""));
        Assert.Equal(["a", "b"], read.Header);
    }

    [Fact]
    public async Task An_empty_file_is_called_empty()
    {
        var refused = await Assert.ThrowsAsync<UnreadableFileException>(() => Read("\n \n"));
        Assert.Contains("empty", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Neither_reads_nor_blocks_change_what_is_read()
    {
        var lines = Gen.Elements("{\"a\":1}", "{\"b\":\"é\\n\",\"a\":{\"c\":[1,2]}}", "", "{", "nonsense", "{\"a\":\"0123456789012345678901234567890123456789\"}");
        var file = from parts in lines.NonEmptyListOf()
                   from end in Gen.Elements("\n", "\r\n", "\r")
                   select Encoding.UTF8.GetBytes("{\"first\":0}" + end + string.Join(end, parts));
        Prop.ForAll(Arb.From(file), Arb.From(Gen.Choose(8, 60)), (bytes, maximum) =>
        {
            var options = new NdjsonReaderOptions { MaximumRecordLength = maximum, BlockSize = 4096 };
            var whole = Read(bytes, options).GetAwaiter().GetResult();
            foreach (var blockSize in (int[])[1, 7, 64])
            {
                var split = Read(bytes, options with { BlockSize = blockSize }, 3).GetAwaiter().GetResult();
                Assert.Equal(whole.Header, split.Header);
                Assert.Equal(whole.Records.Select(record => record.ToString()), split.Records.Select(record => record.ToString()));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
    }

    private static Task<ReadText> Read(string text, NdjsonReaderOptions? options = null) => Read(Encoding.UTF8.GetBytes(text), options);

    private static async Task<ReadText> Read(byte[] bytes, NdjsonReaderOptions? options = null, int size = int.MaxValue)
    {
        await using var reader = await NdjsonRecordReader.OpenAsync(new DribblingStream(bytes, _ => size), options ?? new NdjsonReaderOptions(), CancellationToken.None);
        return await Reading.All(reader);
    }
}
