using System.Text.Json;
using SegFunctions.Learning.Clustering;
using SegFunctions.Learning.Clustering.Hierarchical;
using SegFunctions.Learning.Evaluation;

namespace SegFunctions.Learning.Tests.Clustering.Hierarchical;

public sealed class HierarchicalModelTests
{
    private static readonly Matrix ThreeOnALine = Matrix.FromRows([[0.0], [1], [4]]);

    public static TheoryData<Linkage> Linkages => [.. Enum.GetValues<Linkage>()];

    [Theory]
    [InlineData(Linkage.Single, 3)]
    [InlineData(Linkage.Average, 3.5)]
    [InlineData(Linkage.Complete, 4)]
    public void Heights_are_what_the_linkage_says(Linkage linkage, double top)
    {
        var tree = Fit(ThreeOnALine, linkage).Dendrogram;
        Assert.Equal([new Merge(0, 1, 1, 2), new Merge(2, 3, top, 3)], tree.Merges);
    }

    [Fact]
    public void Ward_heights_grow_the_sum_of_squares_as_R_and_scipy_count_it()
    {
        // From 1/2 to 26/3 within: √(2 · (26/3 − 1/2)).
        var tree = Fit(ThreeOnALine, Linkage.Ward).Dendrogram;
        Assert.Equal(1, tree.Merges[0].Height, 1e-15);
        Assert.Equal(Math.Sqrt(2 * ((26.0 / 3) - 0.5)), tree.Merges[1].Height, 1e-14);
    }

    [Fact]
    public void The_tree_is_written_as_others_read_it()
    {
        var tree = Fit(ThreeOnALine, Linkage.Average).Dendrogram;
        Assert.Equal("left,right,height,size\n0,1,1,2\n2,3,3.5,3\n", tree.ToCsv());
        Assert.Equal("(2:3.5,(0:1,1:1):2.5);", tree.ToNewick());
        Assert.Equal("('Ann''s':3.5,(Bo:1,'C D':1):2.5);", tree.ToNewick(["Bo", "C D", "Ann's"]));
        Assert.Contains("2 names", Assert.Throws<ArgumentException>(() => tree.ToNewick(["a", "b"])).Message);
        using var json = JsonDocument.Parse(tree.ToJson());
        Assert.Equal(3, json.RootElement.GetProperty("leaves").GetInt32());
        Assert.Equal(3.5, json.RootElement.GetProperty("merges")[1].GetProperty("height").GetDouble());
    }

    [Fact]
    public void A_tree_of_one_leaf_and_one_as_deep_as_it_can_be_are_written()
    {
        var one = Fit(Matrix.FromRows([[1.0, 2]]), Linkage.Ward).Dendrogram;
        Assert.Equal("0:0;", one.ToNewick());
        Assert.Equal("left,right,height,size\n", one.ToCsv());
        Assert.Equal("{\"leaves\":1,\"merges\":[]}", one.ToJson());
        // Gaps that grow: each row joins all before it.
        var chain = Fit(new Matrix(5000, 1, [.. Enumerable.Range(0, 5000).Select(row => (double)row * row)]), Linkage.Single).Dendrogram;
        var newick = chain.ToNewick();
        Assert.Equal(4999, newick.Count(sign => sign == '('));
        Assert.EndsWith(":1,1:1):2);", Fit(new Matrix(3, 1, [0.0, 1, 4]), Linkage.Single).Dendrogram.ToNewick());
    }

    [Theory]
    [MemberData(nameof(Linkages))]
    public void Cutting_elsewhere_is_fitting_elsewhere(Linkage linkage)
    {
        var rows = Some.Blobs(200, 3, groups: 4, apart: 6).Rows;
        var model = Fit(rows, linkage);
        for (var clusters = 1; clusters <= 12; clusters++)
        {
            var fitted = Agglomerative.Fit(rows, new HierarchicalOptions { Linkage = linkage, Clusters = clusters });
            Assert.Equal(clusters, fitted.Clusters);
            Assert.Equal(fitted.Labels, model.CutByCount(clusters));
            Assert.Equal(Some.Bytes(fitted.Save), Some.Bytes(model.WithCount(clusters).Save));
            // At the height of the last merge made, and until just below the next.
            var heights = fitted.Dendrogram.Merges.Select(merge => merge.Height).ToArray();
            Assert.Equal(fitted.Labels, model.CutByHeight(heights[200 - clusters - 1]));
            Assert.Equal(fitted.Labels, Agglomerative.Fit(rows, new HierarchicalOptions { Linkage = linkage, Height = heights[200 - clusters - 1] }).Labels);
            Assert.Equal(fitted.Labels, model.WithCount(clusters).Predict(rows));
        }

        Assert.Equal(200, model.CutByCount(5000).Distinct().Count());
    }

