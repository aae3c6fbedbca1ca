using SegFunctions.Customers.Features;
using SegFunctions.Customers.Predictions.Churn;
using SegFunctions.Customers.Predictions.Migration;
using SegFunctions.Customers.Predictions.Value;
using SegFunctions.Customers.Segments.Clusters;
using SegFunctions.Customers.Segments.Rfm;
using SegFunctions.Customers.Segments.Stage;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Segments.Profiles;

/// <summary>Makes the profile of a customer from the features and all fitted models.</summary>
/// <remarks>Pure and safe for many threads: the same features and models give the same profile, whoever else is scored beside.</remarks>
/// <param name="rfm">Null where nobody has ordered.</param>
/// <param name="clusters">Null where no clusters were found.</param>
/// <param name="churn">Null where nothing could be learned.</param>
/// <param name="migration">Null where moves between segments are not told.</param>
/// <param name="value">Null where orders and value to come are not told.</param>
public sealed class CustomerScorer(StageModel stage, RfmModel? rfm, ClusterSegmentation? clusters, ChurnModel? churn, MigrationModel? migration = null, ValueReport? value = null)
{
    private const int TraitsTold = 2;
    private const double LikelierThanNot = 0.5;
    private static readonly Bilingual LikeOthers = new("like customers at large", "semblable à l'ensemble des clients");

    /// <summary>Every segment that this scorer can put a customer in.</summary>
    public IReadOnlyList<SegmentDefinition> Segments { get; } =
    [
        .. Stages.All,
        .. rfm is null ? [] : RfmSegments.All,
        .. clusters?.Report.Clusters.Select(cluster => cluster.ToSegment()) ?? [],
        .. clusters?.Report.Micro.Segments.Select(group => group.ToSegment()) ?? [],
        .. churn?.Report.HorizonDays is { } days ? ChurnSegments.All(days, churn.Report.Contractual) : [],
        .. churn?.Report is { HorizonDays: { } ahead, ValueBands: not null } ? [ValueSegments.AtRisk(ahead)] : Array.Empty<SegmentDefinition>(),
        .. value?.HighValue is not null ? ValueSegments.Bands(value.ValueDays) : [],
    ];

    /// <summary>The profile of one customer.</summary>
    public CustomerProfile Score(CustomerFeatures features) => Score(features, NextItems.None, expected: null);

    /// <summary>The profile of one customer, with what it may buy next, and what is expected of it.</summary>
    /// <param name="expected">Null without purchase, or where orders to come are not told.</param>
    /// <param name="ended">UTC instant at which the customer's contract ended; null where it goes on, or there are no contracts.</param>
    public CustomerProfile Score(CustomerFeatures features, NextItems next, ValueScore? expected, DateTime? ended = null)
    {
        ArgumentNullException.ThrowIfNull(next);
        var memberships = new List<Membership>(4);
        var stageSegment = stage.Of(features);
        memberships.Add(new Membership(stageSegment.Id, SegmentKind.Stage, null, [stage.Reason(features)]));
        var rfmStanding = RfmOf(features, memberships);
        var cluster = ClusterOf(features, memberships);
        var churnStanding = ChurnOf(features, ended, memberships);
        return new CustomerProfile
        {
            Customer = features.Customer.ToString(),
            Stage = stageSegment.Id,
            Rfm = rfmStanding,
            Cluster = cluster,
            Churn = churnStanding,
            Lifetime = LifetimeOf(IsLikelyGone(churnStanding) ? expected?.WithoutNextOrder() : expected, memberships),
            Next = next is { Products: null, Categories: null } ? null : next,
            Migration = MigrationOf(stageSegment.Id, rfmStanding?.Segment, cluster?.Segment),
            Facts = FactsOf(features),
            Memberships = memberships,
        };
    }

    private MigrationStanding? MigrationOf(string stageId, string? rfmId, string? clusterId)
    {
        if (migration?.Report.IntervalDays is not { } days)
            return null;
        var standing = new MigrationStanding
        {
            IntervalDays = days,
            Stage = migration.Of(stageId),
            Rfm = rfmId is null ? null : migration.Of(rfmId),
            Cluster = clusterId is null ? null : migration.Of(clusterId),
        };
        return standing is { Stage: null, Rfm: null, Cluster: null } ? null : standing;
    }

    private RfmStanding? RfmOf(CustomerFeatures features, List<Membership> memberships)
    {
        if (rfm?.Score(features) is not { } score)
            return null;
        var segment = RfmSegments.Of(score);
        var recency = Wording.Days(features[FeatureTable.RecencyDays]);
        var orders = FeatureTable.Orders.Print(features.Orders);
        var revenue = FeatureTable.Revenue.Print(features[FeatureTable.Revenue]);
        memberships.Add(new Membership(segment.Id, SegmentKind.Rfm, null,
        [
            new Bilingual(
                $"R {score.Recency}, F {score.Frequency}, M {score.Monetary}: last order {recency.En} ago, {orders.En} {(features.Orders == 1 ? "order" : "orders")}, revenue {revenue.En}",
                $"R {score.Recency}, F {score.Frequency}, M {score.Monetary} : dernière commande il y a {recency.Fr}, {orders.Fr} {(features.Orders == 1 ? "commande" : "commandes")}, chiffre d'affaires {revenue.Fr}"),
        ]));
        return new RfmStanding(score.Recency, score.Frequency, score.Monetary, segment.Id);
    }

