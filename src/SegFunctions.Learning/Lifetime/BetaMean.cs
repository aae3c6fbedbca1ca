namespace SegFunctions.Learning.Lifetime;

/// <summary>
/// Means over a beta distribution: the trapezoid rule in w, ln(p/(1 − p)) = centre + scale · sinh w, which converges exponentially
/// for what is smooth, whatever the exponents (after Takahasi &amp; Mori 1974).
/// </summary>
internal static class BetaMean
{
    private const double Step = 1 / 64.0;

    public static OrderMoments Of(double a, double b, Func<double, OrderMoments> figure)
    {
        var centre = Math.Log(a / b);
        var scale = Math.Sqrt((1 / a) + (1 / b));
        var logBeta = GammaFunctions.LogBeta(a, b);
        var (mean, square, total) = (0.0, 0.0, 0.0);
        for (var w = -16.0; w <= 16; w += Step)
        {
            var v = centre + (scale * Math.Sinh(w));
            // ln p and ln(1 − p) without rounding either to 0.
            var logP = -Math.Max(-v, 0) - GammaFunctions.LogOnePlus(Math.Exp(-Math.Abs(v)));
            var log = (a * logP) + (b * (logP - v)) - logBeta;
            if (!(log > -745))
                continue;
            var weight = Math.Exp(log) * scale * Math.Cosh(w);
            var at = figure(Math.Exp(logP));
            total += weight;
            mean += weight * at.Mean;
            square += weight * at.MeanSquare;
        }

        return new OrderMoments(mean / total, square / total);
    }
}
