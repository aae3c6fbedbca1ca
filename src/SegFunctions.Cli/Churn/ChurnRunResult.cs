using SegFunctions.Learning.Explanation;

namespace SegFunctions.Cli.Churn;

/// <summary>What <c>churn --json</c> prints.</summary>
/// <param name="Rows">Of the training table, those without a label not counted.</param>
/// <param name="Positives">Rows that mean leaving.</param>
/// <param name="Positive">The value of the label that means leaving.</param>
/// <param name="Model"><c>prior</c>, <c>logistic</c>, <c>trees</c> or <c>blend</c>.</param>
/// <param name="Published">Whether what was learned is used; else everybody gets the share of those who left.</param>
/// <param name="Method">On which rows the figures were taken.</param>
/// <param name="Costs">What contacting costs and may bring, as the options say; null where they do not.</param>
/// <param name="Figures">Of what was learned, on rows that it did not learn from; null where nothing could be learned.</param>
/// <param name="Baseline">The same of the share of those who left for everybody.</param>
/// <param name="Gain">Log-loss of the baseline less that of what was learned.</param>
/// <param name="Test">Figures of the model on the test file, where that has labels.</param>
/// <param name="Candidates">Everything that was tried, the best first, and why each lost.</param>
/// <param name="Leakage">Columns that give the outcome away and were not learned from.</param>
/// <param name="LeftOut">Other columns that were not learned from.</param>
/// <param name="Drivers">What each column moves, the most first.</param>
/// <param name="Scored">Which rows have scores.</param>
/// <param name="Warnings">What a person should know before using the scores.</param>
internal sealed record ChurnRunResult(
    string File,
    int Rows,
    int Positives,
    string Label,
    string Positive,
    string Model,
    bool Published,
    Bilingual Reason,
    Bilingual Method,
    ContactCosts? Costs,
    PredictionFigures? Figures,
    PredictionFigures? Baseline,
    FigureWithInterval? Gain,
    TestFigures? Test,
    IReadOnlyList<TriedLearner> Candidates,
    IReadOnlyList<LeakingColumn> Leakage,
    IReadOnlyList<UnusedColumn> LeftOut,
    IReadOnlyList<ColumnDriver> Drivers,
    UsedCalibration? Calibration,
    Bilingual Scored,
    IReadOnlyList<Bilingual> Warnings,
    ChurnSeconds Seconds);

/// <summary>A figure and its interval; the ends are null where there is none.</summary>
internal sealed record FigureWithInterval(double Value, double? Lower, double? Upper);

/// <summary>How good probabilities are.</summary>
/// <param name="Auc">Null where a class is absent.</param>
/// <param name="CalibrationError">Expected, over ten bins of equal mass.</param>
/// <param name="Profit">Null without costs.</param>
/// <param name="Level">Coverage of the intervals.</param>
internal sealed record PredictionFigures(
    int Rows,
    int Positives,
    FigureWithInterval? Auc,
    FigureWithInterval? AveragePrecision,
    FigureWithInterval LogLoss,
    FigureWithInterval Brier,
    FigureWithInterval CalibrationError,
    IReadOnlyList<LiftFigures> Lift,
    IReadOnlyList<CalibrationBin> Reliability,
    ProfitPerCustomer? Profit,
    double Level);

/// <summary>What contacting costs and may bring.</summary>
/// <param name="Threshold">The probability from which on a contact pays for itself; above 1 it never does.</param>
internal sealed record ContactCosts(double ContactCost, double SaveValue, double SaveRate, double Threshold);

/// <summary>Profit of contacting by score, a customer of the table, contacted or not.</summary>
/// <param name="AtThreshold">All from the threshold on are contacted.</param>
/// <param name="BestThreshold">The score that would have brought most on these rows; null when contacting nobody would have.</param>
/// <param name="BestShare">Share of the customers from there on.</param>
/// <param name="AtBest">Hindsight, so a little too good.</param>
/// <param name="Everybody">All are contacted.</param>
internal sealed record ProfitPerCustomer(FigureWithInterval AtThreshold, double? BestThreshold, double BestShare, FigureWithInterval AtBest, FigureWithInterval Everybody);

/// <param name="Share">Of the rows, from the highest score down.</param>
internal sealed record LiftFigures(double Share, FigureWithInterval Lift, FigureWithInterval Gain);

/// <param name="Promised">Mean score.</param>
/// <param name="Observed">Share of those who left.</param>
internal sealed record CalibrationBin(int Rows, double Promised, double Observed);

/// <summary>The model on the test file.</summary>
internal sealed record TestFigures(string File, PredictionFigures Figures);

/// <summary>Something that was tried.</summary>
/// <param name="Behind">Log-loss above that of the chosen one.</param>
internal sealed record TriedLearner(string Model, Bilingual Description, double LogLoss, double Auc, double Behind, double BehindError, bool Chosen, Bilingual Reason);

/// <param name="Kind"><c>value</c>, <c>missingness</c> or <c>afterAsOf</c>.</param>
internal sealed record LeakingColumn(string Column, string Kind, double? Auc, Bilingual Reason);

internal sealed record UnusedColumn(string Column, Bilingual Reason);

/// <param name="Strength">Mean absolute change of the log-odds.</param>
internal sealed record ColumnDriver(string Column, double Strength);

/// <param name="Method"><c>none</c>, <c>platt</c>, <c>beta</c> or <c>isotonic</c>.</param>
internal sealed record UsedCalibration(string Method, Bilingual Reason);

/// <summary>Wall-clock seconds of the parts and the whole.</summary>
internal sealed record ChurnSeconds(double Read, double Learn, double Score, double Total);
