using System.Text;
using SegFunctions.Customers.Intake.Csv;
using SegFunctions.Customers.Intake.Encodings;
using SegFunctions.Customers.Intake.Mapping;
using SegFunctions.Customers.Intake.Values;

namespace SegFunctions.Customers.Tests.Intake.Mapping;

public sealed class MappingReaderTests
{
    [Fact]
    public void A_mapping_may_say_everything_about_a_file()
    {
        var mapping = Read(
            """
            {
              // a comment may stand anywhere
              "dataset": "Orders", "source": "crm", "delimiter": "whitespace", "header": false, "encoding": "windows-1252",
              "decimal": ",", "dateFormat": "dd/MM/yyyy", "timeZone": "+02:00",
              "columns": { "1": "customerId", "Date ": "timestamp" }, "ignore": ["3", 4],
              "allow": ["religion", 7], "keep": ["tier"],
            }
            """);

        Assert.Equal("orders", mapping.Dataset!.Name);
        Assert.Equal("crm", mapping.Source);
        Assert.Equal(CsvDelimiter.Whitespace, mapping.Delimiter);
        Assert.False(mapping.Header);
        Assert.Equal(TextEncoding.Windows1252, mapping.Encoding);
        Assert.Equal(DecimalStyle.Comma, mapping.Decimals);
        Assert.Equal("dd/MM/yyyy", mapping.DateFormat!.Text);
        Assert.Equal("+02:00", mapping.TimeZone.Name);
        Assert.Equal("timestamp", mapping.Columns["Date "]);
        Assert.Equal(["3", "4"], mapping.Ignore);
        Assert.Equal(["religion", "7"], mapping.Allow);
        Assert.Equal(["tier"], mapping.Keep!.Headers);
    }

    [Theory]
    [InlineData(",", CsvDelimiter.Comma)]
    [InlineData(";", CsvDelimiter.Semicolon)]
    [InlineData("\\t", CsvDelimiter.Tab)]
    [InlineData("|", CsvDelimiter.Pipe)]
    public void Delimiters_are_spelled_as_they_stand(string spelling, CsvDelimiter expected) =>
        Assert.Equal(expected, Read($$"""{ "delimiter": "{{spelling}}" }""").Delimiter);

    [Fact]
    public void A_mapping_may_say_nothing() => Assert.Null(Read("{}").Dataset);

    [Fact]
    public void Every_fault_is_reported_at_once()
    {
        var refused = Assert.Throws<MappingException>(() => Read(
            """
            { "dataset": "orders", "delimiter": "#", "header": "yes", "encoding": "klingon", "decimal": "'", "dateFormat": "dd/MM", "timeZone": "Mars/Olympus",
              "columns": { "a": "customerId", "b": "customerId", "c": "colour" }, "ignore": ["a", 0], "colums": {} }
            """));

        Assert.StartsWith("mapping.json cannot be used:", refused.Message, StringComparison.Ordinal);
        foreach (var named in new[] { "\"#\"", "\"header\"", "klingon", "\"decimal\"", "names no year", "Mars/Olympus", "\"a\" and \"b\" both", "\"colour\" is no field of orders", "\"a\" is also mapped", "\"ignore\": 0", "\"colums\" is no known key" })
            Assert.Contains(named, refused.Message, StringComparison.Ordinal);
        Assert.Equal(11, refused.Faults.Count);
    }

    [Fact]
    public void Broken_json_is_named_with_its_line()
    {
        var refused = Assert.Throws<MappingException>(() => Read("{\n  \"dataset\": \"orders\"\n  \"source\": \"x\" }"));
        Assert.Contains("line 3", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("LineNumber", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]", "a list")]
    [InlineData("{ \"header\": false }", "named by position")]
    [InlineData("{ \"source\": \" crm\" }", "no blanks around")]
    [InlineData("{ \"dataset\": \"sales\" }", "orders, customers, events, messages, tickets, consents, campaigns")]
    [InlineData("{ \"columns\": { \"a\": \"colour\" } }", "a field of no dataset")]
    [InlineData("{ \"keep\": \"some\" }", "\"all\", \"mapped\" or a list")]
    [InlineData("{ \"allow\": \"religion\" }", "a list of headers or positions")]
    [InlineData("{ \"dataset\": \"orders\", \"dataset\": \"events\" }", "stands there twice")]
    public void A_fault_says_what_is_allowed(string json, string named) =>
        Assert.Contains(named, Assert.Throws<MappingException>(() => Read(json)).Message, StringComparison.Ordinal);

    private static UploadMapping Read(string json) => MappingReader.Read("mapping.json", Encoding.UTF8.GetBytes(json));
}
