namespace SegFunctions.Learning.Lifetime;

/// <summary>Quantiles of the number of orders of one customer.</summary>
internal static class OrderQuantiles
{
    // Above, whole numbers are as good as a continuum.
    private const double Many = 2000;

    /// <param name="moments">Of the orders if alive.</param>
    /// <param name="tail">The quantiles are those of this and 1 − this.</param>
    public static (double Low, double High) Of(PurchaseModel model, PurchaseHistory history, double horizon, double alive, OrderMoments moments, double tail)
    {
        // Mostly far enough; the loop goes on if a quantile lies beyond.
        var length = moments.Mean + (8 * Math.Sqrt(moments.Variance)) + 16;
        if (!(length < Many))
            return (Normal(tail), Normal(1 - tail));
        while (true)
        {
            var probabilities = new double[(int)length];
            model.OrderDistributionIfAlive(history, horizon, probabilities);
            if (Quantile(1 - tail) is { } high)
                return (Quantile(tail) ?? high, high);
            length *= 2;
            if (length >= Many)
                return (Normal(tail), Normal(1 - tail));

            double? Quantile(double share)
            {
                var sum = 1 - alive;
                for (var n = 0; n < probabilities.Length; n++)
                {
                    sum += alive * probabilities[n];
                    if (sum >= share)
                        return n;
                }

                return null;
            }
        }

        double Normal(double share)
        {
            if (share <= 1 - alive)
                return 0;
            var spread = Math.Log(1 + (moments.Variance / (moments.Mean * moments.Mean)));
            return Math.Round(moments.Mean * Math.Exp((Math.Sqrt(spread) * NormalDistribution.Quantile((share - 1 + alive) / alive)) - (spread / 2)));
        }
    }
}
