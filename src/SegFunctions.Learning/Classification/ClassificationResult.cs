namespace SegFunctions.Learning.Classification;

/// <summary>What learning ended with.</summary>
/// <param name="Model">Of the chosen learner, or of the prior where that was not surely beaten.</param>
/// <param name="Scores">For each row of the table the calibrated probability by models that did not learn from it; null where a part was held out and <see cref="ClassificationOptions.ScoreEveryRow"/> was not asked for.</param>
public sealed record ClassificationResult(ClassificationModel Model, ClassificationFindings Findings, IReadOnlyList<double>? Scores);
