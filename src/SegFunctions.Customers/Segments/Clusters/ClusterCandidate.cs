using SegFunctions.Learning.Choice;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Segments.Clusters;

/// <summary>A clustering that was tried.</summary>
/// <param name="Clusters">Found, those in none aside.</param>
/// <param name="SmallestShare">Share of the customers in the smallest cluster.</param>
/// <param name="InNoCluster">Share of the customers in no cluster.</param>
/// <param name="Silhouette">Null when there is none.</param>
/// <param name="Stability">Mean Jaccard similarity under resampling; null where it was not measured.</param>
/// <param name="Reason">Why it won or lost.</param>
public sealed record ClusterCandidate(
    string Algorithm, Bilingual Description, int Clusters, double SmallestShare, double InNoCluster, double? Silhouette, double? Stability, bool Chosen, Bilingual Reason)
{
    internal static ClusterCandidate Of(ChoiceCandidate candidate, int rows) => new(
        candidate.Algorithm,
        candidate.Description,
        candidate.Segments,
        (double)candidate.SmallestSize / rows,
        candidate.NoiseShare,
        candidate.Silhouette,
        candidate.Stability,
        candidate.Verdict == CandidateVerdict.Chosen,
        candidate.Reason);
}
