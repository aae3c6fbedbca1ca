using SegFunctions.Customers.Intake.Rules;

namespace SegFunctions.Customers.Intake.Records;

/// <summary>Something that a reader put right while it read.</summary>
/// <param name="Count">How often.</param>
public sealed record ReaderRepair(DataRule Rule, long Count)
{
    /// <summary>The column that it was put right in, by its position from 0; −1 for records as a whole.</summary>
    public int Column { get; init; } = -1;

    /// <summary>Some of the lines, rising; the first is the first of all.</summary>
    public IReadOnlyList<long> Lines { get; init; } = [];
}
