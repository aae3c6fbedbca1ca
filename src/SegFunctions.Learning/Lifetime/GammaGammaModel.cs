namespace SegFunctions.Learning.Lifetime;

/// <summary>
/// The Gamma-Gamma model of the mean amount of an order (Fader &amp; Hardie 2013). A customer whose x orders have a mean of m has an
/// amount per order of p/ν, ν gamma(px + q, γ + mx).
/// </summary>
public sealed class GammaGammaModel
{
    /// <exception cref="ArgumentException">A parameter that is not finite and above 0.</exception>
    public GammaGammaModel(double p, double q, double gamma)
    {
        foreach (var (name, value) in ((string, double)[])[("p", p), ("q", q), ("gamma", gamma)])
        {
            if (!(value > 0 && double.IsFinite(value)))
                throw new ArgumentException($"{name} is {value}; it must be a finite number above 0.", name);
        }

        (P, Q, Gamma) = (p, q, gamma);
    }

    public double P { get; }

    public double Q { get; }

    /// <summary>In the unit of the amounts.</summary>
    public double Gamma { get; }

    /// <summary>Mean amount over all customers, p·γ/(q − 1); infinite when q is 1 or less.</summary>
    public double PopulationMean => Q > 1 ? P * Gamma / (Q - 1) : double.PositiveInfinity;

    /// <summary>The expected amount of an order of a customer whose x repeat orders have a mean of m (eq. 5); infinite when px + q is 1 or less.</summary>
    /// <param name="repeats">x; 0 gives <see cref="PopulationMean"/>.</param>
    public double ExpectedAmount(int repeats, double meanAmount)
    {
        var weight = (P * repeats) + Q;
        return weight > 1 ? P * (Gamma + (repeats > 0 ? meanAmount * repeats : 0)) / (weight - 1) : double.PositiveInfinity;
    }
}
