using SegFunctions.Learning.Explanation;

namespace SegFunctions.Cli.Clusters;

/// <summary>What <c>cluster --json</c> prints.</summary>
/// <param name="Algorithm">Of the clusters: that of the winner where all were tried, <c>auto</c> where none was worth choosing.</param>
/// <param name="K">Clusters; 0 where none was worth choosing, or all is noise.</param>
/// <param name="Noise">Rows in no cluster.</param>
/// <param name="Confidence"><c>strong</c>, <c>moderate</c>, <c>weak</c> or <c>none</c>.</param>
/// <param name="Reason">The decision for a person.</param>
/// <param name="Candidates">Everything that was tried, the best first, and why each lost.</param>
/// <param name="Preparation">What became of each column.</param>
/// <param name="Warnings">What a person should know before using the labels.</param>
internal sealed record ClusterResult(
    string File,
    int Rows,
    string Algorithm,
    int K,
    int Noise,
    ClusterQuality Quality,
    string Confidence,
    Bilingual Reason,
    IReadOnlyList<TriedClustering> Candidates,
    IReadOnlyList<FoundCluster> Clusters,
    IReadOnlyList<PreparedColumn> Preparation,
    IReadOnlyList<Bilingual> Warnings,
    ClusterSeconds Seconds);

/// <summary>Indices of the clusters; null where they do not exist.</summary>
/// <param name="Silhouette">Exact up to 20,000 rows, else on a sample; noise left out.</param>
/// <param name="SilhouetteError">Standard error of a sampled silhouette, 0 of an exact one.</param>
/// <param name="Dbcv">Of density results alone.</param>
/// <param name="Inertia">Of k-means alone.</param>
/// <param name="Stability">Mean Jaccard similarity of the clusters under resampling.</param>
/// <param name="StructureP">p-value of the test of no structure.</param>
internal sealed record ClusterQuality(
    double? Silhouette, double? SilhouetteError, double? DaviesBouldin, double? CalinskiHarabasz, double? Dbcv, double? Inertia, double? Stability, double? StructureP);

/// <summary>A clustering that was tried.</summary>
/// <param name="NoiseShare">Share of the rows in no cluster.</param>
/// <param name="Separation">Depth of the shallowest valley around any cluster, in standard errors.</param>
/// <param name="Support">Clusters that valleys set apart, less those that none does; the greatest wins.</param>
internal sealed record TriedClustering(
    string Algorithm, Bilingual Description, int K, int Smallest, double NoiseShare, double? Separation, double? Support, double? Silhouette, double? Stability, bool Chosen, Bilingual Reason);

/// <summary>One cluster.</summary>
/// <param name="TypicalId">Id of the member nearest to the centre.</param>
/// <param name="Traits">What sets it apart, the strongest first.</param>
internal sealed record FoundCluster(
    int Label, Bilingual Name, Bilingual Summary, int Size, double Share, string TypicalId, ClusterRuleFound? Rule, IReadOnlyList<Bilingual> Traits);

/// <summary>A rule that describes a cluster, and how well.</summary>
internal sealed record ClusterRuleFound(Bilingual Text, double Precision, double Recall);

/// <summary>What became of a column.</summary>
/// <param name="Use">How it is used, or why it is left out.</param>
internal sealed record PreparedColumn(string Column, string Kind, string Use, Bilingual Reason);

/// <summary>Wall-clock seconds of the parts and the whole.</summary>
internal sealed record ClusterSeconds(double Read, double Prepare, double Cluster, double Explain, double Total);
