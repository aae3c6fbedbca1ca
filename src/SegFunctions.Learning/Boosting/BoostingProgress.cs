namespace SegFunctions.Learning.Boosting;

/// <summary>How far a training has come, told after every round.</summary>
/// <param name="Round">Rounds done, counted from 1.</param>
/// <param name="Rounds">Rounds at most; early stopping may end sooner.</param>
/// <param name="ValidationLoss">Mean held-out loss after this round; null without a validation set.</param>
public readonly record struct BoostingProgress(int Round, int Rounds, double? ValidationLoss);
