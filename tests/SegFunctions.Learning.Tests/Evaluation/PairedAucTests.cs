using SegFunctions.Learning.Evaluation;

namespace SegFunctions.Learning.Tests.Evaluation;

public sealed class PairedAucTests
{
    [Fact]
    public void A_gain_that_both_models_noise_hides_shows_when_they_see_the_same_rows()
    {
        var (baseline, model, labels) = Rows(600, 1);
        var gain = PairedAuc.OfGain(baseline, model, labels, seed: 1)!.Value;
        Assert.Equal(RocAuc.Of(model, labels)!.Value - RocAuc.Of(baseline, labels)!.Value, gain.Mean, 1e-12);
        Assert.Equal(IntervalMethod.Bootstrap, gain.Method);
        var alone = ClassificationReport.Of([.. model.Select(Squeezed)], labels).Auc!.Value;
        Assert.True(gain.Upper - gain.Lower < (alone.Upper - alone.Lower) / 1.5);
        Assert.True(gain.Lower > 0);
    }

    [Fact]
    public void Bootstrap_and_DeLongs_interval_agree_where_they_meet()
    {
        var (baseline, model, labels) = Rows(20_001, 2);
        // Some ties on both sides.
        baseline = [.. baseline.Select(score => Math.Round(score, 1))];
        var normal = PairedAuc.OfGain(baseline, model, labels, seed: 1)!.Value;
        Assert.Equal(IntervalMethod.Normal, normal.Method);
        var bootstrap = PairedAuc.OfGain(baseline.AsSpan(0, 20_000), model.AsSpan(0, 20_000), labels.AsSpan(0, 20_000), seed: 1, resamples: 400)!.Value;
        Assert.Equal(normal.Lower, bootstrap.Lower, 1e-3);
        Assert.Equal(normal.Upper, bootstrap.Upper, 1e-3);
    }

    [Fact]
    public void The_same_scores_have_no_gain_threads_change_nothing_and_one_class_has_none()
    {
        var (baseline, model, labels) = Rows(200, 3);
        var same = PairedAuc.OfGain(model, model, labels, seed: 1)!.Value;
        Assert.Equal((0, 0, 0), (same.Mean, same.Lower, same.Upper));
        Assert.Equal(PairedAuc.OfGain(baseline, model, labels, seed: 1, threads: 1), PairedAuc.OfGain(baseline, model, labels, seed: 1, threads: 3));
        Assert.Null(PairedAuc.OfGain([0.1, 0.2], [0.3, 0.4], [true, true], seed: 1));
        Assert.Contains("2 scores for 1 labels", Assert.Throws<ArgumentException>(() => PairedAuc.OfGain([1, 2], [1], [true], seed: 1)).Message);
    }

    private static double Squeezed(double score) => 1 / (1 + Math.Exp(-score));

    private static (double[] Baseline, double[] Model, bool[] Labels) Rows(int count, long seed)
    {
        var random = new Xoshiro256(seed);
        bool[] labels = [.. Enumerable.Range(0, count).Select(_ => random.NextInt(4) == 0)];
        double[] model = [.. labels.Select(label => random.NextNormal() + (label ? 1 : 0))];
        return ([.. model.Select(score => score + (0.6 * random.NextNormal()))], model, labels);
    }
}
