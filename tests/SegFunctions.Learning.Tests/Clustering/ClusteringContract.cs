using SegFunctions.Learning.Clustering;
using SegFunctions.Learning.Evaluation;

namespace SegFunctions.Learning.Tests.Clustering;

/// <summary>
/// What every clustering promises: all that <see cref="LearnerContract"/> asks of a learner, with labels for scores and
/// <see cref="ClusterModel.Load"/> for loading, and what only clusterings can promise. A derived class says how its options are made.
/// </summary>
public abstract class ClusteringContract : LearnerContract
{
    /// <summary>Options for tables of three columns in which everything is wrong, and what the message must hold for each fault.</summary>
    protected abstract (IClustering Options, string[] Named) Wrong { get; }

    /// <summary>Options fit for a table of some groups, four to six standard deviations apart.</summary>
    /// <param name="groups">Clusters to ask for, where the algorithm is told their number.</param>
    /// <param name="seed">For algorithms that draw.</param>
    /// <param name="threads">For algorithms that share work.</param>
    protected abstract IClustering Clustering(int groups, long seed, int? threads);

    /// <summary>Exact algorithms find the same partition whatever the order of rows; seeded ones say here what agrees instead.</summary>
    /// <param name="order">Row i of the permuted rows is row order[i].</param>
    protected virtual void PermutedRowsAgree(Matrix rows, IClusterModel model, Matrix permutedRows, IClusterModel permuted, int[] order)
    {
        Assert.Equal(model.Clusters, permuted.Clusters);
        Assert.Equal(model.Sizes, permuted.Sizes);
        Assert.Equal(order.Select(row => model.Labels[row] < 0), permuted.Labels.Select(label => label < 0));
        var pairs = order.Select((row, at) => (model.Labels[row], permuted.Labels[at])).Distinct().ToList();
        Assert.Equal(pairs.Count, pairs.Select(pair => pair.Item1).Distinct().Count());
        Assert.Equal(pairs.Count, pairs.Select(pair => pair.Item2).Distinct().Count());
    }

    /// <summary>Within a thousandth: what seeded algorithms promise.</summary>
    protected static void InertiaAgrees(Matrix rows, IClusterModel model, Matrix permutedRows, IClusterModel permuted)
    {
        var expected = ClusterSpread.Of(rows, model.Labels).Within;
        Assert.Equal(expected, ClusterSpread.Of(permutedRows, permuted.Labels).Within, expected / 1000);
    }

    internal sealed override Learned Fit(Matrix rows, long seed, int? threads, CancellationToken cancellationToken) =>
        Wrap(Clustering(4, seed, threads).Fit(rows, progress: null, cancellationToken));

    internal sealed override Learned Load(Stream stream) => Wrap(ClusterModel.Load(stream));

    [Fact]
    public void Thread_count_never_changes_a_label()
    {
        var rows = Table(3000, 3);
        var one = Clustering(4, seed: 2, threads: 1).Fit(rows);
        foreach (var threads in (int[])[2, 5])
        {
            var many = Clustering(4, seed: 2, threads).Fit(rows);
            Assert.Equal(one.Labels, many.Labels);
            Assert.Equal(one.Predict(rows, threads: 1), many.Predict(rows, threads));
        }
    }

    [Fact]
    public void Rows_in_another_order_end_in_the_same_clusters()
    {
        for (var seed = 1; seed <= 3; seed++)
        {
            var rows = Some.Blobs(900, 3, groups: 4, apart: 8, seed).Rows;
            var order = Some.Permutation(rows.Rows, seed);
            var permuted = rows.Take(order);
            PermutedRowsAgree(rows, Clustering(4, seed, threads: 2).Fit(rows), permuted, Clustering(4, seed, threads: 2).Fit(permuted), order);
        }
    }

    [Fact]
    public void Rows_full_of_ties_end_in_the_same_clusters_in_another_order()
    {
        // Corners of a grid, each several times: every distance occurs again and again.
        var rows = Matrix.FromRows([.. Enumerable.Range(0, 120).Select(row => new[] { row % 4 / 2 * 40.0 + (row % 2), row / 4 % 3, row / 12 % 2 * 30.0 })]);
        var order = Some.Permutation(rows.Rows, seed: 3);
        var permuted = rows.Take(order);
        PermutedRowsAgree(rows, Clustering(4, seed: 1, threads: 2).Fit(rows), permuted, Clustering(4, seed: 1, threads: 2).Fit(permuted), order);
    }

