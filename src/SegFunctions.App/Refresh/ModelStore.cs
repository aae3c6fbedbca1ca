using System.Text.Json;
using SegFunctions.App.Memberships;
using SegFunctions.Customers.Predictions.Churn;
using SegFunctions.Customers.Predictions.CrossSell;
using SegFunctions.Customers.Predictions.Migration;
using SegFunctions.Customers.Predictions.Value;
using SegFunctions.Customers.Segments.Clusters;
using SegFunctions.Customers.Segments.Profiles;
using SegFunctions.Customers.Segments.Rfm;
using SegFunctions.Customers.Segments.Stage;
using SegFunctions.Storage;
using SegFunctions.Storage.Blobs;

namespace SegFunctions.App.Refresh;

/// <summary>The container <c>models</c>: <c>&lt;name&gt;/&lt;version&gt;/</c> with a report as JSON and numbers as binary.</summary>
internal sealed partial class ModelStore(StorageAccount storage, ILogger<ModelStore> logger)
{
    private const string ReportFile = "report.json";
    private const string NumbersFile = "model.bin";
    private const string MembersFile = "members.csv";

    private readonly BlobContainer _models = storage.Blobs.GetContainer("models");

    public async Task WriteSegmentsAsync(string version, StageModel stage, RfmModel? rfm, ClusterResult clusters, CancellationToken cancellationToken)
    {
        await WriteJsonAsync($"stage/{version}/model.json", JsonSerializer.SerializeToUtf8Bytes(stage, CustomersJson.Default.StageModel), cancellationToken);
        if (rfm is not null)
            await WriteJsonAsync($"rfm/{version}/model.json", JsonSerializer.SerializeToUtf8Bytes(rfm, CustomersJson.Default.RfmModel), cancellationToken);
        if (clusters.Segmentation is not null)
            await _models.WriteAsync($"clusters/{version}/{MembersFile}", clusters.Members.ToCsv(), new BlobWriteOptions { ContentType = "text/csv" }, cancellationToken);
        await WriteModelAsync(
            $"clusters/{version}", clusters.Segmentation is { } segmentation ? segmentation.Save : null,
            JsonSerializer.SerializeToUtf8Bytes(clusters.Report, CustomersJson.Default.ClusterReport), cancellationToken);
    }

    public Task WriteChurnAsync(string version, ChurnResult churn, CancellationToken cancellationToken) => WriteModelAsync(
        $"churn/{version}", churn.Model is { } model ? model.Save : null,
        JsonSerializer.SerializeToUtf8Bytes(churn.Report, CustomersJson.Default.ChurnReport), cancellationToken);

    public Task WriteNextItemsAsync(string version, CrossSellResult items, CancellationToken cancellationToken) => WriteModelAsync(
        $"{NextItems(items.Report.Level)}/{version}", items.Model is { } model ? model.Save : null,
        JsonSerializer.SerializeToUtf8Bytes(items.Report, CustomersJson.Default.CrossSellReport), cancellationToken);

    public Task WriteValueAsync(string version, ValueResult value, CancellationToken cancellationToken) => WriteModelAsync(
        $"lifetime/{version}", value.Model is { } model ? model.Save : null,
        JsonSerializer.SerializeToUtf8Bytes(value.Report, CustomersJson.Default.ValueReport), cancellationToken);

    public Task WriteMigrationAsync(string version, MigrationReport migration, CancellationToken cancellationToken) => WriteJsonAsync(
        $"migration/{version}/{ReportFile}", JsonSerializer.SerializeToUtf8Bytes(migration, CustomersJson.Default.MigrationReport), cancellationToken);

    /// <summary>All that a run has learned.</summary>
    public async Task<TrainedModels> ReadAsync(string version, CancellationToken cancellationToken)
    {
        var (stage, rfm, clusters) = await ReadSegmentsAsync(version, cancellationToken);
        return new TrainedModels(
            stage,
            rfm,
            clusters,
            await ReadChurnAsync(version, cancellationToken),
            await ReadValueAsync(version, cancellationToken),
            await ReadNextItemsAsync(version, ItemLevel.Product, cancellationToken),
            await ReadNextItemsAsync(version, ItemLevel.Category, cancellationToken),
            JsonSerializer.Deserialize(await ReadFileAsync($"migration/{version}/{ReportFile}", cancellationToken), CustomersJson.Default.MigrationReport)!);
    }

