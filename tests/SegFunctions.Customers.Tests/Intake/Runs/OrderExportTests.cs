using System.Globalization;
using System.Text;
using SegFunctions.Customers.Intake.Records;

namespace SegFunctions.Customers.Tests.Intake.Runs;

/// <summary>What only the values of an export of orders tell.</summary>
public sealed class OrderExportTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Total_of_an_order_that_stands_on_its_lines_is_not_added_up(bool isBlankBelow)
    {
        var taken = await Taken.InAsync(Lines(price: true, isBlankBelow));

        Assert.Equal(30, taken.Report.Rows.Accepted);
        Assert.All(taken.Output.Column("amount"), Assert.Empty);
        Assert.All(taken.Output.Column("unitPrice"), price => Assert.NotEqual("", price));
        var total = taken.Result.Explanation!.Columns.Single(column => column.Header == "Total");
        Assert.Equal("attribute", total.ReadAs);
        Assert.Contains("the total of the whole order", total.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_price_of_the_lines_such_a_total_is_asked_about()
    {
        var fault = await Assert.ThrowsAsync<UnreadableFileException>(() => Taken.InAsync(Lines(price: false, isBlankBelow: false)));
        Assert.Contains("\"Total\" holds the same amount on each line of an order", fault.Message, StringComparison.Ordinal);

        // The mapping has the last word; lines that are equal in every column count once.
        Assert.Equal((30L, 10L), (await Taken.InAsync(Lines(price: false, isBlankBelow: false), Taken.Mapping("""{ "columns": { "Total": "amount" } }"""))).Report.Rows is var rows ? (rows.Read, rows.Accepted) : default);
    }

    [Fact]
    public async Task Amounts_of_lines_stay_amounts()
    {
        // All lines cost the same; lines are what price and quantity make, with the discount off; each order has one line.
        var flat = Orders(row => $"O{row / 3},C{row % 7},2024-03-{1 + (row % 28):00},9.99", "order id,customer id,order date,total");
        var made = Orders(row => $"O{row / 3},C{row % 7},2024-03-{1 + (row % 28):00},2,{5 + (row / 3)},1,{(2 * (5 + (row / 3))) - 1}", "order id,customer id,order date,quantity,unit price,discount,total");
        var single = Orders(row => $"O{row},C{row % 7},2024-03-{1 + (row % 28):00},1,5,{6 + row}", "order id,customer id,order date,quantity,unit price,total");
        foreach (var text in (string[])[flat, made, single])
            Assert.All((await Taken.InAsync(text)).Output.Column("amount"), amount => Assert.NotEqual("", amount));
    }

    [Theory]
    [InlineData("Customer")]
    [InlineData("Client")]
    [InlineData("Kunde")]
    [InlineData("Cliente")]
    [InlineData("Klant")]
    public async Task Names_are_no_ids_of_customers_unless_the_mapping_says_so(string header)
    {
        string[] names = ["Ann Lee", "Zoé Müller", "José García"];
        var text = Orders(row => $"O{row},{names[row % 3]},a{row % 3}@x.org,2024-03-{1 + (row % 28):00},{row + 1}", $"order id,{header},email,order date,amount");
        var fault = await Assert.ThrowsAsync<UnreadableFileException>(() => Taken.InAsync(text));
        Assert.Contains($"the column \"{header}\" holds names", fault.Message, StringComparison.Ordinal);
        Assert.Contains("{ \"columns\": { \"email\": \"customerId\" } }", fault.Message, StringComparison.Ordinal);

        var mapped = await Taken.InAsync(text, Taken.Mapping("""{ "columns": { "email": "customerId" } }"""));
        Assert.Equal((30L, 3L), (mapped.Report.Rows.Accepted, mapped.Report.Customers.Count));
        Assert.DoesNotContain("Ann Lee", string.Concat(mapped.Output.Rows), StringComparison.Ordinal);
        Assert.Equal(3, (await Taken.InAsync(text, Taken.Mapping($$"""{ "columns": { "{{header}}": "customerId" } }"""))).Report.Customers.Count);
    }

    [Fact]
    public async Task Total_goes_before_subtotal()
    {
        var taken = await Taken.InAsync(Orders(row => $"O{row},C{row % 7},2024-03-01,{row + 1},{row + 6}", "order id,customer id,order date,Subtotal,Grand Total (Base)"));
        Assert.Contains("35", taken.Output.Column("amount"));
        Assert.DoesNotContain("1", taken.Output.Column("amount"));
    }

    [Fact]
    public async Task Codes_under_a_word_for_customers_are_their_ids() =>
        Assert.Equal(7, (await Taken.InAsync(Orders(row => $"O{row},K {row % 7},2024-03-01,{row + 1}", "order id,Kunde,order date,amount"))).Report.Customers.Count);

    [Fact]
    public async Task Reference_that_never_returns_is_that_of_the_row_and_not_of_an_article()
    {
        var unique = await Taken.InAsync(Orders(row => $"XK{row},C{row % 7},2024-03-01,{row + 1}", "Référence,id client,date,total"));
        Assert.All(unique.Output.Column("productId"), Assert.Empty);
        var returning = await Taken.InAsync(Orders(row => $"XK{row % 9},C{row % 7},2024-03-01,{row + 1}", "Référence,id client,date,total"));
        Assert.All(returning.Output.Column("productId"), product => Assert.NotEqual("", product));
    }

    /// <summary>Ten orders of three lines, each with its total.</summary>
    private static string Lines(bool price, bool isBlankBelow) => Orders(
        row => $"#{1000 + (row / 3)},C{row / 3},2024-03-{1 + (row / 3):00},{(isBlankBelow && row % 3 > 0 ? "" : (40 + (row / 3)).ToString(CultureInfo.InvariantCulture) + ".00")}{(price ? $",{1 + (row % 2)},{3 + (row % 5)}.50" : "")}",
        "order id,customer id,order date,Total" + (price ? ",Lineitem quantity,Lineitem price" : ""));

    private static string Orders(Func<int, string> row, string header)
    {
        var text = new StringBuilder(header).Append('\n');
        for (var line = 0; line < 30; line++)
            text.Append(row(line)).Append('\n');
        return text.ToString();
    }
}
