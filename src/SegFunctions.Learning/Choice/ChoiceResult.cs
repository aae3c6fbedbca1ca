using SegFunctions.Learning.Clustering;
using SegFunctions.Learning.Evaluation.Structure;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Learning.Choice;

/// <summary>What the choice came to.</summary>
public sealed record ChoiceResult
{
    /// <summary>The winner, fitted or extended to every row; null when nothing is worth choosing, which is a result.</summary>
    public required IClusterModel? Model { get; init; }

    /// <summary>How far the winner is to be trusted; <see cref="ChoiceConfidence.None"/> exactly when there is none.</summary>
    public required ChoiceConfidence Confidence { get; init; }

    /// <summary>Every candidate, the winner first, then by <see cref="ChoiceCandidate.Support"/>; those ruled out by size or noise last.</summary>
    public required IReadOnlyList<ChoiceCandidate> Candidates { get; init; }

    /// <summary>The decision for a person: what won or why nothing did, how sure that is, and what was sampled.</summary>
    public required IReadOnlyList<Bilingual> Sentences { get; init; }

    /// <summary>The test of whether there is any structure; null where the valleys left no doubt and it was not asked.</summary>
    public required StructureTestResult? Structure { get; init; }

    /// <summary>Whether the winner carries the segments of before on (<see cref="AutoClusteringOptions.EarlierLabels"/>) though another would win without them.</summary>
    public required bool KeptAsBefore { get; init; }

    /// <summary>Rows of the table.</summary>
    public required int Rows { get; init; }

    /// <summary>Rows that were judged: all, or a uniform sample.</summary>
    public required int RowsJudged { get; init; }

    /// <summary>The winning candidate; null when there is none.</summary>
    public ChoiceCandidate? Winner => Model is null ? null : Candidates[0];
}
