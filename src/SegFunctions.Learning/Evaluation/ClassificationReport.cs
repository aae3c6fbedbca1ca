namespace SegFunctions.Learning.Evaluation;

/// <summary>
/// Everything one asks of probabilities for two classes, from one sort: how well they rank, whether they can be believed, and what following them
/// brings; each with a bootstrap interval.
/// </summary>
/// <remarks>
/// Intervals are percentiles of a stratified bootstrap (Efron 1979): positives and negatives are drawn again with replacement, each as
/// many as there are. So they tell how figures vary between samples of the same share of positives. The calibration error is the exception: resampling
/// adds noise to it, so its interval is reflected (2 · value − percentile, not below 0). Weighted rows are drawn uniformly and keep their weights.
/// Each resample has its own random stream, so threads change nothing. Cost O(n log n + resamples · n).
/// </remarks>
public sealed record ClassificationReport
{
    public required int Rows { get; init; }

    public required int Positives { get; init; }

    /// <summary>Weighted share of positives: what a model that knows nothing reaches in average precision.</summary>
    public required double PositiveShare { get; init; }

    /// <summary>Weighted mean of the probabilities; calibrated at large when it equals <see cref="PositiveShare"/>.</summary>
    public required double MeanProbability { get; init; }

    /// <summary>See <see cref="RocAuc"/>; null when one class is absent.</summary>
    public required Estimate? Auc { get; init; }

    /// <summary>See <see cref="Evaluation.AveragePrecision"/>; null without positives.</summary>
    public required Estimate? AveragePrecision { get; init; }

    /// <summary>See <see cref="Evaluation.LogLoss"/>.</summary>
    public required Estimate LogLoss { get; init; }

    /// <summary>See <see cref="BrierScore"/>.</summary>
    public required Estimate Brier { get; init; }

    /// <summary>Expected calibration error over the bins of <see cref="Reliability"/>.</summary>
    public required Estimate CalibrationError { get; init; }

    public required ReliabilityResult Reliability { get; init; }

    /// <summary>One for each share asked for; empty without positives.</summary>
    public required IReadOnlyList<LiftAt> Lift { get; init; }

    /// <summary>The share of positives held by the top 0, 1, … 100 % of the rows; empty without positives.</summary>
    public required IReadOnlyList<GainPoint> GainCurve { get; init; }

    /// <summary>null when no terms were given.</summary>
    public required ProfitFigures? Profit { get; init; }

    /// <summary>Coverage of the intervals.</summary>
    public required double Level { get; init; }

    /// <summary>Resamples that the intervals come from; 0 for none, and their ends are NaN.</summary>
    public required int Resamples { get; init; }

    /// <param name="probabilities">Of the event, one a row, 0 to 1.</param>
    /// <param name="weights">One a row, 0 or more; empty for 1 each.</param>
    /// <exception cref="ArgumentException">Lengths differ, no rows, a value outside 0 to 1 (row named), weights that are none, or options out of range (all listed).</exception>
    public static ClassificationReport Of(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> labels, ReadOnlySpan<double> weights = default, ClassificationReportOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new ClassificationReportOptions();
        options.Validate();
        ScoredLabels.Require(probabilities, labels, probabilities: true, nameof(probabilities));
        ScoredLabels.RequireWeights(weights, labels.Length);
        return ReportWork.Report(RankedRows.Of(probabilities, labels, weights), options, cancellationToken);
    }
}
