namespace SegFunctions.Learning.Preparation;

/// <summary>Decides how a column of numbers, days or flags is brought to the common scale.</summary>
/// <param name="Treatment">null when the column's values cannot be told apart on any scale.</param>
/// <param name="Skewness">As it came, outliers included.</param>
/// <param name="InnerSkewness">Without the say of the outermost values; what the choice is made by.</param>
/// <param name="PreparedSkewness">The same after the transformation.</param>
/// <param name="Winsorised">Rows beyond the bound.</param>
internal sealed record NumericFit(NumericTreatment? Treatment, double Skewness, double InnerSkewness, double PreparedSkewness, int Winsorised)
{
    /// <summary>Skewed by a few far values alone, and therefore left as it is.</summary>
    public bool IsOneSided { get; private init; }

    /// <summary>A flag rarer than this weighs as one of this share: or a hundred rows in a million would lie ten units from all others.</summary>
    public const double RarestShare = 0.05;

    /// <summary>
    /// Exponential and log-normal columns have 0.36 and 0.45; a tenth of the rows five deviations off makes 0.12 of a normal one. Of 500 rows of each, one in a
    /// hundred, in ten thousand and in a hundred fall on the other side; no other share of the rows tells them apart as well.
    /// </summary>
    private const double SextileSkewness = 0.25;

    /// <summary>Interquartile range of a standard normal, 2 Φ⁻¹(¾).</summary>
    private const double NormalInterquartileRange = 1.3489795003921634;

    /// <summary>Median to 0, interquartile range to that of a standard normal, after the transformation that the skewness asks for.</summary>
    /// <param name="profile">At least two different values.</param>
    public static NumericFit Robust(NumericProfile profile, ColumnKind kind, PreparationOptions options)
    {
        var skewness = NumericProfile.Skewness(profile.Sorted);
        var sample = profile.InnerSample();
        var inner = NumericProfile.Skewness(sample);
        var treatment = new NumericTreatment { Fill = profile.Figures.Median, Bound = options.Bound };
        var after = inner;
        // The distance between two days is what people mean by a date: it is not bent.
        var lopsided = Math.Abs(inner) > options.SkewnessLimit;
        var throughout = IsSkewedThroughout(profile, inner);
        if (kind == ColumnKind.Numeric && lopsided && throughout)
            (treatment, after) = Straighten(treatment, profile, sample, inner, options);

        var centre = QuantileOf(profile, treatment, 0.5);
        var range = QuantileOf(profile, treatment, 0.75) - QuantileOf(profile, treatment, 0.25);
        var source = range > 0 ? ScaleSource.InterquartileRange : ScaleSource.DeviationOfTheFew;
        var scale = range > 0 ? range / NormalInterquartileRange : Deviation(sample, treatment);
        if (range <= 0 && !(scale > 0))
            scale = Deviation(profile.Sorted, treatment);
        if (!(scale > 0) || !double.IsFinite(1 / scale) || !double.IsFinite(scale))
            return new NumericFit(null, skewness, inner, after, 0);
        treatment = treatment with { Centre = centre, Scale = scale, ScaleSource = source };
        return new NumericFit(treatment, skewness, inner, after, CountBeyond(profile.Sorted, treatment)) { IsOneSided = kind == ColumnKind.Numeric && lopsided && !throughout };
    }

    /// <summary>
    /// Whether the middle two thirds lean the same way as the whole (Bowley's skewness, with sixths for quartiles). Where it does not, a few far rows make the
    /// skewness: a group of their own perhaps, which a transformation would draw into the crowd.
    /// </summary>
    private static bool IsSkewedThroughout(NumericProfile profile, double skewness)
    {
        var low = Quantile.OfSorted(profile.Sorted, 1.0 / 6);
        var high = Quantile.OfSorted(profile.Sorted, 5.0 / 6);
        var lean = low + high - (2 * profile.Figures.Median);
        return high <= low || Math.Sign(skewness) * lean / (high - low) >= SextileSkewness;
    }

