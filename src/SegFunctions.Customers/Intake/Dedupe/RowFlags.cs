namespace SegFunctions.Customers.Intake.Dedupe;

/// <summary>One bit for each row of a bucket.</summary>
internal sealed class RowFlags(long rows)
{
    private readonly ulong[] _bits = new ulong[(rows + 63) / 64];

    /// <summary>There are no rows.</summary>
    public bool IsEmpty => _bits.Length == 0;

    /// <summary>Bits that are set.</summary>
    public long Count { get; private set; }

    public bool this[long row] => (_bits[row >> 6] >> (int)(row & 63) & 1) != 0;

    public void Set(long row)
    {
        if (this[row])
            return;
        _bits[row >> 6] |= 1UL << (int)(row & 63);
        Count++;
    }
}
