using SegFunctions.Learning.Evaluation;

namespace SegFunctions.Learning.Tests.Evaluation;

public sealed class PairedIntervalTests
{
    [Fact]
    public void Nineteen_of_twenty_intervals_cover_the_true_mean()
    {
        var covered = 0;
        for (var seed = 0; seed < 200; seed++)
        {
            var differences = Some.Normal(80, 1, seed + 500).Values.ToArray();
            var interval = PairedInterval.Of(differences, seed, resamples: 400, threads: 1);
            Assert.Equal(IntervalMethod.Bootstrap, interval.Method);
            if (interval.Lower <= 0 && interval.Upper >= 0)
                covered++;
        }

        // 190 expected with standard deviation 3.1; percentile intervals of 80 rows are a little short.
        Assert.InRange(covered, 178, 199);
    }

    [Fact]
    public void Bootstrap_and_normal_interval_agree_where_they_meet()
    {
        var many = Some.Normal(20_001, 1, 3).Values.ToArray();
        var normal = PairedInterval.Of(many, seed: 1);
        var bootstrap = PairedInterval.Of(many.AsSpan(0, 20_000), seed: 1, resamples: 1000);
        Assert.Equal(IntervalMethod.Normal, normal.Method);
        Assert.Equal(IntervalMethod.Bootstrap, bootstrap.Method);
        Assert.Equal(2 * 1.96 / Math.Sqrt(20_001), normal.Upper - normal.Lower, 4e-4);
        Assert.Equal(normal.Lower, bootstrap.Lower, 1.5e-3);
        Assert.Equal(normal.Upper, bootstrap.Upper, 1.5e-3);
    }

    [Fact]
    public void Seed_decides_and_threads_do_not()
    {
        var differences = Some.Normal(300, 1).Values.ToArray();
        var one = PairedInterval.Of(differences, seed: 4, threads: 1);
        Assert.Equal(one, PairedInterval.Of(differences, seed: 4, threads: 3));
        Assert.NotEqual(one, PairedInterval.Of(differences, seed: 5, threads: 1));
    }

    [Fact]
    public void Gain_is_baseline_minus_model_and_a_clear_gain_is_above_0()
    {
        var random = new Xoshiro256(1);
        double[] baseline = [.. Enumerable.Range(0, 400).Select(_ => 0.7 + (0.3 * random.NextNormal()))];
        double[] model = [.. baseline.Select(loss => loss - 0.02 + (0.05 * random.NextNormal()))];
        var gain = PairedInterval.OfGain(baseline, model, seed: 1);
        Assert.Equal(baseline.Average() - model.Average(), gain.Mean, 1e-12);
        // The losses vary by 0.3, their difference by 0.05 only: pairing is what makes this gain visible.
        Assert.True(gain.Lower > 0.01);
        Assert.True(gain.Upper < 0.03);
    }

    [Fact]
    public void One_row_gives_a_point_and_equal_rows_do_too()
    {
        Assert.Equal((2.0, 2.0, 2.0), Ends(PairedInterval.Of([2.0], seed: 1)));
        Assert.Equal((0.5, 0.5, 0.5), Ends(PairedInterval.Of([0.5, 0.5, 0.5], seed: 1)));
    }

    [Fact]
    public void Wrong_input_is_refused()
    {
        Assert.Contains("Row 1", Assert.Throws<ArgumentException>(() => PairedInterval.Of([0, double.NaN], seed: 1)).Message);
        Assert.Contains("no rows", Assert.Throws<ArgumentException>(() => PairedInterval.Of([], seed: 1)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => PairedInterval.Of([1.0], seed: 1, level: 95));
        Assert.Contains("baseline has 2 losses, the model 1", Assert.Throws<ArgumentException>(() => PairedInterval.OfGain([1, 2], [1], seed: 1)).Message);
    }

    private static (double Lower, double Mean, double Upper) Ends(PairedInterval interval) => (interval.Lower, interval.Mean, interval.Upper);
}
