using System.Text;
using System.Text.Json;
using SegFunctions.Customers.Features;
using SegFunctions.Customers.Predictions.Churn;
using SegFunctions.Customers.Predictions.CrossSell;
using SegFunctions.Customers.Predictions.Migration;
using SegFunctions.Customers.Predictions.Value;
using SegFunctions.Customers.Segments;
using SegFunctions.Customers.Segments.Clusters;
using SegFunctions.Customers.Segments.Profiles;
using SegFunctions.Customers.Segments.Rfm;
using SegFunctions.Customers.Segments.Stage;
using SegFunctions.Customers.Tests.Features;
using SegFunctions.Customers.Tests.Predictions;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Tests.Segments;

public sealed class CustomerProfileTests
{
    private static readonly FeatureSet Features = FeatureExtraction.Extract(OrderLedger.Of(
    [
        .. Shop.TwoPaces(600, seed: 5),
        Some.Line("2023-06-01 10:00", 30, kind: OrderLineKind.Return, customer: 9000),
    ]), Shop.AsOf);

    private static readonly CustomerScorer Scorer = Full();

    [Fact]
    public void A_profile_is_compact_json_in_a_stable_order()
    {
        var features = Assert.NotNull(CustomerFeatures.From(
        [
            Some.Line("2024-05-02 09:15", 20.005, product: 1, country: "Côte d'Ivoire"),
            Some.Line("2024-06-11 17:30:15", 40, product: 2, country: "Côte d'Ivoire"),
            Some.Line("2024-06-20", 15, kind: OrderLineKind.Return, country: "Côte d'Ivoire"),
        ], Some.AsOf));
        var scorer = new CustomerScorer(
            new StageModel { PopulationGapDays = 25, Customers = 9 },
            new RfmModel { RecencyDays = [10, 30, 50, 90], Orders = [1, 1, 2, 4], Revenue = [10, 20, 70, 90], Customers = 12 },
            clusters: null,
            churn: null);

        const string Expected = """
            {"customer":"@","stage":"stage:active",
            "rfm":{"recency":4,"frequency":3,"monetary":3,"segment":"rfm:potential-loyalists"},
            "facts":{"orders":2,"revenue":60.01,"averageBasket":30,"recencyDays":20,"tenureDays":60,"usualGapDays":40,"returnShare":0.25,
            "firstOrder":"2024-05-02T09:15:00Z","lastOrder":"2024-06-11T17:30:15Z","country":"Côte d\u0027Ivoire"},
            "memberships":[
            {"segment":"stage:active","kind":"stage","reasons":[{"en":"last order 20 days ago (usual gap 30 days)","fr":"dernière commande il y a 20 jours (intervalle habituel : 30 jours)"}]},
            {"segment":"rfm:potential-loyalists","kind":"rfm","reasons":[{"en":"R 4, F 3, M 3: last order 20 days ago, 2 orders, revenue 60.01","fr":"R 4, F 3, M 3 : dernière commande il y a 20 jours, 2 commandes, chiffre d\u0027affaires 60,01"}]}]}
            """;
        Assert.Equal(
            Expected.Replace("\n", "", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal).Replace("@", features.Customer.ToString(), StringComparison.Ordinal),
            Encoding.UTF8.GetString(scorer.Score(features).ToUtf8Json()));
    }

    [Fact]
    public void A_profile_comes_back_from_its_json()
    {
        for (var row = 0; row < Features.Rows; row++)
        {
            var json = Scorer.Score(Features[row]).ToUtf8Json();
            Assert.Equal(json, CustomerProfile.FromUtf8Json(json).ToUtf8Json());
        }

        Assert.Throws<JsonException>(() => CustomerProfile.FromUtf8Json("null"u8));
    }

    [Fact]
    public void Noise_in_the_last_bits_rewrites_no_profile()
    {
        var noisy = new FeatureSet(Features.AsOf, Features.Customers, Features.Countries, [.. Features.Values.Select((value, i) => i % FeatureTable.Columns == FeatureTable.Revenue.Column ? Math.BitIncrement(value) : value)]);
        for (var row = 0; row < Features.Rows; row++)
            Assert.Equal(Scorer.Score(Features[row]).ToUtf8Json(), Scorer.Score(noisy[row]).ToUtf8Json());
    }

