namespace SegFunctions.Storage.Blobs.Vault;

/// <summary>Where a vault has its keys from. Safe for use by many threads.</summary>
public abstract class VaultKeys
{
    /// <summary>The keys as they are known; asked for with every blob, so it answers from memory but for the first time.</summary>
    public abstract ValueTask<VaultKeyRing> CurrentAsync(CancellationToken cancellationToken);

    /// <summary>The keys asked for anew, where something was sealed with one that is not known: another process may know it already.</summary>
    /// <remarks>It may decline to ask, when it has asked a moment ago.</remarks>
    public abstract ValueTask<VaultKeyRing> RefreshedAsync(CancellationToken cancellationToken);
}
