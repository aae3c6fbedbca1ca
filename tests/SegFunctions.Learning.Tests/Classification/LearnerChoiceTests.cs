using SegFunctions.Learning.Classification.Selection;

namespace SegFunctions.Learning.Tests.Classification;

public sealed class LearnerChoiceTests
{
    private static readonly int[] All = [.. Enumerable.Range(0, 400)];

    [Fact]
    public void Of_those_that_hardly_differ_the_first_is_taken()
    {
        var random = new Xoshiro256(1);
        double[] losses = [.. All.Select(_ => random.NextDouble())];
        double[] alike = [.. losses.Select(loss => loss + (0.1 * random.NextNormal()))];
        double[] better = [.. losses.Select(loss => loss - 0.05 + (0.1 * random.NextNormal()))];
        // Better by nothing is no reason; better by ten standard errors is.
        Assert.Equal(0, LearnerChoice.SimplestGood([losses, alike], All));
        Assert.Equal(2, LearnerChoice.SimplestGood([losses, alike, better], All));
        Assert.Equal(0, LearnerChoice.SimplestGood([better, losses, alike], All));
    }

    [Fact]
    public void Only_the_rows_that_are_asked_about_count()
    {
        double[] first = [.. All.Select(row => row < 200 ? 0.1 : 0.9)];
        double[] second = [.. All.Select(row => row < 200 ? 0.9 : 0.1)];
        Assert.Equal(0, LearnerChoice.SimplestGood([first, second], All[..200]));
        Assert.Equal(1, LearnerChoice.SimplestGood([first, second], All[200..]));
    }

    [Fact]
    public void The_difference_of_paired_losses_and_its_error_are_those_of_their_mean()
    {
        var (mean, error) = LearnerChoice.Difference([3, 5, 4], [1, 2, 3], [0, 1, 2]);
        Assert.Equal(2, mean, 12);
        Assert.Equal(1 / Math.Sqrt(3), error, 12);
        Assert.Equal(double.PositiveInfinity, LearnerChoice.Difference([1], [2], [0]).Error);
    }
}
