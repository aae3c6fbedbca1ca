namespace SegFunctions.Learning.Linear;

/// <summary>Whether the columns tell the classes apart so well that without a penalty no finite optimum exists (Albert &amp; Anderson 1984).</summary>
public enum Separation
{
    /// <summary>The classes overlap, or a penalty keeps the coefficients finite.</summary>
    None,

    /// <summary>Some rows are told with certainty, as by a level that only one class has.</summary>
    Partial,

    /// <summary>Every row is.</summary>
    Complete,
}
