using SegFunctions.Customers.Intake.Rules;

namespace SegFunctions.Customers.Intake.Records;

/// <summary>Something that a reader put right while it read.</summary>
/// <param name="Count">How often.</param>
public sealed record ReaderRepair(DataRule Rule, long Count);
