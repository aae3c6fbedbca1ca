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

    [Fact]
    public void A_value_for_all_rows_and_a_column_of_two_fields_are_read()
    {
        var mapping = Read("""{ "columns": { "Mail": ["customerId", "email"], "2": "country" }, "values": { "language": "fr", "householdSize": 2.0, "gender": "f" } }""");
        Assert.Equal(["Mail"], mapping.Addresses);
        Assert.Equal("customerId", mapping.Columns["Mail"]);
        Assert.Equal(new GivenValue("2.0", IsNumber: true), mapping.Values["householdSize"]);
        Assert.Equal(new GivenValue("fr"), mapping.Values["language"]);
    }

    [Theory]
    [InlineData("messages", "\"colour\": \"red\"", "\"colour\" is no field of messages; it has messageId")]
    [InlineData("messages", "\"action\": \"beamed\"", "action: \"beamed\" is none of sent, delivered")]
    [InlineData("messages", "\"customerId\": \"4711\"", "customerId: one id for all rows")]
    [InlineData("messages", "\"timestamp\": \"2024-01-02\"", "timestamp: one date for all rows")]
    [InlineData("messages", "\"messageId\": \"m1\"", "messageId: it tells rows apart")]
    [InlineData("customers", "\"email\": \"ann@x.com\"", "email: it tells who a customer is")]
    [InlineData("customers", "\"createdAt\": \"2024\"", "createdAt: one date")]
    [InlineData("orders", "\"country\": \"Atlantis\"", "country: \"Atlantis\" is no country")]
    [InlineData("orders", "\"currency\": \"doubloons\"", "currency: \"doubloons\" is no currency")]
    [InlineData("orders", "\"quantity\": \"many\"", "quantity: \"many\" is not a number; write it without quotes")]
    [InlineData("orders", "\"quantity\": \"1,500\"", "may have decimals or thousands")]
    [InlineData("orders", "\"quantity\": 1e20", "must lie between -1000000000 and 1000000000")]
    [InlineData("orders", "\"quantity\": 1e999", "is")]
    [InlineData("orders", "\"amount\": \"9 €\"", "names a currency; write the number alone")]
    [InlineData("orders", "\"channel\": \"  \"", "is empty; leave the field out")]
    [InlineData("orders", "\"channel\": \"a\\nb\"", "one line")]
    [InlineData("orders", "\"description\": \"ask ann@x.com\"", "\"ask [email]\" holds an address")]
    [InlineData("campaigns", "\"campaignId\": \"<campaignId>\"", "write the value itself")]
    [InlineData("orders", "\"channel\": null", "must be a text, a number, true or false, not null")]
    [InlineData("orders", "\"channel\": [\"a\"]", "must be a text, a number, true or false, not a list")]
    [InlineData("orders", "\"channel\": \"a\", \"channel\": \"b\"", "stands there twice")]
    [InlineData("campaigns", "\"converted\": \"perhaps\"", "neither yes nor no; write true or false")]
    [InlineData("customers", "\"householdSize\": 1.5", "is not a whole number")]
    [InlineData("customers", "\"language\": \"Klingon\"", "is no language")]
    public void A_bad_value_is_named_with_its_field_and_cure(string dataset, string value, string named)
    {
        var refused = Assert.Throws<MappingException>(() => Read($$"""{ "dataset": "{{dataset}}", "values": { {{value}} } }"""));
        Assert.Contains(named, Assert.Single(refused.Faults), StringComparison.Ordinal);
        Assert.DoesNotContain("ann@x.com", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_of_ten_kilobytes_is_refused_and_not_repeated()
    {
        var refused = Assert.Throws<MappingException>(() => Read($$"""{ "dataset": "orders", "values": { "channel": "{{new string('x', 10_000)}}" } }"""));
        Assert.Contains("has 10000 characters; 256 are allowed", refused.Message, StringComparison.Ordinal);
        Assert.InRange(refused.Message.Length, 1, 300);
    }

    [Theory]
    [InlineData("""{ "values": { "colour": "red" } }""", "\"colour\" is a field of no dataset")]
    [InlineData("""{ "values": { "action": "beamed" } }""", "is none of sent")]
    [InlineData("""{ "values": { "purpose": "marketing", "topic": "x" } }""", "no dataset has all of the fields purpose, topic")]
    [InlineData("""{ "values": ["channel"] }""", "must be an object of field to the one value")]
    [InlineData("""{ "columns": { "a": ["customerId", "phone"] } }""", "\"a\" cannot be customerId and phone")]
    [InlineData("""{ "columns": { "a": ["customerId"] } }""", "[\"customerId\", \"email\"]")]
    [InlineData("""{ "columns": { "a": [1, {}] } }""", "cannot be 1 and {}")]
    [InlineData("""{ "columns": { "a": ["customerId", "email"], "b": "email" } }""", "\"b\" and \"a\" both stand for email")]
    [InlineData("""{ "columns": { "a": ["customerId", "email"], "b": "customerId" } }""", "\"a\" and \"b\" both stand for customerId")]
    [InlineData("""{ "dataset": "orders", "columns": { "a": ["customerId", "email"] } }""", "write \"customerId\" alone")]
    [InlineData("""{ "values": { "channel": "\ud83d" } }""", "half of a character")]
    public void Values_and_columns_of_two_fields_are_checked_without_a_dataset_too(string json, string named) =>
        Assert.Contains(named, Assert.Throws<MappingException>(() => Read(json)).Message, StringComparison.Ordinal);

    private static UploadMapping Read(string json) => MappingReader.Read("mapping.json", Encoding.UTF8.GetBytes(json));
}
