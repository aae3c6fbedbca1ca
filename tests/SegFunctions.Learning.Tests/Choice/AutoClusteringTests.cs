using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Learning.Choice;
using SegFunctions.Learning.Clustering;
using SegFunctions.Learning.Evaluation;

namespace SegFunctions.Learning.Tests.Choice;

public sealed class AutoClusteringTests
{
    private static readonly AutoClusteringOptions Options = new() { Threads = 2 };

    [Fact]
    public void Compact_groups_are_found_and_trusted()
    {
        var (rows, groups) = Some.Blobs(600, 3, groups: 4, apart: 14, seed: 4);
        var result = AutoClustering.Choose(rows, Options);
        Assert.Equal(ChoiceConfidence.Strong, result.Confidence);
        Assert.Equal(4, result.Model!.Clusters);
        Assert.True(AdjustedRandIndex.Of(groups, result.Model.Labels) > 0.99);
    }

    [Fact]
    public void Moons_are_not_forced_into_spheres()
    {
        var moons = ShapeGenerator.TwoMoons(500, spread: 0.4, seed: 2);
        var result = AutoClustering.Choose(moons.Rows, Options);
        Assert.NotEqual(KMeansOptions.Name, result.Winner!.Algorithm);
        Assert.True(AdjustedRandIndex.Of(moons.Groups, NoiseRows.AsSingletons(result.Model!.Labels)) > 0.95);
    }

    [Fact]
    public void A_ring_is_one_segment_and_what_it_encloses_another()
    {
        var ring = ShapeGenerator.RingAndDisc(600, seed: 3);
        var result = AutoClustering.Choose(ring.Rows, Options);
        Assert.True(AdjustedRandIndex.Of(ring.Groups, NoiseRows.AsSingletons(result.Model!.Labels)) > 0.95);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(300)]
    public void One_column_is_cut_at_its_valleys_and_not_at_gaps_that_chance_leaves(int count)
    {
        for (var seed = 0; seed < 3; seed++)
        {
            var random = new Xoshiro256(seed);
            int[] groups = [.. Enumerable.Range(0, count).Select(row => row % 10 < 4 ? 0 : row % 10 < 7 ? 1 : 2)];
            var result = AutoClustering.Choose(new Matrix(count, 1, [.. groups.Select(group => (6 * group) + random.NextNormal())]), Options);
            Assert.Equal(3, result.Model?.Clusters);
            Assert.True(AdjustedRandIndex.Of(groups, NoiseRows.AsSingletons(result.Model!.Labels)) > 0.95);
        }
    }

    [Theory]
    [InlineData("gaussian")]
    [InlineData("uniform")]
    [InlineData("correlated")]
    public void One_cloud_is_not_split(string kind)
    {
        var random = new Xoshiro256(12);
        var rows = Matrix.FromRows([.. Enumerable.Range(0, 400).Select(_ => Row())]);
        var result = AutoClustering.Choose(rows, Options);
        Assert.Null(result.Model);
        Assert.Null(result.Winner);
        Assert.Equal(ChoiceConfidence.None, result.Confidence);
        Assert.NotEmpty(result.Candidates);
        Assert.DoesNotContain(result.Candidates, candidate => candidate.Verdict == CandidateVerdict.Chosen);
        Assert.Contains("No segments", result.Sentences[0].En);
        Assert.Contains("Aucun segment", result.Sentences[0].Fr);

        double[] Row()
        {
            var (a, b) = kind == "uniform" ? (random.NextDouble(), random.NextDouble()) : (random.NextNormal(), random.NextNormal());
            return kind == "correlated" ? [a, (0.8 * a) + (0.6 * b)] : [a, b];
        }
    }

