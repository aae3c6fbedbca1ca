namespace SegFunctions.Learning.Clustering;

/// <summary>Where a fit stands; reported after every Lloyd pass, on the thread that called <see cref="KMeans.Fit"/>.</summary>
/// <param name="Start">Which start, from 1.</param>
/// <param name="Starts">Starts in all.</param>
/// <param name="Iteration">Lloyd passes done in this start.</param>
/// <param name="CentreShift">Sum over the centres of their squared shift in this pass, in squared units of the data.</param>
public readonly record struct KMeansProgress(int Start, int Starts, int Iteration, double CentreShift);
