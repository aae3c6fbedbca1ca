using System.Diagnostics;

namespace SegFunctions.Learning.Lifetime;

/// <summary>ln Γ, or a difference of two, with its first two derivatives.</summary>
/// <param name="Log">ln Γ.</param>
/// <param name="Psi">ψ, the digamma function.</param>
/// <param name="Trigamma">ψ′.</param>
internal readonly record struct GammaValue(double Log, double Psi, double Trigamma);

/// <summary>
/// The gamma function by Stirling's series (Abramowitz &amp; Stegun 1964, 6.1.40, 6.3.18, 6.4.12) after the argument has been
/// shifted to 16 or more, where the terms kept leave an error below rounding.
/// </summary>
internal static class GammaFunctions
{
    private const double Far = 16;

    private static readonly double HalfLogTwoPi = 0.5 * Math.Log(2 * Math.PI);

    /// <summary>ln Γ(z), ψ(z), ψ′(z).</summary>
    /// <param name="z">Above 0.</param>
    public static GammaValue At(double z)
    {
        Debug.Assert(z > 0);
        var (log, psi, trigamma) = (0.0, 0.0, 0.0);
        for (; z < Far; z++)
        {
            log -= Math.Log(z);
            psi -= 1 / z;
            trigamma += 1 / (z * z);
        }

        var tail = Tail(z);
        var logZ = Math.Log(z);
        return new GammaValue(
            log + (((z - 0.5) * logZ) - z) + HalfLogTwoPi + tail.Log,
            psi + logZ + tail.Psi,
            trigamma + Leading(z) + tail.Trigamma);
    }

    /// <summary>
    /// ln Γ(z + step) − ln Γ(z) and the like for ψ and ψ′: each to rounding of the difference itself, also where z is so great that
    /// the two alone would cancel.
    /// </summary>
    /// <param name="z">Above 0.</param>
    /// <param name="step">0 or more.</param>
    public static GammaValue Rise(double z, double step)
    {
        Debug.Assert(z > 0 && step >= 0);
        if (step == 0)
            return default;
        var (log, psi, trigamma) = (0.0, 0.0, 0.0);
        var w = z + step;
        for (; z < Far; z++, w++)
        {
            log -= Math.Log(w / z);
            psi += (1 / z) - (1 / w);
            trigamma += (1 / (w * w)) - (1 / (z * z));
        }

        var (low, high) = (Tail(z), Tail(w));
        var ratio = LogOnePlus(step / z);
        return new GammaValue(
            log + ((z - 0.5) * ratio) + (step * (Math.Log(w) - 1)) + (high.Log - low.Log),
            psi + ratio + (high.Psi - low.Psi),
            trigamma - (step / (z * w) * (1 + (0.5 * ((1 / z) + (1 / w))))) + (high.Trigamma - low.Trigamma));
    }

    /// <summary>ln Γ(z) alone.</summary>
    public static double Log(double z) => At(z).Log;

    /// <summary>ln B(a, b).</summary>
    public static double LogBeta(double a, double b) => Log(Math.Min(a, b)) - Rise(Math.Max(a, b), Math.Min(a, b)).Log;

    /// <summary>ln(1 + x) without losing the digits of a small x (Kahan).</summary>
    public static double LogOnePlus(double x)
    {
        var sum = 1 + x;
        return sum == 1 ? x : Math.Log(sum) * (x / (sum - 1));
    }

    /// <summary>e^x − 1 without losing the digits of a small x (Kahan).</summary>
    public static double ExpMinusOne(double x)
    {
        if (Math.Abs(x) > 0.5)
            return Math.Exp(x) - 1;
        var power = Math.Exp(x);
        if (power == 1)
            return x;
        return (power - 1) * x / Math.Log(power);
    }

    private static double Leading(double z) => (1 + (0.5 / z)) / z;

    /// <summary>What Stirling's leading terms leave: of ln Γ beside (z − ½) ln z − z + ½ ln 2π, of ψ beside ln z, of ψ′ beside 1/z + 1/(2z²).</summary>
    private static GammaValue Tail(double z)
    {
        var inverse = 1 / z;
        var square = inverse * inverse;
        var log = inverse * ((1 / 12.0) - (square * ((1 / 360.0) - (square * ((1 / 1260.0) - (square * ((1 / 1680.0) - (square * ((1 / 1188.0) - (square * 691 / 360360.0))))))))));
        var psi = (-0.5 * inverse) - (square * ((1 / 12.0) - (square * ((1 / 120.0) - (square * ((1 / 252.0) - (square * ((1 / 240.0) - (square * ((1 / 132.0) - (square * 691 / 32760.0)))))))))));
        var trigamma = inverse * square * ((1 / 6.0) - (square * ((1 / 30.0) - (square * ((1 / 42.0) - (square * ((1 / 30.0) - (square * ((5 / 66.0) - (square * 691 / 2730.0))))))))));
        return new GammaValue(log, psi, trigamma);
    }
}
