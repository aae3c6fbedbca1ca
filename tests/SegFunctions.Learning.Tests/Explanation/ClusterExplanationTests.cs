using System.Text.Json;
using SegFunctions.Learning.Explanation;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Tests.Explanation;

public sealed class ClusterExplanationTests
{
    [Fact]
    public void What_sets_a_cluster_apart_is_told_with_its_medians_in_both_languages()
    {
        var (table, labels) = ExplainedExample.Loyal();
        var cluster = ClusterExplanation.Explain(table, labels).Clusters[0];
        Assert.Equal(["recency", "orders"], cluster.Features.Select(trait => trait.Column));
        Assert.True(cluster.Features[0].Difference < -1 && cluster.Features[1].Difference > 0.5);
        Assert.All(cluster.Features, trait => Assert.True(trait.Low < trait.Difference && trait.Difference < trait.High && trait.Low * trait.High > 0));
        var typical = Median(table, labels, 0, 0);
        Assert.Equal(typical, cluster.Features[0].Typical);
        Assert.Matches($"^Stands out by recency {typical:0.#} \\(all: [0-9.]+\\), orders [0-9.]+ \\(all: [0-9.]+\\); [0-9]+ rows, [0-9]+% of all\\.$", cluster.Summary.En);
        Assert.Matches("^Se distingue par recency [0-9,]+ \\(tous : [0-9,]+\\), orders [0-9,]+ \\(tous : [0-9,]+\\) ; [0-9]+ lignes, [0-9]+\u202F% du total\\.$", cluster.Summary.Fr);
    }

    [Fact]
    public void Labels_of_chance_set_nothing_apart()
    {
        var told = 0;
        for (var seed = 1; seed <= 60; seed++)
        {
            var (table, _) = ExplainedExample.Mixed(300, 6, 1, seed);
            var random = new Xoshiro256(seed, stream: 9);
            int[] labels = [0, 1, 2, 3, .. Enumerable.Range(4, 296).Select(_ => random.NextInt(4))];
            var explanation = ClusterExplanation.Explain(table, labels);
            told += explanation.Clusters.Any(cluster => cluster.Features.Count + cluster.Categories.Count > 0) ? 1 : 0;
        }

        // 5 % of 60 are 3; 8 or more come with a chance below 1 %.
        Assert.InRange(told, 0, 7);
    }

    [Fact]
    public void Intervals_of_differences_cover_the_truth_as_often_as_they_say()
    {
        // A quarter of the rows lies one deviation higher: the truth is 1 / √(1 + 3/16).
        var truth = 1 / Math.Sqrt(1 + (3.0 / 16));
        var (covered, of) = (0, 0);
        for (var seed = 1; seed <= 300; seed++)
        {
            var scatter = Some.Normal(120, 1, seed);
            int[] labels = [.. Enumerable.Range(0, 120).Select(row => row % 4 == 0 ? 1 : 0)];
            var table = new Table([new NumericColumn("x", [.. labels.Select((label, row) => label + scatter[row, 0])])]);
            foreach (var trait in ClusterExplanation.Explain(table, labels, new ExplanationOptions { Threads = 1 }).Clusters[1].Features)
            {
                of++;
                covered += trait.Low <= truth && truth <= trait.High ? 1 : 0;
            }
        }

        // Nearly every set tells of it; of 300, 95 % are 285 ± 11 (three standard errors).
        Assert.InRange(of, 290, 300);
        Assert.InRange((double)covered / of, 0.91, 0.99);
    }

