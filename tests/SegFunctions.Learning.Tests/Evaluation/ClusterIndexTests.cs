using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Learning.Evaluation;

namespace SegFunctions.Learning.Tests.Evaluation;

public sealed class ClusterIndexTests
{
    [Fact]
    public void Davies_Bouldin_of_two_pairs_is_worked_out_by_hand()
    {
        // Centres 1 and 11, mean distances 1 and 1: (1 + 1) / 10 for both.
        var rows = Matrix.FromRows([[0.0], [2], [10], [12]]);
        Assert.Equal(0.2, DaviesBouldin.Of(rows, [0, 0, 1, 1])!.Value, 1e-15);
        // B = 4 · 25 = 100 on 1, W = 4 on 2.
        Assert.Equal(50, CalinskiHarabasz.Of(rows, [0, 0, 1, 1])!.Value, 1e-12);
    }

    [Fact]
    public void Without_two_clusters_there_is_no_index()
    {
        var rows = Some.Normal(6, 2);
        Assert.Null(DaviesBouldin.Of(rows, new int[6]));
        Assert.Null(CalinskiHarabasz.Of(rows, new int[6]));
        Assert.Null(CalinskiHarabasz.Of(rows, [0, 1, 2, 3, 4, 5]));
        Assert.Equal(0, DaviesBouldin.Of(rows, [0, 1, 2, 3, 4, 5]));
    }

    [Fact]
    public void Noise_and_unused_numbers_change_nothing()
    {
        var rows = Some.Normal(40, 3);
        int[] labels = [.. Enumerable.Range(0, 40).Select(row => row % 5 == 0 ? -1 : row % 2)];
        int[] spaced = [.. labels.Select(label => label == 1 ? 6 : label)];
        var kept = Enumerable.Range(0, 40).Where(row => labels[row] >= 0).ToArray();
        var alone = rows.Take(kept);
        int[] aloneLabels = [.. kept.Select(row => labels[row])];
        Assert.Equal(DaviesBouldin.Of(alone, aloneLabels)!.Value, DaviesBouldin.Of(rows, spaced)!.Value, 1e-14);
        Assert.Equal(CalinskiHarabasz.Of(alone, aloneLabels)!.Value, CalinskiHarabasz.Of(rows, spaced)!.Value, 1e-12);
    }

    [Fact]
    public void Rand_index_sees_through_names_and_order()
    {
        Prop.ForAll<int[]>(labels =>
        {
            var second = labels.Select((label, i) => (label + i) % 3).ToArray();
            var renamed = labels.Select(label => unchecked((label * 7919) + 13)).ToArray();
            var order = Some.Permutation(labels.Length);
            var there = AdjustedRandIndex.Of(labels, second);
            return AdjustedRandIndex.Of(labels, renamed) == 1
                && Math.Abs(there - AdjustedRandIndex.Of(second, labels)) < 1e-12
                && Math.Abs(there - AdjustedRandIndex.Of([.. order.Select(i => renamed[i])], [.. order.Select(i => second[i])])) < 1e-12;
        }).Check(Config.QuickThrowOnFailure);
    }

    [Fact]
    public void Rand_index_of_unrelated_partitions_is_about_0_and_can_be_below()
    {
        var random = new Xoshiro256(3);
        int[] first = [.. Enumerable.Range(0, 5000).Select(_ => random.NextInt(4))];
        int[] second = [.. Enumerable.Range(0, 5000).Select(_ => random.NextInt(4))];
        Assert.Equal(0, AdjustedRandIndex.Of(first, second), 0.005);
        Assert.Equal(-0.5, AdjustedRandIndex.Of([0, 0, 1, 1], [0, 1, 0, 1]), 1e-15);
        Assert.Equal(0, AdjustedRandIndex.Of([0, 0, 0, 0], [0, 1, 2, 3]), 1e-15);
        Assert.Contains("1 and 2", Assert.Throws<ArgumentException>(() => AdjustedRandIndex.Of([1], [1, 2])).Message);
    }
}
