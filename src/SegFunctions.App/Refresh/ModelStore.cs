using System.Text.Json;
using SegFunctions.App.Memberships;
using SegFunctions.Customers.Predictions.Churn;
using SegFunctions.Customers.Segments.Clusters;
using SegFunctions.Customers.Segments.Profiles;
using SegFunctions.Storage;
using SegFunctions.Storage.Blobs;

namespace SegFunctions.App.Refresh;

/// <summary>The container <c>models</c>: <c>&lt;name&gt;/&lt;version&gt;/</c> with a report as JSON and numbers as binary.</summary>
internal sealed class ModelStore(StorageAccount storage)
{
    private readonly BlobContainer _models = storage.Blobs.GetContainer("models");

    public async Task WriteAsync(string version, TrainedModels trained, CancellationToken cancellationToken)
    {
        await WriteJsonAsync($"stage/{version}/model.json", JsonSerializer.SerializeToUtf8Bytes(trained.Stage, CustomersJson.Default.StageModel));
        if (trained.Rfm is { } rfm)
            await WriteJsonAsync($"rfm/{version}/model.json", JsonSerializer.SerializeToUtf8Bytes(rfm, CustomersJson.Default.RfmModel));
        await WriteModelAsync(
            $"clusters/{version}", trained.Clusters.Segmentation is { } segmentation ? segmentation.Save : null,
            JsonSerializer.SerializeToUtf8Bytes(trained.Clusters.Report, CustomersJson.Default.ClusterReport));
        await WriteModelAsync(
            $"churn/{version}", trained.Churn.Model is { } churn ? churn.Save : null,
            JsonSerializer.SerializeToUtf8Bytes(trained.Churn.Report, CustomersJson.Default.ChurnReport));

        // The report alone says that there is no model, and why.
        async Task WriteModelAsync(string folder, Action<Stream, Stream>? save, byte[] reportOnly)
        {
            using var report = new MemoryStream();
            using var numbers = new MemoryStream();
            save?.Invoke(report, numbers);
            if (save is not null)
                await _models.WriteAsync($"{folder}/model.bin", numbers.ToArray(), null, cancellationToken);
            await WriteJsonAsync($"{folder}/report.json", save is null ? reportOnly : report.ToArray());
        }

        Task WriteJsonAsync(string blob, byte[] content) =>
            _models.WriteAsync(blob, content, new BlobWriteOptions { ContentType = "application/json" }, cancellationToken);
    }

    public async Task<TrainedModels> ReadAsync(string version, CancellationToken cancellationToken)
    {
        var stage = JsonSerializer.Deserialize(await ReadAsync($"stage/{version}/model.json"), CustomersJson.Default.StageModel)!;
        var rfm = await FindAsync($"rfm/{version}/model.json") is { } scores
            ? JsonSerializer.Deserialize(scores, CustomersJson.Default.RfmModel)
            : null;
        var clusterReport = await ReadAsync($"clusters/{version}/report.json");
        var clusters = await FindAsync($"clusters/{version}/model.bin") is { } centres
            ? Result(ClusterSegmentation.Load(new MemoryStream(clusterReport), new MemoryStream(centres)))
            : new ClusterResult(null, JsonSerializer.Deserialize(clusterReport, CustomersJson.Default.ClusterReport)!);
        var churnReport = await ReadAsync($"churn/{version}/report.json");
        var churn = await FindAsync($"churn/{version}/model.bin") is { } weights
            ? Result(ChurnModel.Load(new MemoryStream(churnReport), new MemoryStream(weights)))
            : new ChurnResult(null, JsonSerializer.Deserialize(churnReport, CustomersJson.Default.ChurnReport)!);
        return new TrainedModels(stage, rfm, clusters, churn);

        async Task<byte[]> ReadAsync(string blob) => await FindAsync(blob) ?? throw new BlobMissingException(_models.Name, blob);

        async Task<byte[]?> FindAsync(string blob) => (await _models.FindContentAsync(blob, cancellationToken))?.Content;
    }

    /// <summary>Deletes the models of runs that began before <paramref name="oldest"/>, but for the run that readers see.</summary>
    /// <returns>How many blobs were deleted.</returns>
    public async Task<int> SweepAsync(DateTimeOffset oldest, string? current, CancellationToken cancellationToken)
    {
        var deleted = 0;
        await foreach (var blob in _models.ListAsync("", cancellationToken))
        {
            if (blob.Name.Split('/') is not [_, var version, _] || version == current || !RunId.IsValid(version))
                continue;
            if (new RunId(version).StartedAt < oldest && await _models.DeleteAsync(blob.Name, null, cancellationToken))
                deleted++;
        }

        return deleted;
    }

    private static ClusterResult Result(ClusterSegmentation segmentation) => new(segmentation, segmentation.Report);

    private static ChurnResult Result(ChurnModel model) => new(model, model.Report);
}
