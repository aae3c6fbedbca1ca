namespace SegFunctions.App.Memberships;

/// <summary>What one run says of one customer.</summary>
/// <param name="Run">Sequence number of the run that wrote it.</param>
/// <param name="Hash">Hash of everything in it that a run computes; equal hashes mean that nothing changed.</param>
/// <param name="Data">The published document as JSON; null says that the customer was gone in that run.</param>
internal sealed record CustomerVersion(long Run, string Hash, string? Data);
