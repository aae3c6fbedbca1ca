using SegFunctions.App.Memberships;
using SegFunctions.Storage;
using SegFunctions.Storage.Blobs;

namespace SegFunctions.App.Privacy.Erasure.Steps;

/// <summary>Takes the person out of the models that are served, and deletes all older ones.</summary>
/// <remarks>What the served models have learned goes when a refresh has learned without the person: <see cref="ErasureActivities"/> waits for it.</remarks>
internal sealed class ModelsStep(StorageAccount storage, RunTable runs) : ErasureStep
{
    private readonly BlobContainer _models = storage.Blobs.GetContainer("models");

    public override string Store => "models";

    public override async Task EraseAsync(Person person, ReceiptBuilder receipt, CancellationToken cancellationToken)
    {
        var current = await runs.FindCurrentAsync(cancellationToken);
        await DeleteOthersAsync(current?.RunId, receipt, cancellationToken);
        await foreach (var blob in _models.ListAsync("", cancellationToken))
        {
            if (blob.Name.EndsWith(".csv", StringComparison.Ordinal))
                await RemoveLinesAsync(blob.Name, person, receipt, cancellationToken);
        }
    }

    /// <summary>Deletes the models of all runs but one; of all runs where <paramref name="kept"/> is null.</summary>
    public async Task DeleteOthersAsync(string? kept, ReceiptBuilder receipt, CancellationToken cancellationToken)
    {
        await foreach (var blob in _models.ListAsync("", cancellationToken))
        {
            if (blob.Name.Split('/') is [_, var version, ..] && version == kept)
                continue;
            if (await _models.DeleteAsync(blob.Name, null, cancellationToken))
                receipt.Delete(blob.Name, blob.ETag.ToString());
        }
    }

    private async Task RemoveLinesAsync(string name, Person person, ReceiptBuilder receipt, CancellationToken cancellationToken)
    {
        if (await _models.FindContentAsync(name, cancellationToken) is not { } found || !person.HoldsKey(found.Content))
            return;
        using var kept = new MemoryStream(found.Content.Length);
        var removed = 0;
        var rest = found.Content.AsMemory();
        while (rest.Length > 0)
        {
            var end = rest.Span.IndexOf((byte)'\n');
            var line = end < 0 ? rest : rest[..(end + 1)];
            rest = rest[line.Length..];
            if (person.HoldsKey(line.Span))
                removed++;
            else
                kept.Write(line.Span);
        }

        var version = await _models.WriteAsync(name, kept.ToArray(), new BlobWriteOptions { ContentType = "text/csv", IfMatch = found.ETag }, cancellationToken);
        receipt.Rewrite(name, version.ToString(), removed);
    }
}
