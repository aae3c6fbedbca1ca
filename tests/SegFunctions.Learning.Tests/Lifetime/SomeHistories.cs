using SegFunctions.Learning.Lifetime;

namespace SegFunctions.Learning.Tests.Lifetime;

/// <summary>Customers drawn from known models, each decided by its seed.</summary>
internal static class SomeHistories
{
    /// <summary>Of the models with drop-out after an order, on a grid of days; times in weeks.</summary>
    /// <param name="a">0 for customers who never drop out.</param>
    public static (PurchaseHistories Histories, int[] Later) BetaGeometric(int customers, double r, double alpha, double a, double b, double weeks = 60, double later = 26, bool firstToo = false, long seed = 1)
    {
        var random = new Xoshiro256(seed);
        return Draw(customers, weeks, later, random, () =>
        {
            var rate = Gamma(random, r) / alpha;
            var leave = 0.0;
            if (a > 0)
            {
                var (stayShare, leaveShare) = (Gamma(random, b), Gamma(random, a));
                leave = leaveShare / (leaveShare + stayShare);
            }

            return (rate, double.PositiveInfinity, leave, firstToo);
        });
    }

    /// <summary>Of the model with drop-out at any moment.</summary>
    public static (PurchaseHistories Histories, int[] Later) Pareto(int customers, double r, double alpha, double s, double beta, double weeks = 60, double later = 26, long seed = 1)
    {
        var random = new Xoshiro256(seed);
        return Draw(customers, weeks, later, random, () => (Gamma(random, r) / alpha, Exponential(random) / (Gamma(random, s) / beta), 0, false));
    }

    public static PurchaseHistories Of(params (int X, double Recency, double Age)[] rows) =>
        new([.. rows.Select(row => row.X)], [.. rows.Select(row => row.Recency)], [.. rows.Select(row => row.Age)]);

    /// <summary>Mean amounts of the repeat orders, drawn from the Gamma-Gamma model.</summary>
    public static PurchaseHistories WithSpend(PurchaseHistories histories, double p, double q, double gamma, long seed = 2)
    {
        var random = new Xoshiro256(seed);
        var spend = new double[histories.Count];
        for (var i = 0; i < spend.Length; i++)
        {
            var rate = Gamma(random, q) / gamma;
            if (histories.Repeats[i] > 0)
                spend[i] = Gamma(random, p * histories.Repeats[i]) / (rate * histories.Repeats[i]);
        }

        return new PurchaseHistories(histories.Repeats.ToArray(), histories.Recency.ToArray(), histories.Age.ToArray(), spend);
    }

    /// <summary>Marsaglia &amp; Tsang 2000; shapes below 1 by their power of a uniform.</summary>
    public static double Gamma(Xoshiro256 random, double shape)
    {
        if (shape < 1)
            return Gamma(random, shape + 1) * Math.Pow(1 - random.NextDouble(), 1 / shape);
        var d = shape - (1 / 3.0);
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = random.NextNormal();
            var v = Math.Pow(1 + (c * x), 3);
            if (v > 0 && Math.Log(1 - random.NextDouble()) < (0.5 * x * x) + d - (d * v) + (d * Math.Log(v)))
                return d * v;
        }
    }

    private static double Exponential(Xoshiro256 random) => -Math.Log(1 - random.NextDouble());

    private static (PurchaseHistories Histories, int[] Later) Draw(int customers, double weeks, double later, Xoshiro256 random, Func<(double Rate, double End, double Leave, bool FirstToo)> customer)
    {
        var (repeats, recency, age, after) = (new int[customers], new double[customers], new double[customers], new int[customers]);
        for (var i = 0; i < customers; i++)
        {
            age[i] = weeks * (0.5 + (0.5 * random.NextDouble()));
            var (rate, end, leave, firstToo) = customer();
            var gone = firstToo && random.NextDouble() < leave;
            for (var time = 0.0; !gone;)
            {
                time += Exponential(random) / Math.Max(rate, 1e-12);
                if (time > Math.Min(end, age[i] + later))
                    break;
                if (time <= age[i])
                    (repeats[i], recency[i]) = (repeats[i] + 1, time);
                else
                    after[i]++;
                gone = random.NextDouble() < leave;
            }
        }

        return (new PurchaseHistories(repeats, recency, age), after);
    }
}
