namespace SegFunctions.Learning.Lifetime;

/// <summary>
/// BG/NBD and MBG/NBD. Given that a customer is active at T, the rate is gamma(r + x, α + T), the probability of dropping out after an
/// order beta(a, b + y), y the chances that were survived, and the two are independent.
/// </summary>
/// <remarks>
/// Let N be the negative binomial number of orders there would be without drop-out. The n-th of them happens when N ≥ n and the
/// customer stays through n − 1 chances, so P(Y ≥ n) = P(N ≥ n) · (b + y)ₙ₋₁/(a + b + y)ₙ₋₁. Summed over n this is eq. 10 of Fader,
/// Hardie &amp; Lee (2005), which they write with a hypergeometric function that cancels near a = 1 and for great b; here every term
/// is positive.
/// </remarks>
internal sealed class BetaGeometricModel(PurchaseModelKind kind, double[] parameters) : PurchaseModel(kind, parameters)
{
    // Beyond so many terms, or a first term too small for a double, an integral over the drop-out probability is quicker.
    private const double MostTerms = 3000;
    private const double SmallestLog = -600;

    private double R => Values[0];

    private double Alpha => Values[1];

    private double A => Values[2];

    private double B => Values[3];

    public override double AliveProbability(PurchaseHistory history)
    {
        var y = Chances(history.Repeats);
        if (y == 0)
            return 1;
        var logOdds = Math.Log(A / (B + y - 1)) + ((R + history.Repeats) * Math.Log((Alpha + history.Age) / (Alpha + history.Recency)));
        return 1 / (1 + Math.Exp(logOdds));
    }

    public override OrderMoments OrdersIfAlive(PurchaseHistory history, double horizon)
    {
        var shape = R + history.Repeats;
        var spread = horizon / (Alpha + history.Age);
        var stay = B + Chances(history.Repeats);
        var logNone = -shape * GammaFunctions.LogOnePlus(spread);
        if (logNone < SmallestLog || (shape * spread) + (40 * (1 + spread)) > MostTerms)
            return BetaMean.Of(A, stay, p => OrdersFor(p, shape, spread));

        var share = spread / (1 + spread);
        var probability = Math.Exp(logNone);
        var (mean, square) = (0.0, 0.0);
        // Expected orders, and expected squares, when there would be n without drop-out.
        var (ordersOfN, squaresOfN, stayed) = (0.0, 0.0, 1.0);
        for (var n = 1; ; n++)
        {
            probability *= share * (shape + n - 1) / n;
            ordersOfN += stayed;
            squaresOfN += ((2 * n) - 1) * stayed;
            mean += probability * ordersOfN;
            square += probability * squaresOfN;
            stayed *= (stay + n - 1) / (A + stay + n - 1);
            // Once past the mean, terms fall at least as fast as a geometric series whose ratio is this one's, a little stretched
            // because the squares grow with n.
            var ratio = share * (shape + n) / (n + 1) * (1 + (2.0 / n));
            if (ratio < 1 && probability * squaresOfN * ratio <= 1e-15 * square * (1 - ratio))
                return new OrderMoments(mean, square);
            if (probability == 0 && n > shape * spread)
                return new OrderMoments(mean, square);
        }
    }

    public override double NoOrderIfAlive(PurchaseHistory history, double horizon) =>
        Math.Exp(-(R + history.Repeats) * GammaFunctions.LogOnePlus(horizon / (Alpha + history.Age)));

    public override void OrderDistributionIfAlive(PurchaseHistory history, double horizon, Span<double> probabilities)
    {
        NegativeBinomial.Fill(R + history.Repeats, horizon / (Alpha + history.Age), probabilities);
        var stay = B + Chances(history.Repeats);
        var (unthinned, stayed, reached) = (1.0, 1.0, 1.0);
        for (var n = 0; n < probabilities.Length; n++)
        {
            // P(Y = n) = P(Y ≥ n) − P(Y ≥ n + 1).
            unthinned = Math.Max(0, unthinned - probabilities[n]);
            var next = unthinned * stayed;
            probabilities[n] = Math.Max(0, reached - next);
            reached = next;
            stayed *= (stay + n) / (A + stay + n);
        }
    }

    /// <summary>The moments for one probability p of dropping out after an order.</summary>
    internal static OrderMoments OrdersFor(double p, double shape, double spread)
    {
        // Σ P(N ≥ n)(1 − p)^(n−1) = (1 − G)/p with G = (1 + p·spread)^−shape, and its derivative for the squares.
        var mean = shape * spread;
        if (p * Math.Max(mean, spread) < 1e-4)
        {
            // By factorial moments, since the difference below would cancel.
            var second = mean * (shape + 1) * spread;
            var third = second * (shape + 2) * spread;
            var fourth = third * (shape + 3) * spread;
            var few = mean - (p * ((second / 2) - (p * ((third / 6) - (p * fourth / 24)))));
            return new OrderMoments(few, few + ((1 - p) * (second - (p * ((2 * third / 3) - (p * fourth / 4))))));
        }

        var some = -GammaFunctions.ExpMinusOne(-shape * GammaFunctions.LogOnePlus(p * spread));
        var orders = some / p;
        var slope = (orders - (mean * (1 - some) / (1 + (p * spread)))) / p;
        return new OrderMoments(orders, orders + (2 * (1 - p) * slope));
    }

    private int Chances(int repeats) => Kind == PurchaseModelKind.MbgNbd ? repeats + 1 : repeats;
}
