using System.Text.Json;
using SegFunctions.Customers.Features;
using SegFunctions.Customers.Segments;
using SegFunctions.Customers.Segments.Clusters;
using SegFunctions.Customers.Segments.Profiles;
using SegFunctions.Learning.Clustering;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Tests.Segments;

public sealed class ClusteringTests
{
    private static readonly ClusterOptions Options = new() { Count = new ClusterCountOptions { KMeans = new KMeansOptions { Seed = 1 } } };
    private static readonly FeatureSet Planted = ThreeKinds(customers: 310, seed: 2);
    private static readonly ClusterResult Found = Clustering.Fit(Planted, Options);

    [Fact]
    public void Planted_kinds_of_customers_are_found_again()
    {
        var segmentation = Assert.IsType<ClusterSegmentation>(Found.Segmentation);

        Assert.Equal(3, Found.Report.Clusters.Count);
        Assert.Equal("strong", Found.Report.Structure);
        for (var kind = 0; kind < 3; kind++)
            Assert.Single(Rows(kind).Select(row => Assert.NotNull(segmentation.Assign(Planted[row])).Number).Distinct());
        Assert.Equal([150, 90, 60], Found.Report.Clusters.Select(cluster => cluster.Customers));
        Assert.Equal([1, 2, 3], Found.Report.Clusters.Select(cluster => cluster.Number));
    }

    [Fact]
    public void Names_say_what_sets_the_planted_kinds_apart()
    {
        var clusters = Found.Report.Clusters;
        Assert.StartsWith("Lapsed", clusters[0].Name.En, StringComparison.Ordinal);
        Assert.Contains("inactifs", clusters[0].Name.Fr, StringComparison.Ordinal);
        Assert.Matches("Frequent|Fast-paced|Valuable", clusters[2].Name.En);
        Assert.All(clusters, cluster => Assert.Matches("^Stand out by .+; [0-9]+% of the customers bring [0-9]+% of the revenue\\.$", cluster.Description.En));
        Assert.All(clusters, cluster => Assert.Contains("du chiffre d'affaires.", cluster.Description.Fr, StringComparison.Ordinal));
    }

    [Fact]
    public void Shares_countries_and_traits_are_those_of_the_members()
    {
        var clusters = Found.Report.Clusters;
        Assert.Equal(1, clusters.Sum(cluster => cluster.Share), 12);
        Assert.Equal(1, clusters.Sum(cluster => cluster.RevenueShare), 12);
        var total = Enumerable.Range(0, Planted.Rows).Sum(row => Planted.Row(row)[FeatureTable.Revenue.Column]);
        Assert.Equal(Rows(2).Sum(row => Planted.Row(row)[FeatureTable.Revenue.Column]) / total, clusters[2].RevenueShare, 9);
        Assert.Equal([new CountryShare("France", 2.0 / 3), new CountryShare("Germany", 1.0 / 3)], clusters[1].Countries);

        var orders = clusters[2].Traits.Single(trait => trait.Feature == "orders");
        var sorted = Rows(2).Select(row => Planted.Row(row)[FeatureTable.Orders.Column]).Order().ToList();
        Assert.Equal((sorted[29] + sorted[30]) / 2, orders.Typical);
        Assert.True(orders.Difference > 1);
        Assert.Equal(clusters[2].Traits.OrderByDescending(trait => Math.Abs(trait.Difference)), clusters[2].Traits);
    }

    [Fact]
    public void Customers_without_order_are_not_clustered()
    {
        Assert.Equal(300, Found.Report.Customers);
        Assert.Null(Assert.IsType<ClusterSegmentation>(Found.Segmentation).Assign(Planted[Rows(3)[0]]));
    }

    [Fact]
    public void Typicality_is_high_within_a_kind_and_never_leaves_zero_to_one()
    {
        var segmentation = Assert.IsType<ClusterSegmentation>(Found.Segmentation);
        var all = Enumerable.Range(0, Planted.Rows).Select(row => segmentation.Assign(Planted[row])).OfType<ClusterAssignment>().ToList();
        Assert.All(all, assignment => Assert.InRange(assignment.Typicality, 0, 1));
        Assert.True(all.Average(assignment => assignment.Typicality) > 0.5);
    }

    [Fact]
    public void Threads_change_no_byte()
    {
        var one = Clustering.Fit(Planted, Options with { Count = Options.Count with { KMeans = Options.Count.KMeans with { Threads = 1 } } });
        var three = Clustering.Fit(Planted, Options with { Count = Options.Count with { KMeans = Options.Count.KMeans with { Threads = 3 } } });
        Assert.Equal(Save(one.Segmentation), Save(three.Segmentation));
    }

    [Fact]
    public void A_stored_segmentation_assigns_as_the_fitted_one()
    {
        var fitted = Assert.IsType<ClusterSegmentation>(Found.Segmentation);
        var stored = Save(fitted);

        var loaded = ClusterSegmentation.Load(new MemoryStream(stored[0]), new MemoryStream(stored[1]));

        Assert.Equal(stored, Save(loaded));
        for (var row = 0; row < Planted.Rows; row++)
            Assert.Equal(fitted.Assign(Planted[row]), loaded.Assign(Planted[row]));
        Assert.Throws<InvalidDataException>(() => ClusterSegmentation.Load(new MemoryStream("{"u8.ToArray()), new MemoryStream(stored[1])));
        Assert.Throws<InvalidDataException>(() => ClusterSegmentation.Load(new MemoryStream(stored[0]), new MemoryStream(stored[1], 0, stored[1].Length - 8)));
    }

