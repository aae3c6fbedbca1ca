using System.Text;
using SegFunctions.Customers.Intake.Records;
using SegFunctions.Customers.Tests.Intake.Encodings;
using SegFunctions.Customers.Tests.Intake.Records;

namespace SegFunctions.Customers.Tests.Intake.Json;

public sealed class JsonArrayRecordReaderTests
{
    [Theory]
    [InlineData("[{\"a\": 1, \"b\": \"x,]y\"}, {\"a\": 2, \"b\": \"}\\\"{\"}]")]
    [InlineData("\n [\r\n  { \"a\": 1,\n \"b\": \"x,]y\" }\n ,\n {\"a\":2,\"b\":\"}\\\"{\"} ]\n")]
    [InlineData("{\"data\": [{\"a\": 1, \"b\": \"x,]y\"}, {\"a\": 2, \"b\": \"}\\\"{\"}], \"total\": 2, \"pages\": [1, 2]}")]
    [InlineData("{\"meta\": {\"at\": \"[{\", \"tags\": []}, \"result\": {\"rows\": [{\"a\": 1, \"b\": \"x,]y\"}, {\"a\": 2, \"b\": \"}\\\"{\"}]}}")]
    [InlineData("{\n\"a\": 1,\n\"b\": \"x,]y\"}\n{\"a\": 2,\n\"b\": \"}\\\"{\"}")]
    public async Task Arrays_in_any_layout_are_read_as_records(string json)
    {
        foreach (var blockSize in new[] { 1, 3, 16, 1 << 16 })
        {
            var (read, format) = await Open(json, options: new RecordReaderOptions { BlockSize = blockSize });
            Assert.Equal(RecordFormat.Json, format.Format);
            Assert.Equal(["a", "b"], read.Header);
            Assert.Equal([["1", "x,]y"], ["2", "}\"{"]], read.Cells);
            Assert.Equal([1L, 2L], read.Records.Select(record => record.Line));
        }
    }

    [Fact]
    public async Task Objects_inside_are_taken_apart_and_late_names_added()
    {
        var read = (await Open("[{\"id\": \"1\", \"who\": {\"name\": \"Ann\", \"at\": [1, 2]}}, {\"id\": null, \"new\": true}]")).Read;
        Assert.Equal(["id", "who.name", "who.at", "new"], read.Header);
        Assert.Equal([["1", "Ann", "[1, 2]"], ["", "", "", "true"]], read.Cells);
    }

    [Fact]
    public async Task Elements_that_are_no_sound_object_cost_one_record()
    {
        var read = (await Open("[{\"a\": 1}, 5, \"x\\\"],\", [1, [2]], null, {\"a\": }, {\"a\": 1, \"a\": 2}, {\"a\": 7}]")).Read;
        Assert.Equal(8, read.Records.Count);
        Assert.Equal([["1"], ["7"]], read.Records.Where(record => record.Rule is null).Select(record => record.Fields));
        Assert.All(read.Records.Where(record => record.Rule is not null), record => Assert.Equal(RecordRules.MalformedJson, record.Rule));
        Assert.Contains("The element is not one JSON object", read.Records[1].Message, StringComparison.Ordinal);
        Assert.Equal("[1, [2]]", read.Records[3].Raw);
    }

    [Fact]
    public async Task An_element_that_is_too_long_costs_one_record_wherever_blocks_end()
    {
        var json = $"[{{\"a\": \"{new string('x', 300)}}}]\"}}, {{\"a\": 2}}, {{\"a\": \"{new string('y', 85)}\"}}]";
        foreach (var blockSize in new[] { 7, 64, 4096 })
        {
            var read = (await Open(json, options: new RecordReaderOptions { BlockSize = blockSize, MaximumRecordLength = 100 })).Read;
            Assert.Equal([RecordRules.RecordTooLong, null, null], read.Records.Select(record => record.Rule));
            Assert.Equal("2", read.Records[1].Fields[0]);
        }
    }