    [Fact]
    public void Every_membership_is_of_a_segment_that_the_scorer_declares_and_has_a_reason()
    {
        var declared = Scorer.Segments.ToDictionary(segment => segment.Id);
        for (var row = 0; row < Features.Rows; row++)
        {
            var profile = Scorer.Score(Features[row]);
            Assert.All(profile.Memberships, membership =>
            {
                Assert.Equal(declared[membership.Segment].Kind, membership.Kind);
                Assert.NotEmpty(membership.Reasons);
            });
            var segmented = profile.Memberships.Where(membership => membership.Kind != SegmentKind.Prediction).ToArray();
            Assert.Equal(segmented.Length, segmented.Select(membership => membership.Kind).Distinct().Count());
            Assert.Equal(profile.Churn?.Probability, profile.Memberships.SingleOrDefault(membership => membership.Segment.StartsWith("prediction:churn-", StringComparison.Ordinal))?.Score);
        }

        Assert.Equal(
            [SegmentKind.Stage, SegmentKind.Rfm, SegmentKind.Cluster, SegmentKind.Micro, SegmentKind.Prediction],
            Scorer.Segments.Select(segment => segment.Kind).Distinct());
    }

    [Fact]
    public void A_customer_without_purchase_is_a_prospect_with_nothing_but_facts()
    {
        var row = Array.IndexOf(Features.Customers, Some.Key(9000));
        var profile = Scorer.Score(Features[row]);

        Assert.Equal("stage:prospect", profile.Stage);
        Assert.Null(profile.Rfm);
        Assert.Null(profile.Cluster);
        Assert.False(Assert.IsType<ChurnStanding>(profile.Churn).AtRisk);
        Assert.Equal(new CustomerFacts { Orders = 0, Revenue = 0, Country = "France" }, profile.Facts);
        Assert.Equal("stage:prospect", Assert.Single(profile.Memberships).Segment);
    }

    [Fact]
    public void The_band_is_that_of_the_probability_shown()
    {
        for (var row = 0; row < Features.Rows; row++)
        {
            if (Scorer.Score(Features[row]).Churn is not { Probability: { } shown } churn)
                continue;
            Assert.Equal(shown < 1 / 3.0 ? ChurnBand.Low : shown < 2 / 3.0 ? ChurnBand.Medium : ChurnBand.High, churn.Band);
            Assert.Equal(Math.Round(shown, 3), shown);
        }
    }

    [Fact]
    public void What_comes_next_stands_in_the_profile_and_is_left_out_where_nothing_is_told()
    {
        var report = new MigrationReport
        {
            Reason = new Bilingual("", ""),
            IntervalDays = 30,
            Kinds =
            [
                new KindMigration { Kind = SegmentKind.Stage, Published = true, Reason = new Bilingual("", ""), Segments = [.. Stages.All.Select(stage => new SegmentMoves(stage.Id, 9, [new("stage:lapsed", 0.6049), new(stage.Id, 0.3951)]))] },
                new KindMigration { Kind = SegmentKind.Rfm, Published = false, Reason = new Bilingual("", ""), Segments = [.. RfmSegments.All.Select(rfm => new SegmentMoves(rfm.Id, 9, [new("rfm:lost", 1)]))] },
            ],
        };
        var scorer = new CustomerScorer(StageModel.Fit(Features), RfmModel.Fit(Features), clusters: null, churn: null, new MigrationModel(report, [.. Stages.All, .. RfmSegments.All]));
        var next = new NextItems([new Suggestion("A1", "Tea", [new Bilingual("bought with: coffee", "acheté avec : coffee")])], Categories: null);

        var profile = scorer.Score(Features[0], next, expected: null);

        Assert.Equal(next, profile.Next);
        Assert.Equal(30, profile.Migration!.IntervalDays);
        Assert.Equal(("stage:lapsed", 0.6), (profile.Migration.Stage!.Segment, profile.Migration.Stage.Probability));
        Assert.Null(profile.Migration.Rfm);
        var json = Encoding.UTF8.GetString(profile.ToUtf8Json());
        Assert.Contains("""
            "next":{"products":[{"id":"A1","name":"Tea","reasons":[{"en":"bought with: coffee","fr":"acheté avec : coffee"}]}]},"migration":{"intervalDays":30,"stage":{"segment":"stage:lapsed","probability":0.6,
            """.TrimEnd(), json, StringComparison.Ordinal);
        Assert.Equal(json, Encoding.UTF8.GetString(CustomerProfile.FromUtf8Json(profile.ToUtf8Json()).ToUtf8Json()));
        Assert.Null(Scorer.Score(Features[0]).Next);
        Assert.Null(Scorer.Score(Features[0]).Migration);
    }