    [Fact]
    public void Clusters_are_numbered_by_falling_size_and_ties_by_first_member_whatever_the_table()
    {
        foreach (var (rows, columns) in ((int, int)[])[(1, 1), (2, 3), (25, 1), (400, 2), (120, 64), (60, 500)])
            Holds(Table(rows, columns));
        Holds(Matrix.FromRows([.. Enumerable.Repeat(new[] { 1.5, -2, 1e6 }, 40)]));
        Holds(Matrix.FromRows([.. Enumerable.Range(0, 90).Select(row => new[] { row % 3 * 50.0, 7, 0 })]));
        Holds(Matrix.FromRows([.. Enumerable.Range(0, 200).Select(row => new[] { row % 2 == 0 ? 1e-3 * row : 1e9 })]));

        void Holds(Matrix rows)
        {
            var options = Clustering(4, seed: 5, threads: 2);
            var model = options.Fit(rows);
            Assert.Equal(options.Algorithm, model.Algorithm);
            Assert.Equal(rows.Columns, model.Columns);
            Assert.Equal(rows.Rows, model.Labels.Count);
            Assert.All(model.Labels, label => Assert.InRange(label, IClusterModel.Noise, model.Clusters - 1));
            Assert.Equal(Enumerable.Range(0, model.Clusters).Select(cluster => model.Labels.Count(label => label == cluster)), model.Sizes);
            var first = Enumerable.Range(0, model.Clusters).Select(cluster => model.Labels.ToList().IndexOf(cluster)).ToArray();
            for (var cluster = 1; cluster < model.Clusters; cluster++)
                Assert.True(model.Sizes[cluster - 1] > model.Sizes[cluster] || (model.Sizes[cluster - 1] == model.Sizes[cluster] && first[cluster - 1] < first[cluster]));
            Assert.Equal(model.Labels, model.Predict(rows));
        }
    }

    [Fact]
    public void More_clusters_than_distinct_rows_are_not_to_be_had()
    {
        var rows = Some.FourCorners(each: 3);
        var model = Clustering(9, seed: 1, threads: 1).Fit(rows);
        Assert.InRange(model.Clusters, 0, 4);
        Assert.Equal(model.Labels, model.Predict(rows));
        Assert.Equal(model.Labels.Take(4), model.Labels.Skip(4).Take(4));
    }

    [Fact]
    public void Groups_far_apart_are_found()
    {
        var corners = Some.FourCorners(each: 150, side: 40);
        var noise = Some.Normal(600, 2, seed: 6);
        var rows = new Matrix(600, 2, [.. corners.Values.ToArray().Zip(noise.Values.ToArray(), (corner, value) => corner + value)]);
        var groups = Enumerable.Range(0, 600).Select(row => row % 4).ToArray();
        Assert.True(AdjustedRandIndex.Of(groups, Clustering(4, seed: 1, threads: 2).Fit(rows).Labels) > 0.9);
    }

    [Fact]
    public void A_loaded_model_says_what_the_saved_one_said()
    {
        var model = Clustering(4, seed: 1, threads: 1).Fit(Table(300, 3));
        var loaded = ClusterModel.Load(new MemoryStream(Some.Bytes(model.Save)));
        Assert.IsType(model.GetType(), loaded);
        Assert.Equal(model.Algorithm, loaded.Algorithm);
        Assert.Equal(model.Columns, loaded.Columns);
        Assert.Equal(model.Clusters, loaded.Clusters);
        Assert.Equal(model.Sizes, loaded.Sizes);
        Assert.Empty(loaded.Labels);
        var others = Some.Normal(200, 3, seed: 8);
        Assert.Equal(model.Predict(others), loaded.Predict(others));
    }

    [Fact]
    public void Predicting_a_value_that_is_not_finite_is_refused_with_its_position()
    {
        var model = Clustering(4, seed: 1, threads: 1).Fit(Table(100, 3));
        var message = Assert.Throws<ArgumentException>(() => model.Predict(Matrix.FromRows([[1.0, 2, 3], [1, double.NaN, 3]]))).Message;
        Assert.Contains("Row 1, column 1", message);
        Assert.Empty(model.Predict(new Matrix(0, 3, [])));
    }

    [Fact]
    public void Progress_never_falls_and_is_told_on_the_calling_thread()
    {
        var thread = Environment.CurrentManagedThreadId;
        var seen = new List<ClusteringProgress>();
        Clustering(4, seed: 1, threads: 2).Fit(Table(2000, 3), new Heard(progress =>
        {
            Assert.Equal(thread, Environment.CurrentManagedThreadId);
            seen.Add(progress);
        }));
        Assert.NotEmpty(seen);
        Assert.All(seen, progress => Assert.False(string.IsNullOrWhiteSpace(progress.Step)));
        Assert.All(seen, progress => Assert.InRange(progress.Share, 0, 1));
        Assert.Equal(seen.Select(progress => progress.Share).Order(), seen.Select(progress => progress.Share));
    }

    [Fact]
    public void Cancelled_on_the_way_it_stops()
    {
        using var source = new CancellationTokenSource();
        var heard = 0;
        var progress = new Heard(_ =>
        {
            heard++;
            source.Cancel();
        });
        Assert.ThrowsAny<OperationCanceledException>(() => Clustering(4, seed: 1, threads: 2).Fit(Table(2000, 3), progress, source.Token));
        Assert.Equal(1, heard);
    }

    [Fact]
    public void Every_wrong_option_is_named_at_once()
    {
        var (options, named) = Wrong;
        var message = Assert.Throws<ArgumentException>(() => options.Fit(Some.Normal(5, 3))).Message;
        Assert.All(named, name => Assert.Contains(name, message));
        Assert.NotEmpty(named);
    }

    private static Matrix Table(int rows, int columns) => Some.Blobs(rows, columns, groups: 4, apart: 6).Rows;

    private static Learned Wrap(IClusterModel model) => new(rows => [.. model.Predict(rows).Select(label => (double)label)], model.Save);

    /// <summary>Reports at once and on the thread that tells, as <see cref="Progress{T}"/> does not.</summary>
    private sealed class Heard(Action<ClusteringProgress> hear) : IProgress<ClusteringProgress>
    {
        public void Report(ClusteringProgress value) => hear(value);
    }
}
