using System.Runtime.CompilerServices;
using SegFunctions.Customers.Features;
using SegFunctions.Customers.Intake.Dedupe;

namespace SegFunctions.Customers.Tests.Intake.Dedupe;

public sealed class RowMarkTests
{
    [Fact]
    public void A_mark_takes_28_bytes_and_gives_back_what_it_was_made_of()
    {
        Assert.Equal(28, Unsafe.SizeOf<RowMark>());
        var key = new CustomerKey(((UInt128)0xAB << 120) | ((UInt128)0x0123456789ABCDEF << 56) | 77);
        var mark = new RowMark(5, key, (1 << 30) - 1, 40, 12, OrderLineKind.Free);
        Assert.Equal((5UL, 0x0123456789ABCDEFUL, (1 << 30) - 1, 40, 12, OrderLineKind.Free), (mark.Hash, mark.Customer, mark.LineLength, mark.PackedLength, mark.SealedLength, mark.Kind));
    }

    [Fact]
    public void A_row_without_customer_differs_from_every_customer()
    {
        Assert.Equal(0UL, new RowMark(1, null, 1, 1, 0, default).Customer);
        Assert.NotEqual(0UL, new RowMark(1, new CustomerKey(0), 1, 1, 0, default).Customer);
    }
}
