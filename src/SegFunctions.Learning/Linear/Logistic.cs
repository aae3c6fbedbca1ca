namespace SegFunctions.Learning.Linear;

/// <summary>The logistic function and its loss, written so that neither end overflows.</summary>
internal static class Logistic
{
    /// <summary>1 / (1 + e⁻ᶻ).</summary>
    public static double Probability(double logOdds)
    {
        if (logOdds >= 0)
            return 1 / (1 + Math.Exp(-logOdds));
        var odds = Math.Exp(logOdds);
        return odds / (1 + odds);
    }

    /// <summary>ln(1 + eᶻ).</summary>
    public static double Softplus(double logOdds) => Math.Max(logOdds, 0) + double.LogP1(Math.Exp(-Math.Abs(logOdds)));

    /// <summary>Both with one exponential.</summary>
    public static (double Probability, double Softplus) Both(double logOdds)
    {
        var odds = Math.Exp(-Math.Abs(logOdds));
        return (logOdds >= 0 ? 1 / (1 + odds) : odds / (1 + odds), Math.Max(logOdds, 0) + double.LogP1(odds));
    }

    /// <summary>ln(p / (1 − p)), with p kept 10⁻¹⁵ away from 0 and 1.</summary>
    public static double LogOdds(double probability)
    {
        var p = Math.Clamp(probability, 1e-15, 1 - 1e-15);
        return Math.Log(p / (1 - p));
    }
}
