using SegFunctions.Customers.Intake.Quality;

namespace SegFunctions.Customers.Tests.Intake.Quality;

/// <summary>Values that can be read and cannot be right: the row stays, the report tells.</summary>
public sealed class PlausibilityTests
{
    [Theory]
    [InlineData("email", "ann@example.org", null)]
    [InlineData("email", "zoé.o'neil+x@müller.example", null)]
    [InlineData("email", "ann.example.org", "email-syntax")]
    [InlineData("email", "ann@example", "email-syntax")]
    [InlineData("email", "ann..lee@example.org", "email-syntax")]
    [InlineData("email", "a@x.org;b@x.org", "email-syntax")]
    [InlineData("email", "Test@shop.example", "contact-placeholder")]
    [InlineData("email", "ann@none.com", "contact-placeholder")]
    [InlineData("phone", "+33 6 12 34 56 78", null)]
    [InlineData("phone", "(555) 123-4567 x12", null)]
    [InlineData("phone", "see notes", "phone-digits")]
    [InlineData("phone", "0000000000", "phone-digits")]
    [InlineData("phone", "12345", "phone-digits")]
    [InlineData("phone", "12345678901234567", "phone-digits")]
    [InlineData("birth_date", "1984-02-29", null)]
    [InlineData("birth_date", "1900-01-01", "birth-date-implausible")]
    [InlineData("birth_date", "1970", null)]
    [InlineData("birth_date", "2021-01-01", "birth-date-implausible")]
    [InlineData("birth_date", "2999-01-01", "value-dropped")]
    public async Task Contact_is_checked(string field, string value, string? rule)
    {
        var taken = await Taken.InAsync($"customer_id,{field},created_at\nC1,{value},2020-06-01\n", dataset: "customers", receivedAt: new DateTime(2021, 6, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Equal(1, taken.Report.Rows.Accepted);
        Assert.Equal(rule is null ? [] : [rule], taken.Report.Warnings.Select(warning => warning.Rule));
    }

    [Theory]
    [InlineData("FR", "75011", true)]
    [InlineData("France", "1000", false)]
    [InlineData("Deutschland", "1067", false)]
    [InlineData("nl", "1012 AB", true)]
    [InlineData("Nederland", "10123", false)]
    [InlineData("United Kingdom", "SW1A 1AA", true)]
    [InlineData("UK", "75011", false)]
    [InlineData("USA", "90210-1234", true)]
    [InlineData("US", "9021", false)]
    [InlineData("Canada", "K1A 0B1", true)]
    [InlineData("Schweiz", "8001", true)]
    [InlineData("Portugal", "1000-001", true)]
    [InlineData("Atlantis", "x", true)]
    public async Task Postal_code_has_the_form_of_its_country(string country, string code, bool isRight)
    {
        var taken = await Taken.InAsync($"customer_id,country,postal_code\nC1,{country},{code}\n", dataset: "customers");
        Assert.Equal(isRight ? [] : ["postal-code-form"], taken.Report.Warnings.Select(warning => warning.Rule).Where(rule => rule != "country-unknown"));
    }

    [Fact]
    public async Task Records_that_end_before_they_begin_are_told()
    {
        var customers = await Taken.InAsync("customer_id,created_at,updated_at\nC1,2020-06-01,2020-05-01\nC2,2020-06-01,2020-06-01\n", dataset: "customers");
        var consents = await Taken.InAsync("customer_id,purpose,status,timestamp,expires\nC1,marketing,granted,2020-06-01,2020-05-01\nC2,marketing,granted,2020-06-01,2021-05-01\n", dataset: "consents");

        Assert.Equal(("end-before-start", "updated_at", 1L), Told(customers.Report));
        Assert.Equal(("end-before-start", "expires", 1L), Told(consents.Report));
    }

    [Fact]
    public async Task Revenue_without_conversion_and_moments_of_no_date_are_told()
    {
        var campaigns = await Taken.InAsync("campaign_id,customer_id,timestamp,converted,revenue\nK1,C1,2025-01-01,no,12\nK1,C2,2025-01-01,yes,12\nK1,C3,2025-01-01,no,0\n", dataset: "campaigns");
        var orders = await Taken.InAsync("order_id,order_date,customer_id,amount\nA1,1970-01-01,C1,5\nA2,2025-01-01,C1,5\n", dataset: "orders");

        Assert.Equal(("revenue-without-conversion", "revenue", 1L), Told(campaigns.Report));
        Assert.Equal(("moment-implausible", "order_date", 1L), Told(orders.Report));
    }

    [Fact]
    public async Task Bounced_contacts_and_messages_in_the_wrong_order_are_counted()
    {
        var taken = await Taken.InAsync(
            "message_id,customer_id,timestamp,channel,action\n" +
            "M1,C1,2025-01-01,email,sent\nM1,C1,2025-01-02,email,bounced\n" +
            "M2,C2,2025-01-01,email,bounced\nM3,C2,2025-01-05,email,delivered\n" +
            "M4,C3,2025-01-03,email,sent\nM4,C3,2025-01-02,email,opened\n" +
            "M5,C4,2025-01-03,email,opened\n" +
            "M6,C5,2025-01-03,email,delivered\nM6,C5,2025-01-04,email,complained\n",
            dataset: "messages");

        Assert.Equal([("action-before-sent", 1L), ("contact-bounced", 2L)], taken.Report.Warnings.Select(warning => (warning.Rule, warning.Count)).Order());
    }

    [Fact]
    public async Task Superseded_and_inactive_records_are_counted()
    {
        var taken = await Taken.InAsync(
            "customer_id,country,created_at,updated_at\n" +
            "C1,France,2019-01-01,2024-01-01\nC1,Spain,2019-01-01,2025-01-01\nC2,France,2019-01-01,2020-01-01\nC3,France,2019-01-01,\nC4,France,2025-01-01,\n",
            dataset: "customers",
            receivedAt: new DateTime(2025, 6, 1, 0, 0, 0, DateTimeKind.Utc));

        Assert.Equal([("contact-inactive", 2L), ("contact-superseded", 1L)], taken.Report.Warnings.Select(warning => (warning.Rule, warning.Count)).Order());
    }

    private static (string Rule, string Column, long Count) Told(QualityReport report)
    {
        var warning = Assert.Single(report.Warnings);
        return (warning.Rule, warning.Column, warning.Count);
    }
}
