using System.Runtime.CompilerServices;

namespace SegFunctions.Learning.Boosting.Growing;

/// <summary>
/// What a leaf is worth: −T(G)/(H + λ), T shrinking |G| by α, and what it takes off the loss (Chen &amp; Guestrin 2016, eq. 5–7, with the L1
/// term of XGBoost). With bounds the value is clipped and its worth follows.
/// </summary>
internal readonly struct SplitRules(BoostingOptions options, double gradientUnit, double curvatureUnit, double dispersion)
{
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
        var curvature = Curvature(node.Word);
        var rows = node.Rows > 0 ? Options.MinLeafRows * curvature / node.Rows : 0;
        // Curvatures of whole rows were rounded to units; half a unit is 1 part in 2³³ of all rows' sum.
        return Math.Max(Math.Max(Options.MinChildWeight, rows) * (1 - 1e-9), CurvatureUnit / 2);
    }
}
