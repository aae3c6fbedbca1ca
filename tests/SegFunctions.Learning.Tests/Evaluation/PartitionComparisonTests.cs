using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Learning.Evaluation;

namespace SegFunctions.Learning.Tests.Evaluation;

public sealed class PartitionComparisonTests
{
    [Fact]
    public void Names_and_the_order_of_rows_mean_nothing() => Prop.ForAll<NonEmptyArray<int>, int>((drawn, by) =>
    {
        int[] first = [.. drawn.Get.Select(value => Math.Abs(value % 5))];
        int[] second = [.. drawn.Get.Select((value, row) => Math.Abs((value / 5) + row) % 4)];
        var order = Some.Permutation(first.Length, by);
        int[] renamed = [.. order.Select(row => 70 - first[row])];
        int[] permuted = [.. order.Select(row => second[row])];
        var (before, after) = (VMeasure.Of(first, second), VMeasure.Of(renamed, permuted));
        return AdjustedMutualInformation.Of(first, second) == AdjustedMutualInformation.Of(renamed, permuted)
            && before == after
            && Math.Abs(AdjustedMutualInformation.Of(first, second) - AdjustedMutualInformation.Of(second, first)) < 1e-12
            && Math.Abs(before.Homogeneity - VMeasure.Of(second, first).Completeness) < 1e-12
            && before.Value is >= 0 and <= 1;
    }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void The_same_partition_scores_1_and_an_unrelated_one_about_0()
    {
        var random = new Xoshiro256(3);
        int[] first = [.. Enumerable.Range(0, 4000).Select(_ => random.NextInt(7))];
        int[] other = [.. Enumerable.Range(0, 4000).Select(_ => random.NextInt(40))];
        Assert.Equal(1, AdjustedMutualInformation.Of(first, [.. first.Select(label => -label)]));
        Assert.Equal(0, AdjustedMutualInformation.Of(first, other), 0.01);
        Assert.Equal(new VMeasureResult(1, 1, 1), VMeasure.Of(first, first));
    }

    [Fact]
    public void Chance_is_taken_off_exactly()
    {
        // The expectation over all orders of a small table, by going through them: 4 rows, sizes 2 + 2 against 3 + 1.
        int[] first = [0, 0, 1, 1];
        double Information(int alone) => VMeasure.Of(first, [.. Enumerable.Range(0, 4).Select(row => row == alone ? 1 : 0)]).Homogeneity * Math.Log(2);
        var expected = Enumerable.Range(0, 4).Average(Information);
        var greatest = (Math.Log(2) - ((0.75 * Math.Log(0.75)) + (0.25 * Math.Log(0.25)))) / 2;
        Assert.Equal((Information(3) - expected) / (greatest - expected), AdjustedMutualInformation.Of(first, [0, 0, 0, 1]), 1e-12);
    }

    [Fact]
    public void Trivial_partitions_agree_with_themselves_and_say_nothing_of_others()
    {
        int[] together = [3, 3, 3, 3];
        int[] apart = [0, 1, 2, 3];
        Assert.Equal(1, AdjustedMutualInformation.Of(together, together));
        Assert.Equal(1, AdjustedMutualInformation.Of(apart, apart));
        Assert.Equal(0, AdjustedMutualInformation.Of(apart, together));
        Assert.Equal(1, AdjustedMutualInformation.Of([], []));
        Assert.Equal(new VMeasureResult(1, 0, 0), VMeasure.Of(together, apart));
    }

    [Fact]
    public void Every_noise_row_is_a_cluster_of_its_own()
    {
        Assert.Equal([2, 0, 3, 1, 4], NoiseRows.AsSingletons([-1, 0, -1, 1, -7]));
        Assert.Equal([0, 1], NoiseRows.AsSingletons([-1, -1]));
        Assert.Empty(NoiseRows.AsSingletons([]));
        // All noise agrees with all apart, and not at all with all together.
        Assert.Equal(1, AdjustedRandIndex.Of(NoiseRows.AsSingletons([-1, -1, -1]), [5, 6, 7]));
        Assert.Equal(0, AdjustedRandIndex.Of(NoiseRows.AsSingletons([-1, -1, -1]), [0, 0, 0]));
    }

    [Fact]
    public void Partitions_of_other_lengths_are_refused()
    {
        Assert.Contains("2 and 3 labels", Assert.Throws<ArgumentException>(() => AdjustedMutualInformation.Of([0, 1], [0, 1, 1])).Message);
        Assert.Contains("2 and 3 labels", Assert.Throws<ArgumentException>(() => VMeasure.Of([0, 1], [0, 1, 1])).Message);
    }
}
