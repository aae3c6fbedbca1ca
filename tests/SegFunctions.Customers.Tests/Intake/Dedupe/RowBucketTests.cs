using SegFunctions.Customers.Features;
using SegFunctions.Customers.Intake.Dedupe;

namespace SegFunctions.Customers.Tests.Intake.Dedupe;

public sealed class RowBucketTests
{
    [Fact]
    public void Rows_of_any_length_come_back_from_their_bucket_in_order()
    {
        using var store = new SpillStore(4096, Path.GetTempPath());
        var bucket = new RowBucket(store, 7);
        var packing = new RowPacking(new FrequentWords());
        var random = new Random(3);
        var expected = new List<(RowMark Mark, byte[] Packed)>();
        for (var batch = 0; batch < 40; batch++)
        {
            var group = new RowGroup();
            for (var row = 0; row < 50; row++)
            {
                packing.Begin(null, 2);
                packing.Add(1, Enumerable.Repeat((byte)'x', random.Next(20) == 0 ? random.Next(32_700, 40_000) : random.Next(1, 50)).ToArray());
                packing.End();

                // Sealed lines begin in the middle of the file, and not every batch has them.
                var isSealed = batch > 20 && batch % 3 == 0 && random.Next(2) == 0;
                if (isSealed)
                    group.Sealed.Add("sealed\n"u8);
                var mark = new RowMark((ulong)expected.Count, null, packing.Line.Length, packing.Packed.Length, isSealed ? 7 : 0, (OrderLineKind)random.Next(3));
                group.Add(mark, packing);
                expected.Add((mark, packing.Packed.ToArray()));
            }

            bucket.Add(group.Marks, group.Packed, group.Sealed.Written, new LineWidth(batch, 0));
        }

        var marks = new RowMark[700];
        long offset = 0;
        for (var first = 0; first < bucket.Count;)
        {
            var count = bucket.ReadMarks(first, marks);
            for (var row = 0; row < count; row++)
            {
                var (mark, packed) = expected[first + row];
                Assert.Equal(mark, marks[row]);
                var stored = new byte[packed.Length];
                bucket.ReadPacked(offset, stored);
                Assert.Equal(packed, stored);
                offset += packed.Length;
            }

            first += count;
        }

        Assert.Equal(2000, bucket.Count);
    }
}