    [Theory]
    [InlineData("[{\"a\": 1}", "cut off behind element 1")]
    [InlineData("[{\"a\": 1}, {\"a\": ", "cut off inside element 2")]
    [InlineData("[{\"a\": 1} {\"a\": 2}]", "'{' stands where a comma")]
    [InlineData("[{\"a\": 1},, {\"a\": 2}]", "',' stands where an object")]
    [InlineData("[,{\"a\": 1}]", "',' stands where an object")]
    [InlineData("[{\"a\": 1}] [", "Something follows the end")]
    [InlineData("[]", "holds no record")]
    [InlineData("{\"x\": [{\"a\": 1}], \"y\": [{\"b\": 1}]}", "several arrays of objects: \"x\", \"y\"")]
    [InlineData("{\"x\": {\"data\": [{\"a\": 1}]", "cut off")]
    public async Task Damaged_documents_are_refused_with_their_place(string json, string expected)
    {
        var fault = await Assert.ThrowsAsync<UnreadableFileException>(() => Open(json));
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Among_several_arrays_the_mapping_or_what_fits_decides()
    {
        const string Json = "{\"customers\": [{\"name\": \"Ann\"}], \"orders\": [{\"no\": 1}, {\"no\": 2}]}";
        Assert.Equal(2, (await Open(Json, options: new RecordReaderOptions { ArrayPath = "orders" })).Read.Records.Count);
        Assert.Equal(["name"], (await Open(Json, options: new RecordReaderOptions { Fits = header => header.Contains("name", StringComparer.Ordinal) })).Read.Header);
        await Assert.ThrowsAsync<UnreadableFileException>(() => Open(Json, options: new RecordReaderOptions { ArrayPath = "sales" }));
    }

    [Fact]
    public async Task A_second_array_far_behind_the_first_is_not_passed_over()
    {
        var rows = string.Join(',', Enumerable.Range(0, 30_000).Select(row => $"{{\"no\": {row}}}"));
        Assert.Equal(30_000, (await Open($"{{\"rows\": [{rows}], \"more\": {{\"list\": [1, \"]\"]}}}}")).Read.Records.Count);
        var fault = await Assert.ThrowsAsync<UnreadableFileException>(() => Open($"{{\"rows\": [{rows}], \"more\": [ {{\"no\": 1}}]}}"));
        Assert.Contains("second array", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[{\"a\": 1}, {\"a\": 2},]", "x.json")]
    [InlineData("{\"data\": [{\"a\": 1}, {\"a\": 2},\n]}", "x.json")]
    [InlineData("{\"a\": 1},\n{\"a\": 2},\n", "x.json")]
    [InlineData("{\"a\": 1},\n\n{\"a\": 2}, \n", "x.ndjson")]
    [InlineData("{\"a\": 1}\n{\"a\": 2}", "x.txt")]
    [InlineData("{\"a\": 1},\r\n{\"a\": 2},\r\n", "export.csv")]
    [InlineData("[{\"a\": 1},{\"a\": 2}]", "export.csv")]
    public async Task Commas_left_behind_and_other_names_do_no_harm(string json, string name) =>
        Assert.Equal([["1"], ["2"]], (await Open(json, name)).Read.Cells);

    [Fact]
    public async Task One_object_a_line_stays_NDJSON_and_other_encodings_are_read()
    {
        Assert.Equal(RecordFormat.Ndjson, (await Open("{\"a\": [{\"b\": 1}]}\n{\"a\": 2}\n")).Format.Format);
        Assert.Equal(RecordFormat.Ndjson, (await Open("{\"a\": 1}", "x.jsonl")).Format.Format);
        Assert.Equal([["é"]], (await Open(Encoding.Unicode.GetBytes("\uFEFF[{\"a\": \"é\"}]"))).Read.Cells);
        Assert.Equal([["é"]], (await Open(GzipContentStreamTests.Zip("[{\"a\": \"é\"}]"u8.ToArray()), "x.json.gz")).Read.Cells);
    }

    private static Task<(ReadText Read, FileFormat Format)> Open(string json, string name = "x.json", RecordReaderOptions? options = null) => Open(Encoding.UTF8.GetBytes(json), name, options);

    private static async Task<(ReadText Read, FileFormat Format)> Open(byte[] json, string name = "x.json", RecordReaderOptions? options = null)
    {
        await using var opened = await RecordReaders.OpenAsync(new DribblingStream(json), name, options ?? new RecordReaderOptions(), CancellationToken.None);
        return (await Reading.All(opened.Reader), opened.Format);
    }
}