    [Fact]
    public void Value_makes_bands_and_those_who_hold_most_of_what_may_be_lost_are_named()
    {
        var churn = Shop.Fit(Shop.TwoPaces(600, seed: 5), new ChurnOptions());
        var report = new ValueReport
        {
            Model = "bgnbd",
            Published = true,
            Reason = new Bilingual("", ""),
            ValueDays = 365,
            AnnualDiscount = 0.1,
            IntervalLevel = 0.9,
            MediumValue = 50,
            HighValue = 200,
        };
        var scorer = new CustomerScorer(StageModel.Fit(Features), RfmModel.Fit(Features), clusters: null, churn.Model, migration: null, report);
        var expected = new ValueScore(0.98765, 4.26, 321, 40, 700, ValueBand.High, Some.Day("2024-01-05"), [new Bilingual("often", "souvent"), new Bilingual("soon", "bientôt")]);
        Assert.Equal(4, scorer.Segments.Count(segment => segment.Id.StartsWith("prediction:clv-", StringComparison.Ordinal) || segment.Id == ValueSegments.AtRiskId));

        var risky = 0;
        var staying = 0;
        for (var row = 0; row < Features.Rows; row++)
        {
            var profile = scorer.Score(Features[row], NextItems.None, expected);
            Assert.Equal((0.99, 4.3, 321.0), (profile.Lifetime!.PAlive, profile.Lifetime.ExpectedOrders, profile.Lifetime.Clv));
            // Who has left, or likely will, has no next order and no word of it.
            var stays = profile.Churn!.Probability < 0.5;
            Assert.Equal(stays ? new DateOnly(2024, 1, 5) : null, profile.Lifetime.NextOrder);
            Assert.Equal(stays ? ["often", "soon"] : ["often"], profile.Lifetime.Reasons.Select(reason => reason.En));
            staying += stays ? 1 : 0;
            Assert.Contains(profile.Memberships, membership => membership.Segment == "prediction:clv-high");
            var atRisk = profile.Memberships.SingleOrDefault(membership => membership.Segment == ValueSegments.AtRiskId);
            Assert.Equal(profile.Churn!.ValueBand == ChurnBand.High, atRisk is not null);
            Assert.Equal(profile.Churn.AtRisk, profile.Churn.ValueAtRisk is not null);
            if (atRisk is not null)
            {
                risky++;
                Assert.Matches("^[0-9.,]+ at risk within 60 days$", atRisk.Reasons[0].En);
            }

            Assert.All(profile.Memberships, membership => Assert.Contains(scorer.Segments, segment => segment.Id == membership.Segment));
            var json = profile.ToUtf8Json();
            Assert.Equal(json, CustomerProfile.FromUtf8Json(json).ToUtf8Json());
        }

        Assert.True(risky > 5, $"{risky}");
        Assert.InRange(staying, 20, Features.Rows - 20);
        Assert.Null(scorer.Score(Features[0]).Lifetime);
    }

    private static CustomerScorer Full()
    {
        var churn = Shop.Fit(Shop.TwoPaces(600, seed: 5), new ChurnOptions());
        return new CustomerScorer(StageModel.Fit(Features), RfmModel.Fit(Features), Clustering.Fit(Features, new ClusterOptions(), EarlierClusters.None).Segmentation, churn.Model);
    }
}
