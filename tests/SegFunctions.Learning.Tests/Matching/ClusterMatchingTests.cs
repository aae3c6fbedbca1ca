using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Learning.Explanation;
using SegFunctions.Learning.Matching;

namespace SegFunctions.Learning.Tests.Matching;

public sealed class ClusterMatchingTests
{
    [Fact]
    public void Nothing_changes_when_nothing_changed()
    {
        int[] ids = [7, 7, 7, 7, 7, 7, 3, 3, 3, 3, 3, -1];
        int[] labels = [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, -1];
        var match = ClusterMatching.Match(Published((7, 6), (3, 5)), SharedMembers.Of(ids, labels), [6, 5]);
        Assert.Equal([7, 3], match.Pairs.Select(pair => pair.Id));
        Assert.All(match.Pairs, pair => Assert.Equal(1, pair.Overlap));
        Assert.Equal(ids, match.IdsOf(labels));
        Assert.Equal(8, match.NextId);
        Assert.All(match.Changes, change => Assert.Equal(ChangeKind.Kept, change.Kind));
        var publication = match.Publish([Name(7), Name(3)]);
        Assert.Equal(new Bilingual("“Cluster g” stays, with an overlap of 100%.", "«\u202FGroupe g\u202F» demeure, avec un recouvrement de 100\u202F%."), publication.Changes[0].Text);
    }

