using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Identity.Linking;

/// <summary>Why two records are one, or are not.</summary>
/// <param name="Probability">That they are one.</param>
/// <param name="Bits">Log₂ of the odds: <paramref name="PriorBits"/> and the bits of every field.</param>
/// <param name="PriorBits">Log₂ of the odds of two records drawn at random.</param>
/// <param name="Fields">In falling order of what they say.</param>
public sealed record PairEvidence(int Left, int Right, double Probability, double Bits, double PriorBits, IReadOnlyList<FieldEvidence> Fields, Bilingual Text);

/// <param name="Field">The comparison, as <c>familyName</c> or the name of a column.</param>
/// <param name="Level">What was found, as <c>exact</c>, <c>nickname</c> or <c>differs</c>.</param>
/// <param name="Bits">For (positive) or against (negative) the two being one.</param>
/// <param name="Text">The same in words, without the values.</param>
public sealed record FieldEvidence(string Field, string Level, double Bits, Bilingual Text);
