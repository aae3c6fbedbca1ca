namespace SegFunctions.Learning.Explanation;

/// <summary>How an aspect is put when there is more to say than a column and its value.</summary>
/// <remarks>
/// <c>{name}</c> stands for the row's value of a column, with its unit; <c>{name:typical}</c> for the typical one. A phrase that needs a value which is
/// missing is not used: <c>no order for {recency} (usual gap {gap})</c> is not said of who ordered once.
/// </remarks>
/// <param name="Aspect">The aspect, or the name of a column that is one of its own.</param>
/// <param name="Side">Which way the aspect must weigh.</param>
/// <param name="Text">The clause.</param>
public sealed record ReasonPhrase(string Aspect, ReasonSide Side, Bilingual Text)
{
    /// <summary>What must be true of the row besides; null for nothing.</summary>
    public Func<ReasonRow, bool>? When { get; init; }
}
