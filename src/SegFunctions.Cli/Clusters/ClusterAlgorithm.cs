namespace SegFunctions.Cli.Clusters;

/// <summary>What <c>--algorithm</c> offers.</summary>
internal enum ClusterAlgorithm
{
    Auto,
    KMeans,
    MiniBatch,
    Ward,
    Hierarchical,
    Dbscan,
    Hdbscan,
}

internal static class ClusterAlgorithms
{
    /// <summary>As the command line spells it.</summary>
    public static string NameOf(ClusterAlgorithm algorithm) => algorithm.ToString().ToLowerInvariant();
}
