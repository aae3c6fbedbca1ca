using System.Text.Json.Serialization;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Learning.Matching;

/// <summary>What became of a cluster from one run to the next.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ChangeKind>))]
public enum ChangeKind
{
    Kept,
    Split,
    Merged,
    Born,
    Died,
}

/// <summary>A cluster on one side of a change.</summary>
/// <param name="Id">Null for those who are in no cluster.</param>
/// <param name="Share">Share of the members in question: of the old cluster for splits and deaths, of the new one for merges.</param>
public sealed record ChangePart(int? Id, double Share);

/// <summary>One change between two runs.</summary>
/// <param name="From">Clusters before: one kept, split or died, several merged, none born.</param>
/// <param name="To">Clusters after. Of a death the one that most members went to, if any is known.</param>
public sealed record ClusterChange(ChangeKind Kind, IReadOnlyList<ChangePart> From, IReadOnlyList<ChangePart> To)
{
    /// <summary>The change in a sentence; null until the new clusters have names, see <see cref="ClusterMatch.Publish"/>.</summary>
    public Bilingual? Text { get; init; }
}
