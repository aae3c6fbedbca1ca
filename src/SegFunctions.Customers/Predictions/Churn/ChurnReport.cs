using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Predictions.Churn;

/// <summary>What was tried to predict churn, how good it is, and what is used.</summary>
public sealed record ChurnReport
{
    /// <summary><c>logistic</c>, <c>baseline</c>, or <c>none</c> when nothing could be learned.</summary>
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

    /// <summary>The learned model on the test origin.</summary>
    public ChurnFigures? Logistic { get; init; }

    /// <summary>Calibrated recency on the test origin.</summary>
    public ChurnFigures? RecencyBaseline { get; init; }

    /// <summary>Calibrated recency ÷ own usual gap on the test origin.</summary>
    public ChurnFigures? GapBaseline { get; init; }

    /// <summary>The baseline of lower log-loss on the test origin.</summary>
    public ChurnBaseline? BetterBaseline { get; init; }

    /// <summary>Log-loss of the better baseline less that of the learned model, a customer; above 0 the model is better.</summary>
    public ChurnGain? Gain { get; init; }

    /// <summary>What the learned model weighs: change of the log-odds per scale unit of each column, the weightiest first.</summary>
    public IReadOnlyList<ChurnWeight> Weights { get; init; } = [];
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

/// <summary>A gain with its interval.</summary>
/// <param name="Level">Coverage, 0.95 for 95 %.</param>
public sealed record ChurnGain(double Mean, double Lower, double Upper, double Level);

/// <summary>The weight of a column.</summary>
/// <param name="Column">Name of the feature, or <c>silenceRatio</c>.</param>
/// <param name="LogOdds">Change of the log-odds of churn per scale unit.</param>
public sealed record ChurnWeight(string Column, double LogOdds);
