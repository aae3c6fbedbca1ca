using SegFunctions.Customers.Predictions.Churn;
using SegFunctions.Customers.Predictions.CrossSell;
using SegFunctions.Customers.Predictions.Migration;
using SegFunctions.Customers.Predictions.Value;
using SegFunctions.Customers.Segments.Clusters;
using SegFunctions.Customers.Segments.Rfm;
using SegFunctions.Customers.Segments.Stage;
using SegFunctions.Learning.Choice;
using SegFunctions.Orchestration;

namespace SegFunctions.App.Refresh;

/// <summary>The steps of a refresh that learn, one a model, so that each is repeated alone and two processes share them.</summary>
internal sealed class RefreshTraining(RefreshPlans plans, FeatureStore features, ModelStore models, RefreshSeats seats)
{
    public const string TrainSegments = nameof(TrainSegments);
    public const string TrainChurn = nameof(TrainChurn);
    public const string TrainNextProducts = nameof(TrainNextProducts);
    public const string TrainNextCategories = nameof(TrainNextCategories);
    public const string TrainLifetime = nameof(TrainLifetime);
    public const string TrainMigration = nameof(TrainMigration);

    /// <summary>Steps that need nothing but features.</summary>
    public static IReadOnlyList<string> First { get; } = [TrainSegments, TrainChurn, TrainNextProducts, TrainNextCategories, TrainLifetime];

    /// <summary>Steps that need the segments.</summary>
    public static IReadOnlyList<string> Second { get; } = [TrainMigration];

    public void Register(OrchestrationRegistry registry)
    {
        Add(TrainSegments, SegmentsAsync);
        Add(TrainChurn, ChurnAsync);
        Add(TrainNextProducts, (run, token) => NextItemsAsync(run, ItemLevel.Product, token));
        Add(TrainNextCategories, (run, token) => NextItemsAsync(run, ItemLevel.Category, token));
        Add(TrainLifetime, LifetimeAsync);
        Add(TrainMigration, MigrationAsync);

        void Add(string name, Func<string, CancellationToken, Task<bool>> learn) =>
            registry.AddActivity<string, bool>(name, (_, run, token) => seats.WithAllAsync(() => learn(run, token), token));
    }

    private async Task<bool> SegmentsAsync(string run, CancellationToken cancellationToken)
    {
        var plan = await plans.ReadAsync(run, cancellationToken);
        var set = await features.ReadAllAsync(run, plan.Partitions, plan.AsOf.Instant, cancellationToken);
        var previous = plan.SeenRun is { } seen ? await models.FindClustersAsync(seen, cancellationToken) : EarlierClusters.None;
        var options = new ClusterOptions { Choice = new AutoClusteringOptions { Seed = plan.Input.Seed } };
        await models.WriteSegmentsAsync(
            run, StageModel.Fit(set), RfmModel.Fit(set), Clustering.Fit(set, options, previous, cancellationToken), cancellationToken);
        return true;
    }

    private async Task<bool> ChurnAsync(string run, CancellationToken cancellationToken)
    {
        var plan = await plans.ReadAsync(run, cancellationToken);
        var samples = new List<ChurnSample>();
        for (var origin = 0; origin < plan.Churn.Origins.Count; origin++)
            samples.Add(await features.ReadSampleAsync(run, origin, plan.Partitions, plan.Churn, cancellationToken));
        await models.WriteChurnAsync(run, ChurnTraining.Fit(plan.Churn, samples, new ChurnOptions { Seed = plan.Input.Seed }, cancellationToken), cancellationToken);
        return true;
    }

    private async Task<bool> NextItemsAsync(string run, ItemLevel level, CancellationToken cancellationToken)
    {
        var plan = await plans.ReadAsync(run, cancellationToken);
        var items = await features.ReadAllItemsAsync(run, plan.Partitions, level, cancellationToken);
        var options = new CrossSellOptions { Seed = plan.Input.Seed };
        var learned = CrossSellTraining.Fit(items, plan.AsOf.Instant, plan.Churn.HorizonDays, options, cancellationToken);
        await models.WriteNextItemsAsync(run, learned, cancellationToken);
        return true;
    }

    private async Task<bool> LifetimeAsync(string run, CancellationToken cancellationToken)
    {
        var plan = await plans.ReadAsync(run, cancellationToken);
        var today = await OrderDaysAsync(isToday: true, plan.AsOf.Instant);
        var before = plan.Looks.Count == 0 ? null : await OrderDaysAsync(isToday: false, plan.Looks[^1]);
        var options = new ValueOptions { Seed = plan.Input.Seed };
        await models.WriteValueAsync(run, ValueTraining.Fit(today, before, plan.Churn.HorizonDays, options, cancellationToken), cancellationToken);
        return true;

        async Task<OrderDays> OrderDaysAsync(bool isToday, DateTime asOf)
        {
            var parts = new List<OrderDays>(plan.Partitions);
            for (var partition = 0; partition < plan.Partitions; partition++)
                parts.Add(await features.ReadOrderDaysAsync(run, partition, isToday, asOf, cancellationToken));
            return OrderDays.Join(parts);
        }
    }

    /// <summary>Looks at the customers of today as they were one and two horizons ago, a partition after the other.</summary>
    private async Task<bool> MigrationAsync(string run, CancellationToken cancellationToken)
    {
        var plan = await plans.ReadAsync(run, cancellationToken);
        var (stage, rfm, clusters) = await models.ReadSegmentsAsync(run, cancellationToken);
        var transitions = SegmentScheme.All(stage, rfm, clusters.Segmentation)
            .Select(scheme => new SchemeTransitions(scheme, new TransitionCounts(scheme.Segments.Count), new TransitionCounts(scheme.Segments.Count)))
            .ToArray();
        for (var partition = 0; plan.Looks.Count == 2 && partition < plan.Partitions; partition++)
        {
            var older = await features.ReadLookAsync(run, partition, look: 0, plan.Looks[0], cancellationToken);
            var newer = await features.ReadLookAsync(run, partition, look: 1, plan.Looks[1], cancellationToken);
            var today = await features.ReadAsync(run, partition, plan.AsOf.Instant, cancellationToken);
            foreach (var one in transitions)
            {
                one.Older.Add(one.Scheme, older, newer);
                one.Newer.Add(one.Scheme, newer, today);
            }
        }

        var options = new MigrationOptions { Seed = plan.Input.Seed };
        await models.WriteMigrationAsync(run, MigrationTraining.Fit(plan.Churn.HorizonDays, transitions, options, cancellationToken), cancellationToken);
        return true;
    }
}
