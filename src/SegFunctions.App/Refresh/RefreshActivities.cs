using SegFunctions.App.Identity;
using SegFunctions.App.Memberships;
using SegFunctions.App.Uploads;
using SegFunctions.Customers;
using SegFunctions.Customers.Features;
using SegFunctions.Customers.Identity.Store;
using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Predictions.Churn;
using SegFunctions.Customers.Predictions.CrossSell;
using SegFunctions.Customers.Predictions.Value;
using SegFunctions.Customers.Segments.Profiles;
using SegFunctions.Orchestration;
using SegFunctions.Storage.Blobs.Lake;

namespace SegFunctions.App.Refresh;

/// <summary>The steps of a refresh. Each can be repeated, and a repetition changes nothing.</summary>
internal sealed class RefreshActivities(
    LakeOrders orders, LakeContracts contracts, LakeContacts contacts, RefreshPlans plans, FeatureStore features, ModelStore models, MembershipTables tables, RunTable runs, SegmentTable segments,
    ShardPublisher publisher, RunIdentities identities, RefreshSeats seats, RefreshOptions options, TimeProvider time)
{
    public const string PlanRefresh = nameof(PlanRefresh);
    public const string BuildFeatures = nameof(BuildFeatures);
    public const string PrepareTables = nameof(PrepareTables);
    public const string PublishGroup = nameof(PublishGroup);
    public const string SwitchRun = nameof(SwitchRun);
    public const string SweepRuns = nameof(SweepRuns);
    public const string FailRun = nameof(FailRun);

    /// <summary>Shards, by the first byte of the key.</summary>
    private const int Shards = 256;

    /// <summary>Fewest cuts of the publishing: enough for two processes to share it and for progress to be seen.</summary>
    private const int LeastPublishGroups = 16;

    /// <summary>Rows that are read to plan by; where there are more, those of a fair share of the customers.</summary>
    private const long RowsToSample = 1_000_000;

    public void Register(OrchestrationRegistry registry)
    {
        registry.AddActivity<RefreshInput, PlannedWork>(PlanRefresh, (_, input, token) => PlanAsync(input, token));
        registry.AddActivity<RunPart, bool>(BuildFeatures, (_, part, token) => seats.WithPartitionAsync(() => BuildAsync(part, token), token));
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
        if (await plans.FindAsync(input.RunId, cancellationToken) is { } decided)
            return Work(decided);
        var uploads = await orders.ListAsync(cancellationToken);
        var lines = uploads.Sum(upload => upload.Rows);
        if (lines == 0)
            return new PlannedWork(0, 0, "There are no orders yet. Drop a file of orders into 'uploads' and start again.");

        var spans = uploads.Select(LakeProperties.Of).ToArray();
        var history = new OrderHistory(spans.Min(span => span.Earliest), spans.Max(span => span.Latest), lines);
        var asOf = AsOf.Choose(input.AsOf?.UtcDateTime, history.Last, input.StartedAt.UtcDateTime);
        if (history.First >= asOf.Instant)
            return new PlannedWork(0, 0, $"There are no orders before {asOf.Instant:yyyy-MM-dd}, the date that was asked for; the first is of {history.First:yyyy-MM-dd}.");

        string[] ids = [.. uploads.Select(upload => upload.UploadId)];
        var gaps = await GapsAsync(input.RunId, ids, lines, asOf.Instant, cancellationToken);
        var partitions = 1;
        while (partitions < Shards && lines / (partitions * 2) >= options.LinesPerPartition)
            partitions *= 2;
        var current = await runs.FindCurrentAsync(cancellationToken);
        var events = await contracts.ListAsync(cancellationToken);
        var churn = await ByContractsAsync(input.RunId, ChurnPlan.Choose(history, gaps, asOf.Instant, new ChurnOptions()), events, cancellationToken);
        var plan = new RefreshPlan
        {
            Input = input,
            Seen = current?.Sequence ?? 0,
            SeenRun = current?.RunId,
            AsOf = asOf,
            Churn = churn,
            Uploads = ids,
            ContractUploads = churn.Contractual ? [.. events.Select(upload => upload.UploadId)] : [],
            MessageUploads = await contacts.ListMessagesAsync(cancellationToken),
            RecordUploads = await contacts.ListRecordsAsync(cancellationToken),
            OrderLines = lines,
            Partitions = partitions,
            PublishGroups = Math.Max(partitions, LeastPublishGroups),
        };
        return Work(await plans.DecideAsync(plan, cancellationToken));
    }

    /// <summary>The gaps between order days, of a fair share of the customers.</summary>
    private async Task<OrderGaps> GapsAsync(string run, string[] uploads, long lines, DateTime asOf, CancellationToken cancellationToken)
    {
        var parts = PartsToSample(lines);
        var sample = await orders.ReadAsync(run, uploads, partition: 0, parts, routes: null, cancellationToken);
        return OrderGaps.Of(OrderLedger.Of(sample.Span, cancellationToken: cancellationToken), asOf);
    }

    /// <summary>The plan by contracts, where the events of a fair share of the customers tell of enough of them.</summary>
    private async Task<ChurnPlan> ByContractsAsync(string run, ChurnPlan plan, IReadOnlyList<LakeManifest> events, CancellationToken cancellationToken)
    {
        var parts = PartsToSample(events.Sum(upload => upload.Rows));
        var sample = await contracts.ReadAsync(run, events.Select(upload => upload.UploadId), partition: 0, parts, routes: null, cancellationToken);
        return plan.ByContracts(sample, 1.0 / parts, new ChurnOptions());
    }

    /// <summary>Keys are pseudo-random, so the first of several equal parts of them is a fair sample.</summary>
    private static int PartsToSample(long rows)
    {
        var parts = 1;
        while (parts < Shards && rows / parts > RowsToSample)
            parts *= 2;
        return parts;
    }

    private async Task<bool> BuildAsync(RunPart part, CancellationToken cancellationToken)
    {
        var plan = await plans.ReadAsync(part.RunId, cancellationToken);
        var routes = await identities.RoutesAsync(part.RunId, cancellationToken);
        var (ledger, products, categories) = await LedgerAsync(plan, part, routes, cancellationToken);
        var sets = FeatureExtraction.Extract(ledger, [.. plan.Looks, plan.AsOf.Instant], cancellationToken: cancellationToken);
        var samples = plan.Churn.Contractual
            ? ChurnSample.Take(ledger, plan.Churn, await EndedAsync(plan, part, routes, sets[^1], cancellationToken), cancellationToken: cancellationToken)
            : ChurnSample.Take(ledger, plan.Churn, cancellationToken: cancellationToken);
        for (var origin = 0; origin < samples.Length; origin++)
            await features.WriteSampleAsync(part.RunId, origin, part.Part, samples[origin], cancellationToken);
        foreach (var (level, names) in new[] { (ItemLevel.Product, products), (ItemLevel.Category, categories) })
            await features.WriteItemsAsync(part.RunId, part.Part, ItemHistory.Take(ledger, level, names, plan.AsOf.Instant), cancellationToken);
        await features.WriteOrderDaysAsync(part.RunId, part.Part, isToday: true, OrderDays.Take(ledger, plan.AsOf.Instant, horizonDays: 0), cancellationToken);
        if (plan.Churn.HorizonDays is { } days)
            await features.WriteOrderDaysAsync(part.RunId, part.Part, isToday: false, OrderDays.Take(ledger, plan.Looks[^1], days), cancellationToken);
        for (var look = 0; look < plan.Looks.Count; look++)
            await features.WriteLookAsync(part.RunId, part.Part, look, sets[look], cancellationToken);
        await features.WriteContactsAsync(
            part.RunId, part.Part, await contacts.ReadAsync(plan, part.Part, routes, sets[^1], cancellationToken), cancellationToken);
        await features.WriteAsync(part.RunId, part.Part, sets[^1], cancellationToken);
        return true;
    }

    /// <summary>The orders of a partition, with what products and categories are called; the lines as they were read are not kept beside it.</summary>
    private async Task<(OrderLedger Ledger, ItemNames Products, ItemNames Categories)> LedgerAsync(
        RefreshPlan plan, RunPart part, IdentityRoutes routes, CancellationToken cancellationToken)
    {
        var reader = await orders.ReadAsync(part.RunId, plan.Uploads, part.Part, plan.Partitions, routes, cancellationToken);
        return (OrderLedger.Of(reader.Span, cancellationToken: cancellationToken), reader.Products, reader.Categories);
    }

    /// <summary>The contracts of a partition; who has none any more is kept for the publishing.</summary>
    private async Task<ContractHistory> EndedAsync(RefreshPlan plan, RunPart part, IdentityRoutes routes, FeatureSet today, CancellationToken cancellationToken)
    {
        var history = await contracts.ReadAsync(part.RunId, plan.ContractUploads, part.Part, plan.Partitions, routes, cancellationToken);
        var ended = new List<KeyValuePair<CustomerKey, DateTime>>();
        foreach (var customer in today.Customers)
        {
            if (history.EndedBefore(customer, plan.AsOf.Instant) is { } instant)
                ended.Add(KeyValuePair.Create(customer, instant));
        }

        await features.WriteEndedAsync(part.RunId, part.Part, ended, cancellationToken);
        return history;
    }

    /// <summary>Makes room for a run's versions.</summary>
    private async Task<bool> PrepareAsync(string run, CancellationToken cancellationToken)
    {
        var plan = await plans.ReadAsync(run, cancellationToken);
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
        var plan = await plans.ReadAsync(part.RunId, cancellationToken);
        var trained = await models.ReadAsync(part.RunId, cancellationToken);
        var scorer = trained.Scorer();
        var partition = part.Part / (plan.PublishGroups / plan.Partitions);
        var set = await features.ReadAsync(part.RunId, partition, plan.AsOf.Instant, cancellationToken);
        var products = trained.Products.Model?.For(await features.ReadItemsAsync(part.RunId, partition, ItemLevel.Product, cancellationToken));
        var categories = trained.Categories.Model?.For(await features.ReadItemsAsync(part.RunId, partition, ItemLevel.Category, cancellationToken));
        var days = await features.ReadOrderDaysAsync(part.RunId, partition, isToday: true, plan.AsOf.Instant, cancellationToken);
        var ended = plan.Churn.Contractual ? await features.ReadEndedAsync(part.RunId, partition, cancellationToken) : [];
        var contact = await features.ReadContactsAsync(part.RunId, partition, cancellationToken);
        var totals = new TotalsBuilder();
        long written = 0;
        // Rows ascend by key, and so do shards: one shard's profiles are in memory at a time.
        var range = KeyRange.OfPartition(part.Part, plan.PublishGroups);
        var row = 0;
        while (row < set.Rows && !range.Contains(set.Customers[row]))
            row++;
        var width = Shards / plan.PublishGroups;
        for (var shard = part.Part * width; shard < (part.Part + 1) * width; shard++)
        {
            // Shards without customers are compared too: the customers of the run before may have gone.
            var found = new Dictionary<string, CustomerProfile>(StringComparer.Ordinal);
            for (; row < set.Rows && set.Customers[row].FirstByte == shard; row++)
            {
                var scored = scorer.Score(
                    set[row], new NextItems(products?.Of(row), categories?.Of(row)), trained.Value.Model?.Score(days, row),
                    ended.TryGetValue(set.Customers[row], out var instant) ? instant : null);
                var customer = scored with { Contact = contact.GetValueOrDefault(scored.Customer) };
                totals.Add(customer);
                found.Add(customer.Customer, customer);
            }

            await RequirePlaceAsync(part.RunId, cancellationToken);
            written += await publisher.PublishAsync(shard.ToString("x2"), plan.Input.Sequence, plan.Seen, plan.Input.StartedAt, found, cancellationToken);
        }

        return totals.Build(written);
    }

    private async Task<bool> SwitchAsync(FinishedRun finished, CancellationToken cancellationToken)
    {
        var plan = await plans.ReadAsync(finished.RunId, cancellationToken);
        var trained = await models.ReadAsync(finished.RunId, cancellationToken);
        var totals = finished.Totals;
        var clusters = trained.Clusters.Report;
        var profiles = clusters.Clusters.Concat(clusters.Micro.Segments).ToDictionary(group => group.SegmentId, StringComparer.Ordinal);
        var records = trained.Scorer().Segments.Select(definition =>
        {
            var total = totals.Segments.GetValueOrDefault(definition.Id) ?? new SegmentTotal(0, 0);
            var profile = profiles.GetValueOrDefault(definition.Id);
            var moves = trained.Migration.Kinds.SelectMany(kind => kind.Segments).FirstOrDefault(one => one.From == definition.Id);
            return new SegmentRecord(
                definition, total.Members, Share(total.Members, totals.Customers), Math.Round(total.Revenue, 2), Share(total.Revenue, totals.Revenue), profile, moves);
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
            Identity = await identities.FindReportAsync(finished.RunId, cancellationToken),
            OrderLines = plan.OrderLines,
            RowsWritten = totals.RowsWritten,
            Clustering = clusters.Reason,
            ClusterChanges = clusters.Changes,
            Churn = trained.Churn.Report,
            Lifetime = trained.Value.Report,
            NextProducts = trained.Products.Report,
            NextCategories = trained.Categories.Report,
            // Where each segment's customers go stands with the segment: a row of a table holds no more than 32k letters.
            Migration = trained.Migration with { Kinds = [.. trained.Migration.Kinds.Select(kind => kind with { Segments = [] })] },
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

    private static PlannedWork Work(RefreshPlan plan) => new(plan.Partitions, plan.PublishGroups, Fault: null);

    private static double Share(double part, double whole) => whole > 0 ? Math.Round(part / whole, 4) : 0;
}
