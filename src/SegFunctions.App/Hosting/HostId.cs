namespace SegFunctions.App.Hosting;

/// <summary>Under which names the built-in host keeps its own state in the storage account.</summary>
/// <remarks>The container is that of the Functions host, the id is our own, so the two never read each other's state.</remarks>
internal static class HostId
{
    public const string Id = "segfunctions-builtin";

    /// <summary>Container of status and receipts.</summary>
    public const string Container = "azure-webjobs-hosts";

    /// <summary>Lease of the one instance that listens for <paramref name="function"/>.</summary>
    public static string ListenerLease(string function) => $"{Id}/Host.Functions.{function}.Listener";

    public static string TimerStatus(string function) => $"timers/{Id}/Host.Functions.{function}/status";

    public static string UploadReceipts => $"blobreceipts/{Id}/uploads/";
}
