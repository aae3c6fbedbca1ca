namespace SegFunctions.Learning.Evaluation;

/// <summary>What a mean Jaccard similarity says about a cluster (Hennig 2007, section 4, and the manual of his package fpc).</summary>
public enum StabilityBand
{
    /// <summary>Below 0.5: dissolved by resampling.</summary>
    Dissolved,

    /// <summary>0.5 to 0.6: not to be trusted.</summary>
    Doubtful,

    /// <summary>0.6 to 0.75: a pattern, but which rows belong to it is doubtful.</summary>
    Pattern,

    /// <summary>0.75 to 0.85: a valid, stable cluster.</summary>
    Stable,

    /// <summary>0.85 and more.</summary>
    HighlyStable,
}

/// <summary>The stability of one cluster.</summary>
/// <param name="Cluster">Its label.</param>
/// <param name="Jaccard">Mean over the replicates of its greatest Jaccard similarity to a cluster of the refit, 0 to 1; NaN when no replicate drew a row of it.</param>
/// <param name="StandardError">Of that mean over the replicates.</param>
/// <param name="Dissolved">Share of the replicates in which it fell to 0.5 or below.</param>
/// <param name="Recovered">Share of the replicates in which it reached 0.75.</param>
/// <param name="Replicates">Replicates that drew rows of it.</param>
public sealed record StabilityOfCluster(int Cluster, double Jaccard, double StandardError, double Dissolved, double Recovered, int Replicates)
{
    public StabilityBand Band => Jaccard switch
    {
        >= 0.85 => StabilityBand.HighlyStable,
        >= 0.75 => StabilityBand.Stable,
        >= 0.6 => StabilityBand.Pattern,
        >= 0.5 => StabilityBand.Doubtful,
        _ => StabilityBand.Dissolved,
    };
}

/// <summary>The stability of a clustering under resampling.</summary>
/// <param name="Clusters">One a cluster, by label.</param>
/// <param name="Mean">Mean Jaccard similarity of the clusters, weighted by their rows; NaN without clusters.</param>
/// <param name="Rows">Rows of the table.</param>
/// <param name="RowsDrawn">Rows drawn for every refit, repeated ones counted each time.</param>
public sealed record ClusterStabilityResult(IReadOnlyList<StabilityOfCluster> Clusters, double Mean, int Rows, int RowsDrawn);

/// <summary>How far refits under different seeds agree.</summary>
/// <param name="MeanAgreement">Mean adjusted Rand index over all pairs of refits, every noise row a cluster of its own; 1 = the seed does not matter.</param>
/// <param name="LeastAgreement">The least of them.</param>
/// <param name="Seeds">Refits.</param>
/// <param name="Rows">Rows of the table.</param>
/// <param name="RowsFitted">Rows that were clustered: all, or a uniform sample.</param>
public sealed record SeedStabilityResult(double MeanAgreement, double LeastAgreement, int Seeds, int Rows, int RowsFitted);
