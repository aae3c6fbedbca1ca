using SegFunctions.App.Identity;
using SegFunctions.App.Privacy.Consents;
using SegFunctions.App.Uploads;
using SegFunctions.Customers;
using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Privacy;
using SegFunctions.Customers.Privacy.Consents;
using SegFunctions.Customers.Privacy.Erasure;
using SegFunctions.Storage.Blobs;
using SegFunctions.Storage.Blobs.Lake;
using SegFunctions.Storage.Blobs.Vault;

namespace SegFunctions.App.Privacy.Retention;

/// <summary>Takes out the records of customers who have given no sign of life for long: names, addresses and all that files of customers say of them.</summary>
/// <remarks>
/// A person is judged as a whole, over all keys that are one. A sign of life is an order, an event, a ticket, a word on consent, an answer to a message (opened, clicked, unsubscribed,
/// complained), a campaign that converted, and a record that was changed, or made, or where it tells neither, sent. What the house does by itself, such as sending a
/// newsletter, is none. Memory: the keys of those who are alive.
/// </remarks>
internal sealed class RecordSweep(Lake lake, Vault vault, LakeRewriting rewriting, IdentityTable identities, ConsentTable consents)
{
    private static readonly byte[][] Answers = [.. new[] { "opened", "clicked", "unsubscribed", "complained" }.Select(System.Text.Encoding.ASCII.GetBytes)];

    /// <param name="limit">UTC; whose last sign of life is older goes.</param>
    /// <returns>Records that went.</returns>
    public async Task<long> SweepAsync(DateTime limit, CancellationToken cancellationToken)
    {
        var dataset = DatasetCatalog.Customers;
        await using var hold = await rewriting.HoldAsync(dataset, cancellationToken);
        var people = (await identities.ListAsync(hold.Working)).ToDictionary(row => row.Key, row => row.Value.Canonical);
        var uploads = await lake.ListAsync(dataset.Name, hold.Working);
        var alive = await AliveAsync(limit, people, hold.Working);
        bool Goes(CanonicalReader row) => CustomerKey.TryParse(row.RawField(0), out var key) && !alive.Contains(people.GetValueOrDefault(key, key));

        long removed = 0;
        foreach (var upload in uploads)
        {
            removed += await rewriting.RemoveAsync(dataset, upload.UploadId, Goes, hold.Working);
            // Also where the lake had nothing: an earlier sweep may have been cut off between the two.
            await foreach (var part in vault.ListAsync($"{dataset.Name}/{upload.UploadId}/", hold.Working))
                await SweepAsync(part, Goes, hold.Working);
        }

        return removed;
    }

    private async Task SweepAsync(BlobEntry part, RowChoice goes, CancellationToken cancellationToken)
    {
        if (!await CanonicalRows.AnyAsync(await vault.OpenReadAsync(part.Name, part.ETag, cancellationToken), goes, cancellationToken))
            return;
        await vault.WriteAsync(
            part.Name,
            async (target, token) => await new RowRemoval(null).CopyAsync(await vault.OpenReadAsync(part.Name, part.ETag, token), target, goes, token),
            new BlobWriteOptions { ContentType = part.ContentType ?? "application/octet-stream", IfMatch = part.ETag },
            cancellationToken);
    }

    private async Task<HashSet<CustomerKey>> AliveAsync(
        DateTime limit, Dictionary<CustomerKey, CustomerKey> people, CancellationToken cancellationToken)
    {
        var alive = new HashSet<CustomerKey>();
        await foreach (var part in lake.PartsAsync(cancellationToken))
        {
            if (part.Dataset == DatasetCatalog.Customers)
            {
                // A record that tells no date of its own is as old as its file.
                var sent = new DateTime(part.Upload.Sequence, DateTimeKind.Utc);
                await ReadAsync(part, rows =>
                {
                    var (updated, created) = (rows.RequiredColumn("updatedAt"), rows.RequiredColumn("createdAt"));
                    return () => (Moment(rows, updated) ?? Moment(rows, created) ?? sent) >= limit;
                });
            }
            else if (!(LakeProperties.Of(part.Upload).Latest < limit))
            {
                await ReadAsync(part, rows =>
                {
                    var (moment, counts) = (rows.RequiredColumn("timestamp"), Counts(part.Dataset, rows));
                    return () => Moment(rows, moment) >= limit && counts();
                });
            }
        }

        foreach (var purpose in ConsentPurposes.All)
        {
            await foreach (var (customer, history) in consents.ListAsync(purpose, KeyRange.All.First, KeyRange.All.Last, cancellationToken))
            {
                if (history.Records.Any(record => record.At >= limit))
                    alive.Add(people.GetValueOrDefault(customer, customer));
            }
        }

        return alive;

        async Task ReadAsync(StoredPart part, Func<CanonicalReader, Func<bool>> signOf)
        {
            Func<bool>? isSign = null;
            await part.EachAsync(
                row =>
                {
                    isSign ??= signOf(row);
                    if (isSign() && CustomerKey.TryParse(row.RawField(0), out var key))
                        alive.Add(people.GetValueOrDefault(key, key));
                },
                cancellationToken);
        }
    }

    /// <summary>Whether a row is the customer's own doing.</summary>
    private static Func<bool> Counts(Dataset dataset, CanonicalReader rows)
    {
        if (dataset == DatasetCatalog.Messages)
        {
            var action = rows.RequiredColumn("action");
            return () => Array.Exists(Answers, answer => rows.RawField(action).SequenceEqual(answer));
        }

        if (dataset == DatasetCatalog.Campaigns)
        {
            var converted = rows.RequiredColumn("converted");
            return () => rows.RawField(converted).SequenceEqual("true"u8);
        }

        return static () => true;
    }

    private static DateTime? Moment(CanonicalReader rows, int column) => CanonicalTime.TryParse(rows.RawField(column), out var moment) ? moment : null;
}
