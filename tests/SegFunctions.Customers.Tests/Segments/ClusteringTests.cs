using System.Text.Json;
using SegFunctions.Customers.Features;
using SegFunctions.Customers.Segments;
using SegFunctions.Customers.Segments.Clusters;
using SegFunctions.Customers.Segments.Profiles;
using SegFunctions.Learning.Choice;

namespace SegFunctions.Customers.Tests.Segments;

public sealed class ClusteringTests
{
    private static readonly ClusterOptions Options = new() { Choice = new AutoClusteringOptions { Seed = 1 } };
    private static readonly FeatureSet Planted = ThreeKinds(customers: 310, seed: 2);
    private static readonly ClusterResult Found = Clustering.Fit(Planted, Options, EarlierClusters.None);

    [Fact]
    public void Planted_kinds_of_customers_are_found_again()
    {
        var segmentation = Assert.IsType<ClusterSegmentation>(Found.Segmentation);

        Assert.Equal(3, Found.Report.Clusters.Count);
        Assert.NotEqual(ChoiceConfidence.None, Found.Report.Confidence);
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
        var one = Clustering.Fit(Planted, Options with { Choice = Options.Choice with { Threads = 1 } }, EarlierClusters.None);
        var three = Clustering.Fit(Planted, Options with { Choice = Options.Choice with { Threads = 3 } }, EarlierClusters.None);
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
        var result = Clustering.Fit(ThreeKinds(20, seed: 1), Options, EarlierClusters.None);
        Assert.Null(result.Segmentation);
        Assert.Contains("50 are needed", result.Report.Reason.En, StringComparison.Ordinal);
        Assert.Contains("il en faut 50", result.Report.Reason.Fr, StringComparison.Ordinal);
    }

    [Fact]
    public void Customers_who_are_all_alike_have_no_clusters()
    {
        var result = Clustering.Fit(Population.Of(80, _ => Kind(10, 3, 20, 50)), Options, EarlierClusters.None);
        Assert.Null(result.Segmentation);
        Assert.Contains("no feature differs", result.Report.Reason.En, StringComparison.Ordinal);
        Assert.NotEmpty(result.Report.Preparation);
    }

    [Fact]
    public void Every_clustering_that_was_tried_says_why_it_won_or_lost()
    {
        Assert.True(Found.Report.Candidates.Count > 3);
        Assert.Single(Found.Report.Candidates, candidate => candidate.Chosen);
        Assert.All(Found.Report.Candidates, candidate => Assert.NotEqual("", candidate.Reason.En));
        Assert.All(Found.Report.Candidates, candidate => Assert.NotEqual("", candidate.Reason.Fr));
    }

    [Fact]
    public void Customers_of_one_cloud_are_no_structure()
    {
        var random = new Random(3);
        double Spread(double value) => value * Math.Exp(0.3 * (Enumerable.Range(0, 12).Sum(_ => random.NextDouble()) - 6));
        var result = Clustering.Fit(Population.Of(400, _ => Kind(Spread(60), Math.Round(Spread(40)), Spread(50), Spread(30))), Options, EarlierClusters.None);
        Assert.Null(result.Segmentation);
        Assert.Equal(ChoiceConfidence.None, result.Report.Confidence);
        Assert.NotEqual("", result.Report.Reason.Fr);
    }

    [Fact]
    public void No_two_clusters_share_a_name_and_names_have_two_to_four_words()
    {
        foreach (var cluster in Found.Report.Clusters)
        {
            Assert.InRange(cluster.Name.En.Split(' ').Length, 2, 4);
            Assert.InRange(cluster.Name.Fr.Split(' ').Length, 2, 4);
        }

        Assert.Equal(3, Found.Report.Clusters.Select(cluster => cluster.Name.En).Distinct().Count());
        Assert.Equal(3, Found.Report.Clusters.Select(cluster => cluster.Name.Fr).Distinct().Count());
    }

    [Fact]
    public void A_rule_says_who_is_in_a_cluster_and_how_right_it_is()
    {
        foreach (var cluster in Found.Report.Clusters)
        {
            var rule = Assert.IsType<ClusterRuleText>(cluster.Rule);
            Assert.True(rule.Precision > 0.95 && rule.Recall > 0.95, rule.Text.En);
        }
    }

    [Fact]
    public void Next_month_the_same_kinds_keep_their_numbers_and_names()
    {
        // The lapsed half shrinks to the smallest kind: by size alone every number would change.
        var rows = Enumerable.Range(0, Planted.Rows).Where(row => row is < 40 or >= 150).ToArray();
        var next = Clustering.Fit(Planted.Take(rows), Options, EarlierClusters.Of(Found.Report, Found.Segmentation, Found.Members));

        Assert.Equal([2, 3, 1], next.Report.Clusters.Select(cluster => cluster.Number));
        foreach (var cluster in next.Report.Clusters)
            Assert.Equal(Found.Report.Clusters.Single(one => one.Number == cluster.Number).Name, cluster.Name);
        Assert.Empty(next.Report.Changes);
        Assert.Equal(4, next.Report.Published.NextId);
        var segmentation = Assert.IsType<ClusterSegmentation>(next.Segmentation);
        Assert.Equal(1, Assert.NotNull(segmentation.Assign(Planted[0])).Number);
    }

