using SegFunctions.Customers.Features;
using SegFunctions.Customers.Predictions.Value;
using SegFunctions.Customers.Tests.Features;

namespace SegFunctions.Customers.Tests.Predictions.Value;

public sealed class OrderDaysTests
{
    private const int Horizon = 20;
    private static readonly OrderLine[] Lines = Some.Lines(seed: 9, count: 700, customers: 60);

    [Fact]
    public void Order_days_are_those_of_counting_by_hand()
    {
        var ledger = OrderLedger.Of(Lines);
        var origin = Some.AsOf.AddDays(-Horizon);
        var days = OrderDays.Take(ledger, origin, Horizon);
        var features = FeatureExtraction.Extract(ledger, origin);

        Assert.Equal(features.Rows, days.Rows);
        for (var row = 0; row < days.Rows; row++)
        {
            var purchases = Lines.Where(line => line.Customer == features.Customers[row] && line.Kind == OrderLineKind.Purchase).ToArray();
            var before = purchases.Where(line => line.Timestamp < origin).GroupBy(line => line.Timestamp.Date).OrderBy(day => day.Key).ToArray();
            var later = purchases.Where(line => line.Timestamp >= origin && line.Timestamp < Some.AsOf).Select(line => line.Timestamp.Date).Distinct().Order().ToArray();
            Assert.Equal(before.Length - 1, days.Repeats(row));
            Assert.Equal(later.Length, days.Later(row));
            Assert.Equal(later.Length == 0 ? double.NaN : (later[0] - origin.Date).TotalDays, days.DaysToNext(row));
            if (before.Length == 0)
                continue;
            Assert.Equal((before[^1].Key - before[0].Key).TotalDays / 7, days.History(row).Recency, 1e-12);
            Assert.Equal((origin.Date - before[0].Key).TotalDays / 7, days.History(row).Age, 1e-12);
            Assert.Equal(before.Length == 1 ? 0 : before[1..].Average(day => day.Sum(line => line.Amount)), days.Spend(row), 1e-9);
        }
    }

    [Fact]
    public async Task Order_days_come_back_from_their_file_and_partitions_join()
    {
        var whole = OrderDays.Take(OrderLedger.Of(Lines), Some.AsOf, 0);
        var middle = Some.Key(30);
        var joined = OrderDays.Join(
        [
            OrderDays.Take(OrderLedger.Of([.. Lines.Where(line => line.Customer < middle)]), Some.AsOf, 0),
            OrderDays.Take(OrderLedger.Of([.. Lines.Where(line => line.Customer >= middle)]), Some.AsOf, 0),
        ]);
        var bytes = await BytesAsync(whole);

        Assert.Equal(bytes, await BytesAsync(joined));
        Assert.Equal(bytes, await BytesAsync(await OrderDays.ReadAsync("p=000", Some.AsOf, new MemoryStream(bytes), default)));
        await Assert.ThrowsAsync<InvalidDataException>(() => OrderDays.ReadAsync("p=000", Some.AsOf, new MemoryStream(bytes, 0, bytes.Length - 1), default));
        Assert.Throws<ArgumentException>(() => OrderDays.Join([whole, OrderDays.Take(OrderLedger.Of(Lines), Some.AsOf.AddDays(-1), 0)]));
    }

    private static async Task<byte[]> BytesAsync(OrderDays days)
    {
        var stream = new MemoryStream();
        await days.WriteAsync(stream, default);
        return stream.ToArray();
    }
}
