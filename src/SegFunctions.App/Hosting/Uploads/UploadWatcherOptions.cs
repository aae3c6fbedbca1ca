namespace SegFunctions.App.Hosting.Uploads;

/// <summary>How the built-in host looks for uploads, in the place of Event Grid.</summary>
public sealed record UploadWatcherOptions
{
    public string Container { get; init; } = "uploads";

    /// <summary>The queue that gets a BlobCreated event for every new or changed blob.</summary>
    public string Queue { get; init; } = "uploads-received";

    /// <summary>Wait between two looks, 100 ms to one hour; longer where one look takes long.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    internal void Check(List<string> faults)
    {
        foreach (var name in new[] { Container, Queue })
        {
            if (!Registry.FunctionNames.IsQueue(name))
                faults.Add($"uploads: '{name}' is no name of a container or queue.");
        }

        if (Interval < TimeSpan.FromMilliseconds(100) || Interval > TimeSpan.FromHours(1))
            faults.Add($"uploads: the interval is {Interval}; it must be from 100 ms to one hour.");
    }
}
