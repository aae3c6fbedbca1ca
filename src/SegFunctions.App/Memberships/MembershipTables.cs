using SegFunctions.Storage;
using SegFunctions.Storage.Tables;

namespace SegFunctions.App.Memberships;

/// <summary>The tables that hold what is published.</summary>
internal sealed class MembershipTables(StorageAccount storage)
{
    /// <summary>One row a customer: partition = shard of the key, row = the key.</summary>
    public TableClient Memberships { get; } = storage.Tables.GetTableClient("Memberships");

    /// <summary>Member lists: partition = segment and shard, row = the key.</summary>
    public TableClient SegmentMembers { get; } = storage.Tables.GetTableClient("SegmentMembers");

    /// <summary>Definitions and figures of the segments of each run: partition = run, row = segment.</summary>
    public TableClient Segments { get; } = storage.Tables.GetTableClient("Segments");

    /// <summary>The runs, and the one row that says which of them readers see.</summary>
    public TableClient Runs { get; } = storage.Tables.GetTableClient("Runs");

    public async Task CreateIfNotExistsAsync(CancellationToken cancellationToken)
    {
        foreach (var table in new[] { Memberships, SegmentMembers, Segments, Runs })
            await table.CreateIfNotExistsAsync(cancellationToken);
    }
}
