namespace SegFunctions.Storage;

/// <summary>A storage account cannot be addressed with what was given; the message lists every fault, never a secret.</summary>
public sealed class StorageConnectionException(IReadOnlyList<string> faults)
    : Exception($"The storage connection is not usable: {string.Join("; ", faults)}.")
{
    /// <summary>Each thing that is wrong, as half a sentence.</summary>
    public IReadOnlyList<string> Faults { get; } = faults;
}
