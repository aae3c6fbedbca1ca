namespace SegFunctions.Learning.Evaluation.Structure;

/// <summary>Integrals over [0, 1] of exp of the line that runs from a to b: what likelihoods of piecewise log-linear densities are made of.</summary>
internal static class Exponential
{
    /// <summary>Below this difference of the ends series are more exact than differences of exponentials.</summary>
    private const double Small = 0.05;

    /// <summary>∫ exp((1 − t)a + tb) dt.</summary>
    public static double Mean(double a, double b)
    {
        var d = b - a;
        return Math.Abs(d) < Small
            ? Math.Exp(a) * (1 + (d * (1.0 / 2 + (d * (1.0 / 6 + (d * (1.0 / 24 + (d * (1.0 / 120 + (d / 720))))))))))
            : (Math.Exp(b) - Math.Exp(a)) / d;
    }

    /// <summary>∫ t · exp((1 − t)a + tb) dt.</summary>
    public static double First(double a, double b)
    {
        var d = b - a;
        return Math.Abs(d) < Small
            ? Math.Exp(a) * (1.0 / 2 + (d * (1.0 / 3 + (d * (1.0 / 8 + (d * (1.0 / 30 + (d * (1.0 / 144 + (d / 840))))))))))
            : (Math.Exp(b) - Mean(a, b)) / d;
    }

    /// <summary>∫ t² · exp((1 − t)a + tb) dt.</summary>
    public static double Second(double a, double b)
    {
        var d = b - a;
        return Math.Abs(d) < Small
            ? Math.Exp(a) * (1.0 / 3 + (d * (1.0 / 4 + (d * (1.0 / 10 + (d * (1.0 / 36 + (d * (1.0 / 168 + (d / 960))))))))))
            : (Math.Exp(b) - (2 * First(a, b))) / d;
    }

    /// <summary>The s of ∫₀ˢ exp((1 − t)a + tb) dt = mass.</summary>
    public static double InverseMass(double a, double b, double mass)
    {
        var d = b - a;
        var relative = mass * Math.Exp(-a);
        return Math.Abs(d) < 1e-9 ? relative : double.LogP1(relative * d) / d;
    }
}
