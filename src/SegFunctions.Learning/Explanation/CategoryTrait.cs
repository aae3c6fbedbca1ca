namespace SegFunctions.Learning.Explanation;

/// <summary>A category that a cluster has more or less of than the table.</summary>
/// <param name="Column">Name of the column.</param>
/// <param name="Level">The category; null for rows where the value is missing.</param>
/// <param name="Share">Share of the cluster's rows, missing values counted as a category.</param>
/// <param name="ShareOfAll">Share of all rows.</param>
/// <param name="Lift">Share in the cluster over share of all.</param>
/// <param name="Low">Lower end of the lift's interval: Wilson's (1927) for the share in the cluster; the share of all counts as known.</param>
/// <param name="High">Upper end of the lift's interval.</param>
/// <param name="Strength">
/// Share in the cluster less share in the others, over √(p(1 − p)) of all: the same yardstick as <see cref="NumericTrait.Difference"/>,
/// so that a rare category with a huge lift does not come before one that most members have.
/// </param>
/// <param name="Text">The two shares in words: <c>country FR 80% (all: 25%)</c>.</param>
public sealed record CategoryTrait(
    string Column, string? Level, double Share, double ShareOfAll, double Lift, double Low, double High, double Strength, Bilingual Text);
