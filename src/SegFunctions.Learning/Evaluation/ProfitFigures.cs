namespace SegFunctions.Learning.Evaluation;

/// <summary>What contacting by probability brings, on average for each customer scored (contacted or not): times the number of customers it is a sum of money.</summary>
/// <param name="Threshold">The probability from which on a contact pays for itself, if probabilities are right (<see cref="ProfitTerms.Threshold"/>).</param>
/// <param name="AtThreshold">Profit when all from there on are contacted.</param>
/// <param name="BestThreshold">The probability that would have brought most on these very rows; ∞ when contacting nobody would have.</param>
/// <param name="BestShare">Share of the customers from there on.</param>
/// <param name="AtBest">Profit there: hindsight, so a little too good.</param>
/// <param name="Everybody">Profit when all are contacted.</param>
public sealed record ProfitFigures(double Threshold, Estimate AtThreshold, double BestThreshold, double BestShare, Estimate AtBest, Estimate Everybody);
