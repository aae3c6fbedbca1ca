using System.Text;
using System.Text.Json.Nodes;
using SegFunctions.App.Api;
using SegFunctions.App.Api.Privacy;
using SegFunctions.App.Functions;
using SegFunctions.App.Memberships;
using SegFunctions.App.Privacy.Consents;
using SegFunctions.App.Privacy.Erasure;
using SegFunctions.App.Privacy.Erasure.Steps;
using SegFunctions.Customers;
using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Privacy;
using SegFunctions.Customers.Privacy.Consents;
using SegFunctions.Learning.Explanation;
using SegFunctions.Storage;
using SegFunctions.Storage.Blobs;
using SegFunctions.Storage.Blobs.Lake;
using SegFunctions.Storage.Blobs.Vault;

namespace SegFunctions.App.Privacy.Access;

/// <summary>Collects everything that is held on a person.</summary>
internal sealed class AccessReport(
    StorageAccount storage, Lake lake, Vault vault, ErasureCases cases, IdentityLinks links, MembershipReader memberships, SegmentNames segmentNames,
    ConsentTable consents, ConsentPolicy policy, AuditLog audit, ServingClock clock, TimeProvider time)
{
    private readonly BlobContainer _quarantine = storage.Blobs.GetContainer("quarantine");

    /// <param name="rawId">The raw id by which the person was named, or null.</param>
    public async Task<AccessAnswer> CollectAsync(CustomerKey asked, string? rawId, Language language, CancellationToken cancellationToken)
    {
        var person = cases.New();
        person.Keys.Add(asked);
        if (rawId is not null)
            person.Traces.Add(rawId);
        await links.CompleteAsync(person.Keys, cancellationToken);
        CustomerKey[] keys = [asked, .. person.Keys.Where(key => key != asked).Order()];

        var identifiers = new List<HeldRow>();
        var datasets = new List<HeldDataset>();
        await foreach (var (dataset, part) in vault.PartsAsync(keys, cancellationToken))
        {
            await AddRowsAsync(
                await vault.OpenReadAsync(part.Name, part.ETag, cancellationToken), dataset.Name, VaultParts.UploadOf(part), identifiers, rows => IsOf(rows, person), person.Traces.Add, cancellationToken);
        }

        foreach (var dataset in DatasetCatalog.All)
        {
            var held = new List<HeldRow>();
            await foreach (var part in lake.PartsAsync(dataset, cancellationToken))
            {
                if (person.MayLieIn(part))
                    await AddRowsAsync(await part.OpenAsync(cancellationToken), dataset.Name, part.Upload.UploadId, held, rows => IsOf(rows, person), null, cancellationToken);
            }

            if (held.Count > 0)
                datasets.Add(new HeldDataset(dataset.Name, held));
        }

        var moment = time.GetUtcNow();
        var said = new Dictionary<ConsentPurpose, ConsentHistory>();
        foreach (var key in keys)
        {
            foreach (var (purpose, history) in await consents.FindAsync(key, cancellationToken))
                said[purpose] = said.GetValueOrDefault(purpose, ConsentHistory.Empty).With(history.Records);
        }

        var accesses = new List<AuditEntry>();
        foreach (var key in keys)
            accesses.AddRange(await audit.ListAsync(key, cancellationToken));
        return new AccessAnswer(
            asked.ToString(),
            moment,
            [.. keys.Select(key => key.ToString())],
            identifiers,
            datasets,
            await RefusedAsync(person, cancellationToken),
            await MembershipsAsync(keys, language, cancellationToken),
            ConsentAnswer.From(said, policy, moment.UtcDateTime),
            [.. accesses.OrderBy(entry => entry.At).Select(entry => new AuditAnswer(entry.At, entry.Who, entry.What, entry.Purpose))]);
    }

    private async Task<IReadOnlyList<CustomerAnswer>> MembershipsAsync(CustomerKey[] keys, Language language, CancellationToken cancellationToken)
    {
        if (await memberships.FindAsync(keys, cancellationToken) is not { } served)
            return [];
        var stamp = clock.Stamp(served.Run, language);
        var names = await segmentNames.ReadAsync(served.Run.Sequence, language, cancellationToken);
        return
        [
            .. keys.Zip(served.Documents)
                .Where(found => found.Second is not null)
                .DistinctBy(found => found.Second!.Customer.Customer)
                .Select(found => CustomerAnswer.From(found.Second!, found.First, names, stamp, language)),
        ];
    }

    private async Task<IReadOnlyList<HeldRow>> RefusedAsync(Person person, CancellationToken cancellationToken)
    {
        var refused = new List<HeldRow>();
        // A row of somebody else that names the person is not the person's to read.
        var names = QuarantineStep.Where(person.IsSubjectOf);
        await foreach (var blob in _quarantine.ListAsync("", cancellationToken))
        {
            if (!blob.Name.EndsWith(".csv", StringComparison.Ordinal))
                continue;
            await AddRowsAsync(
                await _quarantine.OpenReadAsync(blob.Name, blob.ETag, cancellationToken), "quarantine", blob.Name[..^".csv".Length], refused, names, null, cancellationToken);
        }

        return refused;
    }

    private static bool IsOf(CanonicalReader rows, Person person) => CustomerKey.TryParse(rows.RawField(0), out var key) && person.Keys.Contains(key);

    private static Task AddRowsAsync(
        Stream canonical, string dataset, string upload, List<HeldRow> held, RowChoice isOf, Action<CanonicalReader>? also, CancellationToken cancellationToken) =>
        CanonicalRows.EachAsync(
            canonical,
            row =>
            {
                if (!isOf(row))
                    return;
                also?.Invoke(row);
                var values = new JsonObject();
                for (var column = 0; column < row.Header.Count; column++)
                {
                    if (row.RawField(column).Length > 0)
                        values[row.Header[column]] = Encoding.UTF8.GetString(row.Field(column));
                }

                held.Add(new HeldRow(dataset, upload, values));
            },
            cancellationToken);
}
