using SegFunctions.Storage.Blobs;

namespace SegFunctions.App.Hosting.Uploads;

/// <summary>Which versions of blobs have been reported; no I/O.</summary>
/// <param name="receipts">Identities of the versions that were reported before, as they are stored.</param>
internal sealed class UploadLedger(IEnumerable<string> receipts)
{
    private readonly HashSet<string> _reported = new(receipts, StringComparer.Ordinal);

    /// <summary>Versions that have not been reported, in the order in which they were written.</summary>
    public IReadOnlyList<BlobEntry> FindNew(IReadOnlyList<BlobEntry> listing) =>
    [
        .. listing
            .Where(blob => !_reported.Contains(BlobCreatedEvent.Identify(blob)))
            .OrderBy(blob => blob.LastModified)
            .ThenBy(blob => blob.Name, StringComparer.Ordinal),
    ];

    /// <summary>Receipts of versions that are no more: replaced or deleted.</summary>
    public IReadOnlyList<string> FindStale(IReadOnlyList<BlobEntry> listing)
    {
        var standing = listing.Select(BlobCreatedEvent.Identify).ToHashSet(StringComparer.Ordinal);
        return [.. _reported.Where(receipt => !standing.Contains(receipt)).Order(StringComparer.Ordinal)];
    }

    public void Reported(string receipt) => _reported.Add(receipt);

    public void Forgotten(string receipt) => _reported.Remove(receipt);
}
