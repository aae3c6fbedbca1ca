using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Customers.Intake.Dedupe;

namespace SegFunctions.Customers.Tests.Intake.Dedupe;

public sealed class OrderedRowsTests
{
    [Fact]
    public void Rows_stand_in_the_order_of_their_keys_and_equal_ones_in_that_of_their_positions() =>
        Prop.ForAll<ulong[], byte>((drawn, shape) =>
        {
            // Spread keys, few distinct ones, and such that share all bits but the last.
            var keys = drawn.Select(key => (shape % 3) switch { 0 => key * 0x9E3779B97F4A7C15, 1 => key % 3, _ => (1UL << 63) | (key % 200) }).ToArray();
            AssertOrdered(new OrderedRows(), keys, sharedBits: 0);
        }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void The_same_memory_orders_large_and_small_sets()
    {
        var order = new OrderedRows();
        var random = new Random(2);
        foreach (var count in new[] { 0, 1, 2, 100_000, 3, 70_000, 40_000, 1, 25, 0 })
        {
            var keys = new ulong[count];
            foreach (ref var key in keys.AsSpan())
                key = (ulong)random.NextInt64();
            AssertOrdered(order, keys, sharedBits: 1);
        }
    }

    private static void AssertOrdered(OrderedRows order, ulong[] keys, int sharedBits)
    {
        order.Clear();
        for (var row = 0; row < keys.Length; row++)
            order.Add(keys[row], row);
        order.Sort(sharedBits);
        Assert.Equal(keys.Select((key, row) => new OrderedRow(key, row)).OrderBy(row => row.Key).ThenBy(row => row.Row), order.Rows.ToArray());
        for (var at = 0; at < keys.Length; at += 1 + keys.Length / 50)
            Assert.Equal(keys.Count(key => key < keys[at]), order.Find(keys[at]));
    }
}
