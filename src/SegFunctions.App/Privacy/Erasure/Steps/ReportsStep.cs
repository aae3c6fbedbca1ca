using System.Text.Json;
using System.Text.Json.Nodes;
using SegFunctions.Storage;
using SegFunctions.Storage.Blobs;

namespace SegFunctions.App.Privacy.Erasure.Steps;

/// <summary>Takes samples of the person, and extremes that may be the person's, out of the quality reports.</summary>
internal sealed class ReportsStep(StorageAccount storage) : ErasureStep
{
    private static readonly string[] Extremes = ["minimum", "maximum"];
    private readonly BlobContainer _reports = storage.Blobs.GetContainer("reports");

    public override string Store => "reports";

    public override async Task EraseAsync(Person person, ReceiptBuilder receipt, CancellationToken cancellationToken)
    {
        await foreach (var blob in _reports.ListAsync("", cancellationToken))
        {
            if (await _reports.FindContentAsync(blob.Name, cancellationToken) is not { } found)
                continue;
            if (Read(found.Content) is not { } report)
            {
                if (!person.IsNamedIn(found.Content))
                    continue;
                await _reports.DeleteAsync(blob.Name, found.ETag, cancellationToken);
                receipt.Delete(blob.Name, found.ETag.ToString());
                continue;
            }

            var removed = person.Traces.RemoveFrom(report);
            if (person.Uploads.Any(upload => blob.Name.StartsWith(upload, StringComparison.Ordinal)))
                removed += ClearExtremes(report);
            if (removed == 0)
                continue;
            var options = new BlobWriteOptions { ContentType = blob.ContentType ?? "application/json", IfMatch = found.ETag };
            var version = await _reports.WriteAsync(blob.Name, JsonSerializer.SerializeToUtf8Bytes(report, AppJson.Default.JsonNode), options, cancellationToken);
            receipt.Rewrite(blob.Name, version.ToString(), removed);
        }
    }

    private static JsonNode? Read(byte[] content)
    {
        try
        {
            return JsonNode.Parse(content);
        }
        catch (JsonException)
        {
            // A page made from a report, not a report.
            return null;
        }
    }

    /// <summary>The largest amount of a column may be the person's.</summary>
    private static int ClearExtremes(JsonNode? node)
    {
        var cleared = 0;
        switch (node)
        {
            case JsonArray array:
                cleared += array.Sum(ClearExtremes);
                break;
            case JsonObject fields:
                foreach (var (name, value) in fields.ToList())
                {
                    if (value is JsonArray or JsonObject)
                    {
                        cleared += ClearExtremes(value);
                    }
                    else if (value is not null && Extremes.Contains(name, StringComparer.Ordinal))
                    {
                        fields[name] = null;
                        cleared++;
                    }
                }

                break;
        }

        return cleared;
    }
}
