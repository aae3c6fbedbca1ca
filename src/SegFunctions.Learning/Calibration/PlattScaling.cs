using System.Text.Json.Nodes;
using SegFunctions.Learning.Evaluation;
using SegFunctions.Learning.Linear;

namespace SegFunctions.Learning.Calibration;

/// <summary>
/// p = 1 / (1 + exp(A · score + B)) (Platt 1999), fitted by the safeguarded Newton method and with the smoothed targets
/// (N₊ + 1)/(N₊ + 2) and 1/(N₋ + 2) of Lin, Lin &amp; Weng 2007, which keep it finite on separable scores and on a single class.
/// </summary>
public sealed class PlattScaling : ProbabilityCalibration
{
    internal const string Kind = "platt";

    /// <summary>Their σ: keeps the 2 × 2 Hessian invertible.</summary>
    private const double Ridge = 1e-12;

    private PlattScaling(double slope, double offset) => (Slope, Offset) = (slope, offset);

    /// <summary>A: below 0 when greater scores mean more likely.</summary>
    public double Slope { get; }

    /// <summary>B.</summary>
    public double Offset { get; }

    /// <param name="scores">Finite, of any range; log-odds suit best.</param>
    /// <param name="weights">One a row, finite and 0 or more: a row of weight 2 counts as two. Empty for 1 each.</param>
    /// <exception cref="ArgumentException">Lengths differ, no rows, a score that is not finite (row named), or weights that are none.</exception>
    public static PlattScaling Fit(ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels, ReadOnlySpan<double> weights = default)
    {
        Require(scores, labels);
        var total = ScoredLabels.RequireWeights(weights, labels.Length);
        var positives = 0.0;
        for (var row = 0; row < labels.Length; row++)
            positives += labels[row] ? Weight(weights, row) : 0;
        var negatives = total - positives;
        var high = (positives + 1) / (positives + 2);
        var low = 1 / (negatives + 2);

        // Unit scores, so that the stopping rule means the same whatever the scores' range.
        var unit = 0.0;
        foreach (var score in scores)
            unit = Math.Max(unit, Math.Abs(score));
        unit = unit > 0 ? unit : 1;

        var a = 0.0;
        var b = Math.Log((negatives + 1) / (positives + 1));
        var value = Loss(scores, labels, weights, unit, high, low, a, b);
        for (var iteration = 0; iteration < 200; iteration++)
        {
            var (ga, gb, haa, hab, hbb) = Derivatives(scores, labels, weights, unit, high, low, a, b);
            if (Math.Abs(ga) < 1e-9 && Math.Abs(gb) < 1e-9)
                break;
            var determinant = (haa * hbb) - (hab * hab);
            var da = -((hbb * ga) - (hab * gb)) / determinant;
            var db = -((haa * gb) - (hab * ga)) / determinant;
            var slope = (ga * da) + (gb * db);
            var length = 1.0;
            while (length >= 1e-10)
            {
                var next = Loss(scores, labels, weights, unit, high, low, a + (length * da), b + (length * db));
                if (next < value + (1e-4 * length * slope))
                {
                    (a, b, value) = (a + (length * da), b + (length * db), next);
                    break;
                }

                length /= 2;
            }

            if (length < 1e-10)
                break;
        }

        return new PlattScaling(a / unit, b);
    }

    public override double Apply(double score) => Logistic.Probability(-((Slope * score) + Offset));

    public override void Save(Stream stream) =>
        ModelFile.Write(stream, Kind, 1, new JsonObject(), ("slopeAndOffset", [Slope, Offset]));

    internal static PlattScaling From(ModelFile file)
    {
        var values = file.Array("slopeAndOffset", 2);
        return new PlattScaling(values[0], values[1]);
    }

    private static double Weight(ReadOnlySpan<double> weights, int row) => weights.IsEmpty ? 1 : weights[row];

    private static double Loss(ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels, ReadOnlySpan<double> weights, double unit, double high, double low, double a, double b)
    {
        var sum = 0.0;
        for (var row = 0; row < scores.Length; row++)
        {
            var f = (a * scores[row] / unit) + b;
            sum += Weight(weights, row) * (Logistic.Softplus(f) - ((1 - (labels[row] ? high : low)) * f));
        }

        return sum;
    }

    private static (double A, double B, double AA, double AB, double BB) Derivatives(ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels, ReadOnlySpan<double> weights, double unit, double high, double low, double a, double b)
    {
        double ga = 0, gb = 0, hab = 0;
        double haa = Ridge, hbb = Ridge;
        for (var row = 0; row < scores.Length; row++)
        {
            var score = scores[row] / unit;
            var p = Logistic.Probability(-((a * score) + b));
            var gradient = Weight(weights, row) * ((labels[row] ? high : low) - p);
            var bend = Weight(weights, row) * p * (1 - p);
            ga += score * gradient;
            gb += gradient;
            haa += score * score * bend;
            hab += score * bend;
            hbb += bend;
        }

        return (ga, gb, haa, hab, hbb);
    }
}
