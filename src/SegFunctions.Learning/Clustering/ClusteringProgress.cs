namespace SegFunctions.Learning.Clustering;

/// <summary>How far a fit has come.</summary>
/// <param name="Step">What is being done, in a few English words: <c>start 2 of 10, pass 7</c>.</param>
/// <param name="Share">Share of the whole fit that is done, 0 to 1 and never falling; an upper bound of the work is taken where its end is not known.</param>
public readonly record struct ClusteringProgress(string Step, double Share);
