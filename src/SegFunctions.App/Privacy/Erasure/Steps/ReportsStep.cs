using System.Text.Json;
using System.Text.Json.Nodes;
using SegFunctions.Storage;
using SegFunctions.Storage.Blobs;

namespace SegFunctions.App.Privacy.Erasure.Steps;

/// <summary>Takes entries that name the person out of the quality reports, and from those of the person's uploads all values: the largest amount may be the person's.</summary>
/// <remarks>What stays are counts and shares. Of later uploads of the same dataset the comparison with earlier ones goes, which quotes values too.</remarks>
internal sealed class ReportsStep(StorageAccount storage) : ErasureStep
{
    private static readonly string[] Values = ["minimum", "maximum", "numbers", "categories"];
    private static readonly string[] Lists = ["review", "outliers"];
    private readonly BlobContainer _reports = storage.Blobs.GetContainer("reports");

    public override string Store => "reports";

    public override async Task EraseAsync(Person person, ReceiptBuilder receipt, CancellationToken cancellationToken)
    {
        var datasets = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var blob in _reports.ListAsync("", cancellationToken))
        {
            if (IsOf(blob, person) && await ReadAsync(blob, cancellationToken) is var (report, _) && report?["dataset"]?.GetValue<string>() is { } dataset)
                datasets.Add(dataset);
        }

        await foreach (var blob in _reports.ListAsync("", cancellationToken))
            await EraseAsync(blob, person, datasets, receipt, cancellationToken);
    }

    private static bool IsOf(BlobEntry blob, Person person) => person.Uploads.Any(upload => blob.Name.StartsWith(upload, StringComparison.Ordinal));

    private async Task EraseAsync(BlobEntry blob, Person person, HashSet<string> datasets, ReceiptBuilder receipt, CancellationToken cancellationToken)
    {
        if (await ReadAsync(blob, cancellationToken) is not var (report, content))
            return;
        if (report is null)
        {
            // A page made from a report, not a report.
            if (!IsOf(blob, person) && !person.IsNamedIn(content))
                return;
            if (await _reports.DeleteAsync(blob.Name, blob.ETag, cancellationToken))
                receipt.Delete(blob.Name, blob.ETag.ToString());
            return;
        }

        var removed = person.Traces.RemoveFrom(report);
        if (IsOf(blob, person))
            removed += ClearValues(report);
        if (report is JsonObject && report["dataset"]?.GetValue<string>() is { } dataset && datasets.Contains(dataset))
            removed += Empty(report["drift"]);
        if (removed == 0)
            return;
        var options = new BlobWriteOptions { ContentType = blob.ContentType ?? "application/json", IfMatch = blob.ETag };
        var version = await _reports.WriteAsync(blob.Name, JsonSerializer.SerializeToUtf8Bytes(report, AppJson.Default.JsonNode), options, cancellationToken);
        receipt.Rewrite(blob.Name, version.ToString(), removed);
    }

    /// <summary>The document, null where the blob is none, and its bytes; null where the blob is gone.</summary>
    private async Task<(JsonNode? Report, byte[] Content)?> ReadAsync(BlobEntry blob, CancellationToken cancellationToken)
    {
        if (await _reports.FindContentAsync(blob.Name, cancellationToken) is not { } found)
            return null;
        try
        {
            return (JsonNode.Parse(found.Content), found.Content);
        }
        catch (JsonException)
        {
            return (null, found.Content);
        }
    }

    private static int ClearValues(JsonNode? node)
    {
        var cleared = 0;
        switch (node)
        {
            case JsonArray array:
                cleared += array.Sum(ClearValues);
                break;
            case JsonObject fields:
                foreach (var (name, value) in fields.ToList())
                {
                    if (value is null)
                        continue;
                    if (Values.Contains(name, StringComparer.Ordinal))
                    {
                        fields[name] = null;
                        cleared++;
                    }
                    else
                    {
                        cleared += Lists.Contains(name, StringComparer.Ordinal) ? Empty(value) : ClearValues(value);
                    }
                }

                break;
        }

        return cleared;
    }

    /// <summary>Empties an array, or all arrays of an object.</summary>
    private static int Empty(JsonNode? node)
    {
        switch (node)
        {
            case JsonArray array:
                var count = array.Count;
                array.Clear();
                return count;
            case JsonObject fields:
                return fields.Sum(field => Empty(field.Value));
            default:
                return 0;
        }
    }
}
