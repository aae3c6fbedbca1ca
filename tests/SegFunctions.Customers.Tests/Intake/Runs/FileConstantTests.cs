using System.Globalization;
using System.Text;
using SegFunctions.Customers.Intake;
using SegFunctions.Customers.Intake.Mapping;
using SegFunctions.Customers.Intake.Quality;
using SegFunctions.Customers.Intake.Records;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Tests.Intake.Runs;

/// <summary>Values that a mapping gives to all rows of a file.</summary>
public sealed class FileConstantTests
{
    private const string MailLog = "customer id,sent at,action\n7,2024-01-02,opened\n8,2024-01-03,clicked\n";
    private const string Orders = "order id,customer id,date,amount\n1,7,2024-01-02,5\n2,8,2024-01-03,6\n";

    [Fact]
    public async Task The_log_of_a_mail_tool_gets_its_channel_from_the_mapping()
    {
        var taken = await Taken.InAsync(MailLog, Mapping("""{ "values": { "channel": "email" } }"""));
        Assert.Equal("messages", taken.Report.Dataset);
        Assert.Equal(["email", "email"], taken.Output.Column("channel"));
        Assert.Equal(new ConstantCount("channel", "email", 2), Assert.Single(taken.Report.Constants!));
        Assert.Empty(taken.Report.Repairs);
    }

    [Fact]
    public async Task Its_refusal_shows_the_mapping_that_cures_it()
    {
        var refused = await Assert.ThrowsAsync<UnreadableFileException>(() => Taken.InAsync(MailLog, dataset: "messages"));
        Assert.Contains("channel is the same in all rows", refused.Message, StringComparison.Ordinal);
        var cure = refused.Message.Split('\n')[^1];
        Assert.Equal("""{ "dataset": "messages", "columns": { "customer id": "customerId", "sent at": "timestamp", "action": "action" }, "values": { "channel": "email" } }""", cure);
        Assert.Equal(2, (await Taken.InAsync(MailLog, Mapping(cure))).Report.Rows.Accepted);
    }

    [Fact]
    public async Task A_refusal_goes_on_from_what_the_mapping_says_already()
    {
        var refused = await Assert.ThrowsAsync<UnreadableFileException>(() => Taken.InAsync("customer id,date\n7,2024-01-02\n", Mapping("""{ "dataset": "consents", "values": { "purpose": "publicité", "proof": "form 7" } }""")));
        Assert.Contains("needs a column for status.", refused.Message, StringComparison.Ordinal);
        Assert.Contains("(status: granted, denied)", refused.Message, StringComparison.Ordinal);
        var cure = refused.Message.Split('\n')[^1];
        var consents = await Taken.InAsync("customer id,date\n7,2024-01-02\n", Mapping(cure));
        Assert.Equal(["marketing"], consents.Output.Column("purpose"));
        Assert.Equal(["granted"], consents.Output.Column("status"));
    }

    [Fact]
    public async Task Values_are_read_by_the_rules_for_values_of_the_file()
    {
        var orders = await Taken.InAsync(Orders, Mapping("""{ "values": { "country": "Allemagne", "currency": "€", "quantity": 3, "status": "Retourné", "discount": "10 %", "channel": " shop " } }"""), dataset: "orders");
        Assert.Equal(["DE", "DE"], orders.Output.Column("country"));
        Assert.Equal(["EUR", "EUR"], orders.Output.Column("currency"));
        Assert.Equal(["3", "3"], orders.Output.Column("quantity"));
        Assert.Equal(["returned", "returned"], orders.Output.Column("status"));
        Assert.Equal(["return", "return"], orders.Output.Column("kind"));
        Assert.Equal(["shop", "shop"], orders.Output.Column("channel"));

        var campaigns = await Taken.InAsync("customer id,date\n7,2024-01-02\n", Mapping("""{ "dataset": "campaigns", "values": { "campaignId": "spring 24", "converted": true, "cost": "0,25" }, "decimal": "," }"""));
        Assert.Equal(["spring 24"], campaigns.Output.Column("campaignId"));
        Assert.Equal(["true"], campaigns.Output.Column("converted"));
        Assert.Equal(["0.25"], campaigns.Output.Column("cost"));
    }