    [Fact]
    public void Permuted_numbering_keeps_every_id() =>
        Prop.ForAll(Gen.Choose(1, 100_000).ToArbitrary(), seed =>
        {
            var random = new Xoshiro256(seed);
            var clusters = 2 + random.NextInt(8);
            // 40 members each, of whom a tenth go elsewhere.
            int[] ids = [.. Enumerable.Range(0, clusters * 40).Select(member => 10 + (member % clusters))];
            int[] labels = [.. ids.Select(id => random.NextDouble() < 0.1 ? random.NextInt(clusters) : id - 10)];
            var order = Some.Permutation(clusters, seed);
            int[] renumbered = [.. labels.Select(label => order[label])];
            var previous = Published([.. Enumerable.Range(10, clusters).Select(id => (id, 40))]);

            var one = ClusterMatching.Match(previous, SharedMembers.Of(ids, labels), Sizes(labels, clusters));
            var other = ClusterMatching.Match(previous, SharedMembers.Of(ids, renumbered), Sizes(renumbered, clusters));

            Assert.Equal(Enumerable.Range(10, clusters), one.Pairs.Select(pair => pair.Id));
            Assert.Equal(one.IdsOf(labels), other.IdsOf(renumbered));
        }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void The_first_run_gives_ids_from_1()
    {
        var match = ClusterMatching.Match(PublishedClusters.None, SharedMembers.None, [30, 20]);
        Assert.Equal([1, 2], match.Pairs.Select(pair => pair.Id));
        Assert.Equal(3, match.NextId);
        Assert.Empty(match.KeptNames);
        var publication = match.Publish([new("Big spenders", "Gros acheteurs"), new("Rare guests", "Hôtes rares")]);
        Assert.Equal(new Bilingual("“Big spenders” is new, with 30 members.", "«\u202FGros acheteurs\u202F» est nouveau, avec 30 membres."), publication.Changes[0].Text);
    }

    [Fact]
    public void A_split_is_told_and_the_larger_part_keeps_the_name()
    {
        int[] ids = [.. Enumerable.Repeat(1, 100), .. Enumerable.Repeat(2, 50)];
        int[] labels = [.. Enumerable.Repeat(0, 60), .. Enumerable.Repeat(2, 40), .. Enumerable.Repeat(1, 50)];
        var match = ClusterMatching.Match(Published((1, 100), (2, 50)), SharedMembers.Of(ids, labels), [60, 50, 40]);
        Assert.Equal([1, 2, 3], match.Pairs.Select(pair => pair.Id));
        Assert.True(match.Pairs[2].IsNew);
        var publication = match.Publish([Name(1), Name(2), new("New part", "Nouvelle part")]);
        Assert.Equal([ChangeKind.Split, ChangeKind.Kept], publication.Changes.Select(change => change.Kind));
        Assert.Equal(
            new Bilingual("“Cluster a” splits into “Cluster a” (60%) and “New part” (40%).", "«\u202FGroupe a\u202F» se divise en «\u202FGroupe a\u202F» (60\u202F%) et «\u202FNouvelle part\u202F» (40\u202F%)."),
            publication.Changes[0].Text);
    }

    [Fact]
    public void A_merge_is_told_and_no_death_beside_it()
    {
        int[] ids = [.. Enumerable.Repeat(4, 70), .. Enumerable.Repeat(5, 50)];
        var match = ClusterMatching.Match(Published((4, 70), (5, 50)), SharedMembers.Of(ids, new int[120]), [120]);
        Assert.Equal(4, Assert.Single(match.Pairs).Id);
        Assert.Equal([Name(5)], match.RetiredNames);
        var change = Assert.Single(match.Publish([Name(4)]).Changes);
        Assert.Equal(ChangeKind.Merged, change.Kind);
        Assert.Equal(
            new Bilingual("“Cluster d” (58%) and “Cluster e” (42%) merge into “Cluster d”.", "«\u202FGroupe d\u202F» (58\u202F%) et «\u202FGroupe e\u202F» (42\u202F%) fusionnent en «\u202FGroupe d\u202F»."),
            change.Text);
    }

    [Fact]
    public void Births_and_deaths_are_told_with_whereabouts()
    {
        // Cluster 1 stays; of cluster 2 most are noise now; those of the new one were noise.
        int[] ids = [.. Enumerable.Repeat(1, 50), .. Enumerable.Repeat(2, 20), .. Enumerable.Repeat(-1, 30)];
        int[] labels = [.. Enumerable.Repeat(0, 50), .. Enumerable.Repeat(-1, 15), .. Enumerable.Repeat(0, 5), .. Enumerable.Repeat(1, 30)];
        var match = ClusterMatching.Match(Published((1, 50), (2, 20), (6, 9)), SharedMembers.Of(ids, labels), [55, 30]);
        Assert.Equal([1, 7], match.Pairs.Select(pair => pair.Id));
        var changes = match.Publish([Name(1), new("Late arrivals", "Derniers venus")]).Changes;
        Assert.Equal([ChangeKind.Kept, ChangeKind.Born, ChangeKind.Died, ChangeKind.Died], changes.Select(change => change.Kind));
        Assert.Equal("“Cluster b” is gone; 75% of its members are in no cluster now.", changes[2].Text!.En);
        Assert.Equal("«\u202FGroupe f\u202F» disparaît ; aucun de ses membres n'est connu aujourd'hui.", changes[3].Text!.Fr);
    }

    [Fact]
    public void An_id_never_comes_back()
    {
        var everGiven = new HashSet<int>();
        var clusters = PublishedClusters.None;
        for (var run = 0; run < 6; run++)
        {
            // Every month other people: all clusters die, all are born.
            var match = ClusterMatching.Match(clusters, SharedMembers.None, [10, 10, 10]);
            Assert.All(match.Pairs, pair => Assert.True(everGiven.Add(pair.Id)));
            clusters = match.Publish([.. match.Pairs.Select(pair => Name(pair.Id))]).Clusters;
            clusters = JsonSerializer.Deserialize<PublishedClusters>(JsonSerializer.Serialize(clusters))!;
        }

        Assert.Equal(19, clusters.NextId);
    }

    [Fact]
    public void Without_shared_members_centroids_tell()
    {
        var previous = new PublishedClusters(3, [new PublishedCluster(1, Name(1), 10, [0, 0]), new PublishedCluster(2, Name(2), 10, [4, 4])]);
        var centroids = Matrix.FromRows([[4.2, 4], [0, 0.1], [20, 20]]);
        var match = ClusterMatching.Match(previous, SharedMembers.None, [10, 9, 8], centroids);
        Assert.Equal([2, 1, 3], match.Pairs.Select(pair => pair.Id));
        Assert.Null(match.Pairs[0].Overlap);
        Assert.Equal(0.2 / Math.Sqrt(2), match.Pairs[0].Distance!.Value, 12);
        var publication = match.Publish([Name(2), Name(1), new("Far away", "Au loin")]);
        Assert.Equal("“Cluster b” stays: too few members are shared, but its centre moved by 0.14 standard deviations only.", publication.Changes[0].Text!.En);
        Assert.Equal([20.0, 20.0], publication.Clusters.Clusters[2].Centroid!);

        // In a column whose deviation is a tenth, the same step is ten times as far.
        var scaled = ClusterMatching.Match(previous, SharedMembers.None, [10, 9, 8], centroids, new MatchingOptions { Scale = [0.1, 1] });
        Assert.True(scaled.Pairs[0].IsNew);
    }

    [Fact]
    public void Where_members_tell_no_centroid_overrules_them()
    {
        // The clusters have changed places, with their members.
        int[] ids = [.. Enumerable.Repeat(1, 10), .. Enumerable.Repeat(2, 10)];
        int[] labels = [.. Enumerable.Repeat(0, 10), .. Enumerable.Repeat(1, 10)];
        var previous = new PublishedClusters(3, [new PublishedCluster(1, Name(1), 10, [0]), new PublishedCluster(2, Name(2), 10, [9])]);
        var match = ClusterMatching.Match(previous, SharedMembers.Of(ids, labels), [10, 10], Matrix.FromRows([[9], [0]]));
        Assert.Equal([1, 2], match.Pairs.Select(pair => pair.Id));
        // With strangers for members it dies, though another stands where it stood.
        var gone = ClusterMatching.Match(previous, SharedMembers.Of(ids, [.. Enumerable.Repeat(-1, 10), .. Enumerable.Repeat(1, 10)]), [10, 10], Matrix.FromRows([[0], [9]]));
        Assert.True(gone.Pairs[0].Id == 1 && gone.Pairs[0].Overlap is null);
        Assert.Equal(2, gone.Pairs[1].Id);
    }

    [Fact]
    public void Nobody_before_and_nobody_after_are_results()
    {
        Assert.Empty(ClusterMatching.Match(PublishedClusters.None, SharedMembers.None, []).Changes);
        var ended = ClusterMatching.Match(Published((1, 50)), SharedMembers.Of([1, 1], [-1, -1]), []);
        Assert.Equal(ChangeKind.Died, Assert.Single(ended.Publish([]).Changes).Kind);
        Assert.Equal([-1, -1], ended.IdsOf([-1, -1]));
    }

    [Fact]
    public void Members_are_found_by_their_keys()
    {
        var previous = new Dictionary<string, int>(StringComparer.Ordinal) { ["a"] = 5, ["b"] = 5, ["c"] = 5, ["d"] = 5, ["e"] = 5, ["gone"] = 5 };
        var shared = SharedMembers.Of(previous, ["new", "e", "d", "c", "b", "a"], [1, 0, 0, 0, 0, 0]);
        var match = ClusterMatching.Match(Published((5, 6)), shared, [5, 1]);
        Assert.Equal([5, 6], match.Pairs.Select(pair => pair.Id));
    }

    [Fact]
    public void Matched_names_go_through_the_explanation_into_what_is_published()
    {
        var (table, labels) = Explanation.ExplainedExample.Mixed(600, 3, 4, seed: 2);
        var sizes = Sizes(labels, 4);
        var first = ClusterMatching.Match(PublishedClusters.None, SharedMembers.None, sizes);
        var published = first.Publish(Names(first)).Clusters;
        // Next month clusters 0 and 3 are one, and a new number stands for each.
        int[] next = [.. labels.Select(label => label switch { 0 or 3 => 2, 1 => 0, _ => 1 })];
        var second = ClusterMatching.Match(published, SharedMembers.Of(first.IdsOf(labels), next), Sizes(next, 3));

        var explanation = ClusterExplanation.Explain(table, next, new ExplanationOptions { KeptNames = second.KeptNames, TakenNames = second.RetiredNames });
        var publication = second.Publish([.. explanation.Clusters.Select(cluster => cluster.Name)]);

        Assert.Equal(published.Clusters[1].Name, publication.Clusters.Clusters[0].Name);
        Assert.Equal(published.Clusters[2].Name, publication.Clusters.Clusters[1].Name);
        Assert.Contains(publication.Changes, change => change.Kind == ChangeKind.Merged);

        Bilingual[] Names(ClusterMatch match) =>
            [.. ClusterExplanation.Explain(table, labels, new ExplanationOptions { KeptNames = match.KeptNames }).Clusters.Select(cluster => cluster.Name)];
    }

    [Fact]
    public void What_does_not_fit_together_is_refused()
    {
        var previous = new PublishedClusters(3, [new PublishedCluster(1, Name(1), 10, [0, 0])]);
        Assert.Contains("were in cluster 9", Refused(() => ClusterMatching.Match(previous, SharedMembers.Of([9], [0]), [1])), StringComparison.Ordinal);
        Assert.Contains("have the label 4", Refused(() => ClusterMatching.Match(previous, SharedMembers.Of([1], [4]), [1])), StringComparison.Ordinal);
        Assert.Contains("3 columns, those of the last run 2", Refused(() => ClusterMatching.Match(previous, SharedMembers.None, [1], new Matrix(1, 3, [1, 2, 3]))), StringComparison.Ordinal);
        Assert.Contains("Id 3 is out of range", Refused(() => ClusterMatching.Match(Published((3, 1)) with { NextId = 3 }, SharedMembers.None, [1])), StringComparison.Ordinal);
        var match = ClusterMatching.Match(Published((1, 9)), SharedMembers.Of([1, 1, 1, 1, 1], [0, 0, 0, 0, 0]), [5, 5]);
        Assert.Contains("Two clusters are called", Refused(() => match.Publish([Name(1), Name(1)])), StringComparison.Ordinal);
        Assert.Contains("cannot be called 'Other name'", Refused(() => match.Publish([new("Other name", "Autre nom"), Name(2)])), StringComparison.Ordinal);
        var all = Refused(() => ClusterMatching.Match(previous, SharedMembers.None, [1], options: new MatchingOptions { MinimumOverlap = 2, MinimumShared = 0, MaximumDistance = 0, OverlapWeight = -1, PartShare = 0.6, OriginShare = 0, Scale = [0] }));
        Assert.All(["MinimumOverlap", "MinimumShared", "MaximumDistance", "OverlapWeight", "PartShare", "OriginShare", "Scale"], fault => Assert.Contains(fault, all, StringComparison.Ordinal));
    }

    private static string Refused(Action action) => Assert.Throws<ArgumentException>(action).Message;

    private static PublishedClusters Published(params (int Id, int Size)[] clusters) =>
        new(clusters.Max(cluster => cluster.Id) + 1, [.. clusters.Select(cluster => new PublishedCluster(cluster.Id, Name(cluster.Id), cluster.Size))]);

    private static Bilingual Name(int id) => new($"Cluster {(char)('a' + id - 1)}", $"Groupe {(char)('a' + id - 1)}");

    private static int[] Sizes(int[] labels, int clusters) => [.. Enumerable.Range(0, clusters).Select(label => labels.Count(one => one == label))];
}
