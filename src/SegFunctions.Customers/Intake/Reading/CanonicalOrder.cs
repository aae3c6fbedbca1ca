using System.Runtime.Intrinsics.X86;

namespace SegFunctions.Customers.Intake.Reading;

/// <summary>Brings bits of a dataset's fields into the order in which canonical rows have the fields.</summary>
internal sealed class CanonicalOrder
{
    private readonly int[] _fields;
    private readonly ulong _kept;
    private readonly bool _isRising;

    /// <param name="fields">Positions of the fields that rows have, in the order of rows; at most 64.</param>
    public CanonicalOrder(int[] fields)
    {
        _fields = fields;
        foreach (var field in fields)
            _kept |= 1UL << field;
        _isRising = fields.SequenceEqual(fields.Order());
    }

    /// <summary>Of each field of the row, the bit of its place.</summary>
    public ulong Of(ulong fields)
    {
        fields &= _kept;
        if (_isRising && Bmi2.X64.IsSupported)
            return Bmi2.X64.ParallelBitExtract(fields, _kept);
        var places = 0UL;
        for (var place = 0; place < _fields.Length; place++)
            places |= (fields >> _fields[place] & 1) << place;
        return places;
    }
}
