using SegFunctions.Customers.Privacy;

namespace SegFunctions.Customers.Intake;

/// <summary>What a file's rows were when they were only checked.</summary>
/// <param name="Read">Rows of the file.</param>
/// <param name="Refused">Rows that break a rule. All others are sound; some of them may be duplicates.</param>
/// <param name="Erased">Refused rows of people who asked to be forgotten.</param>
public sealed record CheckedRows(long Read, long Refused, ErasedRows Erased);
