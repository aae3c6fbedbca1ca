namespace SegFunctions.Learning.Lifetime;

/// <summary>
/// Pareto/NBD. Given that a customer is active at T, the rate of orders is gamma(r + x, α + T), the rate of dropping out gamma(s, β + T),
/// and the two are independent: orders are Poisson over the time W that the customer stays, at most the horizon.
/// </summary>
internal sealed class ParetoNbdModel(double[] parameters) : PurchaseModel(PurchaseModelKind.ParetoNbd, parameters)
{
    private double R => Values[0];

    private double Alpha => Values[1];

    private double S => Values[2];

    private double Beta => Values[3];

    public override double AliveProbability(PurchaseHistory history) => new ParetoNbdIntegral(R, Alpha, S, Beta).Of(history).Alive;

    public override OrderMoments OrdersIfAlive(PurchaseHistory history, double horizon)
    {
        // E[W] = ∫ P(W > w) dw with P(W > w) = ((β + T)/(β + T + w))^s, and E[W²] = ∫ 2w P(W > w) dw.
        var shape = R + history.Repeats;
        var scale = Beta + history.Age;
        var log = GammaFunctions.LogOnePlus(horizon / scale);
        var first = Fallen(S - 1, log);
        var stay = scale * first;
        var staySquare = Math.Clamp(2 * scale * scale * (Fallen(S - 2, log) - first), stay * stay, horizon * horizon);
        var rate = shape / (Alpha + history.Age);
        var mean = rate * stay;
        return new OrderMoments(mean, mean + (rate * (shape + 1) / (Alpha + history.Age) * staySquare));
    }

    public override double NoOrderIfAlive(PurchaseHistory history, double horizon)
    {
        var (shape, alpha, beta) = (R + history.Repeats, Alpha + history.Age, Beta + history.Age);
        var (log, _) = new ParetoNbdIntegral(shape, alpha, S, beta).Of(new PurchaseHistory(0, 0, horizon));
        return Math.Min(1, Math.Exp(log));
    }

    public override void OrderDistributionIfAlive(PurchaseHistory history, double horizon, Span<double> probabilities)
    {
        // P(Y = n) = E over the time of staying: past the horizon with probability (β/(β + t))^s, else at w with density s β^s/(β + w)^(s+1).
        var (shape, alpha, beta) = (R + history.Repeats, Alpha + history.Age, Beta + history.Age);
        var part = new double[probabilities.Length];
        NegativeBinomial.Fill(shape, horizon / alpha, probabilities);
        var stayed = Math.Exp(-S * GammaFunctions.LogOnePlus(horizon / beta));
        foreach (ref var probability in probabilities)
            probability *= stayed;
        // In ln(m + w), m the smaller of α and β, both factors are smooth.
        var smaller = Math.Min(alpha, beta);
        var length = GammaFunctions.LogOnePlus(horizon / smaller);
        var (nodes, weights) = GaussLegendre.ThirtyTwo;
        for (var node = 0; node < nodes.Length && length > 0; node++)
        {
            var w = smaller * GammaFunctions.ExpMinusOne(length * nodes[node]);
            var density = weights[node] * length * (smaller + w) * S / (beta + w) * Math.Exp(-S * GammaFunctions.LogOnePlus(w / beta));
            NegativeBinomial.Fill(shape, w / alpha, part);
            for (var n = 0; n < part.Length; n++)
                probabilities[n] += density * part[n];
        }
    }

    /// <summary>(1 − e^(−k·log))/k, also at k = 0.</summary>
    private static double Fallen(double k, double log) => Math.Abs(k * log) < 1e-12 ? log : -GammaFunctions.ExpMinusOne(-k * log) / k;
}
