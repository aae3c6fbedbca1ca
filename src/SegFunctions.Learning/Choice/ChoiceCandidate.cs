using SegFunctions.Learning.Clustering;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Learning.Choice;

/// <summary>Why a candidate stands where it does.</summary>
public enum CandidateVerdict
{
    /// <summary>The winner.</summary>
    Chosen,

    /// <summary>It found fewer than two segments.</summary>
    NoSegments,

    /// <summary>It found more segments than are useful.</summary>
    TooManySegments,

    /// <summary>Its smallest segment is too small.</summary>
    SegmentTooSmall,

    /// <summary>It leaves too many rows outside every segment.</summary>
    TooMuchNoise,

    /// <summary>A simpler candidate gives the very same segments.</summary>
    SameSegments,

    /// <summary>More of its borders run through dense rows than follow a valley.</summary>
    NotSeparated,

    /// <summary>The winner has more segments that valleys set apart, or fewer that none does.</summary>
    LessSeparated,

    /// <summary>As well separated as the winner, but its borders pass more neighbours, or it misjudges which rows are noise.</summary>
    RougherBorder,

    /// <summary>No less separated than the winner, but its segments come back less when rows are left out.</summary>
    LessStable,

    /// <summary>No valleys were seen, so the silhouette decided among compact segments, and it was less.</summary>
    LowerSilhouette,

    /// <summary>It would win without a past, but is not better beyond chance than the segments of before, which are kept.</summary>
    NotClearlyBetter,

    /// <summary>No valleys were seen and no structure was shown at all.</summary>
    NoStructure,
}

/// <summary>One clustering that was tried, with its figures. Figures are of the rows that were judged (<see cref="ChoiceResult.RowsJudged"/>).</summary>
public sealed record ChoiceCandidate
{
    /// <summary>What was fitted, ready to be fitted again.</summary>
    public required IClustering Clustering { get; init; }

    /// <summary>Its settings in a few words: <c>k-means, 5 centres</c>.</summary>
    public required Bilingual Description { get; init; }

    /// <summary>Segments found, noise aside.</summary>
    public required int Segments { get; init; }

    /// <summary>Rows of the smallest segment; 0 without segments.</summary>
    public required int SmallestSize { get; init; }

    /// <summary>Share of the rows in no segment.</summary>
    public required double NoiseShare { get; init; }

    /// <summary>Depth of the shallowest valley around any segment, in standard errors; null where size or noise ruled the candidate out before.</summary>
    public double? Separation { get; init; }

    /// <summary>Segments set apart less those that are not, each between −1 and 1; null as for <see cref="Separation"/>. The greatest decides.</summary>
    public double? Support { get; init; }

    /// <summary>Share of nearest-neighbour pairs that a border parts; null as for <see cref="Separation"/>.</summary>
    public double? Crossing { get; init; }

    /// <summary>Share of the rows called noise that do not lie like noise, plus those that do and are not called so.</summary>
    public double? NoiseError { get; init; }

    /// <summary>Mean silhouette on a sample; reported, and decides only where no valley is seen.</summary>
    public double? Silhouette { get; init; }

    /// <summary>Mean Jaccard similarity of the segments when half of the rows are left out; of the finalists alone.</summary>
    public double? Stability { get; init; }

    /// <summary>Where it stands.</summary>
    public required CandidateVerdict Verdict { get; init; }

    /// <summary>Why, in a sentence.</summary>
    public required Bilingual Reason { get; init; }

    /// <summary>Name of the algorithm.</summary>
    public string Algorithm => Clustering.Algorithm;
}
