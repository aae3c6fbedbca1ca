namespace SegFunctions.Learning.Linear;

/// <summary>How a descent ended.</summary>
internal enum DescentEnd
{
    /// <summary>The next step promises less than the tolerance.</summary>
    Converged,

    /// <summary>No step lowers the objective any more: what is left is rounding.</summary>
    Rounding,

    /// <summary>As many steps as allowed, and it still falls.</summary>
    OutOfSteps,

    /// <summary>The Hessian is singular: some direction changes nothing.</summary>
    Singular,
}

/// <summary>Where a descent ended.</summary>
/// <param name="Factor">Of the Hessian of loss and L2 there, where it was at hand.</param>
internal sealed record Descent(double[] Beta, int Iterations, DescentEnd End, Cholesky? Factor)
{
    public bool Converged => End is DescentEnd.Converged or DescentEnd.Rounding;
}
