using System.Text.Json;
using SegFunctions.App.Memberships;
using SegFunctions.Customers.Predictions.Churn;
using SegFunctions.Customers.Segments.Clusters;
using SegFunctions.Customers.Segments.Profiles;
using SegFunctions.Storage;
using SegFunctions.Storage.Blobs;

namespace SegFunctions.App.Refresh;

/// <summary>The container <c>models</c>: <c>&lt;name&gt;/&lt;version&gt;/</c> with a report as JSON and numbers as binary.</summary>
internal sealed partial class ModelStore(StorageAccount storage, ILogger<ModelStore> logger)
{
    private const string MembersFile = "members.csv";

    private readonly BlobContainer _models = storage.Blobs.GetContainer("models");

    public async Task WriteAsync(string version, TrainedModels trained, CancellationToken cancellationToken)
    {
        await WriteJsonAsync($"stage/{version}/model.json", JsonSerializer.SerializeToUtf8Bytes(trained.Stage, CustomersJson.Default.StageModel));
        if (trained.Rfm is { } rfm)
            await WriteJsonAsync($"rfm/{version}/model.json", JsonSerializer.SerializeToUtf8Bytes(rfm, CustomersJson.Default.RfmModel));
        await WriteModelAsync(
            $"clusters/{version}", trained.Clusters.Segmentation is { } segmentation ? segmentation.Save : null,
            JsonSerializer.SerializeToUtf8Bytes(trained.Clusters.Report, CustomersJson.Default.ClusterReport));
        if (trained.Clusters.Segmentation is not null)
            await _models.WriteAsync($"clusters/{version}/{MembersFile}", trained.Clusters.Members.ToCsv(), new BlobWriteOptions { ContentType = "text/csv" }, cancellationToken);
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
        var stage = JsonSerializer.Deserialize(await ReadFileAsync($"stage/{version}/model.json", cancellationToken), CustomersJson.Default.StageModel)!;
        var rfm = await FindFileAsync($"rfm/{version}/model.json", cancellationToken) is { } scores
            ? JsonSerializer.Deserialize(scores, CustomersJson.Default.RfmModel)
            : null;
        var (clusterReport, segmentation) = await ReadClustersAsync(version, cancellationToken);
        var churnReport = await ReadFileAsync($"churn/{version}/report.json", cancellationToken);
        var churn = await FindFileAsync($"churn/{version}/model.bin", cancellationToken) is { } weights
            ? Result(ChurnModel.Load(new MemoryStream(churnReport), new MemoryStream(weights)))
            : new ChurnResult(null, JsonSerializer.Deserialize(churnReport, CustomersJson.Default.ChurnReport)!);
        return new TrainedModels(stage, rfm, new ClusterResult(segmentation, clusterReport, ClusterMembers.None), churn);
    }

    /// <summary>The clusters of an earlier run, to recognise them by; none where that run's models are gone, or are of an older program.</summary>
    public async Task<EarlierClusters> FindClustersAsync(string version, CancellationToken cancellationToken)
    {
        try
        {
            var (report, segmentation) = await ReadClustersAsync(version, cancellationToken);
            var members = await FindFileAsync($"clusters/{version}/{MembersFile}", cancellationToken) is { } csv ? ClusterMembers.FromCsv(csv) : ClusterMembers.None;
            return EarlierClusters.Of(report, segmentation, members);
        }
        catch (Exception unusable) when (unusable is InvalidDataException or BlobMissingException)
        {
            // Segments get new numbers then; a refresh that fails for good would be worse.
            LogClustersLost(unusable, version);
            return EarlierClusters.None;
        }
    }

    private async Task<(ClusterReport Report, ClusterSegmentation? Segmentation)> ReadClustersAsync(string version, CancellationToken cancellationToken)
    {
        var report = await ReadFileAsync($"clusters/{version}/report.json", cancellationToken);
        if (await FindFileAsync($"clusters/{version}/model.bin", cancellationToken) is not { } numbers)
            return (JsonSerializer.Deserialize(report, CustomersJson.Default.ClusterReport)!, null);
        var segmentation = ClusterSegmentation.Load(new MemoryStream(report), new MemoryStream(numbers));
        return (segmentation.Report, segmentation);
    }

    private async Task<byte[]> ReadFileAsync(string blob, CancellationToken cancellationToken) =>
        await FindFileAsync(blob, cancellationToken) ?? throw new BlobMissingException(_models.Name, blob);

    private async Task<byte[]?> FindFileAsync(string blob, CancellationToken cancellationToken) => (await _models.FindContentAsync(blob, cancellationToken))?.Content;

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

    [LoggerMessage(EventId = 2102, Level = LogLevel.Warning, Message = "The clusters of run {Run} cannot be read; those of today are numbered afresh.")]
    private partial void LogClustersLost(Exception exception, string run);

    private static ChurnResult Result(ChurnModel model) => new(model, model.Report);
}
