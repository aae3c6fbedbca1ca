namespace SegFunctions.App.Uploads;

/// <summary>Names that Event Grid, the upload watcher and the functions agree on.</summary>
internal static class UploadQueue
{
    /// <summary>Queue of BlobCreated events.</summary>
    public const string Name = "uploads-received";

    /// <summary>Queue of events whose tries are used up.</summary>
    public const string PoisonName = Name + "-poison";

    /// <summary>Container that people drop files into.</summary>
    public const string Container = "uploads";
}