    [Fact]
    public void Cuts_that_make_no_sense_are_refused()
    {
        var model = Fit(ThreeOnALine, Linkage.Ward);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.CutByCount(0));
        Assert.Contains("0 or more", Assert.Throws<ArgumentOutOfRangeException>(() => model.CutByHeight(-1)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.WithHeight(double.NaN));
        Assert.Contains("set exactly one", Assert.Throws<ArgumentException>(() => new HierarchicalOptions().Fit(ThreeOnALine)).Message);
    }

    [Fact]
    public void A_loaded_model_has_its_tree_and_can_be_cut_elsewhere_but_has_no_labels()
    {
        var rows = Some.Blobs(150, 2, groups: 3, apart: 8).Rows;
        var model = Fit(rows, Linkage.Complete);
        var loaded = Assert.IsType<HierarchicalModel>(ClusterModel.Load(new MemoryStream(Some.Bytes(model.Save))));
        Assert.Equal(Linkage.Complete, loaded.Linkage);
        Assert.Equal("hierarchical", loaded.Algorithm);
        Assert.Equal(model.Dendrogram.Merges, loaded.Dendrogram.Merges);
        Assert.Equal(model.CutByCount(5), loaded.WithCount(5).Predict(rows));
        Assert.Equal(model.WithCount(5).Sizes, loaded.WithCount(5).Sizes);
        Assert.Contains("WithCount", Assert.Throws<InvalidOperationException>(() => loaded.CutByCount(5)).Message);
        Assert.Null(loaded.Approximation);
    }

    [Fact]
    public void A_stored_tree_that_is_none_does_not_load()
    {
        var bytes = Some.Bytes(Fit(ThreeOnALine, Linkage.Single).Save);
        // Arrays lie at the end: rows 3, weights 3, first 3, left 2, right 2, height 2, labels 3.
        foreach (var (fromEnd, value, told) in ((int, double, string)[])[(9, 5, "left"), (9, 1.5, "left"), (9, 1, "no tree"), (8, 0, "no tree"), (7, 0, "no tree"), (4, 0.5, "no tree"), (5, -1, "no tree"), (5, double.NaN, "no tree"), (3, 3, "labels"), (1, -1, "labels"), (15, 0, "without a row")])
        {
            var damaged = bytes.ToArray();
            BitConverter.TryWriteBytes(damaged.AsSpan(damaged.Length - (8 * fromEnd)), value);
            Assert.Contains(told, Assert.Throws<InvalidDataException>(() => HierarchicalModel.Load(new MemoryStream(damaged))).Message);
        }
    }

    [Fact]
    public void New_rows_take_the_label_of_the_nearest_row_and_ties_go_by_content()
    {
        var model = Agglomerative.Fit(Matrix.FromRows([[10.0, 0], [0, 0], [0.0, 1], [10, 1], [10, 2]]), new HierarchicalOptions { Linkage = Linkage.Single, Clusters = 2 });
        Assert.Equal([0, 1, 1, 0, 0], model.Labels);
        // (5, 0) is as far from (0, 0) as from (10, 0): the lower content wins, though its label is the higher.
        Assert.Equal([1, 0, 1, 0], model.Predict(Matrix.FromRows([[5.0, 0], [5.1, 0], [4.9, 0], [4.9, 1e9]])));
    }

