using SegFunctions.Customers.Intake.Canonical;

namespace SegFunctions.Customers.Tests.Intake.Canonical;

public sealed class KeyRangeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(64)]
    [InlineData(256)]
    public void A_partition_is_the_range_of_its_keys(int partitions)
    {
        var random = new Random(7);
        for (var trial = 0; trial < 500; trial++)
        {
            var key = new CustomerKey(new UInt128((ulong)random.NextInt64(long.MinValue, long.MaxValue), (ulong)random.NextInt64(long.MinValue, long.MaxValue)));
            Assert.True(KeyRange.OfPartition(key.Partition(partitions), partitions).Contains(key));
        }

        for (var partition = 1; partition < partitions; partition++)
            Assert.Equal(KeyRange.OfPartition(partition - 1, partitions).Last.Value + 1, KeyRange.OfPartition(partition, partitions).First.Value);
    }
}
