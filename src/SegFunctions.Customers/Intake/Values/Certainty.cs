namespace SegFunctions.Customers.Intake.Values;

/// <summary>How far a column's values settle a question about it.</summary>
public enum Certainty
{
    /// <summary>No value bears on it; any answer reads the sample alike.</summary>
    NoEvidence,

    /// <summary>Some values demand the answer and none contradicts it.</summary>
    Decided,

    /// <summary>Values read differently under each answer, and none of them demands one.</summary>
    Ambiguous,

    /// <summary>Some values demand one answer and some another.</summary>
    Impossible,
}
