using SegFunctions.App.Privacy.Consents;
using SegFunctions.Customers.Identity.Store;
using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Intake.Orders;
using SegFunctions.Storage.Blobs.Lake;

namespace SegFunctions.App.Refresh;

/// <summary>The orders of the lake, a share of the customers at a time.</summary>
internal sealed class LakeOrders(Lake lake, ConsentGate consents)
{
    /// <summary>The dataset's name.</summary>
    public const string Dataset = "orders";

    /// <summary>All uploads of orders, in upload order.</summary>
    public Task<IReadOnlyList<LakeManifest>> ListAsync(CancellationToken cancellationToken) => lake.ListAsync(Dataset, cancellationToken);

    /// <summary>Reads the lines of one partition's customers, and of those who stand for one of them; without those whose data may not be used.</summary>
    /// <param name="run">Names the run in errors.</param>
    /// <param name="uploads">Ids, in upload order.</param>
    /// <param name="routes">Who stands for whom; null where nobody does.</param>
    /// <exception cref="InvalidOperationException">An upload is gone.</exception>
    public async Task<OrderLineReader> ReadAsync(string run, IEnumerable<string> uploads, int partition, int partitions, IdentityRoutes? routes, CancellationToken cancellationToken)
    {
        var range = KeyRange.OfPartition(partition, partitions);
        var also = routes?.PartitionsInto(range, partitions) ?? [];
        var asked = also.Count > 0 ? KeyRange.All : range;
        var reader = new OrderLineReader(range, await consents.LeftOutAsync(asked.First, asked.Last, routes, cancellationToken), routes);
        await foreach (var part in LakeParts.OpenAsync(lake, Dataset, run, uploads, partition, partitions, also, cancellationToken))
            await reader.AddAsync(part, cancellationToken);
        return reader;
    }
}
