using SegFunctions.Learning;
using SegFunctions.Learning.Matching;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Customers.Segments.Clusters;

/// <summary>The clusters of an earlier run, which the next run looks for in its own.</summary>
/// <param name="Published">Their numbers, names and centres, and the numbers given so far.</param>
/// <param name="Micro">The same of the finer groups inside them.</param>
/// <param name="Preparation">What the centres are measured by; null when that run had no clusters.</param>
public sealed record EarlierClusters(PublishedClusters Published, ClusterMembers Members, PublishedClusters Micro, PreparationModel? Preparation)
{
    /// <summary>Before the first run.</summary>
    public static EarlierClusters None { get; } = new(PublishedClusters.None, ClusterMembers.None, PublishedClusters.None, Preparation: null);

    /// <summary>What a run left behind; all of it may be missing but the report.</summary>
    public static EarlierClusters Of(ClusterReport report, ClusterSegmentation? segmentation, ClusterMembers members)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new EarlierClusters(report.Published, members, report.Micro.Published, segmentation?.Preparation);
    }

    /// <summary>Centres of today's clusters on the scale of then; null without one.</summary>
    internal Matrix? CentresOf(Matrix columns, IReadOnlyList<int> labels, int clusters) =>
        Preparation is null ? null : ClusterCentres.Of(Preparation.TransformForFitting(columns), labels, clusters);
}
