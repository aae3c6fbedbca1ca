using SegFunctions.Customers;
using SegFunctions.Customers.Features;
using SegFunctions.Customers.Identity.Store;
using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Segments.Contacts;
using SegFunctions.Storage.Blobs.Lake;

namespace SegFunctions.App.Refresh;

/// <summary>What messages and customer records of the lake say against writing to a customer.</summary>
internal sealed class LakeContacts(Lake lake)
{
    /// <summary>Ids of all uploads of messages, in upload order.</summary>
    public Task<string[]> ListMessagesAsync(CancellationToken cancellationToken) => ListAsync(DatasetCatalog.Messages, cancellationToken);

    /// <summary>Ids of all uploads of customer records, in upload order.</summary>
    public Task<string[]> ListRecordsAsync(CancellationToken cancellationToken) => ListAsync(DatasetCatalog.Customers, cancellationToken);

    /// <summary>What there is to say of the customers of one partition.</summary>
    /// <param name="today">Who they are, as of the run.</param>
    /// <exception cref="InvalidOperationException">An upload is gone.</exception>
    public async Task<SortedDictionary<string, IReadOnlyList<ContactFlag>>> ReadAsync(
        RefreshPlan plan, int partition, IdentityRoutes routes, FeatureSet today, CancellationToken cancellationToken)
    {
        // Orders may be years old where messages are not: what bounced yesterday counts, unless the run was asked to look back.
        var until = (plan.Input.AsOf ?? plan.Input.StartedAt).UtcDateTime;
        var rows = new Dictionary<CustomerKey, int>(today.Rows);
        for (var row = 0; row < today.Rows; row++)
            rows[today.Customers[row]] = row;
        var reader = new ContactReader(rows.Keys.ToHashSet(), until, routes);
        var also = routes.PartitionsInto(KeyRange.OfPartition(partition, plan.Partitions), plan.Partitions);
        await foreach (var part in LakeParts.OpenAsync(lake, DatasetCatalog.Messages.Name, plan.Input.RunId, plan.MessageUploads, partition, plan.Partitions, also, cancellationToken))
            await reader.AddMessagesAsync(part, cancellationToken);
        await foreach (var part in LakeParts.OpenAsync(lake, DatasetCatalog.Customers.Name, plan.Input.RunId, plan.RecordUploads, partition, plan.Partitions, also, cancellationToken))
            await reader.AddRecordsAsync(part, cancellationToken);
        var found = new SortedDictionary<string, IReadOnlyList<ContactFlag>>(StringComparer.Ordinal);
        foreach (var (customer, flags) in reader.Build(customer => today[rows[customer]].LastOrder, plan.AsOf.Instant))
            found.Add(customer.ToString(), flags);
        return found;
    }

    private async Task<string[]> ListAsync(Dataset dataset, CancellationToken cancellationToken) =>
        [.. (await lake.ListAsync(dataset.Name, cancellationToken)).Select(upload => upload.UploadId)];
}
