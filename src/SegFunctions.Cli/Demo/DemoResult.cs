namespace SegFunctions.Cli.Demo;

/// <summary>What <c>demo --json</c> prints.</summary>
/// <param name="Rows">Sums over all uploads: read = accepted + refused + duplicates.</param>
/// <param name="AsOf">What the run knows ends here, exclusive; UTC.</param>
/// <param name="Seconds">By phase; <c>total</c> counts from the start of the process, without <c>install</c>.</param>
/// <param name="PeakMemoryMegabytes">Most memory that this process, host included, has had.</param>
/// <param name="Storage">Connection string of the storage.</param>
/// <param name="Url">Where the API was served, or is with <c>--keep</c>.</param>
internal sealed record DemoResult(
    IReadOnlyList<DemoUpload> Uploads,
    DemoRows Rows,
    int Customers,
    IReadOnlyList<DemoSegment> Segments,
    DemoChurn? Churn,
    DemoLifetime? Lifetime,
    DemoNext? NextProducts,
    DemoNext? NextCategories,
    string Run,
    DateTimeOffset AsOf,
    string AsOfReason,
    IReadOnlyList<DemoLookup> Lookups,
    IReadOnlyDictionary<string, double> Seconds,
    double PeakMemoryMegabytes,
    string Storage,
    Uri Url,
    string ApiKey);

internal sealed record DemoUpload(string Id, string File, string Status, string? Dataset, DemoRows? Rows, string? Error);

internal sealed record DemoRows(long Read, long Accepted, long Refused, long Duplicates);

internal sealed record DemoSegment(string Id, string Kind, string Name, int Members);

/// <param name="Milliseconds">From request to answer.</param>
internal sealed record DemoLookup(string Customer, int Status, IReadOnlyList<string> Segments, double Milliseconds);
