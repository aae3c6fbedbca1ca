using System.Text;
using SegFunctions.Customers;
using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Storage.Blobs.Lake;
using SegFunctions.Storage.Blobs.Vault;

namespace SegFunctions.App.Privacy.Erasure;

/// <summary>Finds out who a person is before the stores that tell it are cleared: linked keys, visitors, traces, uploads.</summary>
internal sealed class PersonSearch(Lake lake, Vault vault, IdentityLinks links)
{
    /// <summary>Completes what is known of a person, until nothing new turns up.</summary>
    public async Task CompleteAsync(Person person, CancellationToken cancellationToken)
    {
        var known = 0;
        while (person.Keys.Count > known)
        {
            known = person.Keys.Count;
            await links.CompleteAsync(person.Keys, cancellationToken);
            foreach (var dataset in DatasetCatalog.All)
                await ReadIdentifiersAsync(dataset, person, cancellationToken);
            await AddVisitorsAsync(person, cancellationToken);
        }

        foreach (var dataset in DatasetCatalog.All)
            await FindUploadsAsync(dataset, person, cancellationToken);
    }

    private async Task ReadIdentifiersAsync(Dataset dataset, Person person, CancellationToken cancellationToken)
    {
        await foreach (var part in vault.ListAsync(dataset.Name + "/", cancellationToken))
        {
            await using var rows = await CanonicalReader.OpenAsync(await vault.OpenReadAsync(part.Name, part.ETag, cancellationToken), cancellationToken);
            while (await rows.FillAsync(cancellationToken))
            {
                while (rows.Next())
                {
                    if (!CustomerKey.TryParse(rows.RawField(0), out var key) || !person.Keys.Contains(key))
                        continue;
                    person.Traces.Add(rows);
                    person.Uploads.Add(part.Name.Split('/')[1]);
                }
            }
        }
    }

    private async Task FindUploadsAsync(Dataset dataset, Person person, CancellationToken cancellationToken)
    {
        foreach (var upload in await lake.ListAsync(dataset.Name, cancellationToken))
        {
            var mayHold = person.Keys.Select(key => key.Partition(upload.Partitions)).ToHashSet();
            foreach (var part in upload.Parts.Where(part => mayHold.Contains(part.Partition)))
            {
                var holds = await Customers.Privacy.Erasure.RowRemoval.IsNeededAsync(
                    await lake.OpenPartAsync(upload, part, cancellationToken),
                    row => CustomerKey.TryParse(row.RawField(0), out var key) && person.Keys.Contains(key),
                    cancellationToken);
                if (holds)
                    person.Uploads.Add(upload.UploadId);
            }
        }
    }

    /// <summary>A visitor whose browser nobody else has signed in with was this person. Others stay: a shared device is not one person's.</summary>
    private async Task AddVisitorsAsync(Person person, CancellationToken cancellationToken)
    {
        var own = new HashSet<string>(StringComparer.Ordinal);
        var others = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var part in vault.ListAsync(DatasetCatalog.Events.Name + "/", cancellationToken))
        {
            await using var rows = await CanonicalReader.OpenAsync(await vault.OpenReadAsync(part.Name, part.ETag, cancellationToken), cancellationToken);
            var (customer, visitor) = (rows.RequiredColumn("customerId"), rows.RequiredColumn("anonymousId"));
            while (await rows.FillAsync(cancellationToken))
            {
                while (rows.Next())
                {
                    if (rows.RawField(visitor).Length == 0 || rows.RawField(customer).Length == 0 || !CustomerKey.TryParse(rows.RawField(0), out var key))
                        continue;
                    (person.Keys.Contains(key) ? own : others).Add(Encoding.UTF8.GetString(rows.Field(visitor)));
                }
            }
        }

        own.ExceptWith(others);
        person.Keys.UnionWith(own.Select(person.VisitorKey));
    }
}
