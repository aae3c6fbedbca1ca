namespace SegFunctions.Customers.Intake.Records;

/// <summary>Where a field's bytes stand: in the batch's block, or in its side buffer when <see cref="Start"/> is negative.</summary>
/// <param name="Start">Offset in the block; an offset in the side buffer is stored as its complement.</param>
/// <param name="Length">Bytes.</param>
internal readonly record struct FieldSlice(int Start, int Length)
{
    /// <summary>A part of the field.</summary>
    public FieldSlice Part(int at, int length) => new(Start >= 0 ? Start + at : ~(~Start + at), length);
}
