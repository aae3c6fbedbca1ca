using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Learning.Evaluation;

namespace SegFunctions.Learning.Tests.Evaluation;

public sealed class ClassificationTests
{
    [Fact]
    public void Auc_is_the_share_of_pairs_in_order_with_ties_half()
    {
        Prop.ForAll<(byte Score, bool Label)[]>(rows =>
        {
            if (rows.Length == 0)
                return true;
            // Few different scores, so that ties are the rule.
            double[] scores = [.. rows.Select(row => (double)(row.Score % 5))];
            bool[] labels = [.. rows.Select(row => row.Label)];
            var pairs = (from up in rows where up.Label from down in rows where !down.Label select (up.Score % 5).CompareTo(down.Score % 5)).ToArray();
            var expected = pairs.Length == 0 ? (double?)null : pairs.Average(order => (order + 1) / 2.0);
            var found = RocAuc.Of(scores, labels);
            return expected is null ? found is null : Math.Abs(expected.Value - found!.Value) < 1e-12;
        }).Check(Config.QuickThrowOnFailure);
    }

    [Fact]
    public void Auc_takes_infinite_scores_and_refuses_NaN()
    {
        Assert.Equal(1, RocAuc.Of([double.NegativeInfinity, double.PositiveInfinity], [false, true]));
        Assert.Contains("Row 1", Assert.Throws<ArgumentException>(() => RocAuc.Of([0, double.NaN], [false, true])).Message);
    }

    [Fact]
    public void A_wrong_certainty_costs_36_nats_not_everything()
    {
        Assert.Equal(Math.Log(2), LogLoss.Of([0.5, 0.5], [true, false]), 1e-15);
        var losses = LogLoss.PerRow([0, 1, 1, 0], [true, false, true, false]);
        Assert.Equal(36.04, losses[0], 0.01);
        Assert.Equal(36.04, losses[1], 0.01);
        Assert.Equal(0, losses[2], 1e-15);
        Assert.Equal(losses.Average(), LogLoss.Of([0, 1, 1, 0], [true, false, true, false]), 1e-12);
    }

    [Theory]
    [InlineData(-0.01)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void What_is_no_probability_is_refused_with_its_row(double bad)
    {
        foreach (var measure in (Action[])[() => LogLoss.Of([0.5, bad], [true, false]), () => LogLoss.PerRow([0.5, bad], [true, false]), () => BrierScore.Of([0.5, bad], [true, false]), () => Reliability.Of([0.5, bad], [true, false])])
            Assert.Contains("Row 1", Assert.Throws<ArgumentException>(measure).Message);
    }

    [Fact]
    public void Lengths_that_differ_and_empty_input_are_refused()
    {
        Assert.Contains("2 scores for 1 labels", Assert.Throws<ArgumentException>(() => BrierScore.Of([0.5, 0.5], [true])).Message);
        Assert.Contains("no rows", Assert.Throws<ArgumentException>(() => RocAuc.Of([], [])).Message);
    }

    [Fact]
    public void Reliability_compares_promise_and_outcome_bin_by_bin()
    {
        // Ten rows at 0.2 of which three are positive, ten at 0.8 of which all are.
        double[] probabilities = [.. Enumerable.Repeat(0.2, 10), .. Enumerable.Repeat(0.8, 10)];
        bool[] labels = [.. Enumerable.Range(0, 20).Select(row => row is < 3 or >= 10)];
        var result = Reliability.Of(probabilities, labels, bins: 2);
        Assert.Equal(2, result.Bins.Count);
        Assert.Equal(0.3, result.Bins[0].PositiveShare, 1e-15);
        Assert.Equal(0.15, result.ExpectedCalibrationError, 1e-12);
        Assert.Equal(0.2, result.MaximumCalibrationError, 1e-12);
    }

    [Fact]
    public void Reliability_bins_hold_equal_mass_and_never_tear_equal_probabilities_apart()
    {
        Prop.ForAll<byte[]>(values =>
        {
            if (values.Length == 0)
                return true;
            double[] probabilities = [.. values.Select(value => value % 9 / 8.0)];
            bool[] labels = [.. values.Select(value => value % 2 == 0)];
            var result = Reliability.Of(probabilities, labels, bins: 4);
            return result.Bins.Sum(bin => bin.Rows) == values.Length
                && result.Bins.Count <= 4
                && result.Bins.Zip(result.Bins.Skip(1)).All(pair => pair.First.MeanProbability < pair.Second.MeanProbability)
                && Math.Abs(result.Bins.Sum(bin => bin.Rows * bin.MeanProbability) - probabilities.Sum()) < 1e-9;
        }).Check(Config.QuickThrowOnFailure);
        var even = Reliability.Of([.. Enumerable.Range(0, 103).Select(row => row / 103.0)], new bool[103]);
        Assert.Equal(10, even.Bins.Count);
        Assert.All(even.Bins, bin => Assert.InRange(bin.Rows, 10, 11));
    }
}