    [Fact]
    public async Task A_number_of_json_has_a_point_whatever_the_file_writes()
    {
        var orders = await Taken.InAsync("customer id;date\n7;2024-01-02\n", Mapping("""{ "dataset": "orders", "decimal": ",", "values": { "amount": 9.90 } }"""));
        Assert.Equal(["9.9"], orders.Output.Column("amount"));
        Assert.Equal(["purchase"], orders.Output.Column("kind"));
    }

    [Fact]
    public async Task What_a_row_says_itself_is_kept_and_blanks_are_filled_and_counted()
    {
        var taken = await Taken.InAsync(
            "customer id,sent at,action,channel\n7,2024-01-02,opened,sms\n8,2024-01-03,clicked,\n9,2024-01-04,clicked,  \n9,nonsense,clicked,\n",
            Mapping("""{ "values": { "channel": "email" } }"""));
        Assert.Equal(["email", "email", "sms"], taken.Output.Column("channel").Order(StringComparer.Ordinal));
        var repair = Assert.Single(taken.Report.Repairs);
        Assert.Equal(("constant-used", "channel", 2), (repair.Rule, repair.Column, repair.Count));
        Assert.Equal([3, 4], repair.Lines);
        Assert.Equal(2, Assert.Single(taken.Report.Constants!).Rows);
        Assert.Equal(1, taken.Report.Rows.Refused);
    }

    [Fact]
    public async Task No_value_hides_what_cannot_be_read()
    {
        var taken = await Taken.InAsync(
            "customer id,date,amount,quantity,status\n7,2024-01-02,5,many,x\n8,2024-01-02,5,,x\n9,2024-01-02,oops,1,x\n", Mapping("""{ "dataset": "orders", "values": { "quantity": 2, "amount": 7 } }"""));
        Assert.Equal(["2"], taken.Output.Column("quantity"));
        Assert.Equal(["number-unreadable", "number-unreadable"], taken.Report.RefusedByRule.Select(rule => rule.Rule));
        Assert.Equal(["constant-used"], taken.Report.Repairs.Select(repair => repair.Rule));

        var customers = await Taken.InAsync("customer id,household size\n7,many\n8,\n9,4\n", Mapping("""{ "dataset": "customers", "values": { "householdSize": 1 } }"""));
        Assert.Equal(["", "1", "4"], customers.Output.Column("householdSize").Order(StringComparer.Ordinal));
        Assert.Equal("value-dropped", Assert.Single(customers.Report.Warnings).Rule);
    }

