using System.Runtime.CompilerServices;

namespace SegFunctions.Learning.Boosting.Growing;

/// <summary>
/// What a leaf is worth: −T(G)/(H + λ), T shrinking |G| by α, and what it takes off the loss (Chen &amp; Guestrin 2016, eq. 5–7, with the L1
/// term of XGBoost). With bounds the value is clipped and its worth follows.
/// </summary>
internal readonly struct SplitRules(BoostingOptions options, double gradientUnit, double curvatureUnit, double dispersion)
{
    /// <summary>Curvatures were rounded to units: as much as asked for may come out a little less.</summary>
    private const double Slack = 1e-6;

    public BoostingOptions Options { get; } = options;

    public double GradientUnit { get; } = gradientUnit;

    public double CurvatureUnit { get; } = curvatureUnit;

    public double Dispersion { get; } = dispersion;

    /// <summary>Whether leaf values are bounded by anything.</summary>
    public bool Bounded { get; } = options.IsMonotone || double.IsFinite(options.StepBound);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Gradient(long word) => GradientPairs.GradientOf(word) * GradientUnit;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Curvature(long word) => GradientPairs.CurvatureOf(word) * CurvatureUnit;

    /// <summary>The value of a leaf before the learning rate.</summary>
    public double Value(long word, double lower, double upper) => Value(Gradient(word), Curvature(word), Options.L2, lower, upper);

    public double Value(double gradient, double curvature, double l2, double lower, double upper)
    {
        if (curvature + l2 <= 0)
            return Math.Clamp(0, lower, upper);
        var shrunk = Math.Max(Math.Abs(gradient) - Options.L1, 0);
        return Math.Clamp(-Math.CopySign(shrunk, gradient) / (curvature + l2), lower, upper);
    }

    /// <summary>Twice what a leaf takes off the penalised loss.</summary>
    public double Worth(double gradient, double curvature, double l2, double lower, double upper)
    {
        if (!Bounded)
        {
            var shrunk = Math.Max(Math.Abs(gradient) - Options.L1, 0);
            return curvature + l2 > 0 ? shrunk * shrunk / (curvature + l2) : 0;
        }

        var value = Value(gradient, curvature, l2, lower, upper);
        return -((2 * gradient * value) + ((curvature + l2) * value * value) + (2 * Options.L1 * Math.Abs(value)));
    }

    /// <summary>The curvature that each side of a split needs: its least weight, and its least rows at the node's curvature a row.</summary>
    public double LeastCurvature(in NodeSums node)
    {
        // Half a unit: a side without curvature is no side.
        return Math.Max(Math.Max(Options.MinChildWeight * (1 - Slack), CurvatureOf(Options.MinLeafRows, node)), CurvatureUnit / 2);
    }

    /// <summary>The curvature of so many rows of a node, by its mean.</summary>
    public double CurvatureOf(double rows, in NodeSums node) => node.Rows > 0 ? rows * Curvature(node.Word) / node.Rows * (1 - Slack) : 0;
}