    private ClusterStanding? ClusterOf(CustomerFeatures features, List<Membership> memberships)
    {
        if (clusters?.Assign(features) is not { } assignment)
            return null;
        var standing = new ClusterStanding(ClusterProfile.IdOf(assignment.Number), Rounded(assignment.Distance, 3), Rounded(assignment.Typicality, 3));
        memberships.Add(new Membership(standing.Segment, SegmentKind.Cluster, standing.Typicality, TraitsOf(clusters[assignment.Number], features)));
        var micro = clusters.Micro(assignment.Micro);
        memberships.Add(new Membership(micro.SegmentId, SegmentKind.Micro, null, TraitsOf(micro, features)));
        return standing;
    }

    /// <summary>What sets the group apart, as it stands with the customer.</summary>
    private static List<Bilingual> TraitsOf(ClusterProfile group, CustomerFeatures features)
    {
        var reasons = new List<Bilingual>(TraitsTold);
        foreach (var trait in group.Traits)
        {
            var feature = FeatureTable.Named(trait.Feature);
            if (double.IsNaN(features[feature]))
                continue;
            var value = feature.Print(features[feature]);
            reasons.Add(new Bilingual($"{feature.Label.En}: {value.En}", $"{feature.Label.Fr} : {value.Fr}"));
            if (reasons.Count == TraitsTold)
                break;
        }

        return reasons is [] ? [LikeOthers] : reasons;
    }

    private ChurnStanding? ChurnOf(CustomerFeatures features, DateTime? ended, List<Membership> memberships)
    {
        if (churn?.Report.HorizonDays is not { } days)
            return null;
        var score = churn.Score(features, ended: ended);
        var probability = score.Probability is { } exact ? Rounded(exact, 3) : (double?)null;
        // The band of the rounded figure: what is shown never contradicts itself.
        var band = probability is { } shown ? ChurnScore.BandOf(shown) : (ChurnBand?)null;
        if (band is { } known)
            memberships.Add(new Membership(ChurnSegments.IdOf(known), SegmentKind.Prediction, probability, score.Reasons));
        var valueAtRisk = score.ValueAtRisk is { } money ? ValueModel.Rounded(money) : (double?)null;
        if (score.ValueBand == ChurnBand.High)
            memberships.Add(new Membership(ValueSegments.AtRiskId, SegmentKind.Prediction, probability, [ValueSegments.Worth(valueAtRisk!.Value, days), .. score.Reasons.Take(1)]));
        return new ChurnStanding
        {
            AtRisk = score.AtRisk,
            Probability = probability,
            Band = band,
            ValueAtRisk = valueAtRisk,
            ValueBand = score.ValueBand,
            HorizonDays = days,
            Model = churn.Report.Model,
            Reasons = score.Reasons,
        };
    }

    /// <summary>Who has left already, or is likelier than not to order nothing within the horizon, has no day of a next order: one answer must not say both.</summary>
    private bool IsLikelyGone(ChurnStanding? standing) =>
        standing is { AtRisk: false } || (standing is { Probability: >= LikelierThanNot } && churn?.Report.Contractual == false);

    private LifetimeStanding? LifetimeOf(ValueScore? expected, List<Membership> memberships)
    {
        if (expected is null || value is null)
            return null;
        if (expected.Band is { } band)
            memberships.Add(new Membership(ValueSegments.IdOf(band), SegmentKind.Prediction, null, expected.Reasons));
        return new LifetimeStanding
        {
            PAlive = expected.Alive is { } alive ? Rounded(alive, 2) : null,
            ExpectedOrders = Rounded(expected.Orders, 1),
            HorizonDays = value.ValueDays,
            Clv = expected.Value,
            ClvLow = expected.Low,
            ClvHigh = expected.High,
            Band = expected.Band,
            NextOrder = expected.NextOrder is { } day ? DateOnly.FromDateTime(day) : null,
            Model = value.Model,
            Reasons = expected.Reasons,
        };
    }

    private static CustomerFacts FactsOf(CustomerFeatures features) => new()
    {
        Orders = features.Orders,
        Revenue = Rounded(features[FeatureTable.Revenue], 2),
        AverageBasket = Existing(features, FeatureTable.AverageBasket, 2),
        RecencyDays = (int?)Existing(features, FeatureTable.RecencyDays, 0),
        TenureDays = (int?)Existing(features, FeatureTable.TenureDays, 0),
        UsualGapDays = Existing(features, FeatureTable.GapMeanDays, 1),
        ReturnShare = Existing(features, FeatureTable.ReturnShare, 3),
        FirstOrder = features.FirstOrder,
        LastOrder = features.LastOrder,
        Country = features.Country,
    };

    private static double? Existing(CustomerFeatures features, Feature feature, int decimals) =>
        double.IsNaN(features[feature]) ? null : Rounded(features[feature], decimals);

    private static double Rounded(double value, int decimals) => Math.Round(value, decimals, MidpointRounding.AwayFromZero);
}