    public async Task<(StageModel Stage, RfmModel? Rfm, ClusterResult Clusters)> ReadSegmentsAsync(string version, CancellationToken cancellationToken)
    {
        var stage = JsonSerializer.Deserialize(await ReadFileAsync($"stage/{version}/model.json", cancellationToken), CustomersJson.Default.StageModel)!;
        var rfm = await FindFileAsync($"rfm/{version}/model.json", cancellationToken) is { } scores
            ? JsonSerializer.Deserialize(scores, CustomersJson.Default.RfmModel)
            : null;
        var (report, segmentation) = await ReadClustersAsync(version, cancellationToken);
        return (stage, rfm, new ClusterResult(segmentation, report, ClusterMembers.None));
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
        var report = await ReadFileAsync($"clusters/{version}/{ReportFile}", cancellationToken);
        if (await FindFileAsync($"clusters/{version}/{NumbersFile}", cancellationToken) is not { } numbers)
            return (JsonSerializer.Deserialize(report, CustomersJson.Default.ClusterReport)!, null);
        var segmentation = ClusterSegmentation.Load(new MemoryStream(report), new MemoryStream(numbers));
        return (segmentation.Report, segmentation);
    }

    private async Task<ChurnResult> ReadChurnAsync(string version, CancellationToken cancellationToken)
    {
        var report = await ReadFileAsync($"churn/{version}/{ReportFile}", cancellationToken);
        if (await FindFileAsync($"churn/{version}/{NumbersFile}", cancellationToken) is not { } numbers)
            return new ChurnResult(null, JsonSerializer.Deserialize(report, CustomersJson.Default.ChurnReport)!);
        var model = ChurnModel.Load(new MemoryStream(report), new MemoryStream(numbers));
        return new ChurnResult(model, model.Report);
    }

    private async Task<ValueResult> ReadValueAsync(string version, CancellationToken cancellationToken)
    {
        var report = await ReadFileAsync($"lifetime/{version}/{ReportFile}", cancellationToken);
        if (await FindFileAsync($"lifetime/{version}/{NumbersFile}", cancellationToken) is not { } numbers)
            return new ValueResult(null, JsonSerializer.Deserialize(report, CustomersJson.Default.ValueReport)!);
        var model = ValueModel.Load(new MemoryStream(report), new MemoryStream(numbers));
        return new ValueResult(model, model.Report);
    }

    private async Task<CrossSellResult> ReadNextItemsAsync(string version, ItemLevel level, CancellationToken cancellationToken)
    {
        var folder = $"{NextItems(level)}/{version}";
        var report = await ReadFileAsync($"{folder}/{ReportFile}", cancellationToken);
        if (await FindFileAsync($"{folder}/{NumbersFile}", cancellationToken) is not { } numbers)
            return new CrossSellResult(null, JsonSerializer.Deserialize(report, CustomersJson.Default.CrossSellReport)!);
        var model = CrossSellModel.Load(new MemoryStream(report), new MemoryStream(numbers));
        return new CrossSellResult(model, model.Report);
    }

    /// <summary>The report alone says that there is no model, and why.</summary>
    private async Task WriteModelAsync(string folder, Action<Stream, Stream>? save, byte[] reportOnly, CancellationToken cancellationToken)
    {
        using var report = new MemoryStream();
        using var numbers = new MemoryStream();
        save?.Invoke(report, numbers);
        if (save is not null)
            await _models.WriteAsync($"{folder}/{NumbersFile}", numbers.ToArray(), null, cancellationToken);
        await WriteJsonAsync($"{folder}/{ReportFile}", save is null ? reportOnly : report.ToArray(), cancellationToken);
    }

    private Task WriteJsonAsync(string blob, byte[] content, CancellationToken cancellationToken) =>
        _models.WriteAsync(blob, content, new BlobWriteOptions { ContentType = "application/json" }, cancellationToken);

    private static string NextItems(ItemLevel level) => level == ItemLevel.Product ? "next-products" : "next-categories";

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
}
