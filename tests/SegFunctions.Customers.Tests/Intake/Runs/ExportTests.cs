using System.Text;
using System.Text.RegularExpressions;
using SegFunctions.Customers.Intake.Records;
using SegFunctions.Customers.Intake.Rules;

namespace SegFunctions.Customers.Tests.Intake.Runs;

/// <summary>What shops, help desks and spreadsheets write beside the values.</summary>
public sealed class ExportTests
{
    [Theory]
    [InlineData("=\"\"0042\"\"", "0042")]
    [InlineData("'0042", "0042")]
    [InlineData("'+33 6", "+33 6")]
    public async Task Marks_against_spreadsheets_do_not_make_two_customers_of_one(string marked, string plain)
    {
        var taken = await Taken.InAsync($"customer id,order date,amount,note\n\"{marked}\",2024-03-05,1,'s-Hertogenbosch\n{plain},2024-03-06,2,'til Friday\n");
        Assert.Equal((2L, 1L), (taken.Report.Rows.Accepted, taken.Report.Customers.Count));
        Assert.Equal(1, Assert.Single(taken.Report.Repairs, repair => repair.Rule == DataRules.SpreadsheetTextUnmarked.Id).Count);
        var rows = string.Concat(taken.Output.Parts.Values.Select(Encoding.UTF8.GetString));
        Assert.Contains("'s-Hertogenbosch", rows, StringComparison.Ordinal);
        Assert.Contains("'til Friday", rows, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Texts_that_only_look_marked_stay_as_they_are()
    {
        var taken = await Taken.InAsync("customer id,order date,amount,note\n1,2024-03-05,1,\"=\"\"'\"\"\"\n2,2024-03-05,1,'+-\n");
        Assert.DoesNotContain(taken.Report.Repairs, repair => repair.Rule == DataRules.SpreadsheetTextUnmarked.Id);
    }

    [Fact]
    public async Task Rows_of_delimiters_alone_are_no_rows()
    {
        var taken = await Taken.InAsync("customer id;order date;amount\n1;2024-03-05;1\n;;\n;;\n2;2024-03-05;1\n;;\n");
        Assert.Equal((2L, 2L, 0L), (taken.Report.Rows.Read, taken.Report.Rows.Accepted, taken.Report.Rows.Refused));
        Assert.Equal(3, Assert.Single(taken.Report.Repairs, repair => repair.Rule == DataRules.BlankRowSkipped.Id).Count);
        var partly = await Taken.InAsync("customer id;order date;amount\n1;2024-03-05;1\n;;5\n");
        Assert.Equal((2L, 1L), (partly.Report.Rows.Read, partly.Report.Rows.Refused));
    }

    [Theory]
    [InlineData("Amount (EUR)", "EUR")]
    [InlineData("Montant TTC (€)", "EUR")]
    [InlineData("Betrag in €", "EUR")]
    [InlineData("Line total [USD]", "USD")]
    [InlineData("Amount", "")]
    public async Task Currencies_in_headers_are_those_of_the_amounts_below(string header, string currency)
    {
        var taken = await Taken.InAsync($"customer id;order date;{header};fee\n1;2024-03-05;12.50;1\n2;2024-03-05;3;1\n");
        Assert.Equal(("orders", 2L), (taken.Report.Dataset, taken.Report.Rows.Accepted));
        var rows = string.Concat(taken.Output.Parts.Values.Select(Encoding.UTF8.GetString));
        Assert.Equal(currency, ((string[])["EUR", "USD"]).FirstOrDefault(code => rows.Contains($",{code},", StringComparison.Ordinal), ""));
    }

    [Fact]
    public async Task Moments_may_say_in_their_header_that_they_are_UTC()
    {
        var taken = await Taken.InAsync("Customer ID,Created date (UTC),Order date (UTC),Amount\nc1,2024-03-05 10:00,2024-03-05 10:00,5\n", dataset: "orders");
        Assert.Equal(1, taken.Report.Rows.Accepted);
    }

    [Theory]
    [InlineData("Billing Name")]
    [InlineData("Shipping Address1")]
    [InlineData("Default Address Address2")]
    [InlineData("Default Address City")]
    [InlineData("Ship-to City")]
    [InlineData("Phone (Billing)")]
    [InlineData("First Name (Shipping)")]
    [InlineData("Rechnung Straße")]
    [InlineData("Requester email")]
    [InlineData("nom du destinataire")]
    public async Task Names_and_addresses_are_sealed_whoever_they_are_to_the_sender(string header)
    {
        var taken = await Taken.InAsync($"customer id,order date,amount,{header},note\n1,2024-03-05,1,Anna Unique,x\n2,2024-03-05,1,Bo Unique,y\n");
        Assert.Equal(2, taken.Report.Rows.Accepted);
        Assert.DoesNotContain("Unique", string.Concat(taken.Output.Parts.Values.Select(Encoding.UTF8.GetString)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("device name")]
    [InlineData("home page")]
    [InlineData("customer group")]
    [InlineData("billing cycle")]
    public async Task Other_columns_stay_attributes(string header)
    {
        var taken = await Taken.InAsync($"customer id,order date,amount,{header}\n1,2024-03-05,1,word\n");
        Assert.Contains("word", string.Concat(taken.Output.Parts.Values.Select(Encoding.UTF8.GetString)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_id_of_the_order_is_not_taken_for_that_of_the_customer()
    {
        var rows = string.Concat(Enumerable.Range(1, 40).Select(order => $"{order},2024-03-{1 + (order % 28):00},{order}.50,p{order % 3}\n"));
        var fault = await Assert.ThrowsAsync<UnreadableFileException>(() => Taken.InAsync("Id,order date,amount,sku\n" + rows));
        Assert.Contains("\"Id\" holds another value in each row", fault.Message, StringComparison.Ordinal);
        Assert.Equal(40, (await Taken.InAsync("Id,order date,amount,sku\n" + rows, Taken.Mapping("""{ "columns": { "Id": "customerId" } }"""))).Report.Rows.Accepted);
        Assert.Equal(41, (await Taken.InAsync("Id,order date,amount,sku\n" + rows + "7,2024-03-01,9,p1\n")).Report.Rows.Accepted);
    }

    [Fact]
    public async Task Orders_that_lack_one_column_are_not_taken_for_customers()
    {
        var fault = await Assert.ThrowsAsync<UnreadableFileException>(() => Taken.InAsync("order id,customer id,order date,worth it\n1,a,2024-03-05,1\n"));
        Assert.Contains("look like orders, but lack unitPrice or amount", fault.Message, StringComparison.Ordinal);
        Assert.Contains("\"worth it\": \"unitPrice\"", fault.Message, StringComparison.Ordinal);
        Assert.Equal("customers", (await Taken.InAsync("order id,customer id,order date,worth it\n1,a,2024-03-05,1\n", dataset: "customers")).Report.Dataset);
    }

    [Fact]
    public async Task A_score_in_words_is_kept_as_an_attribute()
    {
        var taken = await Taken.InAsync("ticket id,requester id,created at,subject,satisfaction score\n1,a,2024-03-05,x,Good\n2,b,2024-03-05,y,Bad\n3,c,2024-03-05,z,\n");
        Assert.Equal(("tickets", 3L), (taken.Report.Dataset, taken.Report.Rows.Accepted));
        Assert.Contains("Good", string.Concat(taken.Output.Parts.Values.Select(Encoding.UTF8.GetString)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1709632800000000", "1710496800000000")]
    [InlineData("1709632800000000000", "1710496800000000000")]
    public async Task Finer_counts_since_1970_are_read(string first, string second)
    {
        var taken = await Taken.InAsync($"customer id,order date,amount\n1,{first},1\n2,{second},1\n");
        var rows = string.Concat(taken.Output.Parts.Values.Select(Encoding.UTF8.GetString));
        Assert.Contains("2024-03-05T10:00:00Z", rows, StringComparison.Ordinal);
        Assert.Contains("2024-03-15T10:00:00Z", rows, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Actions_have_the_names_that_newsletter_tools_give_them()
    {
        var taken = await Taken.InAsync("message id,klaviyo id,action,sent at,channel\n1,a,Opened Email,2024-03-05,email\n2,b,Clicked Email,2024-03-05,email\n3,c,Marked as Spam,2024-03-05,email\n4,d,Received Email,2024-03-05,email\n");
        Assert.Equal(("messages", 4L), (taken.Report.Dataset, taken.Report.Rows.Accepted));
    }

    [Fact]
    public async Task Message_put_off_for_now_is_no_bounce()
    {
        var taken = await Taken.InAsync("message id,customer id,action,sent at,channel\n1,a,Soft bounce,2024-03-05,email\n2,b,Hard bounce,2024-03-05,email\n");
        var rows = string.Concat(taken.Output.Parts.Values.Select(Encoding.UTF8.GetString));
        Assert.Contains(",sent", rows, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(rows, "bounced"));
    }
}
