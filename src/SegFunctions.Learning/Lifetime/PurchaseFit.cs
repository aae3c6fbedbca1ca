using SegFunctions.Learning.Explanation;

namespace SegFunctions.Learning.Lifetime;

/// <summary>A model of orders as it came from the data, and how far to trust it.</summary>
public sealed record PurchaseFit
{
    /// <summary>The model to use: the one asked for, or the NBD limit when the data cannot tell when customers drop out.</summary>
    public required PurchaseModel Model { get; init; }

    /// <summary>The model asked for.</summary>
    public required PurchaseModelKind Asked { get; init; }

    /// <summary>Of <see cref="Model"/>, without the factors that hold no parameters (as the papers have it).</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>Of the model without drop-out on the same data.</summary>
    public required double NbdLogLikelihood { get; init; }

    /// <summary>
    /// The data tell what was asked: false when nobody ordered again, or when no drop-out can be seen and the model is the NBD limit,
    /// in which P(alive) is 1 for all.
    /// </summary>
    public required bool Identifiable { get; init; }

    /// <summary>The maximum was reached; else <see cref="Outcome"/> says why not.</summary>
    public required bool Converged { get; init; }

    /// <summary>In words, how the fit ended.</summary>
    public required Bilingual Outcome { get; init; }

    /// <summary>What to know before using the model; empty when there is nothing.</summary>
    public IReadOnlyList<Bilingual> Warnings { get; init; } = [];

    /// <summary>Newton steps over all data.</summary>
    public int Iterations { get; init; }

    public double Customers { get; init; }

    /// <summary>Distinct histories among the customers: what a pass of the fit goes over.</summary>
    public int Histories { get; init; }

    /// <summary>
    /// Standard errors of the parameters in their order, from the exact Hessian; NaN for one that stands at a limit or whose
    /// curvature the data leave open.
    /// </summary>
    public IReadOnlyList<double> StandardErrors { get; init; } = [];

    /// <summary>Covariance of the logarithms of the parameters, by rows; 0 for one at a limit. Empty when there is none.</summary>
    public IReadOnlyList<double> LogCovariance { get; init; } = [];
}
