namespace SegFunctions.Learning.Linear;

/// <summary>How the optimum is found. Both find the same one; they differ in what it costs.</summary>
public enum LogisticSolver
{
    /// <summary>The cheaper one, by the number of columns.</summary>
    Automatic,

    /// <summary>
    /// Newton's method; with an L1 penalty proximal Newton steps by coordinate descent (Friedman, Hastie &amp; Tibshirani 2010; Yuan, Ho &amp; Lin
    /// 2012). Few passes of O(n · d²), memory O(d²).
    /// </summary>
    Newton,

    /// <summary>
    /// L-BFGS (Liu &amp; Nocedal 1989); with an L1 penalty OWL-QN (Andrew &amp; Gao 2007). Many passes of O(n · d), memory O(d).
    /// </summary>
    LimitedMemory,
}
