using System.Text.Json.Serialization;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Predictions.Churn;

/// <summary>What was tried to predict churn, how good it is, and what is used.</summary>
public sealed record ChurnReport
{
    /// <summary><c>logistic</c>, <c>trees</c> or <c>blend</c> of both; <c>baseline</c>; or <c>none</c> when nothing could be learned.</summary>
    public required string Model { get; init; }

    /// <summary>True when the learned model is surely better than the better baseline, and so is the one used.</summary>
    public required bool Published { get; init; }

    /// <summary>Why this model is used, in words.</summary>
    public required Bilingual Reason { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime AsOf { get; init; }

    /// <summary>Days without purchase that count as churn; null when the history is too short.</summary>
    public required int? HorizonDays { get; init; }

    /// <summary>How the horizon was chosen, in words.</summary>
    public required Bilingual HorizonReason { get; init; }

    /// <summary>The origins of training, calibration and test.</summary>
    public IReadOnlyList<ChurnOrigin> Origins { get; init; } = [];

    /// <summary>Median mean gap of the training customers, in days; stands in for customers without a gap of their own.</summary>
    public double? PopulationGapDays { get; init; }

    /// <summary>The learned model on the test origin, of whatever kind it is.</summary>
    public ChurnFigures? Logistic { get; init; }

    /// <summary>Calibrated recency on the test origin.</summary>
    public ChurnFigures? RecencyBaseline { get; init; }

    /// <summary>Calibrated recency ÷ own usual gap on the test origin.</summary>
    public ChurnFigures? GapBaseline { get; init; }

    /// <summary>The calibrated probability of no order by a purchase model, on the test origin; null where none could be fitted.</summary>
    public ChurnFigures? PurchaseBaseline { get; init; }

    /// <summary>The share of those who left, for everybody, on the test origin.</summary>
    public ChurnFigures? PriorBaseline { get; init; }

    /// <summary>The baseline of lowest log-loss on the test origin.</summary>
    public ChurnBaseline? BetterBaseline { get; init; }

    /// <summary>Log-loss of the better baseline less that of the learned model, a customer; above 0 the model is better.</summary>
    public GainInterval? Gain { get; init; }

    /// <summary>What the learned model weighs, the weightiest column first.</summary>
    public IReadOnlyList<ChurnWeight> Weights { get; init; } = [];

    /// <summary>Everything that was tried to learn, by log-loss on the calibration origin, and why each lost.</summary>
    public IReadOnlyList<ChurnCandidate> Candidates { get; init; } = [];

    /// <summary>Features that give the outcome away and were not learned from, each with its reason.</summary>
    public IReadOnlyList<Bilingual> Leakage { get; init; } = [];

    /// <summary>What the learned model finds first on the test origin: the customers of highest probability.</summary>
    public IReadOnlyList<ChurnLift> Lift { get; init; } = [];

    /// <summary>Medians of the training customers, which reasons compare with.</summary>
    public IReadOnlyList<ChurnTypical> Typical { get; init; } = [];

    /// <summary>The fitted purchase model; null where there is none.</summary>
    public ChurnPurchases? Purchases { get; init; }

    /// <summary>From which value at risk on a customer is of the medium or the high band; null where there is no model.</summary>
    public ChurnValueBands? ValueBands { get; init; }

    /// <summary>Whether leaving is told by cancellations; otherwise it is silence.</summary>
    public bool Contractual { get; init; }

    /// <summary>Figures of the baseline of lowest log-loss.</summary>
    [JsonIgnore]
    public ChurnFigures? BetterFigures => BetterBaseline switch
    {
        ChurnBaseline.Recency => RecencyBaseline,
        ChurnBaseline.RecencyOverGap => GapBaseline,
        ChurnBaseline.PurchaseModel => PurchaseBaseline,
        ChurnBaseline.Prior => PriorBaseline,
        _ => null,
    };
}

/// <summary>One origin's sample.</summary>
/// <param name="Role"><c>train</c>, <c>calibration</c> or <c>test</c>.</param>
/// <param name="Origin">UTC.</param>
/// <param name="Customers">Customers at risk.</param>
/// <param name="Churned">Those without purchase in the horizon.</param>
public sealed record ChurnOrigin(string Role, DateTime Origin, int Customers, int Churned);

/// <summary>Quality on the test origin.</summary>
/// <param name="Auc">Area under the ROC curve.</param>
/// <param name="LogLoss">In nats.</param>
/// <param name="Brier">Mean squared error of the probability.</param>
/// <param name="CalibrationError">Expected gap between promised and observed share, over ten bins of equal mass.</param>
public sealed record ChurnFigures(double Auc, double LogLoss, double Brier, double CalibrationError);

/// <summary>The weight of a column.</summary>
/// <param name="Column">Name of the feature, or <c>silenceRatio</c>.</param>
/// <param name="LogOdds">Mean absolute change of the log-odds of churn that it brings.</param>
public sealed record ChurnWeight(string Column, double LogOdds);

/// <summary>Something that was tried.</summary>
/// <param name="Learner"><c>prior</c>, <c>logistic</c>, <c>trees</c> or <c>blend</c>.</param>
public sealed record ChurnCandidate(string Learner, Bilingual Description, double LogLoss, double Auc, bool Chosen, Bilingual Reason);

/// <summary>What the customers of highest probability hold.</summary>
/// <param name="Share">Of the customers.</param>
/// <param name="Lift">Share of those who left among them over that among all.</param>
/// <param name="Gain">Share of all who left that they hold.</param>
public sealed record ChurnLift(double Share, double Lift, double Gain);

/// <param name="Column">Name of the feature, or <c>silenceRatio</c>.</param>
public sealed record ChurnTypical(string Column, double Value);

/// <summary>A fitted purchase model.</summary>
/// <param name="Model"><c>bgnbd</c>, or <c>nbd</c> where the data show no drop-out.</param>
/// <param name="Parameters">By the names of the papers, times in days.</param>
public sealed record ChurnPurchases(string Model, IReadOnlyList<double> Parameters);

/// <summary>
/// Bands by value at risk: those customers of the calibration origin of greatest value at risk who hold half of it are high, those
/// who hold the next 30 % are medium.
/// </summary>
/// <param name="Medium">From here on medium.</param>
/// <param name="High">From here on high.</param>
public sealed record ChurnValueBands(double Medium, double High);
