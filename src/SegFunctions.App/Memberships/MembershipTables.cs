using SegFunctions.Storage;
using SegFunctions.Storage.Tables;

namespace SegFunctions.App.Memberships;

/// <summary>The tables that hold what is published.</summary>
internal sealed class MembershipTables
{
    private readonly OnceCreated _created;

    public MembershipTables(StorageAccount storage)
    {
        Memberships = storage.Tables.GetTableClient("Memberships");
        SegmentMembers = storage.Tables.GetTableClient("SegmentMembers");
        Segments = storage.Tables.GetTableClient("Segments");
        Runs = storage.Tables.GetTableClient("Runs");
        _created = new OnceCreated(CreateAsync);
    }

    /// <summary>One row a customer: partition = shard of the key, row = the key.</summary>
    public TableClient Memberships { get; }

    /// <summary>Member lists: partition = segment and shard, row = the key.</summary>
    public TableClient SegmentMembers { get; }

    /// <summary>Definitions and figures of the segments of each run: partition = run, row = segment.</summary>
    public TableClient Segments { get; }

    /// <summary>The runs, and the one row that says which of them readers see.</summary>
    public TableClient Runs { get; }

    /// <summary>Makes the tables that are missing. Point reads need no table; writes and listings do.</summary>
    public ValueTask EnsureCreatedAsync(CancellationToken cancellationToken) => _created.EnsureAsync(cancellationToken);

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        foreach (var table in new[] { Memberships, SegmentMembers, Segments, Runs })
            await table.CreateIfNotExistsAsync(cancellationToken);
    }
}