    [Fact]
    public void Every_candidate_says_in_both_languages_why_it_stands_where_it_does()
    {
        var shapes = ShapeGenerator.VaryingDensity(3, seed: 1);
        var result = AutoClustering.Choose(shapes.Rows, Options);
        Assert.Equal(CandidateVerdict.Chosen, result.Candidates[0].Verdict);
        Assert.Single(result.Candidates, candidate => candidate.Verdict == CandidateVerdict.Chosen);
        Assert.All(result.Candidates, candidate =>
        {
            Assert.NotEmpty(candidate.Reason.En);
            Assert.NotEmpty(candidate.Reason.Fr);
            Assert.NotEqual(candidate.Reason.En, candidate.Reason.Fr);
            Assert.NotEqual(candidate.Description.En, candidate.Description.Fr[..^1]);
            Assert.Equal(candidate.Separation is null, candidate.Support is null);
        });
        Assert.Contains(result.Candidates, candidate => candidate.Algorithm == "kmeans");
        Assert.Contains(result.Candidates, candidate => candidate.Algorithm == "ward");
        Assert.Contains(result.Candidates, candidate => candidate.Algorithm == "hierarchical");
        Assert.Contains(result.Candidates, candidate => candidate.Algorithm == "dbscan");
        Assert.Contains(result.Candidates, candidate => candidate.Algorithm == "hdbscan");
        Assert.True(result.Candidates.Select(candidate => candidate.Verdict).Distinct().Count() > 3);
    }

    [Fact]
    public void Limits_of_size_and_number_are_kept()
    {
        var (rows, _) = Some.Blobs(500, 2, groups: 6, apart: 25, seed: 9);
        var few = AutoClustering.Choose(rows, Options with { MaxSegments = 3 });
        Assert.True(few.Model is null || few.Model.Clusters <= 3);
        Assert.All(few.Candidates.Where(candidate => candidate.Segments > 3), candidate => Assert.True(candidate.Verdict is CandidateVerdict.TooManySegments));
        var large = AutoClustering.Choose(rows, Options with { MinimumSize = 120 });
        Assert.True(large.Model is null || large.Model.Sizes.Min() >= 120);
        Assert.Contains(large.Candidates, candidate => candidate.Verdict == CandidateVerdict.SegmentTooSmall && candidate.Reason.En.Contains("120"));
    }

    [Fact]
    public void A_large_table_is_judged_on_a_sample_and_says_so_and_every_row_is_labelled()
    {
        var (rows, groups) = Some.Blobs(6000, 2, groups: 3, apart: 14, seed: 5);
        var result = AutoClustering.Choose(rows, Options with { ChoiceRows = 400 });
        Assert.Equal(6000, result.Rows);
        Assert.Equal(400, result.RowsJudged);
        Assert.Equal(6000, result.Model!.Labels.Count);
        Assert.Equal(result.Model.Labels, result.Model.Predict(rows));
        Assert.True(AdjustedRandIndex.Of(groups, result.Model.Labels) > 0.99);
        Assert.Contains(result.Sentences, sentence => sentence.En.Contains("sample of 400 of the 6,000 rows"));
    }

    [Fact]
    public void A_large_table_of_no_spheres_is_labelled_by_prediction_and_its_model_can_be_stored()
    {
        var moons = ShapeGenerator.TwoMoons(3000, spread: 0.4, seed: 9);
        var result = AutoClustering.Choose(moons.Rows, Options with { ChoiceRows = 800 });
        Assert.Equal(3000, result.Model!.Labels.Count);
        Assert.Equal(result.Model.Labels.Count(label => label == 0), result.Model.Sizes[0]);
        Assert.True(AdjustedRandIndex.Of(moons.Groups, NoiseRows.AsSingletons(result.Model.Labels)) > 0.9);
        var loaded = ClusterModel.Load(new MemoryStream(Some.Bytes(result.Model.Save)));
        Assert.Equal(result.Model.Labels, loaded.Predict(moons.Rows));
    }

