namespace SegFunctions.Orchestration;

/// <summary>What a recovery found and repaired; all zero on an ordinary day.</summary>
/// <param name="Woken">Instances that had something to do and nobody to tell them.</param>
/// <param name="Resent">Instances whose messages were sent again.</param>
/// <param name="Purged">Deletions that had been cut short.</param>
/// <param name="Orphans">Payloads deleted that belonged to nothing.</param>
public sealed record RecoveryReport(int Woken, int Resent, int Purged, int Orphans);
