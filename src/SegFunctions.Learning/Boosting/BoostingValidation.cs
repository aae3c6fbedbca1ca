namespace SegFunctions.Learning.Boosting;

/// <summary>Rows held out of training, on which each round is judged.</summary>
/// <param name="Features">Shape (rows × features), the columns of the training matrix.</param>
/// <param name="Target">One a row.</param>
/// <param name="Weights">One a row, 0 or more, not all 0; null for 1 each. Class weights of the options are multiplied in as in training.</param>
public sealed record BoostingValidation(Matrix Features, IReadOnlyList<double> Target, IReadOnlyList<double>? Weights = null);