    [Fact]
    public void In_any_order_the_same_rows_give_the_same_segments_and_the_same_figures() =>
        Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), seed =>
        {
            var rows = AnyTable(seed);
            var options = Options with { ChoiceRows = seed % 3 == 0 ? 110 : 5000, MaxSegments = 6, Seed = seed };
            // By content, so that equal rows were in one segment.
            int[]? earlier = seed % 2 == 0 ? null : [.. Enumerable.Range(0, rows.Rows).Select(row => Math.Sign(rows[row, 0]) + (int)Math.Clamp(rows[row, 1], -1, 1))];
            var order = Some.Permutation(rows.Rows, seed);
            var one = AutoClustering.Choose(rows, options with { EarlierLabels = earlier });
            var other = AutoClustering.Choose(rows.Take(order), options with { EarlierLabels = earlier is null ? null : [.. order.Select(row => earlier[row])] });
            Assert.Equal(one.Sentences, other.Sentences);
            Assert.Equal(one.Candidates.Select(Figures), other.Candidates.Select(Figures));
            Assert.Equal(one.Model is null, other.Model is null);
            if (one.Model is not { } model)
                return;
            Assert.Equal(1, AdjustedRandIndex.Of([.. order.Select(row => model.Labels[row])], other.Model!.Labels), 12);
            Assert.Equal(model.Sizes, other.Model.Sizes);
            Assert.Equal((model as KMeansModel)?.Inertia, (other.Model as KMeansModel)?.Inertia);
            Assert.Equal(other.Model.Labels, other.Model.Predict(rows.Take(order)));
            Assert.True(ClusterOrder.BySize([.. other.Model.Labels], other.Model.Clusters).IsIdentity);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(12));

    [Fact]
    public void Where_nine_new_rows_leave_it_open_the_segments_of_before_stay()
    {
        var rows = Some.Blobs(200, 4, groups: 4, apart: 5, seed: 4).Rows;
        var options = Options with { MaxSegments = 6 };
        var first = AutoClustering.Choose(rows.Take([.. Enumerable.Range(0, 191)]), options).Model!;
        // Without a past one segment would be lost.
        Assert.Equal(first.Clusters - 1, AutoClustering.Choose(rows, options).Model!.Clusters);

        int[] earlier = [.. first.Labels, .. Enumerable.Repeat(AutoClusteringOptions.WasNotThere, 9)];
        var kept = AutoClustering.Choose(rows, options with { EarlierLabels = earlier });

        Assert.True(kept.KeptAsBefore);
        Assert.Equal(first.Clusters, kept.Model!.Clusters);
        Assert.True(AdjustedRandIndex.Of([.. first.Labels], [.. kept.Model.Labels.Take(191)]) > 0.9);
        Assert.Contains("kept as before", kept.Sentences[0].En);
        Assert.Contains("conservés comme avant", kept.Sentences[0].Fr);
        Assert.Contains(kept.Candidates, candidate => candidate.Verdict == CandidateVerdict.NotClearlyBetter && candidate.Segments == first.Clusters - 1);
    }

    [Theory]
    [InlineData("two of four groups lumped", 4)]
    [InlineData("drawn by lot", 4)]
    [InlineData("all new but a few", 4)]
    [InlineData("one cloud cut in two", 0)]
    public void What_the_rows_refute_is_not_kept(string before, int found)
    {
        var (rows, groups) = before == "one cloud cut in two" ? (Some.Normal(300, 2, seed: 5), []) : Some.Blobs(300, 3, groups: 4, apart: 16, seed: 4);
        int[] earlier = [.. Enumerable.Range(0, 300).Select(row => before switch
        {
            "two of four groups lumped" => Math.Min(groups[row], 2),
            "drawn by lot" => row % 3,
            "all new but a few" => row < 12 ? groups[row] / 2 : AutoClusteringOptions.WasNotThere,
            _ => rows[row, 0] > 0 ? 1 : 0,
        })];
        var result = AutoClustering.Choose(rows, Options with { EarlierLabels = earlier });
        Assert.False(result.KeptAsBefore);
        Assert.Equal(found, result.Model?.Clusters ?? 0);
    }

    [Fact]
    public void Segments_that_would_be_chosen_anyway_are_not_said_to_be_kept()
    {
        var (rows, groups) = Some.Blobs(300, 3, groups: 4, apart: 16, seed: 4);
        var result = AutoClustering.Choose(rows, Options with { EarlierLabels = groups });
        Assert.False(result.KeptAsBefore);
        Assert.Equal(AutoClustering.Choose(rows, Options).Sentences, result.Sentences);
    }

    [Fact]
    public void Segments_of_one_size_are_numbered_as_their_first_members_come()
    {
        var (rows, groups) = (Matrix.FromRows([.. Enumerable.Range(0, 200).Select(Row)]), Enumerable.Range(0, 200).Select(row => row % 2));
        var result = AutoClustering.Choose(rows, Options);
        Assert.Equal(groups, result.Model!.Labels);
        Assert.Equal(groups.Select(group => 1 - group), AutoClustering.Choose(rows.Take([.. Enumerable.Range(1, 199), 0]), Options).Model!.Predict(rows));

        static double[] Row(int row)
        {
            var random = new Xoshiro256(row / 2);
            return [random.NextNormal() - (30 * (row % 2)), random.NextNormal()];
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_table_on_any_number_of_threads()
    {
        var shapes = ShapeGenerator.VaryingDensity(4, seed: 3);
        var one = AutoClustering.Choose(shapes.Rows, Options with { Threads = 1 });
        var three = AutoClustering.Choose(shapes.Rows, Options with { Threads = 3 });
        Assert.Equal(one.Model!.Labels, three.Model!.Labels);
        Assert.Equal(one.Sentences, three.Sentences);
        Assert.Equal(
            one.Candidates.Select(candidate => (candidate.Description, candidate.Support, candidate.Separation, candidate.Silhouette, candidate.Reason)),
            three.Candidates.Select(candidate => (candidate.Description, candidate.Support, candidate.Separation, candidate.Silhouette, candidate.Reason)));
    }

    [Fact]
    public void Too_few_rows_are_no_segments_with_a_reason()
    {
        var result = AutoClustering.Choose(Some.Normal(15, 2), Options);
        Assert.Null(result.Model);
        Assert.Empty(result.Candidates);
        Assert.Contains("15 rows", result.Sentences[0].En);
        Assert.Equal(1, Options.Fit(Some.Normal(15, 2)).Clusters);
    }

    [Fact]
    public void Progress_never_falls_and_ends_at_one()
    {
        var told = new List<double>();
        AutoClustering.Choose(Some.Blobs(200, 2, groups: 3, apart: 12).Rows, Options, new Told(told));
        Assert.Equal(told.Order(), told);
        Assert.Equal(1, told[^1]);
    }

    [Fact]
    public void It_can_be_cancelled_on_the_way()
    {
        using var cancellation = new CancellationTokenSource();
        var rows = Some.Blobs(300, 2, groups: 3, apart: 12).Rows;
        Assert.ThrowsAny<OperationCanceledException>(() => AutoClustering.Choose(rows, Options, new Stop(cancellation), cancellation.Token));
    }

    [Fact]
    public void Every_fault_in_the_options_is_listed()
    {
        var wrong = new AutoClusteringOptions { MaxSegments = 1, MinimumSize = 0, ChoiceRows = 5, Threads = 0, EarlierLabels = [0, -3] };
        var message = Assert.Throws<ArgumentException>(() => AutoClustering.Choose(Some.Normal(50, 2), wrong)).Message;
        Assert.All((string[])["MaxSegments is 1", "MinimumSize is 0", "ChoiceRows is 5", "Threads is 0", "EarlierLabels has 2 labels", "EarlierLabels holds -3"], fault => Assert.Contains(fault, message));
    }

    private static object Figures(ChoiceCandidate one) =>
        (one.Description, one.Verdict, one.Reason, one.SmallestSize, one.NoiseShare, one.Separation, one.Support, one.Crossing, one.NoiseError, one.Silhouette, one.Stability);

    /// <summary>Groups that overlap, moons, counts beside a measure, and rows that come several times: what leaves a choice open.</summary>
    private static Matrix AnyTable(int seed)
    {
        var random = new Xoshiro256(seed);
        var size = 120 + random.NextInt(80);
        return (seed % 4) switch
        {
            0 => Some.Blobs(size, 2 + random.NextInt(4), groups: 3, apart: 4, seed).Rows,
            1 => ShapeGenerator.TwoMoons(size, spread: 0.8, seed).Rows,
            2 => Matrix.FromRows([.. Enumerable.Range(0, size).Select(_ => new double[] { random.NextInt(6), random.NextNormal() + (4 * random.NextInt(2)) })]),
            _ => Some.Blobs(60, 2, groups: 2, apart: 5, seed).Rows.Take([.. Enumerable.Range(0, size).Select(_ => random.NextInt(60))]),
        };
    }

    private sealed class Told(List<double> shares) : IProgress<ClusteringProgress>
    {
        public void Report(ClusteringProgress value) => shares.Add(value.Share);
    }

    private sealed class Stop(CancellationTokenSource cancellation) : IProgress<ClusteringProgress>
    {
        public void Report(ClusteringProgress value) => cancellation.Cancel();
    }
}
