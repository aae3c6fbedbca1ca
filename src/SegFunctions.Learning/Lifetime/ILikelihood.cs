namespace SegFunctions.Learning.Lifetime;

/// <summary>A log-likelihood with its exact derivatives, in natural parameters that are all above 0.</summary>
internal interface ILikelihood
{
    /// <summary>Number of parameters.</summary>
    int Size { get; }

    /// <summary>Customers behind it; the scale of what counts as a small change.</summary>
    double Customers { get; }

    /// <param name="parameters">Above 0.</param>
    /// <param name="gradient">OUT, one a parameter.</param>
    /// <param name="hessian">OUT, size × size by rows, both halves.</param>
    /// <returns>The log-likelihood.</returns>
    double Evaluate(ReadOnlySpan<double> parameters, Span<double> gradient, Span<double> hessian);
}
