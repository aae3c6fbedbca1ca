using System.Text.Json;
using SegFunctions.App.Memberships;
using SegFunctions.App.Uploads;
using SegFunctions.Customers.Features;
using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Intake.Orders;
using SegFunctions.Customers.Predictions.Churn;
using SegFunctions.Customers.Segments.Clusters;
using SegFunctions.Customers.Segments.Profiles;
using SegFunctions.Orchestration;
using SegFunctions.Storage.Blobs.Lake;

namespace SegFunctions.App.Refresh;

/// <summary>The steps of a refresh. Each can be repeated, and a repetition changes nothing.</summary>
internal sealed class RefreshActivities(
    Lake lake, FeatureStore features, ModelStore models, MembershipTables tables, RunTable runs, SegmentTable segments,
    ShardPublisher publisher, RefreshOptions options, TimeProvider time)
{
    public const string PlanRefresh = nameof(PlanRefresh);
    public const string BuildFeatures = nameof(BuildFeatures);
    public const string TrainModels = nameof(TrainModels);
    public const string PrepareTables = nameof(PrepareTables);
    public const string PublishGroup = nameof(PublishGroup);
    public const string SwitchRun = nameof(SwitchRun);
    public const string SweepRuns = nameof(SweepRuns);
    public const string FailRun = nameof(FailRun);

    /// <summary>Shards, by the first byte of the key.</summary>
    private const int Shards = 256;

    /// <summary>Fewest cuts of the publishing: enough for two processes to share it and for progress to be seen.</summary>
    private const int LeastPublishGroups = 16;

    private const string PlanFile = "plan.json";
    private const string Orders = "orders";

    public void Register(OrchestrationRegistry registry)
    {
        registry.AddActivity<RefreshInput, PlannedWork>(PlanRefresh, (_, input, token) => PlanAsync(input, token));
        registry.AddActivity<RunPart, bool>(BuildFeatures, (_, part, token) => BuildAsync(part, token));
        registry.AddActivity<string, bool>(TrainModels, (_, run, token) => TrainAsync(run, token));
        registry.AddActivity<string, bool>(PrepareTables, (_, run, token) => PrepareAsync(run, token));
        registry.AddActivity<RunPart, RunTotals>(PublishGroup, (_, part, token) => PublishAsync(part, token));
        registry.AddActivity<FinishedRun, bool>(SwitchRun, (_, run, token) => SwitchAsync(run, token));
        registry.AddActivity<string, bool>(SweepRuns, (_, run, token) => SweepAsync(run, token));
        registry.AddActivity<FailedRun, bool>(FailRun, (_, run, token) => FailAsync(run, token));
    }

    private async Task<PlannedWork> PlanAsync(RefreshInput input, CancellationToken cancellationToken)
    {
        await tables.EnsureCreatedAsync(cancellationToken);
        await runs.AddAsync(RunRecord.Begun(input), cancellationToken);
        if (await features.FindFileAsync(input.RunId, PlanFile, cancellationToken) is { } decided)
            return Work(ReadPlan(input.RunId, decided));
        var uploads = await lake.ListAsync(Orders, cancellationToken);
        var lines = uploads.Sum(upload => upload.Rows);
        if (lines == 0)
            return new PlannedWork(0, 0, "There are no orders yet. Drop a file of orders into 'uploads' and start again.");

        var spans = uploads.Select(LakeProperties.Of).ToArray();
        var history = new OrderHistory(spans.Min(span => span.Earliest), spans.Max(span => span.Latest), lines);
        var asOf = AsOf.Choose(input.AsOf?.UtcDateTime, history.Last, input.StartedAt.UtcDateTime);
        if (history.First >= asOf.Instant)
            return new PlannedWork(0, 0, $"There are no orders before {asOf.Instant:yyyy-MM-dd}, the date that was asked for; the first is of {history.First:yyyy-MM-dd}.");

        var partitions = 1;
        while (partitions < Shards && lines / (partitions * 2) >= options.LinesPerPartition)
            partitions *= 2;
        var current = await runs.FindCurrentAsync(cancellationToken);
        var plan = new RefreshPlan
        {
            Input = input,
            Seen = current?.Sequence ?? 0,
            SeenRun = current?.RunId,
            AsOf = asOf,
            Churn = ChurnPlan.Choose(history, asOf.Instant, new ChurnOptions()),
            Uploads = [.. uploads.Select(upload => upload.UploadId)],
            OrderLines = lines,
            Partitions = partitions,
            PublishGroups = Math.Max(partitions, LeastPublishGroups),
        };
        // The first plan stays: a step that is repeated late must not cut the work in another way, nor read other uploads.
        await features.WriteFileOnceAsync(
            input.RunId, PlanFile, JsonSerializer.SerializeToUtf8Bytes(plan, AppJson.Default.RefreshPlan), cancellationToken);
        return Work(await ReadPlanAsync(input.RunId, cancellationToken));
    }

    private async Task<bool> BuildAsync(RunPart part, CancellationToken cancellationToken)
    {
        var plan = await ReadPlanAsync(part.RunId, cancellationToken);
        var reader = new OrderLineReader(KeyRange.OfPartition(part.Part, plan.Partitions));
        foreach (var id in plan.Uploads)
        {
            var upload = await lake.FindAsync(Orders, id, cancellationToken)
                ?? throw new InvalidOperationException($"The upload '{id}' was deleted from the lake while run {part.RunId} was working; start another run.");
            foreach (var stored in upload.PartsCovering(part.Part, plan.Partitions))
                await reader.AddAsync(await lake.OpenPartAsync(upload, stored, cancellationToken), cancellationToken);
        }

        var ledger = OrderLedger.Of(reader.Span, cancellationToken: cancellationToken);
        var set = FeatureExtraction.Extract(ledger, plan.AsOf.Instant, cancellationToken: cancellationToken);
        var samples = ChurnSample.Take(ledger, plan.Churn, cancellationToken: cancellationToken);
        for (var origin = 0; origin < samples.Length; origin++)
            await features.WriteSampleAsync(part.RunId, origin, part.Part, samples[origin], cancellationToken);
        await features.WriteAsync(part.RunId, part.Part, set, cancellationToken);
        return true;
    }

    private async Task<bool> TrainAsync(string run, CancellationToken cancellationToken)
    {
        var plan = await ReadPlanAsync(run, cancellationToken);
        var sets = new List<FeatureSet>(plan.Partitions);
        for (var partition = 0; partition < plan.Partitions; partition++)
            sets.Add(await features.ReadAsync(run, partition, plan.AsOf.Instant, cancellationToken));
        var samples = new List<ChurnSample>();
        for (var origin = 0; origin < plan.Churn.Origins.Count; origin++)
            samples.Add(await features.ReadSampleAsync(run, origin, plan.Partitions, plan.Churn, cancellationToken));
        var previous = plan.SeenRun is { } seen ? await models.FindClustersAsync(seen, cancellationToken) : EarlierClusters.None;
        var trained = TrainedModels.Fit(FeatureSet.Join(sets), plan.Churn, samples, previous, plan.Input.Seed, cancellationToken);
        await models.WriteAsync(run, trained, cancellationToken);
        return true;
    }

    /// <summary>Makes room for a run's versions.</summary>
    private async Task<bool> PrepareAsync(string run, CancellationToken cancellationToken)
    {
        var plan = await ReadPlanAsync(run, cancellationToken);
        await RequirePlaceAsync(run, cancellationToken);
        // From here on rows lose what runs before the visible one said. Its segments go first: a listing that began under
        // such a run finds them missing and begins again, rather than show some of its members.
        await segments.SweepAsync(plan.Seen, cancellationToken);
        if (plan.Input.Sequence > plan.Seen + 1)
            await publisher.RepairAsync(plan.Seen, plan.Input.Sequence, cancellationToken);
        return true;
    }

    private async Task<RunTotals> PublishAsync(RunPart part, CancellationToken cancellationToken)
    {
        var plan = await ReadPlanAsync(part.RunId, cancellationToken);
        var trained = await models.ReadAsync(part.RunId, cancellationToken);
        var scorer = trained.Scorer();
        var partition = part.Part / (plan.PublishGroups / plan.Partitions);
        var set = await features.ReadAsync(part.RunId, partition, plan.AsOf.Instant, cancellationToken);
        var range = KeyRange.OfPartition(part.Part, plan.PublishGroups);
        var shards = new Dictionary<string, Dictionary<string, CustomerProfile>>(StringComparer.Ordinal);
        var totals = new TotalsBuilder();
        for (var row = 0; row < set.Rows; row++)
        {
            if (!range.Contains(set.Customers[row]))
                continue;
            var customer = scorer.Score(set[row]);
            totals.Add(customer);
            var shard = set.Customers[row].Shard;
            if (!shards.TryGetValue(shard, out var found))
                shards[shard] = found = new Dictionary<string, CustomerProfile>(StringComparer.Ordinal);
            found.Add(customer.Customer, customer);
        }

        long written = 0;
        var width = Shards / plan.PublishGroups;
        for (var first = part.Part * width; first < (part.Part + 1) * width; first++)
        {
            await RequirePlaceAsync(part.RunId, cancellationToken);
            // Shards without customers are compared too: the customers of the run before may have gone.
            var shard = first.ToString("x2");
            var found = shards.GetValueOrDefault(shard) ?? [];
            written += await publisher.PublishAsync(shard, plan.Input.Sequence, plan.Seen, plan.Input.StartedAt, found, cancellationToken);
        }

        return totals.Build(written);
    }

    private async Task<bool> SwitchAsync(FinishedRun finished, CancellationToken cancellationToken)
    {
        var plan = await ReadPlanAsync(finished.RunId, cancellationToken);
        var trained = await models.ReadAsync(finished.RunId, cancellationToken);
        var totals = finished.Totals;
        var records = trained.Scorer().Segments.Select(definition =>
        {
            var total = totals.Segments.GetValueOrDefault(definition.Id) ?? new SegmentTotal(0, 0);
            var profile = trained.Clusters.Report.Clusters.FirstOrDefault(cluster => ClusterProfile.IdOf(cluster.Number) == definition.Id);
            return new SegmentRecord(
                definition, total.Members, Share(total.Members, totals.Customers), Math.Round(total.Revenue, 2), Share(total.Revenue, totals.Revenue), profile);
        });
        await segments.WriteAsync(plan.Input.Sequence, records, cancellationToken);

        var now = time.GetUtcNow();
        var record = RunRecord.Begun(plan.Input) with
        {
            Status = RunStatus.Completed,
            EndedAt = now,
            AsOf = new DateTimeOffset(plan.AsOf.Instant),
            AsOfReason = plan.AsOf.Reason,
            Customers = totals.Customers,
            OrderLines = plan.OrderLines,
            RowsWritten = totals.RowsWritten,
            Clustering = trained.Clusters.Report.Reason,
            ClusterChanges = trained.Clusters.Report.Changes,
            Churn = trained.Churn.Report,
        };
        var current = new CurrentRun(
            plan.Input.Sequence, finished.RunId, record.AsOf.Value, plan.AsOf.Reason, now, trained.Versions(finished.RunId), totals.Customers);
        return await runs.SwitchAsync(current, record, cancellationToken) ? true : throw LostPlace(finished.RunId);
    }

    private async Task<bool> SweepAsync(string run, CancellationToken cancellationToken)
    {
        // Rows and segments of the run before stay: listings that began under it go on until the next run publishes.
        await features.SweepAsync(run, cancellationToken);
        return true;
    }

    private async Task<bool> FailAsync(FailedRun failed, CancellationToken cancellationToken)
    {
        // A run that has been published has not failed, whatever went wrong after.
        if (await runs.FindAsync(new RunId(failed.RunId), cancellationToken) is { Status: not RunStatus.Completed } run)
            await runs.WriteAsync(run with { Status = RunStatus.Failed, EndedAt = time.GetUtcNow(), Error = failed.Error }, cancellationToken);
        await runs.LeavePlaceAsync(failed.RunId, cancellationToken);
        return true;
    }

    /// <summary>A run that was terminated, and lost its place to another, may still be at work in some process.</summary>
    private async Task RequirePlaceAsync(string run, CancellationToken cancellationToken)
    {
        if (!await runs.HoldsPlaceAsync(run, cancellationToken))
            throw LostPlace(run);
    }

    private static InvalidOperationException LostPlace(string run) =>
        new($"Run {run} was ended before it was done; nothing of it is served. Start another run.");

    private async Task<RefreshPlan> ReadPlanAsync(string run, CancellationToken cancellationToken) =>
        ReadPlan(run, await features.ReadFileAsync(run, PlanFile, cancellationToken));

    private static RefreshPlan ReadPlan(string run, byte[] json) =>
        JsonSerializer.Deserialize(json, AppJson.Default.RefreshPlan)
            ?? throw new InvalidDataException($"features/{run}/{PlanFile} holds null.");

    private static PlannedWork Work(RefreshPlan plan) => new(plan.Partitions, plan.PublishGroups, Fault: null);

    private static double Share(double part, double whole) => whole > 0 ? Math.Round(part / whole, 4) : 0;
}