    [Fact]
    public void Predicted_labels_are_those_of_a_plain_search()
    {
        var rows = Some.Blobs(400, 5, groups: 6, apart: 4).Rows;
        var far = new Matrix(400, 5, [.. rows.Values.ToArray().Select(value => Math.Round(value, 1) + 1e7)]);
        var others = new Matrix(300, 5, [.. Some.Blobs(300, 5, groups: 6, apart: 4, seed: 2).Rows.Values.ToArray().Select(value => Math.Round(value, 1) + 1e7)]);
        var model = Agglomerative.Fit(far, new HierarchicalOptions { Linkage = Linkage.Average, Clusters = 8 });
        var order = Enumerable.Range(0, 400).OrderBy(row => far[row, 0]).ThenBy(row => far[row, 1]).ThenBy(row => far[row, 2]).ThenBy(row => far[row, 3]).ThenBy(row => far[row, 4]).ToArray();
        var expected = Enumerable.Range(0, 300).Select(other => model.Labels[order.MinBy(row => Distance.Squared(far.Row(row), others.Row(other)))]);
        Assert.Equal(expected, model.Predict(others));
    }

    [Fact]
    public void Beyond_the_exact_rows_micro_clusters_are_merged_and_said_so()
    {
        var (rows, groups) = Some.Blobs(6000, 4, groups: 5, apart: 12);
        foreach (var linkage in Enum.GetValues<Linkage>())
        {
            var options = new HierarchicalOptions { Linkage = linkage, Clusters = 5, ExactRows = 1000, MicroClusters = 300 };
            var model = Agglomerative.Fit(rows, options);
            Assert.Contains("6,000 rows are more than the 1,000", model.Approximation!.En);
            Assert.Contains("6\u202F000 lignes", model.Approximation.Fr);
            Assert.Contains("micro-clusters", model.Approximation.En);
            Assert.Equal(6000, model.MicroClusters!.Rows);
            Assert.InRange(model.MicroClusters.Count, 200, 300);
            Assert.Equal(model.MicroClusters.Count, model.Dendrogram.Leaves);
            Assert.Equal(6000, model.Dendrogram.Merges[^1].Size);
            Assert.Equal(6000, model.Sizes.Sum());
            Assert.Equal(model.Labels, model.Predict(rows));
            if (linkage is Linkage.Ward or Linkage.Average)
                Assert.True(AdjustedRandIndex.Of(groups, model.Labels) > 0.99);

            var loaded = HierarchicalModel.Load(new MemoryStream(Some.Bytes(model.Save)));
            Assert.Equal(model.MicroClusters, loaded.MicroClusters);
            Assert.Equal(model.WithCount(7).Sizes, loaded.WithCount(7).Sizes);
            Assert.Equal(model.CutByCount(7), loaded.WithCount(7).Predict(rows));
        }
    }

    [Fact]
    public void Ward_of_micro_clusters_merges_last_at_nearly_the_exact_height()
    {
        var rows = Some.Blobs(3000, 3, groups: 4, apart: 10).Rows;
        var exact = Agglomerative.Fit(rows, new HierarchicalOptions { Clusters = 4 });
        var gathered = Agglomerative.Fit(rows, new HierarchicalOptions { Clusters = 4, ExactRows = 500, MicroClusters = 200 });
        for (var last = 1; last <= 3; last++)
            Assert.Equal(1, gathered.Dendrogram.Merges[^last].Height / exact.Dendrogram.Merges[^last].Height, 0.01);
        Assert.True(AdjustedRandIndex.Of(exact.Labels, gathered.Labels) > 0.99);
    }

    [Fact]
    public void Distances_that_need_too_much_memory_are_not_kept_and_that_is_said()
    {
        var rows = Some.Blobs(400, 3, groups: 3, apart: 12).Rows;
        var options = new HierarchicalOptions { Linkage = Linkage.Average, Clusters = 3, MicroClusters = 50, MaxMatrixBytes = 400 * 399 * 4 };
        Assert.Null(Agglomerative.Fit(rows, options).Approximation);
        var model = Agglomerative.Fit(rows, options with { MaxMatrixBytes = options.MaxMatrixBytes - 1 });
        Assert.Contains("distances between 400 rows take 638,400 bytes, more than the 638,399 allowed", model.Approximation!.En);
        Assert.Null(Agglomerative.Fit(rows, options with { Linkage = Linkage.Ward, MaxMatrixBytes = 8 }).Approximation);
        Assert.Contains("MaxMatrixBytes", Assert.Throws<ArgumentException>(() => Agglomerative.Fit(rows, options with { MaxMatrixBytes = 8 })).Message);
    }

    private static HierarchicalModel Fit(Matrix rows, Linkage linkage) => Agglomerative.Fit(rows, new HierarchicalOptions { Linkage = linkage, Clusters = 1 });
}
