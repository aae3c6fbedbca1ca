namespace SegFunctions.Learning.Boosting;

/// <summary>
/// A caller's span of numbers that threads may read while the call lasts: it is pinned, not copied, which saves 8 bytes a row. Never
/// outlives the <c>fixed</c> statement it was made in.
/// </summary>
internal readonly unsafe struct BorrowedNumbers(double* first, int length)
{
    private readonly double* _first = first;

    public int Length { get; } = length;

    public ReadOnlySpan<double> Span => new(_first, Length);
}
