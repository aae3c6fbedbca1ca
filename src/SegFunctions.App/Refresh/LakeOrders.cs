using SegFunctions.App.Privacy.Consents;
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

    /// <summary>Reads the lines of one partition's customers, without those whose data may not be used.</summary>
    /// <param name="run">Names the run in errors.</param>
    /// <param name="uploads">Ids, in upload order.</param>
    /// <exception cref="InvalidOperationException">An upload is gone.</exception>
    public async Task<OrderLineReader> ReadAsync(string run, IEnumerable<string> uploads, int partition, int partitions, CancellationToken cancellationToken)
    {
        var range = KeyRange.OfPartition(partition, partitions);
        var reader = new OrderLineReader(range, await consents.LeftOutAsync(range.First, range.Last, cancellationToken));
        await foreach (var part in LakeParts.OpenAsync(lake, Dataset, run, uploads, partition, partitions, cancellationToken))
            await reader.AddAsync(part, cancellationToken);
        return reader;
    }
}
