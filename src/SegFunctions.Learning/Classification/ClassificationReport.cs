using SegFunctions.Learning.Classification.Design;
using SegFunctions.Learning.Evaluation;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Learning.Classification;

/// <summary>What was tried to predict an outcome, how good it is, and what is used.</summary>
public sealed record ClassificationReport
{
    /// <summary>What the model is: <c>prior</c>, <c>logistic</c>, <c>trees</c> or <c>blend</c>.</summary>
    public required string Learner { get; init; }

    /// <summary>Whether what was learned is surely better than the share of positive rows for everybody, and so is used.</summary>
    public required bool Published { get; init; }

    /// <summary>Why this model is used.</summary>
    public required Bilingual Reason { get; init; }

    public required int Rows { get; init; }

    public required int Positives { get; init; }

    /// <summary>On which rows the figures were taken.</summary>
    public required Bilingual Method { get; init; }

    /// <summary>Everything that was tried, in order of log-loss.</summary>
    public IReadOnlyList<ClassificationCandidate> Candidates { get; init; } = [];

    /// <summary>Columns that no learner got, and why.</summary>
    public IReadOnlyList<LeftOutColumn> LeftOut { get; init; } = [];

    /// <summary>
    /// Log-loss of the prior less that of the chosen learner, calibrated, on rows that neither taught it nor had a part in its choice
    /// and calibration; null when nothing could be learned.
    /// </summary>
    public PairedInterval? Gain { get; init; }
}

/// <summary>One thing that was tried.</summary>
/// <param name="Learner"><c>prior</c>, <c>logistic</c>, <c>trees</c> or <c>blend</c>.</param>
/// <param name="LogLoss">On the judged rows, before calibration, in nats.</param>
/// <param name="Auc">On the judged rows; of folds, pooled.</param>
/// <param name="Behind">Log-loss above that of the chosen one; below 0 where it is better, but not clearly so.</param>
/// <param name="BehindError">Standard error of that, row by row; 0 for the chosen one.</param>
/// <param name="Reason">Why it is used, or is not.</param>
public sealed record ClassificationCandidate(
    string Learner, Bilingual Description, double LogLoss, double Auc, double Behind, double BehindError, bool Chosen, Bilingual Reason);
