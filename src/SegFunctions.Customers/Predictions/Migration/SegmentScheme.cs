using SegFunctions.Customers.Features;
using SegFunctions.Customers.Segments;
using SegFunctions.Customers.Segments.Clusters;
using SegFunctions.Customers.Segments.Rfm;
using SegFunctions.Customers.Segments.Stage;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Predictions.Migration;

/// <summary>One way of putting customers into segments, of which each is in one: by stage, by RFM, by cluster.</summary>
public sealed class SegmentScheme
{
    private static readonly SegmentDefinition NoCluster = new(
        "cluster:none", SegmentKind.Cluster, new Bilingual("no cluster", "aucun groupe"), new Bilingual("Like no cluster.", "Ne ressemble à aucun groupe."));

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Func<CustomerFeatures, string?> _segmentOf;

    private SegmentScheme(SegmentKind kind, IReadOnlyList<SegmentDefinition> segments, Func<CustomerFeatures, string?> segmentOf)
    {
        Kind = kind;
        Segments = segments;
        _segmentOf = segmentOf;
        foreach (var segment in segments)
            _numbers.Add(segment.Id, _numbers.Count);
    }

    public SegmentKind Kind { get; }

    /// <summary>All segments of this kind.</summary>
    public IReadOnlyList<SegmentDefinition> Segments { get; }

    /// <summary>The schemes that there are; without order or clusters there are fewer.</summary>
    public static IReadOnlyList<SegmentScheme> All(StageModel stage, RfmModel? rfm, ClusterSegmentation? clusters)
    {
        ArgumentNullException.ThrowIfNull(stage);
        var schemes = new List<SegmentScheme> { new(SegmentKind.Stage, Stages.All, features => stage.Of(features).Id) };
        if (rfm is not null)
            schemes.Add(new SegmentScheme(SegmentKind.Rfm, RfmSegments.All, features => rfm.Score(features) is { } score ? RfmSegments.Of(score).Id : null));
        if (clusters is not null)
        {
            schemes.Add(new SegmentScheme(
                SegmentKind.Cluster,
                [.. clusters.Report.Clusters.Select(cluster => cluster.ToSegment()), .. clusters.Report.InNoCluster > 0 ? [NoCluster] : Array.Empty<SegmentDefinition>()],
                features => features.Orders == 0 ? null : clusters.Assign(features) is { } found ? ClusterProfile.IdOf(found.Number) : NoCluster.Id));
        }

        return schemes;
    }

    /// <summary>Position in <see cref="Segments"/> of the customer's segment, −1 for one to whom this kind does not apply.</summary>
    public int Of(CustomerFeatures features) => _segmentOf(features) is { } id ? _numbers.GetValueOrDefault(id, -1) : -1;
}
