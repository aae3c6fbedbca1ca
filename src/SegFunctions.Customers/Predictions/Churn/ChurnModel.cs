using System.Text.Json;
using SegFunctions.Customers.Features;
using SegFunctions.Customers.Segments.Profiles;
using SegFunctions.Learning.Calibration;
using SegFunctions.Learning.Classification;
using SegFunctions.Learning.Lifetime;

namespace SegFunctions.Customers.Predictions.Churn;

/// <summary>Predicts whether a customer at risk leaves within the horizon: by the learned model, or by the best baseline.</summary>
/// <remarks>Immutable, safe for many threads. A score depends on the one customer alone.</remarks>
public sealed class ChurnModel
{
    private readonly ClassificationModel? _learned;
    private readonly ProbabilityCalibration? _baselineMap;
    private readonly ChurnBaselineScorer _baselines;
    private readonly int[] _columns;
    private readonly Dictionary<string, double> _typical;

    private ChurnModel(ChurnReport report, ClassificationModel? learned, ProbabilityCalibration? baselineMap)
    {
        Report = report;
        _learned = learned;
        _baselineMap = baselineMap;
        var horizon = report.HorizonDays ?? throw new ArgumentException("A churn model has a horizon.", nameof(report));
        var gap = report.PopulationGapDays ?? throw new ArgumentException("A churn model has a population gap.", nameof(report));
        _baselines = new ChurnBaselineScorer(gap, horizon, report.Purchases is { } purchases ? PurchaseModel.Of(KindOf(purchases.Model), [.. purchases.Parameters]) : null);
        _columns = [.. learned?.Columns.Select(name => Array.IndexOf(ChurnColumns.Names, name)) ?? []];
        _typical = report.Typical.ToDictionary(one => one.Column, one => one.Value, StringComparer.Ordinal);
    }

    /// <summary>How the model came about and how good it is.</summary>
    public ChurnReport Report { get; }

    internal static ChurnModel Learned(ChurnReport report, ClassificationModel model) => new(report, model, baselineMap: null);

    internal static ChurnModel Baseline(ChurnReport report, ProbabilityCalibration calibration) => new(report, learned: null, calibration);

    /// <summary>The prediction for one customer, as of the features' instant.</summary>
    /// <param name="expectedValue">What the customer would spend within the horizon if nothing changed, where more is known than the own pace so far (<see cref="ExpectedValue"/>).</param>
    /// <param name="ended">UTC instant before that of the features at which the customer's contract ended; null where it goes on, or there are no contracts.</param>
    public ChurnScore Score(CustomerFeatures features, double? expectedValue = null, DateTime? ended = null)
    {
        if (ended is { } instant)
            return new ChurnScore(null, null, [ChurnReasons.Ended(instant)]);
        var values = features.Values.Span;
        if (!ChurnSample.IsAtRisk(values, _baselines.HorizonDays, Report.Contractual))
            return new ChurnScore(null, null, [ChurnReasons.NotAtRisk(features, _baselines.HorizonDays)]);
        var score = _learned is null ? ScoreByBaseline(features) : ScoreByModel(features, _learned);
        var atRisk = score.Probability!.Value * (expectedValue ?? ExpectedValue(values, _baselines.HorizonDays));
        return score with { ValueAtRisk = atRisk, ValueBand = ValueBandOf(atRisk) };
    }

    /// <summary>What a customer would spend within the horizon at the pace so far; that of a new one is taken over a whole horizon.</summary>
    /// <param name="features">As <see cref="FeatureTable"/> declares them.</param>
    public static double ExpectedValue(ReadOnlySpan<double> features, int horizonDays)
    {
        var (revenue, tenure) = (features[FeatureTable.Revenue.Column], features[FeatureTable.TenureDays.Column]);
        return revenue > 0 ? revenue * horizonDays / (tenure > horizonDays ? tenure : horizonDays) : 0;
    }

    /// <summary>Writes the model: its report as JSON, its numbers as binary. The streams stay open.</summary>
    public void Save(Stream report, Stream numbers)
    {
        JsonSerializer.Serialize(report, Report, CustomersJson.Default.ChurnReport);
        _learned?.Save(numbers);
        _baselineMap?.Save(numbers);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The streams hold no churn model, one of another version, or a damaged one.</exception>
    public static ChurnModel Load(Stream report, Stream numbers)
    {
        ChurnReport read;
        try
        {
            read = JsonSerializer.Deserialize(report, CustomersJson.Default.ChurnReport) ?? throw new InvalidDataException("The stored churn report is empty. Train the model again by a refresh.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"The stored churn report is damaged: {exception.Message} Train the model again by a refresh.", exception);
        }

        if (read.HorizonDays is null || read.PopulationGapDays is null)
            throw new InvalidDataException($"The stored churn report is of no model ({read.Reason.En}).");
        if (read.Model == ChurnTraining.None)
            throw new InvalidDataException("The stored churn report says that there is no model.");
        if (read.Model == ChurnTraining.Baseline)
            return Baseline(read, ProbabilityCalibration.Load(numbers));
        var model = ClassificationModel.Load(numbers);
        var stranger = model.Columns.FirstOrDefault(name => !ChurnColumns.Names.Contains(name, StringComparer.Ordinal));
        return stranger is null
            ? Learned(read, model)
            : throw new InvalidDataException($"The stored churn model looks at '{stranger}', which this version does not know. Update the program or train again.");
    }

    private static PurchaseModelKind KindOf(string model) => Enum.TryParse<PurchaseModelKind>(model, ignoreCase: true, out var kind) && Enum.IsDefined(kind)
        ? kind
        : throw new InvalidDataException($"The stored churn report names the purchase model '{model}', which this version does not know. Update the program or train again.");

    private ChurnScore ScoreByBaseline(CustomerFeatures features)
    {
        var likely = _baselineMap!.Apply(_baselines.Of(Report.BetterBaseline ?? ChurnBaseline.Recency, features.Values.Span));
        var band = ChurnScore.BandOf(likely);
        return new ChurnScore(likely, band, [ChurnReasons.Silence(features, raises: band != ChurnBand.Low)]);
    }

    private ChurnScore ScoreByModel(CustomerFeatures features, ClassificationModel model)
    {
        Span<double> columns = stackalloc double[_columns.Length];
        Span<double> contributions = stackalloc double[_columns.Length];
        for (var i = 0; i < columns.Length; i++)
            columns[i] = ChurnColumns.Value(features.Values.Span, _columns[i], _baselines.PopulationGapDays);
        var probability = model.Predict(columns);
        model.Contributions(columns, contributions);
        var band = ChurnScore.BandOf(probability);
        return new ChurnScore(probability, band, ChurnReasons.Of(features, _typical, model.Columns, contributions, band));
    }

    private ChurnBand? ValueBandOf(double value) => Report.ValueBands is not { } bands
        ? null
        : value >= bands.High ? ChurnBand.High : value >= bands.Medium ? ChurnBand.Medium : ChurnBand.Low;
}
