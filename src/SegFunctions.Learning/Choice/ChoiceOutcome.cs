using SegFunctions.Learning.Evaluation.Structure;

namespace SegFunctions.Learning.Choice;

/// <summary>On what grounds the choice was made.</summary>
internal enum ChoiceBasis
{
    /// <summary>More borders of the winner follow valleys than not.</summary>
    Valleys,

    /// <summary>No valleys are seen, but there is structure in many dimensions, where neighbours show none: the silhouette decided.</summary>
    Silhouette,

    /// <summary>There is structure, and the winner's borders are the least bad.</summary>
    LeastBad,

    /// <summary>Neither valleys nor structure.</summary>
    NoStructure,

    /// <summary>Every candidate broke a limit of size, number or noise.</summary>
    NoCandidate,
}

/// <param name="Winner">Null when nothing is worth choosing.</param>
/// <param name="Structure">Null when the test was not needed.</param>
/// <param name="Agreed">Whether another family found the same segments.</param>
/// <param name="Kept">How far the winner agrees with the segments of before, where it is kept for their sake though another would win without a past; else null.</param>
internal sealed record ChoiceOutcome(CandidateFigures? Winner, ChoiceBasis Basis, ChoiceConfidence Confidence, StructureTestResult? Structure, bool Agreed, double? Kept = null);
