using SegFunctions.Customers.Features;
using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Intake.Orders;
using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Tests.Intake.Orders;

public sealed class OrderLineReaderTests
{
    private const string Header = "order id,line,customer id,date,sku,quantity,unit price,discount,country\n";

    [Fact]
    public async Task Canonical_orders_are_read_as_lines()
    {
        var lines = await ReadAsync(
            Header
            + "1,,7,2011-01-02 10:00,A,2,2.5,,Peru\n"
            + "C2,,7,2011-01-03,A,-2,2.5,,Peru\n"
            + "3,,7,2011-01-04,B,1,0,,\n"
            + "4,,7,2011-01-05,B,3,4,20%,Peru\n");

        Assert.All(lines, line => Assert.Equal(Taken.Keys.Derive("default", "7"), line.Customer));
        Assert.Equal([OrderLineKind.Purchase, OrderLineKind.Return, OrderLineKind.Free, OrderLineKind.Purchase], lines.Select(line => line.Kind));
        Assert.Equal([2.0, 2, 1, 3], lines.Select(line => line.Quantity));
        Assert.Equal([5.0, 5, 0, 9.6], lines.Select(line => line.Amount));
        Assert.Equal(new DateTime(2011, 1, 2, 10, 0, 0, DateTimeKind.Utc), lines[0].Timestamp);
        Assert.Equal(lines[0].Product, lines[1].Product);
        Assert.NotEqual(lines[0].Order, lines[1].Order);
        Assert.Equal(ByteHash.Hash64("1"u8), lines[0].Order);
        Assert.Equal(["PE", "PE", null, "PE"], lines.Select(line => line.Country));
        Assert.Same(lines[0].Country, lines[3].Country);
    }

    [Fact]
    public async Task Products_and_categories_keep_their_names()
    {
        var taken = await Taken.InAsync(
            "order id,customer id,date,sku,description,category,amount\n"
            + "1,7,2011-01-02,A,\"Heart, \"\"white\"\"\",gifts,5\n2,7,2011-01-03,A,?,gifts,5\n3,8,2011-01-03,A,\"Heart, \"\"white\"\"\",,5\n4,8,2011-01-04,,\"Tea \"\"Earl\"\"\",\"tea, fine\",5\n");
        var reader = new OrderLineReader();
        await reader.AddAsync(new MemoryStream(taken.Output.Parts[0]), CancellationToken.None);

        var lines = reader.Lines.OrderBy(line => line.Timestamp).ThenBy(line => line.Customer.Value == Taken.Keys.Derive("default", "8").Value).ToArray();
        var heart = reader.Products.Of(lines[0].Product);
        Assert.Equal(("A", "Heart, \"white\""), (heart.Id, heart.Name));
        Assert.Equal(["?", "Heart, \"white\""], heart.Spellings.Select(spelling => spelling.Text).Order(StringComparer.Ordinal));
        Assert.Equal("Tea \"Earl\"", reader.Products.Of(lines[3].Product).Name);
        Assert.Equal(["gifts", "gifts", null, "tea, fine"], lines.Select(line => line.Category == 0 ? null : reader.Categories.Of(line.Category).Name));
    }

    [Fact]
    public async Task Lines_without_order_id_belong_to_the_order_of_their_day()
    {
        var lines = await ReadAsync("customer id,date,amount\n7,2011-01-02 10:00,5\n7,2011-01-02 11:00,5\n7,2011-01-03,5\n8,2011-01-02,5\n");
        var orders = lines.ToLookup(line => line.Order);
        Assert.Equal(3, orders.Count);
        Assert.All(orders, order => Assert.Single(order.Select(line => (line.Customer, line.Timestamp.Date)).Distinct()));
        Assert.All(lines, line => Assert.Equal(0UL, line.Product));
    }

    [Fact]
    public async Task A_later_upload_replaces_a_numbered_line_in_its_place()
    {
        var first = await Taken.InAsync(Header + "1,1,7,2011-01-02,A,2,2.5,,\n1,2,7,2011-01-02,B,1,1,,\n1,1,8,2011-01-02,A,9,9,,\n");
        var second = await Taken.InAsync(Header + "1,1,7,2011-01-02,A,5,2.5,,\n2,,7,2011-01-02,A,5,2.5,,\n2,,7,2011-01-02,A,6,2.5,,\n", lake: [first]);

        var reader = new OrderLineReader();
        await reader.AddAsync(new MemoryStream(first.Output.Parts[0]), CancellationToken.None);
        await reader.AddAsync(new MemoryStream(second.Output.Parts[0]), CancellationToken.None);

        Assert.Equal(1, reader.Replaced);
        Assert.Equal([1.0, 5, 5, 6], reader.Lines.Where(line => line.Customer == Taken.Keys.Derive("default", "7")).Select(line => line.Quantity).Order());
        Assert.Equal(9, reader.Lines.Single(line => line.Customer == Taken.Keys.Derive("default", "8")).Quantity);
        Assert.Equal(reader.Lines.Count, reader.Span.Length);
    }

    [Fact]
    public async Task A_range_of_keys_reads_its_customers_only()
    {
        var taken = await Taken.InAsync("customer id,date,amount\n" + string.Concat(Enumerable.Range(0, 300).Select(customer => $"{customer},2011-01-02,5\n")));
        var counts = new List<int>();
        for (var partition = 0; partition < 4; partition++)
        {
            var reader = new OrderLineReader(KeyRange.OfPartition(partition, 4));
            await reader.AddAsync(new MemoryStream(taken.Output.Parts[0]), CancellationToken.None);
            Assert.All(reader.Lines, line => Assert.Equal(partition, line.Customer.Partition(4)));
            counts.Add(reader.Lines.Count);
        }

        Assert.Equal(300, counts.Sum());
    }

    [Theory]
    [InlineData(2, 5.0, null, null, 10)]
    [InlineData(-2, 5.0, null, null, 10)]
    [InlineData(2, 5.0, null, 3.0, 7)]
    [InlineData(2, 5.0, null, 30.0, 0)]
    [InlineData(2, 5.0, 4.0, 3.0, 4)]
    [InlineData(2, null, -4.0, null, 4)]
    public void A_line_is_worth_its_amount_or_price_times_quantity_less_discount(double quantity, double? price, double? amount, double? discount, double worth) =>
        Assert.Equal(worth, OrderLineReader.Worth(quantity, price, amount, discount));

    [Fact]
    public async Task A_file_of_another_dataset_is_an_error()
    {
        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => new OrderLineReader().AddAsync(new MemoryStream("key,country\n"u8.ToArray()), CancellationToken.None));
        Assert.Contains("orderId", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<OrderLine>> ReadAsync(string text)
    {
        var taken = await Taken.InAsync(text);
        var reader = new OrderLineReader();
        foreach (var part in taken.Output.Parts.Values)
            await reader.AddAsync(new MemoryStream(part), CancellationToken.None);
        return [.. reader.Lines.OrderBy(line => line.Timestamp)];
    }
}