    [Fact]
    public void Intervals_of_lifts_cover_the_truth_as_often_as_they_say()
    {
        // 60 % of the cluster, 20 % of the four times as many others: 28 % of all.
        var (covered, of) = (0, 0);
        for (var seed = 1; seed <= 300; seed++)
        {
            var random = new Xoshiro256(seed);
            int[] labels = [.. Enumerable.Range(0, 2000).Select(row => row % 5 == 0 ? 1 : 0)];
            int[] codes = [.. labels.Select(label => random.NextDouble() < (label == 1 ? 0.6 : 0.2) ? 0 : 1)];
            var trait = ClusterExplanation.Explain(new Table([new TextColumn("c", codes, ["a", "b"])]), labels, new ExplanationOptions { Threads = 1 }).Clusters[1].Categories.Single(one => one.Level == "a");
            of++;
            covered += trait.Low <= 0.6 / 0.28 && 0.6 / 0.28 <= trait.High ? 1 : 0;
            Assert.Equal(trait.Share / trait.ShareOfAll, trait.Lift, 12);
        }

        Assert.InRange((double)covered / of, 0.91, 0.99);
    }

    [Fact]
    public void A_skewed_column_is_compared_on_a_scale_that_one_giant_cannot_move()
    {
        var random = new Xoshiro256(3);
        double[] spend = [.. Enumerable.Range(0, 400).Select(row => Math.Exp(random.NextNormal() + (row % 2)))];
        int[] labels = [.. Enumerable.Range(0, 400).Select(row => row % 2)];
        var before = Trait();
        spend[0] = 10_000;
        var after = Trait();
        Assert.True(before.LogScale && after.LogScale);
        Assert.InRange(after.Difference - before.Difference, -0.2, 0.2);

        NumericTrait Trait() => Assert.Single(ClusterExplanation.Explain(new Table([new NumericColumn("spend", [.. spend])]), labels).Clusters[1].Features);
    }

    [Fact]
    public void The_typical_member_is_the_row_nearest_to_the_centre()
    {
        var (rows, labels) = Some.Blobs(200, 3, 3, 6);
        var table = Table.Of(rows, ["a", "b", "c"]);
        foreach (var cluster in ClusterExplanation.Explain(table, labels, new ExplanationOptions { Prepared = rows }).Clusters)
            Assert.Equal(Medoid(rows, labels, cluster.Label), cluster.TypicalRow);
        // By the table alone the columns are standardised, which changes little here; it is a member and close.
        foreach (var cluster in ClusterExplanation.Explain(table, labels).Clusters)
            Assert.Equal(cluster.Label, labels[cluster.TypicalRow]);
    }

    [Fact]
    public void The_typical_member_has_the_category_that_most_have()
    {
        int[] codes = [1, 0, 0, 0, 1, 1];
        int[] labels = [0, 0, 0, 1, 1, 1];
        var clusters = ClusterExplanation.Explain(new Table([new TextColumn("c", codes, ["a", "b"])]), labels).Clusters;
        Assert.Equal([1, 4], clusters.Select(cluster => cluster.TypicalRow));
    }

    [Fact]
    public void Threads_change_no_byte_and_the_result_survives_JSON()
    {
        var (table, labels) = ExplainedExample.Mixed(1500, 5, 6, seed: 4, noise: 0.1);
        var one = JsonSerializer.Serialize(ClusterExplanation.Explain(table, labels, new ExplanationOptions { Threads = 1 }));
        var four = JsonSerializer.Serialize(ClusterExplanation.Explain(table, labels, new ExplanationOptions { Threads = 4 }));
        Assert.Equal(one, four);
        Assert.Equal(one, JsonSerializer.Serialize(JsonSerializer.Deserialize<ClusterExplanation>(one)));
    }

    [Fact]
    public void Noise_counts_among_the_others_and_has_no_name()
    {
        var (table, labels) = ExplainedExample.Loyal();
        int[] noisy = [.. labels.Select(label => label == 1 ? -1 : label)];
        var explanation = ClusterExplanation.Explain(table, noisy);
        var cluster = Assert.Single(explanation.Clusters);
        Assert.Equal(labels.Count(label => label == 1), explanation.Noise);
        Assert.Equal(1, cluster.Rule!.F1);
        Assert.Empty(ClusterExplanation.Explain(table, [.. labels.Select(_ => -1)]).Clusters);
    }

