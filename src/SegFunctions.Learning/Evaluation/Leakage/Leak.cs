using SegFunctions.Learning.Explanation;

namespace SegFunctions.Learning.Evaluation.Leakage;

/// <summary>How a column gives the outcome away.</summary>
public enum LeakKind
{
    /// <summary>Its values alone predict almost perfectly.</summary>
    Value,

    /// <summary>That it is filled or empty alone predicts almost perfectly.</summary>
    Missingness,

    /// <summary>It holds days after the as-of date.</summary>
    AfterAsOf,
}

/// <summary>A column that must not be learned from.</summary>
/// <param name="Auc">How well it predicts alone; null for days after the as-of date.</param>
/// <param name="Reason">In words, with the name of the column and the cure.</param>
public sealed record Leak(string Column, LeakKind Kind, double? Auc, Bilingual Reason);
