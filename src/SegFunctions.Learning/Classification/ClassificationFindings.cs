using SegFunctions.Learning.Calibration;
using SegFunctions.Learning.Classification.Design;
using SegFunctions.Learning.Evaluation;
using SegFunctions.Learning.Evaluation.Leakage;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Learning.Classification;

/// <summary>What was tried to predict an outcome, how good it is, and what is used.</summary>
public sealed record ClassificationFindings
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

    /// <summary>Columns that give the outcome away, which no learner got either.</summary>
    public IReadOnlyList<Leak> Leaks { get; init; } = [];

    /// <summary>
    /// The chosen learner, calibrated, on rows that neither taught it nor had a part in its choice and calibration; null when nothing could
    /// be learned. Told also where it is not used.
    /// </summary>
    public ClassificationReport? Figures { get; init; }

    /// <summary>The share of positive rows for everybody, on the same rows.</summary>
    public ClassificationReport? Baseline { get; init; }

    /// <summary>Log-loss of the baseline less that of the chosen learner, row by row.</summary>
    public PairedInterval? Gain { get; init; }

    /// <summary>How log-odds become probabilities, and what else was tried; null when nothing could be learned.</summary>
    public ChosenCalibration? Calibration { get; init; }

    /// <summary>What each column of the model moves, the most first; empty for the prior.</summary>
    public IReadOnlyList<ClassificationDriver> Drivers { get; init; } = [];
}

/// <summary>How much a column matters.</summary>
/// <param name="Strength">Mean absolute contribution to the log-odds, over rows of the training table (at most 2,000, drawn evenly).</param>
public sealed record ClassificationDriver(string Column, double Strength);

/// <summary>One thing that was tried.</summary>
/// <param name="Learner"><c>prior</c>, <c>logistic</c>, <c>trees</c> or <c>blend</c>.</param>
/// <param name="LogLoss">On the judged rows, before calibration, in nats.</param>
/// <param name="Auc">On the judged rows; of folds, pooled.</param>
/// <param name="Behind">Log-loss above that of the chosen one; below 0 where it is better, but not clearly so.</param>
/// <param name="BehindError">Standard error of that, row by row; 0 for the chosen one.</param>
/// <param name="Reason">Why it is used, or is not.</param>
public sealed record ClassificationCandidate(
    string Learner, Bilingual Description, double LogLoss, double Auc, double Behind, double BehindError, bool Chosen, Bilingual Reason);
