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
}
