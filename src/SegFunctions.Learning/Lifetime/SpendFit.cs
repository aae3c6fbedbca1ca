using SegFunctions.Learning.Explanation;

namespace SegFunctions.Learning.Lifetime;

/// <summary>A model of spend as it came from the data.</summary>
public sealed record SpendFit
{
    /// <summary>null when no repeat order has an amount above 0.</summary>
    public GammaGammaModel? Model { get; init; }

    /// <summary>Of the mean amounts; NaN without a model.</summary>
    public double LogLikelihood { get; init; } = double.NaN;

    /// <summary>The maximum was reached; else <see cref="Outcome"/> says why not.</summary>
    public bool Converged { get; init; }

    /// <summary>In words, how the fit ended.</summary>
    public required Bilingual Outcome { get; init; }

    public IReadOnlyList<Bilingual> Warnings { get; init; } = [];

    /// <summary>Customers with repeat orders and a mean amount above 0.</summary>
    public int Customers { get; init; }

    public int Iterations { get; init; }

    /// <summary>
    /// Pearson's correlation of the number of repeat orders and their mean amount over those customers, which the model assumes to be
    /// 0 (Fader, Hardie &amp; Lee 2005); NaN when either does not vary.
    /// </summary>
    public double Correlation { get; init; } = double.NaN;

    /// <summary>Plain mean of the customers' mean amounts; NaN without any.</summary>
    public double MeanAmount { get; init; } = double.NaN;

    /// <summary>Standard errors of p, q, γ; NaN for one at a limit.</summary>
    public IReadOnlyList<double> StandardErrors { get; init; } = [];

    /// <summary>Covariance of ln p, ln q, ln γ, by rows; empty when there is none.</summary>
    public IReadOnlyList<double> LogCovariance { get; init; } = [];

    /// <summary>What an order of this customer is expected to bring: of the model, else the customer's own mean, else the plain mean; NaN when nothing is known.</summary>
    public double ExpectedAmount(int repeats, double meanAmount)
    {
        var known = repeats > 0 && meanAmount > 0;
        var expected = Model?.ExpectedAmount(known ? repeats : 0, meanAmount) ?? double.NaN;
        if (double.IsFinite(expected))
            return expected;
        return known ? meanAmount : MeanAmount;
    }
}
