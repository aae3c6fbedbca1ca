namespace SegFunctions.Orchestration;

/// <summary>An instance was written by a newer build, in a format that this one does not know. Nothing was changed.</summary>
public sealed class HistoryFormatException(string instanceId, int found, int known)
    : Exception(
        $"Instance '{instanceId}' has history in format {found}; this build reads formats up to {known}. "
        + "Let a build run it that is at least as new as the one that wrote it.")
{
    public string InstanceId { get; } = instanceId;

    public int Found { get; } = found;
}
