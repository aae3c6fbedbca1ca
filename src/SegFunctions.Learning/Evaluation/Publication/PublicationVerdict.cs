using SegFunctions.Learning.Explanation;

namespace SegFunctions.Learning.Evaluation.Publication;

/// <summary>Probabilities for the rows of a test, and whose they are.</summary>
/// <param name="Name">In sentences, with its article: "the recency rule", "la règle de récence".</param>
/// <param name="Probabilities">One a row, 0 to 1, calibrated on other rows.</param>
public sealed record ScoredModel(Bilingual Name, double[] Probabilities);

/// <summary>Whether a model earns its place.</summary>
/// <param name="Published">Whether the model is used; else the best baseline is.</param>
/// <param name="BestBaseline">The baseline of least log-loss, by its place in the list.</param>
/// <param name="Gain">Log-loss of that baseline less the model's, with its paired interval: above 0 the model is better.</param>
/// <param name="ModelLoss">Its log-loss.</param>
/// <param name="BaselineLoss">Its log-loss.</param>
/// <param name="ModelAuc">null when one class is absent.</param>
/// <param name="BaselineAuc">null when one class is absent.</param>
/// <param name="Reason">In words.</param>
public sealed record PublicationVerdict(bool Published, int BestBaseline, PairedInterval Gain, double ModelLoss, double BaselineLoss, double? ModelAuc, double? BaselineAuc, Bilingual Reason);
