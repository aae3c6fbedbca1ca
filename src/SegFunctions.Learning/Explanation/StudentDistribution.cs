namespace SegFunctions.Learning.Explanation;

/// <summary>Student's t distribution.</summary>
internal static class StudentDistribution
{
    /// <summary>
    /// The t ≥ 0 that |T| exceeds with probability <paramref name="tails"/>: Hill's Algorithm 396 (CACM 13, 1970), also for
    /// degrees of freedom that are not whole. Relative error below 10⁻⁵ from 3 degrees on and below 10⁻³ from 2; between 1 and 2
    /// it is up to 15 % too large for tails of 0.2 and less: intervals of two or three rows come out wider, never narrower.
    /// </summary>
    /// <param name="tails">Above 0, at most 1.</param>
    /// <param name="freedom">At least 1.</param>
    public static double TwoTailed(double tails, double freedom)
    {
        if (tails >= 1)
            return 0;
        // Closed forms where the expansion is at its worst.
        if (freedom < 1 + 1e-9)
            return 1 / Math.Tan(tails * Math.PI / 2);
        if (Math.Abs(freedom - 2) < 1e-9)
            return Math.Sqrt((2 / (tails * (2 - tails))) - 2);

        var a = 1 / (freedom - 0.5);
        var b = 48 / (a * a);
        var c = (((((20700 * a / b) - 98) * a) - 16) * a) + 96.36;
        var d = ((((94.5 / (b + c)) - 3) / b) + 1) * Math.Sqrt(a * Math.PI / 2) * freedom;
        var y = Math.Pow(d * tails, 2 / freedom);
        if (y > 0.05 + a)
        {
            // About the normal distribution.
            var x = NormalDistribution.Quantile(tails / 2);
            y = x * x;
            if (freedom < 5)
                c += 0.3 * (freedom - 4.5) * (x + 0.6);
            c = (((((((0.05 * d * x) - 5) * x) - 7) * x) - 2) * x) + b + c;
            y = (((((((((0.4 * y) + 6.3) * y) + 36) * y) + 94.5) / c) - y - 3) / b + 1) * x;
            y = a * y * y;
            y = y > 0.002 ? Math.Exp(y) - 1 : (0.5 * y * y) + y;
        }
        else
        {
            // Far out in the tail.
            y = (((1 / ((((freedom + 6) / (freedom * y)) - (0.089 * d) - 0.822) * (freedom + 2) * 3)) + (0.5 / (freedom + 4))) * y - 1)
                * (freedom + 1) / (freedom + 2) + (1 / y);
        }

        return Math.Sqrt(freedom * y);
    }
}
