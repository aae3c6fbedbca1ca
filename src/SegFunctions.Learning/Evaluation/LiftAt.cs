namespace SegFunctions.Learning.Evaluation;

/// <summary>What the rows of highest probability hold.</summary>
/// <param name="Share">The share of all rows that is taken, 0.05 for the top 5 %. Of rows with equal probability at its edge, a part counts in proportion.</param>
/// <param name="Lift">Share of positives among them over the share of positives among all: 1 is chance.</param>
/// <param name="Gain">Share of all positives that they hold.</param>
public sealed record LiftAt(double Share, Estimate Lift, Estimate Gain);

/// <summary>A point of the cumulative gain curve.</summary>
/// <param name="Share">Share of all rows taken, from the highest probability down.</param>
/// <param name="Gain">Share of all positives that they hold.</param>
public readonly record struct GainPoint(double Share, double Gain);