    [Fact]
    public void Finer_groups_lie_inside_the_clusters_and_share_no_name()
    {
        var (clusters, groups) = (Found.Report.Clusters, Found.Report.Micro.Segments);

        Assert.InRange(groups.Count, 10, 50);
        Assert.Equal(300, groups.Sum(group => group.Customers));
        Assert.All(groups, group => Assert.True(group.Customers >= 10, $"{group.Number} has {group.Customers}"));
        foreach (var cluster in clusters)
            Assert.Equal(cluster.Customers, groups.Where(group => group.Cluster == cluster.Number).Sum(group => group.Customers));
        Assert.Distinct(clusters.Concat(groups).Select(group => group.Name.En));
        Assert.Distinct(clusters.Concat(groups).Select(group => group.Name.Fr));
        Assert.All(groups, group => Assert.Equal(($"micro:{group.Number}", SegmentKind.Micro), (group.ToSegment().Id, group.ToSegment().Kind)));
        var segmentation = Assert.IsType<ClusterSegmentation>(Found.Segmentation);
        foreach (var row in Enumerable.Range(0, 300))
        {
            var assigned = Assert.NotNull(segmentation.Assign(Planted[row]));
            Assert.Equal(assigned.Number, segmentation.Micro(assigned.Micro).Cluster);
            Assert.Equal(Found.Members.MicroOf[Planted.Customers[row]], assigned.Micro);
        }
    }

    [Fact]
    public void The_same_finer_groups_keep_their_numbers_and_names()
    {
        var next = Clustering.Fit(Planted, Options, EarlierClusters.Of(Found.Report, Found.Segmentation, Found.Members)).Report.Micro;

        Assert.Equal(Found.Report.Micro.Segments.Select(group => (group.Number, group.Name)), next.Segments.Select(group => (group.Number, group.Name)));
        Assert.Equal(Found.Report.Micro.Published.NextId, next.Published.NextId);
    }

    [Fact]
    public void Without_clusters_there_are_no_finer_groups_but_their_numbers_stay_taken()
    {
        var none = Clustering.Fit(ThreeKinds(20, seed: 1), Options, EarlierClusters.Of(Found.Report, Found.Segmentation, Found.Members)).Report.Micro;

        Assert.Empty(none.Segments);
        Assert.Equal(Found.Report.Micro.Published.NextId, none.Published.NextId);
    }

    [Fact]
    public void Without_members_in_common_the_centres_tell()
    {
        var next = Clustering.Fit(Planted, Options, EarlierClusters.Of(Found.Report, Found.Segmentation, ClusterMembers.None));
        Assert.Equal([1, 2, 3], next.Report.Clusters.Select(cluster => cluster.Number));
    }

    [Fact]
    public void A_kind_that_goes_and_one_that_comes_are_told_and_a_number_is_never_given_again()
    {
        var without = Clustering.Fit(Planted.Take([.. Rows(0), .. Rows(1)]), Options, EarlierClusters.Of(Found.Report, Found.Segmentation, Found.Members));
        Assert.Equal([1, 2], without.Report.Clusters.Select(cluster => cluster.Number));
        Assert.Single(without.Report.Changes);

        var again = Clustering.Fit(Planted, Options, EarlierClusters.Of(without.Report, without.Segmentation, without.Members));
        Assert.Equal([1, 2, 4], again.Report.Clusters.Select(cluster => cluster.Number));
        Assert.Single(again.Report.Changes);

        var none = Clustering.Fit(ThreeKinds(20, seed: 1), Options, EarlierClusters.Of(again.Report, again.Segmentation, again.Members));
        Assert.Equal(5, none.Report.Published.NextId);
    }

    [Fact]
    public void Nine_new_customers_do_not_change_how_many_clusters_there_are()
    {
        var today = ThreeBlurredKinds(customers: 209, seed: 13);
        var before = Clustering.Fit(today.Take([.. Enumerable.Range(0, 200)]), Options, EarlierClusters.None);
        Assert.Equal(3, before.Report.Clusters.Count);
        // Without a past there would be two.
        Assert.Equal(2, Clustering.Fit(today, Options, EarlierClusters.None).Report.Clusters.Count);

        var next = Clustering.Fit(today, Options, EarlierClusters.Of(before.Report, before.Segmentation, before.Members));

        Assert.Equal([1, 2, 3], next.Report.Clusters.Select(cluster => cluster.Number).Order());
        Assert.Empty(next.Report.Changes);
        Assert.Contains("kept as before", next.Report.Reason.En, StringComparison.Ordinal);
        Assert.Contains("conservés comme avant", next.Report.Reason.Fr, StringComparison.Ordinal);
    }

    [Fact]
    public void Members_are_kept_for_the_next_run_byte_for_byte()
    {
        var csv = Found.Members.ToCsv();
        Assert.Equal(csv, ClusterMembers.FromCsv(csv).ToCsv());
        Assert.Equal(300, ClusterMembers.FromCsv(csv).ClusterOf.Count);
        Assert.Equal(Found.Members.MicroOf, ClusterMembers.FromCsv(csv).MicroOf);
        Assert.Throws<InvalidDataException>(() => ClusterMembers.FromCsv("customer,cluster,micro\nabc,1,1\n"u8));
        Assert.Throws<InvalidDataException>(() => ClusterMembers.FromCsv("customer,cluster,micro\naaaaaaaaaaaaaaaaaaaaaaaaaa,1\n"u8));
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

    /// <summary>Kinds that run into each other, so that their number is open.</summary>
    private static FeatureSet ThreeBlurredKinds(int customers, int seed)
    {
        var random = new Random(seed);
        double Around(double value) => value * Math.Exp(0.32 * (Enumerable.Range(0, 12).Sum(_ => random.NextDouble()) - 6));
        return Population.Of(customers, row => (row % 3) switch
        {
            0 => Kind(Around(120), Math.Round(Around(3)), Around(20), Around(90)),
            1 => Kind(Around(60), Math.Round(Around(8)), Around(50), Around(60)),
            _ => Kind(Around(20), Math.Round(Around(20)), Around(60), Around(20)),
        });
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
