using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Customers.Features;
using SegFunctions.Customers.Predictions.Migration;
using SegFunctions.Customers.Segments;
using SegFunctions.Customers.Segments.Rfm;
using SegFunctions.Customers.Segments.Stage;
using SegFunctions.Customers.Tests.Features;

namespace SegFunctions.Customers.Tests.Predictions.Migration;

public sealed class MigrationTests
{
    private static readonly SegmentScheme Scheme = SegmentScheme.All(new StageModel { PopulationGapDays = 20, Customers = 1 }, rfm: null, clusters: null)[0];

    /// <summary>(from × to) among prospect, new, active, lapsing, lapsed.</summary>
    private static readonly double[,] Truth =
    {
        { 0.9, 0.1, 0, 0, 0 },
        { 0, 0.3, 0.3, 0.4, 0 },
        { 0, 0, 0.8, 0.2, 0 },
        { 0, 0, 0.3, 0.2, 0.5 },
        { 0, 0, 0.05, 0, 0.95 },
    };

    [Fact]
    public void Rows_are_probabilities_and_follow_the_rule_where_nobody_was() => Prop
        .ForAll(Gen.Choose(0, 9).ArrayOf(9).ToArbitrary(), cells =>
        {
            var counts = new TransitionCounts(3);
            for (var i = 0; i < 9; i++)
                counts.Add(i / 3, i % 3, i / 3 == 1 ? 0 : cells[i]);
            var chain = MarkovChain.Fit(counts);
            var rule = MarkovChain.Staying(counts);
            return Enumerable.Range(0, 3).All(from =>
                Math.Abs(Enumerable.Range(0, 3).Sum(to => chain[from, to]) - 1) < 1e-12
                && Math.Abs(Enumerable.Range(0, 3).Sum(to => rule[from, to]) - 1) < 1e-12
                && Enumerable.Range(0, 3).All(to => chain[from, to] > 0 && Math.Abs(chain[1, to] - rule[1, to]) < 1e-12));
        })
        .QuickCheckThrowOnFailure();

    [Fact]
    public void The_rule_of_staying_is_the_share_who_stayed_and_where_the_others_went()
    {
        var counts = new TransitionCounts(3);
        counts.Add(0, 0, 60);
        counts.Add(1, 1, 20);
        counts.Add(0, 2, 15);
        counts.Add(1, 0, 4);

        var rule = MarkovChain.Staying(counts);

        Assert.Equal(80.5 / 100, rule[2, 2], 1e-12);
        Assert.Equal((1 - 0.805) * 15.5 / 16, rule[0, 2], 1e-12);
        Assert.Equal((1 - 0.805) * 4.5 / 5, rule[2, 0], 1e-12);
    }

    [Fact]
    public void Small_segments_are_drawn_to_the_rule_and_large_ones_go_their_own_way()
    {
        var counts = new TransitionCounts(12);
        for (var from = 0; from < 12; from++)
        {
            // Eleven segments behave alike; so a handful of customers in the twelfth is believed less.
            counts.Add(from, from, from == 11 ? 1 : 80);
            counts.Add(from, (from + 1) % 11, from == 11 ? 2 : 20);
        }

        var chain = MarkovChain.Fit(counts);
        var rule = MarkovChain.Staying(counts);

        Assert.InRange(chain[11, 11], 1.0 / 3 + 0.02, rule[11, 11]);
        Assert.InRange(chain[3, 3], 0.79, 0.81);
    }

    [Fact]
    public void Moves_of_their_own_are_found_and_published()
    {
        var report = Fit(Truth, customers: 4000);
        var kind = Assert.Single(report.Kinds);

        Assert.True(kind is { Kind: SegmentKind.Stage, Published: true, Customers: 4000 }, kind.Reason.En);
        Assert.True(kind.Gain!.Lower > 0.1);
        Assert.Equal(kind.StayingLogLoss!.Value - kind.LogLoss!.Value, kind.Gain.Mean, 1e-9);
        foreach (var moves in kind.Segments)
        {
            var from = Index(moves.From);
            Assert.All(moves.To, move => Assert.Equal(Truth[from, Index(move.Segment)], move.Probability, 0.06));
            Assert.Equal(1, moves.To.Sum(move => move.Probability), 0.03);
        }
    }

