using SegFunctions.Learning.Calibration;

namespace SegFunctions.Learning.Tests.Calibration;

public abstract class CalibrationContract : LearnerContract
{
    protected override bool OneColumn => true;

    protected override bool CanBeCancelled => false;

    /// <summary>How far the mean probability may be from the share of positives.</summary>
    protected virtual double MeanTolerance => 2e-3;

    internal override Learned Fit(Matrix rows, long seed, int? threads, CancellationToken cancellationToken) =>
        Wrap(Fit(FirstColumn(rows), Labels(rows)));

    internal override Learned Load(Stream stream) => Wrap(ProbabilityCalibration.Load(stream));

    protected abstract ProbabilityCalibration Fit(double[] scores, bool[] labels);

    [Fact]
    public void Probabilities_never_fall_as_scores_rise_and_stay_within_0_and_1()
    {
        var scores = FirstColumn(Some.Normal(500, 1));
        var map = Fit(scores, [.. scores.Select(score => score + Math.Sin(1e5 * score) > 0.3)]);
        var probabilities = map.Apply([.. Enumerable.Range(-400, 801).Select(i => i / 50.0)]);
        for (var i = 1; i < probabilities.Length; i++)
            Assert.True(probabilities[i] >= probabilities[i - 1]);
        Assert.InRange(probabilities[0], 0, 1);
        Assert.InRange(probabilities[^1], 0, 1);
    }

    [Fact]
    public void Calibrated_on_its_own_rows_the_mean_probability_is_the_share_of_positives()
    {
        var scores = FirstColumn(Some.Normal(2000, 1));
        bool[] labels = [.. scores.Select(score => score + (3 * Math.Sin(1e5 * score)) > 1)];
        var mean = Fit(scores, labels).Apply(scores).Average();
        Assert.Equal(labels.Count(label => label) / 2000.0, mean, MeanTolerance);
    }

    private static double[] FirstColumn(Matrix rows) => [.. Enumerable.Range(0, rows.Rows).Select(row => rows[row, 0])];

    private static Learned Wrap(ProbabilityCalibration map) => new(rows => map.Apply(FirstColumn(rows)), map.Save);
}

public sealed class PlattScalingContractTests : CalibrationContract
{
    protected override ProbabilityCalibration Fit(double[] scores, bool[] labels) => PlattScaling.Fit(scores, labels);
}

public sealed class IsotonicRegressionContractTests : CalibrationContract
{
    protected override ProbabilityCalibration Fit(double[] scores, bool[] labels) => IsotonicRegression.Fit(scores, labels);
}

public sealed class CentredIsotonicContractTests : CalibrationContract
{
    // A line between two centres does not keep the mean exactly.
    protected override double MeanTolerance => 1e-2;

    protected override ProbabilityCalibration Fit(double[] scores, bool[] labels) => IsotonicRegression.FitCentred(scores, labels);
}

public sealed class BetaCalibrationContractTests : CalibrationContract
{
    protected override ProbabilityCalibration Fit(double[] scores, bool[] labels) => BetaCalibration.Fit(scores, labels);
}

public sealed class ChosenCalibrationContractTests : CalibrationContract
{
    protected override double MeanTolerance => 1e-2;

    protected override ProbabilityCalibration Fit(double[] scores, bool[] labels) => CalibrationChoice.Fit(scores, labels, default, new CalibrationOptions { ScoresAreLogOdds = false }).Calibration;
}