    [Fact]
    public void Too_few_customers_are_a_result_with_its_reason()
    {
        var result = Clustering.Fit(ThreeKinds(20, seed: 1), Options);
        Assert.Null(result.Segmentation);
        Assert.Contains("50 are needed", result.Report.Reason.En, StringComparison.Ordinal);
        Assert.Contains("il en faut 50", result.Report.Reason.Fr, StringComparison.Ordinal);
    }

    [Fact]
    public void Customers_who_are_all_alike_have_no_clusters()
    {
        var result = Clustering.Fit(Population.Of(80, _ => Kind(10, 3, 20, 50)), Options);
        Assert.Null(result.Segmentation);
        Assert.Contains("no feature differs", result.Report.Reason.En, StringComparison.Ordinal);
        Assert.NotEmpty(result.Report.Preparation);
    }

    [Fact]
    public void Where_no_number_of_clusters_qualifies_there_are_none_and_every_trial_says_why()
    {
        var result = Clustering.Fit(Planted, Options with { Count = Options.Count with { SmallestShare = 0.6 } });
        Assert.Null(result.Segmentation);
        Assert.Contains("no number from 2 to 10", result.Report.Reason.En, StringComparison.Ordinal);
        Assert.Equal(9, result.Report.Trials.Count);
        Assert.All(result.Report.Trials, trial => Assert.NotEqual("", trial.Reason));
    }

    [Fact]
    public void Clusters_that_overlap_too_much_are_no_structure()
    {
        var result = Clustering.Fit(Planted, Options with { MinimumSilhouette = 0.99 });
        Assert.Null(result.Segmentation);
        Assert.StartsWith("no structure found", result.Report.Reason.En, StringComparison.Ordinal);
        Assert.NotNull(result.Report.Silhouette);
    }

    [Fact]
    public void No_two_clusters_share_a_name_and_names_have_two_to_four_words()
    {
        for (var seed = 1; seed <= 5; seed++)
        {
            var features = ThreeKinds(customers: 200, seed);
            // Groups of chance: nothing stands out, and still no name comes twice.
            int[] rows = [.. Enumerable.Range(0, 200)];
            int[] labels = [.. rows.Select(row => row * 31 % 20)];
            var explained = ClusterExplanation.Explain(ClusterWords.Table(features, rows), labels, new ExplanationOptions { Vocabulary = ClusterWords.Vocabulary });
            var names = explained.Clusters.Select(cluster => cluster.Name).ToList();
            Assert.Contains(new Bilingual("Typical buyers", "Acheteurs typiques"), names);
            Assert.Equal(20, names.Select(name => name.En).Distinct().Count());
            Assert.Equal(20, names.Select(name => name.Fr).Distinct().Count());
            Assert.All(names, name => Assert.InRange(name.En.Split(' ').Length, 2, 4));
            Assert.All(names, name => Assert.InRange(name.Fr.Split(' ').Length, 2, 4));
        }
    }

    [Fact]
    public void Every_feature_that_names_clusters_has_its_words()
    {
        foreach (var feature in ClusterTraits.Features.Except([FeatureTable.RecentRevenueShare]))
        {
            var words = ClusterWords.Vocabulary.Columns[feature.Name];
            Assert.NotNull(words.Much);
            Assert.NotEqual(words.Much, words.Little);
        }
    }

    [Fact]
    public void A_cluster_is_a_segment_with_a_stable_id()
    {
        var segment = Found.Report.Clusters[0].ToSegment();
        Assert.Equal(("cluster:1", SegmentKind.Cluster), (segment.Id, segment.Kind));
        Assert.Contains("\"kind\":\"cluster\"", JsonSerializer.Serialize(segment, CustomersJson.Default.SegmentDefinition), StringComparison.Ordinal);
    }

    // Half lapsed, three tenths middling, a fifth frequent, and ten customers who never bought.
    private static int[] Rows(int kind) => kind switch
    {
        0 => [.. Enumerable.Range(0, 150)],
        1 => [.. Enumerable.Range(150, 90)],
        2 => [.. Enumerable.Range(240, 60)],
        _ => [.. Enumerable.Range(300, 10)],
    };

    private static FeatureSet ThreeKinds(int customers, int seed)
    {
        var random = new Random(seed);
        double Around(double value) => value * (0.85 + 0.3 * random.NextDouble());
        var features = Population.Of(customers, row => row switch
        {
            < 150 => Kind(Around(300), 1, Around(20), double.NaN),
            < 240 => Kind(Around(60), Math.Round(Around(4)), Around(50), Around(60)),
            < 300 => Kind(Around(8), Math.Round(Around(30)), Around(90), Around(10)),
            _ => [],
        });
        var countries = Enumerable.Range(0, customers).Select(row => row < 150 ? null : row % 3 == 0 ? "Germany" : "France").ToArray();
        return new FeatureSet(features.AsOf, features.Customers, countries, features.Values);
    }

    private static (Feature, double)[] Kind(double recency, double orders, double basket, double gap) =>
    [
        (FeatureTable.RecencyDays, recency), (FeatureTable.Orders, orders), (FeatureTable.AverageBasket, basket),
        (FeatureTable.Revenue, orders * basket), (FeatureTable.GapMeanDays, gap), (FeatureTable.ItemsPerOrder, basket / 10),
        (FeatureTable.DistinctProducts, Math.Round(orders * 1.5)), (FeatureTable.RecentRevenueShare, recency < 90 ? 0.5 : 0),
    ];

    private static byte[][] Save(ClusterSegmentation? segmentation)
    {
        using var report = new MemoryStream();
        using var numbers = new MemoryStream();
        Assert.IsType<ClusterSegmentation>(segmentation).Save(report, numbers);
        return [report.ToArray(), numbers.ToArray()];
    }
}
