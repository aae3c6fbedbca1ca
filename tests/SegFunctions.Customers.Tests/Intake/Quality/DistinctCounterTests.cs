using SegFunctions.Customers.Intake.Quality;
using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Tests.Intake.Quality;

public sealed class DistinctCounterTests
{
    [Fact]
    public void Few_values_are_counted_exactly()
    {
        var counter = new DistinctCounter(exactLimit: 100);
        foreach (var value in Enumerable.Range(0, 100).Concat(Enumerable.Range(0, 100)))
            counter.Add(Hash(value));
        Assert.Equal(new DistinctCount(100, Exact: true), counter.Count());
    }

    [Theory]
    [InlineData(2_000)]
    [InlineData(30_000)]
    [InlineData(400_000)]
    public void Many_values_are_estimated_within_three_standard_errors(int distinct)
    {
        var counter = new DistinctCounter(exactLimit: 1000);
        for (var value = 0; value < distinct; value++)
            counter.Add(Hash(value));
        var count = counter.Count();
        Assert.False(count.Exact);
        Assert.InRange(count.Count, distinct * (1 - (3 * 0.0082)), distinct * (1 + (3 * 0.0082)));
    }

    [Theory]
    [InlineData(50)]
    [InlineData(5_000)]
    public void How_values_are_spread_over_counters_changes_nothing(int distinct)
    {
        var whole = new DistinctCounter(exactLimit: 100);
        var parts = Enumerable.Range(0, 3).Select(_ => new DistinctCounter(exactLimit: 100)).ToArray();
        for (var value = 0; value < distinct; value++)
        {
            whole.Add(Hash(value));
            parts[value % 3].Add(Hash(value));
            parts[(value + 1) % 3].Add(Hash(value));
        }

        foreach (var order in new[] { new[] { 0, 1, 2 }, [2, 0, 1] })
        {
            var merged = new DistinctCounter(exactLimit: 100);
            foreach (var part in order)
                merged.Merge(parts[part]);
            Assert.Equal(whole.Count(), merged.Count());
        }
    }

    private static ulong Hash(int value) => ByteHash.Hash64(BitConverter.GetBytes(value));
}
