using System.Text.Json.Nodes;
using SegFunctions.Learning.Linear;

namespace SegFunctions.Learning.Calibration;

/// <summary>
/// log-odds = a · ln q − b · ln(1 − q) + c with q = 1 / (1 + exp(−score)) and a, b ≥ 0 (Kull, Silva Filho &amp; Flach, "Beta calibration", AISTATS 2017):
/// low and high scores may be wrong in different ways, which Platt's one slope cannot say. Fitted by logistic regression; a coefficient that
/// would be negative is 0, so that the map never falls.
/// </summary>
public sealed class BetaCalibration : ProbabilityCalibration
{
    internal const string Kind = "beta";

    /// <summary>A trace of a penalty keeps it finite on separable scores.</summary>
    private const double Ridge = 0.01;

    private readonly double _low;
    private readonly double _high;
    private readonly double _offset;

    private BetaCalibration(double low, double high, double offset) => (_low, _high, _offset) = (low, high, offset);

    /// <summary>a: the slope for low scores.</summary>
    public double LowSlope => _low;

    /// <summary>b: the slope for high scores.</summary>
    public double HighSlope => _high;

    /// <summary>c.</summary>
    public double Offset => _offset;

    /// <param name="scores">Finite log-odds.</param>
    /// <param name="weights">One a row, finite and 0 or more; empty for 1 each.</param>
    /// <exception cref="ArgumentException">Lengths differ, no rows, a score that is not finite (row named), or weights that are none.</exception>
    public static BetaCalibration Fit(ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels, ReadOnlySpan<double> weights = default)
    {
        Require(scores, labels);
        var values = new double[2 * scores.Length];
        for (var row = 0; row < scores.Length; row++)
            (values[2 * row], values[(2 * row) + 1]) = (Low(scores[row]), High(scores[row]));
        var options = new LogisticOptions { L2 = Ridge, Threads = 1 };
        var both = LogisticRegression.Fit(new Matrix(scores.Length, 2, values), labels, options, weights);
        var (low, high) = (both.Coefficients[0], both.Coefficients[1]);
        if (low >= 0 && high >= 0)
            return new BetaCalibration(low, high, both.Intercept);

        var kept = low < 0 ? 1 : 0;
        var one = new double[scores.Length];
        for (var row = 0; row < one.Length; row++)
            one[row] = values[(2 * row) + kept];
        var model = LogisticRegression.Fit(new Matrix(one.Length, 1, one), labels, options, weights);
        if (model.Coefficients[0] >= 0)
            return kept == 0 ? new BetaCalibration(model.Coefficients[0], 0, model.Intercept) : new BetaCalibration(0, model.Coefficients[0], model.Intercept);
        // Greater scores mean less likely: the best map that never falls is flat, at the share of positives.
        return new BetaCalibration(0, 0, Logistic.LogOdds(ShareOfPositives(labels, weights)));
    }

    public override double Apply(double score) => Logistic.Probability((_low * Low(score)) + (_high * High(score)) + _offset);

    public override void Save(Stream stream) => ModelFile.Write(stream, Kind, 1, new JsonObject(), ("slopesAndOffset", [_low, _high, _offset]));

    internal static BetaCalibration From(ModelFile file)
    {
        var values = file.Array("slopesAndOffset", 3);
        return new BetaCalibration(values[0], values[1], values[2]);
    }

    private static double ShareOfPositives(ReadOnlySpan<bool> labels, ReadOnlySpan<double> weights)
    {
        double positive = 0, total = 0;
        for (var row = 0; row < labels.Length; row++)
        {
            var weight = weights.IsEmpty ? 1 : weights[row];
            positive += labels[row] ? weight : 0;
            total += weight;
        }

        return positive / total;
    }

    /// <summary>ln q.</summary>
    private static double Low(double score) => -Logistic.Softplus(-score);

    /// <summary>−ln(1 − q).</summary>
    private static double High(double score) => Logistic.Softplus(score);
}
