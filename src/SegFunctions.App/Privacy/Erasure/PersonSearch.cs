using SegFunctions.App.Privacy.Erasure.Steps;
using SegFunctions.App.Uploads;
using SegFunctions.Customers;
using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Privacy.Erasure;
using SegFunctions.Storage;
using SegFunctions.Storage.Blobs.Lake;
using SegFunctions.Storage.Blobs.Vault;

namespace SegFunctions.App.Privacy.Erasure;

/// <summary>Finds out who a person is before the stores that tell it are cleared: linked keys, visitors, traces, uploads.</summary>
internal sealed class PersonSearch(StorageAccount storage, Lake lake, Vault vault, RawFiles files, IdentityLinks links, PersonVisitors visitors)
{
    /// <summary>Other customers whose rows may hold a name before it counts as the name of a thing.</summary>
    private const int MostBearers = 20;

    /// <summary>Completes what is known of a person, until nothing new turns up.</summary>
    public async Task CompleteAsync(Person person, CancellationToken cancellationToken)
    {
        var known = 0;
        while (person.Keys.Count > known)
        {
            known = person.Keys.Count;
            await links.CompleteAsync(person.Keys, cancellationToken);
            await visitors.FindAsync(person, cancellationToken);
            if (person.Keys.Count > known)
                continue;
            await ReadFilesAsync(person, cancellationToken);
        }

        await visitors.ShareAsync(person, cancellationToken);
        foreach (var dataset in DatasetCatalog.All)
        {
            await ReadIdentifiersAsync(dataset, person, cancellationToken);
            await FindUploadsAsync(dataset, person, cancellationToken);
        }

        await ReadQuarantineAsync(person, cancellationToken);
        await FindCommonNamesAsync(person, cancellationToken);
    }

    /// <summary>A name that stands in rows of many others is that of a brand, a star or half a town: there it does not tell of this person.</summary>
    private async Task FindCommonNamesAsync(Person person, CancellationToken cancellationToken)
    {
        var bearers = new Dictionary<string, HashSet<CustomerKey>>(StringComparer.Ordinal);
        foreach (var dataset in DatasetCatalog.All)
        {
            var masking = new RowMasking(dataset, person.Traces.Mentions);
            foreach (var upload in await lake.ListAsync(dataset.Name, cancellationToken))
            {
                foreach (var part in upload.Parts)
                {
                    await using var rows = await CanonicalReader.OpenAsync(await lake.OpenPartAsync(upload, part, cancellationToken), cancellationToken);
                    while (await rows.FillAsync(cancellationToken))
                    {
                        while (rows.Next())
                            Count(rows, masking);
                    }
                }
            }
        }

        foreach (var (name, _) in bearers.Where(one => one.Value.Count > MostBearers))
            person.Traces.AddCommon(name);

        void Count(CanonicalReader row, RowMasking masking)
        {
            if (masking.PhraseIn(row) is not { } phrase || !person.Traces.IsName(phrase) || person.Owns(row) || !CustomerKey.TryParse(row.RawField(0), out var customer))
                return;
            if (!bearers.TryGetValue(phrase, out var found))
                bearers[phrase] = found = [];
            if (found.Count <= MostBearers)
                found.Add(customer);
        }
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
            var mayHold = person.Partitions(upload.Partitions);
            foreach (var part in upload.Parts.Where(part => mayHold.Contains(part.Partition)))
            {
                if (await RowRemoval.IsNeededAsync(await lake.OpenPartAsync(upload, part, cancellationToken), person.Owns, cancellationToken))
                    person.Uploads.Add(upload.UploadId);
            }
        }
    }

    /// <summary>
    /// Looks through the files as they were sent: which of them tell of the person, and which browsers and devices the person has used. What those did before
    /// the person was known is the person's.
    /// </summary>
    private async Task ReadFilesAsync(Person person, CancellationToken cancellationToken)
    {
        await foreach (var file in files.ListAsync(cancellationToken))
        {
            if (await files.FindAsync(file, person.AsErased(), cancellationToken) is not { Count: > 0 } found)
                continue;
            person.Uploads.Add(UploadId.Of(file));
            person.Keys.UnionWith(found.Visitors);
        }
    }

    private async Task ReadQuarantineAsync(Person person, CancellationToken cancellationToken)
    {
        var quarantine = storage.Blobs.GetContainer("quarantine");
        var names = QuarantineStep.Names(person);
        await foreach (var blob in quarantine.ListAsync("", cancellationToken))
        {
            if (blob.Name.EndsWith(".csv", StringComparison.Ordinal)
                && await RowRemoval.IsNeededAsync(await quarantine.OpenReadAsync(blob.Name, blob.ETag, cancellationToken), names, cancellationToken))
                person.Uploads.Add(blob.Name[..^".csv".Length]);
        }
    }
}
