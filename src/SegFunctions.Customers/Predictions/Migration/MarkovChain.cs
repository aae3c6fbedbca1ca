namespace SegFunctions.Customers.Predictions.Migration;

/// <summary>Probabilities of going from each segment to each other in one interval.</summary>
/// <remarks>
/// A row is drawn towards the rule of staying, as if <see cref="Strength"/> more customers had followed it (posterior mean under a
/// Dirichlet prior): (count + strength · rule) ÷ (customers + strength). The strength is the one under which each transition is likeliest
/// given all others (leave one out), tried in doublings. So segments of few customers follow the rule, and those of many their own way.
/// </remarks>
internal sealed class MarkovChain
{
    // From less than one customer to more than any segment has.
    private const int LeastDoubling = -1;
    private const int MostDoubling = 24;

    private readonly double[,] _probabilities;

    private MarkovChain(double[,] probabilities, double strength)
    {
        _probabilities = probabilities;
        Strength = strength;
    }

    /// <summary>Customers that the rule of staying counts for; infinite for the rule itself.</summary>
    public double Strength { get; }

    public double this[int from, int to] => _probabilities[from, to];

    /// <summary>
    /// The rule of staying: in every segment the same share stays, and those who go spread over the others as all who went did.
    /// Half a customer is added to either, so that nothing is impossible.
    /// </summary>
    public static MarkovChain Staying(TransitionCounts counts)
    {
        var segments = counts.Segments;
        var arrived = new double[segments];
        var stayed = 0.5;
        for (var to = 0; to < segments; to++)
        {
            arrived[to] = 0.5;
            for (var from = 0; from < segments; from++)
            {
                if (from == to)
                    stayed += counts[from, to];
                else
                    arrived[to] += counts[from, to];
            }
        }

        var staying = segments == 1 ? 1 : stayed / (counts.Total + 1);
        var all = arrived.Sum();
        var probabilities = new double[segments, segments];
        for (var from = 0; from < segments; from++)
        {
            for (var to = 0; to < segments; to++)
                probabilities[from, to] = from == to ? staying : (1 - staying) * arrived[to] / (all - arrived[from]);
        }

        return new MarkovChain(probabilities, double.PositiveInfinity);
    }

    /// <summary>The smoothed chain.</summary>
    public static MarkovChain Fit(TransitionCounts counts)
    {
        var rule = Staying(counts);
        var best = LeastDoubling;
        var bestLikelihood = double.NegativeInfinity;
        for (var doubling = LeastDoubling; doubling <= MostDoubling; doubling++)
        {
            var likelihood = LeftOutLikelihood(counts, rule, Math.Pow(2, doubling));
            if (likelihood > bestLikelihood)
                (best, bestLikelihood) = (doubling, likelihood);
        }

        var strength = Math.Pow(2, best);
        var probabilities = new double[counts.Segments, counts.Segments];
        for (var from = 0; from < counts.Segments; from++)
        {
            for (var to = 0; to < counts.Segments; to++)
                probabilities[from, to] = (counts[from, to] + (strength * rule[from, to])) / (counts.From(from) + strength);
        }

        return new MarkovChain(probabilities, strength);
    }

    private static double LeftOutLikelihood(TransitionCounts counts, MarkovChain rule, double strength)
    {
        var sum = 0.0;
        for (var from = 0; from < counts.Segments; from++)
        {
            var customers = counts.From(from);
            for (var to = 0; to < counts.Segments; to++)
            {
                var count = counts[from, to];
                if (count > 0)
                    sum += count * Math.Log((count - 1 + (strength * rule[from, to])) / (customers - 1 + strength));
            }
        }

        return sum;
    }
}
