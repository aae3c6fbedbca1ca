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
    /// <exception cref="InvalidOperationException">An upload is gone.</exception>
    public async Task<ContractHistory> ReadAsync(string run, IEnumerable<string> uploads, int partition, int partitions, CancellationToken cancellationToken)
    {
        var reader = new ContractEventReader(KeyRange.OfPartition(partition, partitions));
        await foreach (var part in LakeParts.OpenAsync(lake, Dataset, run, uploads, partition, partitions, cancellationToken))
            await reader.AddAsync(part, cancellationToken);
        return reader.Build();
    }
}