    [Fact]
    public void One_cluster_of_everything_stands_out_by_nothing()
    {
        var (table, labels) = ExplainedExample.Loyal(50);
        var cluster = Assert.Single(ClusterExplanation.Explain(table, new int[labels.Length]).Clusters);
        Assert.Equal(new Bilingual("Typical group", "Groupe typique"), cluster.Name);
        Assert.Equal("Like the table at large; 50 rows, 100% of all.", cluster.Summary.En);
        Assert.Null(cluster.Rule);
        Assert.Empty(cluster.Features);
        Assert.All(cluster.Differences, Assert.Null);
    }

    [Fact]
    public void Columns_without_a_value_and_clusters_of_one_row_are_no_trouble()
    {
        var table = new Table([
            new NumericColumn("empty", [double.NaN, double.NaN, double.NaN]), new NumericColumn("x", [1, 2, 1e100]), new TextColumn("none", [-1, -1, -1], []),
        ]);
        var explanation = ClusterExplanation.Explain(table, [0, 1, 2]);
        Assert.Equal([0, 1, 2], explanation.Clusters.Select(cluster => cluster.TypicalRow));
        Assert.All(explanation.Clusters, cluster => Assert.Equal(1, cluster.Rule!.F1));
        Assert.All(explanation.Clusters, cluster => Assert.Null(cluster.Differences[0]));
    }

    [Fact]
    public void Wrong_input_is_refused_with_its_place_and_the_cure()
    {
        var table = new Table([new NumericColumn("x", [1, double.PositiveInfinity])]);
        Assert.StartsWith("Column \"x\" holds ∞ in row 1", Refused(() => ClusterExplanation.Explain(table, [0, 0])).Replace("Infinity", "∞", StringComparison.Ordinal), StringComparison.Ordinal);
        var good = new Table([new NumericColumn("x", [1, 2, 3])]);
        Assert.Contains("No row has the label 1", Refused(() => ClusterExplanation.Explain(good, [0, 0, 2])), StringComparison.Ordinal);
        Assert.Contains("Row 1 (counted from 0) has the label -2", Refused(() => ClusterExplanation.Explain(good, [0, -2, 0])), StringComparison.Ordinal);
        Assert.Contains("3 rows need as many labels, found 2", Refused(() => ClusterExplanation.Explain(good, [0, 0])), StringComparison.Ordinal);
        var all = Refused(() => ClusterExplanation.Explain(good, [0, 0, 0], new ExplanationOptions
        {
            Confidence = 1,
            RuleDepth = 0,
            RoundingLoss = 2,
            Threads = 0,
            Vocabulary = new NamingVocabulary { Columns = new Dictionary<string, ColumnWords>(StringComparer.Ordinal) { ["x"] = new() { Much = new("Big", "grands") } } },
        }));
        Assert.All(["Confidence", "RuleDepth", "RoundingLoss", "Threads", "one adjective"], fault => Assert.Contains(fault, all, StringComparison.Ordinal));
    }

    [Fact]
    public void It_stops_when_asked_to()
    {
        var (table, labels) = ExplainedExample.Loyal();
        Assert.ThrowsAny<OperationCanceledException>(() => ClusterExplanation.Explain(table, labels, cancellationToken: new CancellationToken(canceled: true)));
    }

    private static string Refused(Action action) => Assert.Throws<ArgumentException>(action).Message;

    private static double Median(Table table, int[] labels, int column, int cluster)
    {
        double[] own = [.. ((NumericColumn)table.Columns[column]).Values.Where((_, row) => labels[row] == cluster).Order()];
        return (own[(own.Length - 1) / 2] + own[own.Length / 2]) / 2;
    }

    private static int Medoid(Matrix rows, int[] labels, int cluster)
    {
        int[] own = [.. Enumerable.Range(0, rows.Rows).Where(row => labels[row] == cluster)];
        double[] centre = [.. Enumerable.Range(0, rows.Columns).Select(column => own.Average(row => rows[row, column]))];
        return own.MinBy(row => Enumerable.Range(0, rows.Columns).Sum(column => Math.Pow(rows[row, column] - centre[column], 2)));
    }
}
