using System.Runtime.InteropServices;
using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Customers.Features;
using SegFunctions.Testing;

namespace SegFunctions.Customers.Tests.Features;

public sealed class FeatureExtractionTests
{
    [Theory]
    [InlineData(1, 400, 12)]
    [InlineData(2, 400, 150)]
    [InlineData(3, 30, 1)]
    public void Every_feature_is_what_its_definition_says(int seed, int count, int customers)
    {
        var lines = Some.Lines(seed, count, customers);

        var features = FeatureExtraction.Extract(OrderLedger.Of(lines), Some.AsOf);

        var expected = lines.Where(line => line.Timestamp < Some.AsOf).GroupBy(line => line.Customer).OrderBy(group => group.Key).ToList();
        Assert.Equal(expected.Select(group => group.Key), features.Customers);
        for (var row = 0; row < features.Rows; row++)
        {
            var naive = NaiveFeatures.Of(expected[row], Some.AsOf);
            Assert.Equal(FeatureTable.Columns, naive.Count);
            foreach (var feature in FeatureTable.All)
                AssertNear(naive[feature.Name], features[row][feature], $"{feature.Name} of row {row}");
            Assert.Equal(NaiveFeatures.Country(expected[row], Some.AsOf), features.Countries[row]);
        }
    }

    [Fact]
    public void Order_of_lines_batches_and_threads_change_no_bit() =>
        Prop.ForAll<int>(seed =>
        {
            // Many lines an instant, amounts whose sum depends on its order.
            var random = new Random(seed);
            var lines = Some.Lines(seed, 300, 10).Select(line => line with { Timestamp = Some.AsOf.AddDays(-random.Next(1, 5)), Amount = random.NextDouble() * 1000 }).ToArray();
            var expected = FeatureExtraction.Extract(OrderLedger.Of(lines, threads: 1), Some.AsOf, threads: 1);

            var builder = new OrderLedgerBuilder();
            foreach (var batch in Some.Shuffled(lines, seed).Chunk(1 + Math.Abs(seed % 50)))
                builder.Add(batch);
            AssertSame(expected, FeatureExtraction.Extract(builder.Build(threads: 3), Some.AsOf, threads: 3));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Fact]
    public void Lines_at_and_after_the_as_of_instant_change_nothing() =>
        Prop.ForAll<int>(seed =>
        {
            var past = Some.Lines(seed, 200, 20).Where(line => line.Timestamp < Some.AsOf).ToArray();
            var random = new Random(seed);
            var future = Some.Lines(seed + 1, 200, 30)
                .Select(line => line with { Timestamp = Some.AsOf.AddMinutes(random.Next(3) == 0 ? 0 : random.Next(100_000)) });

            AssertSame(
                FeatureExtraction.Extract(OrderLedger.Of(past), Some.AsOf),
                FeatureExtraction.Extract(OrderLedger.Of([.. past, .. future]), Some.AsOf));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Fact]
    public void Many_instants_at_once_are_the_same_as_one_by_one()
    {
        var ledger = OrderLedger.Of(Some.Lines(5, 500, 200));
        DateTime[] instants = [Some.AsOf, Some.AsOf.AddDays(-180), Some.AsOf.AddDays(-90.4), Some.AsOf.AddDays(-1000), Some.AsOf.AddDays(-90.4)];

        var together = FeatureExtraction.Extract(ledger, instants);

        for (var i = 0; i < instants.Length; i++)
            AssertSame(FeatureExtraction.Extract(ledger, instants[i]), together[i]);
        Assert.Equal(0, together[3].Rows);
    }

    [Fact]
    public void Partitions_joined_are_the_whole()
    {
        var lines = Some.Lines(8, 600, 90);
        var parts = Enumerable.Range(0, 4)
            .Select(p => FeatureExtraction.Extract(OrderLedger.Of(lines.Where(line => line.Customer.Partition(4) == p).ToArray()), Some.AsOf))
            .ToArray();

        AssertSame(FeatureExtraction.Extract(OrderLedger.Of(lines), Some.AsOf), FeatureSet.Join(parts));
    }

    [Fact]
    public void A_customer_who_only_returned_has_no_order_and_unknown_values()
    {
        OrderLine[] lines = [Some.Line("2024-06-01 10:00", 30, kind: OrderLineKind.Return), Some.Line("2024-06-02", 0, kind: OrderLineKind.Free)];

        var features = Assert.NotNull(CustomerFeatures.From(lines, Some.AsOf));

        Assert.Equal(0, features.Orders);
        Assert.Equal(0, features[FeatureTable.Revenue]);
        Assert.Equal(1, features[FeatureTable.Returns]);
        Assert.Null(features.LastOrder);
        Assert.Equal("France", features.Country);
        foreach (var feature in FeatureTable.All.Except([FeatureTable.Orders, FeatureTable.Revenue, FeatureTable.DistinctProducts, FeatureTable.Returns]))
            Assert.True(double.IsNaN(features[feature]), feature.Name);
    }

    [Fact]
    public void One_order_on_several_lines_counts_once_and_same_day_orders_make_no_gap()
    {
        OrderLine[] lines =
        [
            Some.Line("2024-06-03 09:00", 10, order: 1, product: 1),
            Some.Line("2024-06-03 09:00", 20, order: 1, product: 2, quantity: 3),
            Some.Line("2024-06-03 17:00", 30, order: 2, product: 1),
            Some.Line("2024-06-13 23:59", 40, order: 3, product: 3),
            Some.Line("2024-06-20 08:00", 25, order: 9, kind: OrderLineKind.Return),
        ];

        var features = Assert.NotNull(CustomerFeatures.From(lines, Some.AsOf));

        Assert.Equal(3, features.Orders);
        Assert.Equal(100, features[FeatureTable.Revenue]);
        Assert.Equal(18, features[FeatureTable.RecencyDays]);
        Assert.Equal(28, features[FeatureTable.TenureDays]);
        Assert.Equal(10, features[FeatureTable.GapMeanDays]);
        Assert.True(double.IsNaN(features[FeatureTable.GapDeviationDays]));
        Assert.Equal(2, features[FeatureTable.ItemsPerOrder]);
        Assert.Equal(3, features[FeatureTable.DistinctProducts]);
        Assert.Equal(0.25, features[FeatureTable.ReturnShare]);
        Assert.Equal(2.0 / 3, features[FeatureTable.Weekdays[0]]);
        Assert.Equal(1.0 / 3, features[FeatureTable.DayParts[3]]);
        Assert.Equal(Some.Day("2024-06-13 23:59"), features.LastOrder);
    }

    [Fact]
    public void Lines_of_two_customers_are_refused_where_one_is_meant()
    {
        OrderLine[] lines = [Some.Line("2024-06-01"), Some.Line("2024-06-01", customer: 2)];
        var refused = Assert.Throws<ArgumentException>(() => CustomerFeatures.From(lines, Some.AsOf));
        Assert.Contains("2 customers", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(double.NaN, 1)]
    [InlineData(1, double.PositiveInfinity)]
    public void A_line_that_breaks_its_promise_is_refused_with_its_values(double amount, double quantity)
    {
        var refused = Assert.Throws<ArgumentException>(() => OrderLedger.Of([Some.Line("2024-06-01", amount, quantity: quantity)]));
        Assert.Contains($"amount {amount}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_allocated_per_line()
    {
        var few = OrderLedger.Of(Some.Lines(1, 2_000, 50), threads: 1);
        var many = OrderLedger.Of(Some.Lines(1, 40_000, 50), threads: 1);
        Assert.InRange(Allocated(many) - Allocated(few), -20_000, 20_000);

        static long Allocated(OrderLedger ledger) => Allocation.Of(() => FeatureExtraction.Extract(ledger, Some.AsOf, threads: 1));
    }

    [Fact]
    public void An_empty_ledger_has_no_rows_and_no_history()
    {
        var ledger = OrderLedger.Of([]);
        Assert.Equal(0, FeatureExtraction.Extract(ledger, Some.AsOf).Rows);
        Assert.Equal(OrderHistory.None, ledger.History());
    }

    [Fact]
    public void History_spans_the_purchases_and_partitions_join_into_it()
    {
        var lines = Some.Lines(4, 100, 9);
        var bought = lines.Where(line => line.Kind == OrderLineKind.Purchase).ToList();
        var whole = OrderHistory.Of(lines);

        Assert.Equal(new OrderHistory(bought.Min(line => line.Timestamp), bought.Max(line => line.Timestamp), bought.Count), whole);
        Assert.Equal(whole, OrderLedger.Of(lines).History());
        Assert.Equal(whole, OrderHistory.Of(lines.AsSpan(0, 30)).Join(OrderHistory.None).Join(OrderHistory.Of(lines.AsSpan(30))));
    }

    [Fact]
    public void Bought_between_sees_its_first_instant_and_not_its_last()
    {
        var ledger = OrderLedger.Of([Some.Line("2024-06-10"), Some.Line("2024-06-12", kind: OrderLineKind.Return)]);

        Assert.True(ledger.BoughtBetween(Some.Key(1), Some.Day("2024-06-10"), Some.Day("2024-06-11")));
        Assert.False(ledger.BoughtBetween(Some.Key(1), Some.Day("2024-06-09"), Some.Day("2024-06-10")));
        Assert.False(ledger.BoughtBetween(Some.Key(1), Some.Day("2024-06-11"), Some.Day("2024-06-20")));
        Assert.False(ledger.BoughtBetween(Some.Key(2), Some.Day("2024-06-01"), Some.Day("2024-06-20")));
    }

    internal static void AssertSame(FeatureSet expected, FeatureSet actual)
    {
        Assert.Equal(expected.AsOf, actual.AsOf);
        Assert.Equal(expected.Customers, actual.Customers);
        Assert.Equal(expected.Countries, actual.Countries);
        Assert.True(MemoryMarshal.AsBytes<double>(expected.Values).SequenceEqual(MemoryMarshal.AsBytes<double>(actual.Values)), "The values differ.");
    }

    private static void AssertNear(double expected, double actual, string what)
    {
        if (double.IsNaN(expected))
            Assert.True(double.IsNaN(actual), $"{what}: {actual}, expected none");
        else
            Assert.True(Math.Abs(expected - actual) <= 1e-9 * Math.Max(1, Math.Abs(expected)), $"{what}: {actual}, expected {expected}");
    }
}
