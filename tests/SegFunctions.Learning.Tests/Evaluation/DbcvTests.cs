using SegFunctions.Learning.Evaluation;

namespace SegFunctions.Learning.Tests.Evaluation;

public sealed class DbcvTests
{
    [Fact]
    public void Rings_in_rings_are_valid_by_their_shape_and_halves_are_not()
    {
        var rows = Matrix.FromRows([.. Enumerable.Range(0, 900).Select(row => new[] { (1 + (row % 3)) * Math.Cos(row), (1 + (row % 3)) * Math.Sin(row) })]);
        int[] rings = [.. Enumerable.Range(0, 900).Select(row => row % 3)];
        int[] halves = [.. Enumerable.Range(0, 900).Select(row => rows[row, 0] > 0 ? 1 : 0)];
        Assert.True(Dbcv.Of(rows, rings)!.Value > 0.4);
        Assert.True(Dbcv.Of(rows, halves)!.Value < -0.4);
    }

    [Fact]
    public void Threads_and_the_order_of_rows_do_not_count()
    {
        var (rows, groups) = Some.Blobs(700, 3, groups: 4, apart: 9);
        groups[3] = groups[40] = -1;
        var result = Dbcv.Of(rows, groups, threads: 1)!;
        var order = Some.Permutation(700);
        Assert.Equal(result.PerCluster, Dbcv.Of(rows, groups, threads: 3)!.PerCluster);
        var permuted = Dbcv.Of(rows.Take(order), [.. order.Select(row => groups[row])], threads: 2)!;
        Assert.Equal(result.PerCluster, permuted.PerCluster);
        Assert.Equal(result.Value, permuted.Value);
    }

    [Fact]
    public void Noise_belongs_to_the_whole_but_earns_nothing()
    {
        var (rows, groups) = Some.Blobs(400, 2, groups: 2, apart: 30);
        var without = Dbcv.Of(rows, groups)!;
        var far = new Matrix(500, 2, [.. rows.Values, .. Some.Normal(100, 2, seed: 3).Values.ToArray().Select(value => value * 500)]);
        var with = Dbcv.Of(far, [.. groups, .. Enumerable.Repeat(-1, 100)])!;
        Assert.Equal(without.PerCluster, with.PerCluster);
        Assert.Equal(without.Value * 0.8, with.Value, 1e-12);
    }

    [Fact]
    public void Values_stay_in_range_with_doubles_single_rows_gaps_in_the_numbering_and_any_width()
    {
        foreach (var columns in (int[])[1, 2, 3, 17, 80, 500])
        {
            var random = new Xoshiro256(columns);
            var rows = new Matrix(90, columns, [.. Enumerable.Range(0, 90 * columns).Select(_ => Math.Round(2 * random.NextNormal()))]);
            int[] labels = [.. Enumerable.Range(0, 90).Select(row => row == 0 ? 5 : row % 4 == 3 ? -1 : row % 4)];
            var result = Dbcv.Of(rows, labels)!;
            Assert.InRange(result.Value, -1, 1);
            Assert.All(result.PerCluster, (validity, cluster) => Assert.True(cluster is 3 or 4 ? double.IsNaN(validity) : validity is >= -1 and <= 1));
            Assert.Equal(0, result.PerCluster[5]);
        }
    }

    [Fact]
    public void Less_than_two_clusters_cannot_be_told_apart()
    {
        Assert.Null(Dbcv.Of(Some.Normal(20, 2), new int[20]));
        Assert.Null(Dbcv.Of(Some.Normal(20, 2), Enumerable.Repeat(-1, 20).ToArray()));
    }

    [Fact]
    public void Distances_beyond_a_double_are_refused_with_the_column() =>
        Assert.Contains("Column 1", Assert.Throws<ArgumentException>(() => Dbcv.Of(Matrix.FromRows([[0.0, 1e200], [1, -1e200]]), [0, 1])).Message);
}
