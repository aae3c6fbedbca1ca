using SegFunctions.Customers.Intake.Values;

namespace SegFunctions.Customers.Intake.Quality;

/// <summary>Which small numbers a column had already, one bit each: prices repeat, and what repeats need not be hashed again to be counted once.</summary>
internal sealed class SeenNumbers
{
    /// <summary>Mantissas from 0 on that have a bit: 16 KiB for each scale that occurs.</summary>
    private const int Mantissas = 1 << 17;

    private readonly ulong[]?[] _seen = new ulong[PlainNumber.Scales][];

    /// <summary>Whether this very text stood in the column before; false for what has no bit.</summary>
    public bool Has(in PlainNumber number) =>
        number.IsUnpadded && (uint)number.Mantissa < Mantissas && _seen[number.Scale] is { } seen && (seen[number.Mantissa >> 6] >> number.Mantissa & 1) != 0;

    /// <summary>Remembers a number, where it has a bit.</summary>
    public void Add(in PlainNumber number)
    {
        if (!number.IsUnpadded || (uint)number.Mantissa >= Mantissas)
            return;
        var seen = _seen[number.Scale] ??= new ulong[Mantissas / 64];
        seen[number.Mantissa >> 6] |= 1UL << number.Mantissa;
    }
}
