namespace SegFunctions.Learning.Lifetime;

/// <summary>The number of Poisson events when their mean is gamma distributed: shape c, mean c·z.</summary>
internal static class NegativeBinomial
{
    /// <summary>P(N = n), n = 0, 1, …</summary>
    public static void Fill(double shape, double spread, Span<double> probabilities)
    {
        var log = -shape * GammaFunctions.LogOnePlus(spread);
        var share = spread / (1 + spread);
        if (log > -600)
        {
            var probability = Math.Exp(log);
            for (var n = 0; n < probabilities.Length; n++)
            {
                probabilities[n] = probability;
                probability *= share * (shape + n) / (n + 1);
            }

            return;
        }

        // With a great mean the first terms are below the smallest double while others are not.
        for (var n = 0; n < probabilities.Length; n++)
        {
            probabilities[n] = Math.Exp(log);
            log += Math.Log(share * (shape + n) / (n + 1));
        }
    }
}
