using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Tests.Preparation;

/// <summary>A table with everything in it that tables of customers have.</summary>
internal static class SomeTable
{
    public const int Rows = 600;

    public static Table Customers(long seed = 3) => new(CustomerColumns(seed));

    public static Column[] CustomerColumns(long seed = 3)
    {
        var random = new Xoshiro256(seed);
        var ids = Enumerable.Range(1000, Rows).Select(id => (double)id).ToArray();
        random.Shuffle(ids.AsSpan());
        var age = Numbers(_ => Math.Round(45 + (12 * random.NextNormal())));
        var spend = Numbers(_ => Math.Exp(4 + random.NextNormal()));
        var income = Numbers(row => row == 17 ? 666_666 : 40_000 + (9_000 * random.NextNormal()));
        var balance = Numbers(_ => -Math.Exp(2 + random.NextNormal()));
        var online = Numbers(_ => random.NextDouble() < 0.3 ? 1 : 0);
        // Only those who buy online give a rating, mostly.
        var rating = Numbers(row => random.NextDouble() < (online[row] == 1 ? 0.9 : 0.4) ? 3 + random.NextNormal() : double.NaN);
        var holes = Numbers(_ => random.NextDouble() < 0.2 ? double.NaN : random.NextNormal());
        var joined = Numbers(_ => 19_000 + Math.Floor(700 * random.NextDouble()));
        var cities = Texts(row => row switch { 5 => "Foix", 6 => "Albi", 7 => null, _ => random.NextDouble() switch { < 0.5 => "Lyon", < 0.8 => "Paris", _ => "Lille" } });
        return
        [
            new NumericColumn("customer_id", ids),
            new NumericColumn("age", age),
            new NumericColumn("spend", spend),
            new NumericColumn("spend_cents", [.. spend.Select(value => value * 100)]),
            new NumericColumn("income", income),
            new NumericColumn("balance", balance),
            new NumericColumn("online", online),
            TextColumn.FromCells("buys online", [.. online.Select(value => value == 1 ? "shop" : "web")]),
            new NumericColumn("rating", rating),
            new NumericColumn("holes", holes),
            new DateColumn("joined", joined),
            TextColumn.FromCells("city", cities),
            TextColumn.FromCells("currency", Texts(_ => "EUR")),
            TextColumn.FromCells("email", Texts(row => $"customer{row}@example.org")),
            TextColumn.FromCells("remark", Texts(row => $"called on day {row} about the order")),
            new NumericColumn("version", Numbers(_ => 3)),
        ];
    }

    public static double[] Numbers(Func<int, double> value) => [.. Enumerable.Range(0, Rows).Select(value)];

    public static string?[] Texts(Func<int, string?> text) => [.. Enumerable.Range(0, Rows).Select(text)];

    public static ColumnDecision On(this PreparationModel model, string column) => model.Report.Single(decision => decision.Column == column);
}