    /// <summary>Mean to 0, standard deviation to 1.</summary>
    public static NumericFit Standard(NumericProfile profile)
    {
        var skewness = NumericProfile.Skewness(profile.Sorted);
        var treatment = new NumericTreatment { Fill = profile.Figures.Median, ScaleSource = ScaleSource.StandardDeviation };
        // The missing ones count as the median that they become.
        var (rows, missing) = (profile.Figures.Rows, profile.Figures.Missing);
        var mean = 0.0;
        foreach (var value in profile.Sorted)
            mean += value / rows;
        mean += treatment.Fill * missing / rows;
        var squares = missing * (treatment.Fill - mean) * (treatment.Fill - mean);
        foreach (var value in profile.Sorted)
            squares += (value - mean) * (value - mean);
        var scale = Math.Sqrt(squares / rows);
        return new NumericFit(scale > 0 && double.IsFinite(scale) && double.IsFinite(1 / scale) ? treatment with { Centre = mean, Scale = scale } : null, skewness, skewness, skewness, 0);
    }

    /// <summary>0 stays 0, and 1 becomes the height at which the column has the variance of the weight.</summary>
    public static NumericFit Flag(NumericFigures figures, double weight)
    {
        var fill = 2 * figures.Ones > figures.Count ? 1.0 : 0;
        var share = (figures.Ones + (fill * figures.Missing)) / figures.Rows;
        var treatment = new NumericTreatment { Fill = fill, Scale = 1 / FlagHeight(share, weight), ScaleSource = ScaleSource.Shares };
        var ones = (double)figures.Ones / figures.Count;
        var skewness = (1 - (2 * ones)) / Math.Sqrt(ones * (1 - ones));
        return new NumericFit(treatment, skewness, skewness, skewness, 0);
    }

    public static double FlagHeight(double share, double weight) =>
        Math.Sqrt(weight / Math.Max(share * (1 - share), RarestShare * (1 - RarestShare)));

    /// <summary>
    /// A logarithm where it brings the skewness under the limit, because people understand it; otherwise whatever leaves the
    /// least skewness, and nothing unless it lowers it.
    /// </summary>
    private static (NumericTreatment Treatment, double Skewness) Straighten(NumericTreatment plain, NumericProfile profile, double[] sample, double inner, PreparationOptions options)
    {
        var best = (Treatment: plain, Skewness: inner);
        if (profile.Sorted[0] >= 0 && inner > 0)
        {
            best = Better(best, plain with { Transformation = Transformation.Log1p });
            if (Math.Abs(best.Skewness) <= options.SkewnessLimit)
                return best;
        }

        return options.YeoJohnson
            ? Better(best, plain with { Transformation = Transformation.YeoJohnson, Lambda = Preparation.YeoJohnson.Fit(sample) })
            : best;

        (NumericTreatment, double) Better((NumericTreatment Treatment, double Skewness) known, NumericTreatment tried)
        {
            var skewness = NumericProfile.Skewness(Array.ConvertAll(sample, tried.Transform));
            var usable = double.IsFinite(tried.Transform(profile.Sorted[0])) && double.IsFinite(tried.Transform(profile.Sorted[^1]));
            return usable && Math.Abs(skewness) < Math.Abs(known.Skewness) ? (tried, skewness) : known;
        }
    }

    /// <summary>The quantile of the transformed values: the order is that of the values, so only the two neighbours are transformed.</summary>
    private static double QuantileOf(NumericProfile profile, NumericTreatment treatment, double share)
    {
        var at = share * (profile.Sorted.Length - 1);
        var below = (int)at;
        var above = Math.Min(below + 1, profile.Sorted.Length - 1);
        return Quantile.OfSorted([treatment.Transform(profile.Sorted[below]), treatment.Transform(profile.Sorted[above])], at - below);
    }

    private static double Deviation(ReadOnlySpan<double> values, NumericTreatment treatment)
    {
        var mean = 0.0;
        foreach (var value in values)
            mean += treatment.Transform(value);
        mean /= values.Length;
        var squares = 0.0;
        foreach (var value in values)
        {
            var difference = treatment.Transform(value) - mean;
            squares += difference * difference;
        }

        return Math.Sqrt(squares / values.Length);
    }

    /// <summary>Found by halving, because prepared values ascend as the values do.</summary>
    private static int CountBeyond(double[] sorted, NumericTreatment treatment)
    {
        var below = FirstWhere(value => value >= -treatment.Bound);
        var upTo = FirstWhere(value => value > treatment.Bound);
        return below + (sorted.Length - upTo);

        int FirstWhere(Func<double, bool> holds)
        {
            var (low, high) = (0, sorted.Length);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (holds(treatment.Apply(sorted[middle], winsorise: false)))
                    high = middle;
                else
                    low = middle + 1;
            }

            return low;
        }
    }
}
