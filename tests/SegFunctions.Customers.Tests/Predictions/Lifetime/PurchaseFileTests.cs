using SegFunctions.Customers.Predictions.Lifetime;
using SegFunctions.Customers.Tests.Intake.Spreadsheets;

namespace SegFunctions.Customers.Tests.Predictions.Lifetime;

public sealed class PurchaseFileTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData("id client;date commande;montant\n1;31/01/2023;10,50\n1;01/02/2023;2,25\n2;05/02/2023;3\n")]
    [InlineData("customer,order date,amount\n1,2023-01-31,10.50\n1,2023-02-01T10:00:00Z,2.25\n2,2023-02-05,3\n")]
    [InlineData("{\"customer_id\":\"1\",\"date\":\"2023-01-31\",\"total\":10.5}\n{\"customer_id\":\"1\",\"date\":\"2023-02-01\",\"total\":2.25}\n{\"customer_id\":\"2\",\"date\":\"2023-02-05\",\"total\":3}\n")]
    public async Task Files_of_any_dialect_hold_the_same_orders(string text)
    {
        var file = await Read(text);
        Assert.Equal(["1", "2"], file.Ids);
        Assert.Equal(3, file.Lines);
        Assert.Empty(file.Refused);
        var observed = file.Log.UpTo(file.Log.LastDay!.Value, file.Log.LastDay.Value);
        Assert.Equal([1, 0], observed.Histories.Repeats.ToArray());
        Assert.Equal([1 / 7.0, 0], observed.Histories.Recency.ToArray());
        Assert.Equal([5 / 7.0, 0], observed.Histories.Age.ToArray());
        Assert.Equal([2.25, 0], observed.Histories.Spend.ToArray());
    }

    [Fact]
    public async Task A_sheet_of_Excel_holds_the_same_orders()
    {
        var book = new Workbooks().Sheet("Orders").Row("customer", "order date", "amount")
            .Row("1", (44_957.0, Workbooks.Date), 10.5).Row("1", (44_958.0, Workbooks.Date), 2.25).Row("2", (44_962.0, Workbooks.Date), 3.0);
        await File.WriteAllBytesAsync(_path, book.ToBytes());
        var file = await PurchaseFile.ReadAsync(_path, new PurchaseFileOptions(), CancellationToken.None);
        Assert.Equal(["1", "2"], file.Ids);
        Assert.Empty(file.Refused);
        Assert.Equal(19_393, file.Log.LastDay);
        Assert.Equal([2.25, 0], file.Log.UpTo(19_393, 19_393).Histories.Spend.ToArray());
    }

    [Fact]
    public async Task Days_first_and_months_first_are_told_apart_or_said_to_be_open()
    {
        var american = await Read("customer,date,amount\n1,01/31/2023,1.5\n1,02/01/2023,1.5\n");
        Assert.Equal(19_389, american.Log.LastDay);
        Assert.Null(american.Columns.DayOrderOpen);
        var open = await Read("customer,date,amount\n1,01/02/2023,1.5\n1,02/03/2023,1.5\n");
        Assert.NotNull(open.Columns.DayOrderOpen);
    }

    [Fact]
    public async Task Broken_records_are_refused_with_their_lines_and_the_others_count()
    {
        var file = await Read("customer,date,amount\n1,2023-01-31,1.5\n1\n2,2023-02-01,1.5\n,2023-02-01,2\n3,soon,2\n4,2023-02-01,\n5,2023-02-01,-2\n");
        Assert.Equal(["1", "2"], file.Ids);
        Assert.Equal(7, file.Lines);
        Assert.Equal(
            [(RefusedOrder.Broken, 3L), (RefusedOrder.NoCustomer, 5L), (RefusedOrder.NoDate, 6L), (RefusedOrder.NoAmount, 7L), (RefusedOrder.Negative, 8L)],
            file.Refused.Select(refused => (refused.Reason, refused.First.Single().Line)));
        Assert.Equal(7, file.Log.Orders + file.Refused.Sum(refused => refused.Count));
    }

    [Fact]
    public async Task Amounts_of_0_are_orders_and_do_not_count_as_spend_above_0()
    {
        var file = await Read("customer,date,amount\n1,2023-01-01,1.5\n1,2023-02-01,0\n");
        var observed = file.Log.UpTo(file.Log.LastDay!.Value, file.Log.LastDay.Value);
        Assert.Equal(1, observed.Histories.Repeats[0]);
        Assert.Equal(0, observed.Histories.Spend[0]);
    }

    [Fact]
    public void Orders_in_any_order_give_the_same_histories()
    {
        var random = new Random(4);
        var orders = Enumerable.Range(0, 300).Select(_ => (Customer: random.Next(40), Day: random.Next(200), Amount: (double)random.Next(1, 50))).ToList();
        var (straight, shuffled) = (Log(orders), Log([.. orders.OrderBy(_ => random.Next())]));
        var (one, two) = (straight.UpTo(120, 160), shuffled.UpTo(120, 160));
        Assert.Equal(one.Histories.Repeats.ToArray(), two.Histories.Repeats.ToArray());
        Assert.Equal(one.Histories.Recency.ToArray(), two.Histories.Recency.ToArray());
        Assert.Equal(one.Histories.Age.ToArray(), two.Histories.Age.ToArray());
        Assert.Equal(one.Later, two.Later);
        Assert.Equal(one.RepeatOrders, two.RepeatOrders);
        Assert.Equal(one.Histories.Count, one.FirstOrders.Sum());
        Assert.Equal(one.Histories.Repeats.ToArray().Sum() + one.Later.Sum(), one.RepeatOrders.Sum());
        Assert.Throws<InvalidOperationException>(() => straight.UpTo(-1, 5));
    }

    private static PurchaseLog Log(List<(int Customer, int Day, double Amount)> orders)
    {
        var log = new PurchaseLog();
        foreach (var (customer, day, amount) in orders)
            log.Add(customer, day, amount);
        return log;
    }

    private async Task<PurchaseFile> Read(string text)
    {
        await File.WriteAllTextAsync(_path, text);
        return await PurchaseFile.ReadAsync(_path, new PurchaseFileOptions(), CancellationToken.None);
    }
}