    [Fact]
    public async Task A_price_of_the_row_goes_before_an_amount_of_the_mapping()
    {
        var taken = await Taken.InAsync("customer id,date,quantity,unit price\n7,2024-01-02,2,5\n8,2024-01-02,2,\n", Mapping("""{ "values": { "amount": 9 } }"""));
        Assert.Equal(["", "9"], taken.Output.Column("amount").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_currency_that_an_amount_names_goes_before_that_of_the_mapping()
    {
        var mapping = Mapping("""{ "values": { "currency": "USD" } }""");
        var taken = await Taken.InAsync("customer id,date,amount\n7,2024-01-02,5 €\n8,2024-01-02,6\n", mapping);
        Assert.Equal(["EUR", "USD"], taken.Output.Column("currency").Order(StringComparer.Ordinal));
        Assert.Equal(1, Assert.Single(taken.Report.Constants!).Rows);

        var refused = await Assert.ThrowsAsync<UnreadableFileException>(() => Taken.InAsync("customer id,date,amount (EUR)\n7,2024-01-02,5\n", mapping));
        Assert.Contains("gives USD", refused.Message, StringComparison.Ordinal);
        Assert.Contains("amount (EUR)", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Amounts_are_converted_from_the_currency_of_the_mapping()
    {
        var taken = await Taken.InAsync(Orders, Mapping("""{ "values": { "currency": "USD" }, "baseCurrency": "EUR", "rates": { "USD": 0.5 } }"""));
        Assert.Equal(["2.5", "3"], taken.Output.Column("amount").Order(StringComparer.Ordinal));
        Assert.Equal(["EUR", "EUR"], taken.Output.Column("currency"));
    }

    [Fact]
    public async Task A_column_that_turns_up_in_mid_file_takes_over_and_every_blank_is_counted_whatever_the_batches()
    {
        var text = new StringBuilder();
        for (var row = 0; row < 3000; row++)
            text.Append(CultureInfo.InvariantCulture, $$"""{"customer id":"{{row}}","sent at":"2024-01-02","action":"opened"{{(row >= 2500 && row % 2 == 0 ? ",\"channel\":\"sms\"" : "")}}}""").Append('\n');
        var mapping = Mapping("""{ "values": { "channel": "email" } }""");
        foreach (var options in new[] { new IntakeOptions { Workers = 1 }, new IntakeOptions { Workers = 3, SampleRecords = 1, MemoryBudget = 4 << 10 } })
        {
            var taken = await Taken.InAsync(text.ToString(), mapping, options: options, name: "log.ndjson");
            Assert.Equal(250, taken.Output.Column("channel").Count(channel => channel == "sms"));
            Assert.Equal(2750, taken.Output.Column("channel").Count(channel => channel == "email"));
            var repair = Assert.Single(taken.Report.Repairs);
            Assert.Equal(("constant-used", "channel", 2750, 1L), (repair.Rule, repair.Column, repair.Count, repair.Lines[0]));
        }
    }

    [Fact]
    public async Task A_formula_is_written_as_every_formula_is()
    {
        var given = await Taken.InAsync(MailLog, Mapping("""{ "values": { "channel": "=HYPERLINK(1,2)" } }"""));
        var sent = await Taken.InAsync("customer id,sent at,action,channel\n7,2024-01-02,opened,\"=HYPERLINK(1,2)\"\n8,2024-01-03,clicked,\"=HYPERLINK(1,2)\"\n");
        Assert.Equal(sent.Output.Rows, given.Output.Rows);
        Assert.All(given.Output.Rows, row => Assert.Contains("\"'=HYPERLINK(1,2)\"", row, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rows_with_a_value_from_the_mapping_are_those_that_have_it_in_a_column()
    {
        var given = await Taken.InAsync(MailLog, Mapping("""{ "values": { "channel": "email" } }"""));
        var sent = await Taken.InAsync("customer id,sent at,action,channel\n7,2024-01-02,opened,email\n8,2024-01-03,clicked,email\n", lake: [given]);
        Assert.Equal(2, sent.Report.Rows.Duplicates);
    }

    [Fact]
    public async Task The_explanation_and_the_page_show_where_a_value_comes_from()
    {
        var taken = await Taken.InAsync(MailLog, Mapping("""{ "values": { "channel": "email" } }"""));
        var shown = taken.Result.Explanation!.Columns[^1];
        Assert.Equal((0, "channel", "the mapping gives this value to all rows"), (shown.Position, shown.ReadAs, shown.Why));
        Assert.Equal(["email"], shown.Samples);
        Assert.Contains("| channel | email | 2 |", QualityReportPage.Write(taken.Report, Language.English), StringComparison.Ordinal);
        Assert.Contains("Valeurs données par le mapping", QualityReportPage.Write(taken.Report, Language.French), StringComparison.Ordinal);
        Assert.DoesNotContain("constants", (await Taken.InAsync(Orders)).ReportText, StringComparison.Ordinal);
        Assert.Equal(taken.Report.Constants, QualityReportJson.Read(Encoding.UTF8.GetBytes(taken.ReportText)).Constants);
    }

    [Fact]
    public async Task A_value_that_no_dataset_of_the_file_takes_is_refused_by_name()
    {
        var refused = await Assert.ThrowsAsync<UnreadableFileException>(() => Taken.InAsync(Orders, Mapping("""{ "values": { "channel": "email" } }"""), dataset: "tickets"));
        Assert.Contains("\"channel\" is no field of tickets", refused.Message, StringComparison.Ordinal);
    }

    private static UploadMapping Mapping(string json) => Taken.Mapping(json);
}
