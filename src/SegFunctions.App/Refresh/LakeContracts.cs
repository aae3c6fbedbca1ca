using SegFunctions.Customers.Identity.Store;
using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Predictions.Churn;
using SegFunctions.Storage.Blobs.Lake;

namespace SegFunctions.App.Refresh;

/// <summary>What the events of the lake say of contracts.</summary>
internal sealed class LakeContracts(Lake lake)
{
    private const string Dataset = "events";

    /// <summary>All uploads of events, in upload order.</summary>
    public Task<IReadOnlyList<LakeManifest>> ListAsync(CancellationToken cancellationToken) => lake.ListAsync(Dataset, cancellationToken);

    /// <summary>When the customers of one partition ended their contracts.</summary>
    /// <param name="run">Names the run in errors.</param>
    /// <param name="uploads">Ids, in upload order.</param>
    /// <param name="routes">Who stands for whom; null where nobody does.</param>
    /// <exception cref="InvalidOperationException">An upload is gone.</exception>
    public async Task<ContractHistory> ReadAsync(string run, IEnumerable<string> uploads, int partition, int partitions, IdentityRoutes? routes, CancellationToken cancellationToken)
    {
        var range = KeyRange.OfPartition(partition, partitions);
        var reader = new ContractEventReader(range, routes);
        await foreach (var part in LakeParts.OpenAsync(lake, Dataset, run, uploads, partition, partitions, routes?.PartitionsInto(range, partitions) ?? [], cancellationToken))
            await reader.AddAsync(part, cancellationToken);
        return reader.Build();
    }
}
