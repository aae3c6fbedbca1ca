namespace SegFunctions.Learning.Lifetime;

/// <summary>
/// Poisson orders of a gamma(r, α) rate, for ever (Ehrenberg, Applied Statistics 8, 1959). After x orders in T the rate is
/// gamma(r + x, α + T).
/// </summary>
internal sealed class NbdModel(double[] parameters) : PurchaseModel(PurchaseModelKind.Nbd, parameters)
{
    public override double AliveProbability(PurchaseHistory history) => 1;

    public override OrderMoments OrdersIfAlive(PurchaseHistory history, double horizon)
    {
        var spread = horizon / (Values[1] + history.Age);
        var mean = (Values[0] + history.Repeats) * spread;
        return new OrderMoments(mean, (mean * (1 + spread)) + (mean * mean));
    }

    public override double NoOrderIfAlive(PurchaseHistory history, double horizon) =>
        Math.Exp(-(Values[0] + history.Repeats) * GammaFunctions.LogOnePlus(horizon / (Values[1] + history.Age)));

    public override void OrderDistributionIfAlive(PurchaseHistory history, double horizon, Span<double> probabilities) =>
        NegativeBinomial.Fill(Values[0] + history.Repeats, horizon / (Values[1] + history.Age), probabilities);
}
