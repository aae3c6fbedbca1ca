using System.Text.Json;
using SegFunctions.Customers.Features;
using SegFunctions.Customers.Segments.Profiles;
using SegFunctions.Learning.Calibration;
using SegFunctions.Learning.Linear;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Customers.Predictions.Churn;

/// <summary>Predicts whether a customer at risk buys nothing within the horizon: by the learned model, or by the better baseline.</summary>
/// <remarks>Immutable, safe for many threads. A score depends on the one customer alone.</remarks>
public sealed class ChurnModel
{
    private readonly PreparationModel? _scaler;
    private readonly LogisticModel? _logistic;
    private readonly ProbabilityCalibration _calibration;
    private readonly int _horizonDays;
    private readonly double _populationGapDays;

    private ChurnModel(ChurnReport report, PreparationModel? scaler, LogisticModel? logistic, ProbabilityCalibration calibration)
    {
        Report = report;
        _scaler = scaler;
        _logistic = logistic;
        _calibration = calibration;
        _horizonDays = report.HorizonDays ?? throw new ArgumentException("A churn model has a horizon.", nameof(report));
        _populationGapDays = report.PopulationGapDays ?? throw new ArgumentException("A churn model has a population gap.", nameof(report));
    }

    /// <summary>How the model came about and how good it is.</summary>
    public ChurnReport Report { get; }

    internal static ChurnModel Learned(ChurnReport report, PreparationModel scaler, LogisticModel logistic, ProbabilityCalibration calibration) =>
        new(report, scaler, logistic, calibration);

    internal static ChurnModel Baseline(ChurnReport report, ProbabilityCalibration calibration) => new(report, null, null, calibration);

    /// <summary>The prediction for one customer, as of the features' instant.</summary>
    public ChurnScore Score(CustomerFeatures features)
    {
        var values = features.Values.Span;
        if (!ChurnSample.IsAtRisk(values, _horizonDays))
            return new ChurnScore(null, null, [ChurnReasons.NotAtRisk(features, _horizonDays)]);
        if (_scaler is null || _logistic is null)
        {
            var baseline = Report.BetterBaseline ?? ChurnBaseline.Recency;
            var likely = _calibration.Apply(ChurnBaselineScores.Of(baseline, values, _populationGapDays));
            var band = ChurnScore.BandOf(likely);
            return new ChurnScore(likely, band, [ChurnReasons.Silence(features, raises: band != ChurnBand.Low)]);
        }

        Span<double> columns = stackalloc double[ChurnColumns.Names.Length];
        ChurnColumns.Fill(values, _populationGapDays, columns);
        Span<double> prepared = stackalloc double[_scaler.OutputNames.Count];
        _scaler.PrepareForFitting(columns, prepared);
        var probability = _calibration.Apply(LogOdds(_logistic, prepared));
        var word = ChurnScore.BandOf(probability);
        return new ChurnScore(probability, word, ChurnReasons.Of(features, _scaler, _logistic.Contributions(prepared), word));
    }

    /// <summary>Writes the model: its report as JSON, its numbers as binary. The streams stay open.</summary>
    public void Save(Stream report, Stream numbers)
    {
        JsonSerializer.Serialize(report, Report, CustomersJson.Default.ChurnReport);
        _calibration.Save(numbers);
        _scaler?.Save(numbers);
        _logistic?.Save(numbers);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The streams hold no churn model, a newer version, or a damaged one.</exception>
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
        var calibration = ProbabilityCalibration.Load(numbers);
        return read.Model switch
        {
            ChurnTraining.Logistic => Learned(read, PreparationModel.Load(numbers), LogisticModel.Load(numbers), calibration),
            ChurnTraining.Baseline => Baseline(read, calibration),
            var other => throw new InvalidDataException($"The stored churn model is of kind '{other}'; '{ChurnTraining.Logistic}' and '{ChurnTraining.Baseline}' are known. Update the program or train again."),
        };
    }

    internal static double LogOdds(LogisticModel model, ReadOnlySpan<double> prepared)
    {
        // Not by way of the probability, which is exactly 1 for large odds.
        var odds = model.Intercept;
        for (var column = 0; column < prepared.Length; column++)
            odds += model.Coefficients[column] * prepared[column];
        return odds;
    }
}
