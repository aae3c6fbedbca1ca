namespace SegFunctions.Learning.Preparation;

/// <summary>
/// The power transformation for numbers of either sign: Yeo &amp; Johnson, "A new family of power transformations to improve
/// normality or symmetry", Biometrika 87 (2000), equation 2.1. Increasing in x for every λ; λ = 1 changes nothing.
/// </summary>
internal static class YeoJohnson
{
    /// <summary>Between these the power is sought; beyond, it would only pile values up at a point.</summary>
    private const double Greatest = 6;

    // Nearer to its two limits a power loses more digits than the limit is away from it.
    private const double Limit = 1e-7;

    public static double Transform(double x, double lambda)
    {
        if (x >= 0)
            return Math.Abs(lambda) < Limit ? double.LogP1(x) : (Math.Pow(1 + x, lambda) - 1) / lambda;
        return Math.Abs(2 - lambda) < Limit ? -double.LogP1(-x) : (1 - Math.Pow(1 - x, 2 - lambda)) / (2 - lambda);
    }

    /// <summary>The x of which <paramref name="y"/> is the transform; NaN where there is none.</summary>
    public static double Invert(double y, double lambda)
    {
        if (y >= 0)
            return Math.Abs(lambda) < Limit ? double.ExpM1(y) : Math.Pow(1 + (lambda * y), 1 / lambda) - 1;
        return Math.Abs(2 - lambda) < Limit ? -double.ExpM1(-y) : 1 - Math.Pow(1 - ((2 - lambda) * y), 1 / (2 - lambda));
    }

    /// <summary>The λ of greatest likelihood, were the transformed values normal (the profile likelihood of section 3), to about six digits.</summary>
    /// <param name="values">At least two different, finite numbers.</param>
    public static double Fit(double[] values)
    {
        var jacobian = 0.0;
        foreach (var value in values)
            jacobian += Math.CopySign(double.LogP1(Math.Abs(value)), value);
        jacobian /= values.Length;
        return BrentMinimum.Of(lambda => (0.5 * LogVariance(values, lambda)) - ((lambda - 1) * jacobian), -Greatest, Greatest, 1e-8);
    }

    /// <summary>+∞ where the values overflow, or have become one number and would look infinitely likely.</summary>
    private static double LogVariance(double[] values, double lambda)
    {
        // Welford's update: one pass, no array of transforms.
        var (count, mean, squares) = (0, 0.0, 0.0);
        foreach (var value in values)
        {
            var transformed = Transform(value, lambda);
            count++;
            var difference = transformed - mean;
            mean += difference / count;
            squares += difference * (transformed - mean);
        }

        var variance = squares / count;
        return variance > 1e-24 * mean * mean && double.IsFinite(variance) ? Math.Log(variance) : double.PositiveInfinity;
    }
}
