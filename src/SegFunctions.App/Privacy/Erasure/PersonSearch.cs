using SegFunctions.App.Uploads;
using SegFunctions.Customers;
using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Storage.Blobs.Lake;
using SegFunctions.Storage.Blobs.Vault;

namespace SegFunctions.App.Privacy.Erasure;

/// <summary>Finds out who a person is before the stores that tell it are cleared: linked keys, visitors, traces, uploads.</summary>
internal sealed class PersonSearch(Lake lake, Vault vault, RawFiles files, UploadTable uploads, IdentityLinks links)
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

    /// <summary>
    /// The browsers and devices that the person has used: what they did before they were known is the person's. Others who use the same device lose of it
    /// what stands there without their id.
    /// </summary>
    private async Task AddVisitorsAsync(Person person, CancellationToken cancellationToken)
    {
        await foreach (var file in files.ListAsync(cancellationToken))
        {
            var upload = await uploads.FindAsync(UploadId.Of(file), cancellationToken);
            if (upload?.Dataset is null or "events")
                person.Keys.UnionWith(await files.VisitorsAsync(file, person.AsErased(), cancellationToken));
        }
    }
}
