namespace SegFunctions.Learning.Clustering;

/// <summary>
/// A way of clustering with everything decided but the data: the options of one algorithm. What every implementation promises,
/// and one test suite holds: the same rows, options and seed give the same bytes on any number of threads; input is not written
/// to; values that are not finite are refused with their position.
/// </summary>
public interface IClustering
{
    /// <summary>Name of the algorithm as commands, reports and stored models write it: <c>kmeans</c>, <c>ward</c>, <c>hdbscan</c>…</summary>
    string Algorithm { get; }

    /// <param name="rows">Shape (n × d), n ≥ 1, finite.</param>
    /// <param name="progress">Told now and then, on the calling thread.</param>
    /// <exception cref="ArgumentException">No rows, a value that is not finite (row and column named), or options out of range (all listed).</exception>
    /// <exception cref="OperationCanceledException">Cancelled between pieces of work.</exception>
    IClusterModel Fit(Matrix rows, IProgress<ClusteringProgress>? progress = null, CancellationToken cancellationToken = default);
}