    [Fact]
    public void Where_all_segments_move_alike_the_rule_of_staying_is_served()
    {
        var alike = new double[5, 5];
        for (var from = 0; from < 5; from++)
        {
            for (var to = 0; to < 5; to++)
                alike[from, to] = from == to ? 0.8 : 0.05;
        }

        var kind = Assert.Single(Fit(alike, customers: 3000).Kinds);

        Assert.False(kind.Published);
        Assert.StartsWith("the rule of staying is used", kind.Reason.En, StringComparison.Ordinal);
        Assert.Null(new MigrationModel(new MigrationReport { Reason = kind.Reason, IntervalDays = 30, Kinds = [kind] }, Stages.All).Of("stage:new"));
    }

    [Fact]
    public void The_likeliest_next_segment_is_told_with_the_interval()
    {
        var model = new MigrationModel(Fit(Truth, customers: 20_000), Stages.All);

        var lapsing = model.Of("stage:lapsing")!;
        Assert.Equal(("stage:lapsed", 0.5, 0.2), (lapsing.Segment, Math.Round(lapsing.Probability, 1), Math.Round(lapsing.Staying, 1)));
        Assert.Matches("^[45][0-9]% of the customers in Lapsing are in Lapsed 45 days later$", lapsing.Reason.En);
        Assert.Equal("stage:lapsed", model.Of("stage:lapsed")!.Segment);
        Assert.EndsWith("des clients « Inactif » le sont encore 45 jours plus tard", model.Of("stage:lapsed")!.Reason.Fr, StringComparison.Ordinal);
        Assert.Null(model.Of("rfm:champions"));
    }

    [Fact]
    public void Too_few_customers_and_too_short_a_history_are_results()
    {
        Assert.Contains("20 customers are too few", Assert.Single(Fit(Truth, customers: 20).Kinds).Reason.En, StringComparison.Ordinal);
        var none = MigrationTraining.Fit(null, [], new MigrationOptions());
        Assert.Empty(none.Kinds);
        Assert.Contains("too short", none.Reason.En, StringComparison.Ordinal);
    }

    [Fact]
    public void Customers_are_followed_by_their_key()
    {
        var ledger = OrderLedger.Of(
        [
            Some.Line("2024-01-01", customer: 1), Some.Line("2024-01-10", customer: 1),
            Some.Line("2024-02-10", customer: 2),
            Some.Line("2024-01-05", customer: 3), Some.Line("2024-02-25", customer: 3),
        ]);
        var sets = FeatureExtraction.Extract(ledger, [Some.Day("2024-01-15"), Some.Day("2024-03-01")]);

        var counts = new TransitionCounts(Scheme.Segments.Count);
        counts.Add(Scheme, sets[0], sets[1]);

        Assert.Equal(2, counts.Total);
        Assert.Equal(1, counts[Index("stage:active"), Index("stage:lapsing")]);
        Assert.Equal(1, counts[Index("stage:new"), Index("stage:active")]);
        Assert.Equal(4, counts.Plus(counts).Total);
    }

    [Fact]
    public void Customers_without_order_have_no_place_among_rfm_segments()
    {
        var sets = FeatureExtraction.Extract(OrderLedger.Of([Some.Line("2024-01-01", kind: OrderLineKind.Return), Some.Line("2024-02-01", customer: 2)]), Some.AsOf);
        var schemes = SegmentScheme.All(StageModel.Fit(sets), RfmModel.Fit(sets), clusters: null);
        var returner = Array.IndexOf(sets.Customers, Some.Key(1));

        Assert.Equal([SegmentKind.Stage, SegmentKind.Rfm], schemes.Select(scheme => scheme.Kind));
        Assert.Equal((0, -1), (schemes[0].Of(sets[returner]), schemes[1].Of(sets[returner])));
    }

    private static MigrationReport Fit(double[,] truth, int customers) => MigrationTraining.Fit(
        45, [new SchemeTransitions(Scheme, Draw(truth, customers, seed: 1), Draw(truth, customers, seed: 2))], new MigrationOptions { Seed = 3 });

    private static TransitionCounts Draw(double[,] truth, int customers, int seed)
    {
        var random = new Random(seed);
        var counts = new TransitionCounts(5);
        for (var customer = 0; customer < customers; customer++)
        {
            var draw = random.NextDouble();
            var to = 0;
            while (to < 4 && (draw -= truth[customer % 5, to]) >= 0)
                to++;
            counts.Add(customer % 5, to);
        }

        return counts;
    }

    private static int Index(string segment) => Enumerable.Range(0, Scheme.Segments.Count).First(i => Scheme.Segments[i].Id == segment);
}
