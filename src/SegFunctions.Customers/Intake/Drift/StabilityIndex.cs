namespace SegFunctions.Customers.Intake.Drift;

/// <summary>How far two distributions over the same bins lie apart: the population stability index.</summary>
/// <remarks>
/// Σ (p − q) ln (p / q), the symmetrised Kullback–Leibler divergence. When both samples come from one population, its value is about (1/n + 1/m) times a χ² with bins − 1 degrees of
/// freedom (B. Yurdakul, J. Naranjo 2020, "Statistical properties of the population stability index"): fixed limits such as 0.25 cry wolf over small files and
/// sleep over large ones, so the limit here follows the number of values. Half a value is added to every bin, so that an empty one is no infinity.
/// </remarks>
internal static class StabilityIndex
{
    /// <summary>Below this a shift is too small to matter, however sure it is.</summary>
    public const double LeastThatMatters = 0.1;

    // Of the standard normal distribution: one false alarm in a thousand columns.
    private const double NormalQuantile = 3.0902;

    public static double Of(IReadOnlyList<double> before, IReadOnlyList<double> now)
    {
        double all = 0, allNow = 0;
        for (var bin = 0; bin < before.Count; bin++)
        {
            all += before[bin] + 0.5;
            allNow += now[bin] + 0.5;
        }

        double index = 0;
        for (var bin = 0; bin < before.Count; bin++)
        {
            var p = (now[bin] + 0.5) / allNow;
            var q = (before[bin] + 0.5) / all;
            index += (p - q) * Math.Log(p / q);
        }

        return index;
    }

    /// <summary>The value that chance alone exceeds once in a thousand times, χ² after Wilson and Hilferty (1931).</summary>
    public static double ChanceLimit(double before, double now, int bins)
    {
        double freedom = Math.Max(1, bins - 1);
        var root = 1 - (2 / (9 * freedom)) + (NormalQuantile * Math.Sqrt(2 / (9 * freedom)));
        return ((1 / before) + (1 / now)) * freedom * root * root * root;
    }
}
