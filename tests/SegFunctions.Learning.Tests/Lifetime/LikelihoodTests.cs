using SegFunctions.Learning.Lifetime;

namespace SegFunctions.Learning.Tests.Lifetime;

/// <summary>Every derivative against differences, at places near and far from any optimum.</summary>
public sealed class LikelihoodTests
{
    private static readonly PurchaseHistories Histories = SomeHistories.WithSpend(SomeHistories.BetaGeometric(300, 0.6, 5, 0.8, 3).Histories, 4, 3, 30);

    public static TheoryData<PurchaseModelKind, double[]> Places => new()
    {
        { PurchaseModelKind.Nbd, [0.6, 5] },
        { PurchaseModelKind.Nbd, [12, 0.2] },
        { PurchaseModelKind.BgNbd, [0.6, 5, 0.8, 3] },
        { PurchaseModelKind.BgNbd, [5, 0.3, 40, 0.05] },
        { PurchaseModelKind.BgNbd, [0.02, 300, 0.01, 5000] },
        { PurchaseModelKind.MbgNbd, [0.6, 5, 0.8, 3] },
        { PurchaseModelKind.MbgNbd, [5, 0.3, 40, 0.05] },
        { PurchaseModelKind.ParetoNbd, [0.6, 5, 0.8, 9] },
        { PurchaseModelKind.ParetoNbd, [0.6, 50, 3, 0.4] },
        { PurchaseModelKind.ParetoNbd, [4, 0.5, 0.05, 600] },
        { PurchaseModelKind.ParetoNbd, [2, 8, 1, 8] },
    };

    [Theory]
    [MemberData(nameof(Places))]
    public void Derivatives_of_orders_are_those_of_differences(PurchaseModelKind kind, double[] parameters)
    {
        using var team = new ChunkTeam(1, CancellationToken.None);
        Check(PurchaseFitting.Likelihood(GroupedHistories.Of(Histories), kind, team), parameters);
    }

    [Theory]
    [InlineData(4, 3, 1)]
    [InlineData(0.2, 0.5, 8)]
    [InlineData(60, 30, 0.05)]
    public void Derivatives_of_spend_are_those_of_differences(double p, double q, double gamma)
    {
        using var team = new ChunkTeam(1, CancellationToken.None);
        Check(new GammaGammaLikelihood(GroupedSpend.Of(Histories.Repeats, Histories.Spend), team), [p, q, gamma]);
    }

    [Theory]
    [InlineData(PurchaseModelKind.BgNbd)]
    [InlineData(PurchaseModelKind.MbgNbd)]
    [InlineData(PurchaseModelKind.ParetoNbd)]
    public void Vectors_give_what_one_customer_at_a_time_gives_at_any_length(PurchaseModelKind kind)
    {
        using var team = new ChunkTeam(1, CancellationToken.None);
        double[] parameters = [0.7, 6, 0.9, 4];
        foreach (var count in (int[])[1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 64, 65])
        {
            // One number of repeat orders, so that they share their vectors.
            var rows = Enumerable.Range(0, count).Select(i => (2, 3 + (0.37 * i), 40.0 + i)).ToArray();
            var together = PurchaseFitting.Likelihood(GroupedHistories.Of(SomeHistories.Of(rows)), kind, team).Evaluate(parameters, new double[4], new double[16]);
            var apart = rows.Sum(row => PurchaseFitting.Likelihood(GroupedHistories.Of(SomeHistories.Of(row)), kind, team).Evaluate(parameters, new double[4], new double[16]));
            Assert.Equal(apart, together, 1e-10 * Math.Abs(apart));
        }
    }

    [Theory]
    [InlineData(PurchaseModelKind.BgNbd)]
    [InlineData(PurchaseModelKind.ParetoNbd)]
    public void Equal_histories_joined_are_worth_what_they_are_apart(PurchaseModelKind kind)
    {
        using var team = new ChunkTeam(1, CancellationToken.None);
        var days = SomeHistories.Of([.. Enumerable.Range(0, 5000).Select(i => (X: i % 3, Last: i % 3 == 0 ? 0 : i % 11 / 7.0, Age: (20 + (i % 5)) / 7.0)).Select(row => (row.X, Math.Min(row.Last, row.Age), row.Age))]);
        var grouped = GroupedHistories.Of(days);
        Assert.True(grouped.Count < 200, $"{grouped.Count} distinct");
        Assert.Equal(5000, grouped.Customers);
        Assert.Equal(5000, grouped.Weight[..grouped.Count].Sum());
        double[] parameters = [0.7, 6, 0.9, 4];
        var apart = 0.0;
        for (var i = 0; i < days.Count; i++)
            apart += PurchaseFitting.Likelihood(GroupedHistories.Of(SomeHistories.Of((days.Repeats[i], days.Recency[i], days.Age[i]))), kind, team).Evaluate(parameters, new double[4], new double[16]);
        Assert.Equal(apart, PurchaseFitting.Likelihood(grouped, kind, team).Evaluate(parameters, new double[4], new double[16]), 1e-9 * Math.Abs(apart));
    }

    [Fact]
    public void Differences_of_the_gamma_function_keep_their_digits_where_it_is_huge()
    {
        // ln Γ(z + 3) − ln Γ(z) = ln(z(z + 1)(z + 2)).
        foreach (var z in (double[])[1e-6, 0.4, 15.5, 16, 1e3, 1e7, 1e12])
        {
            var found = GammaFunctions.Rise(z, 3);
            Assert.Equal(Math.Log(z) + Math.Log(z + 1) + Math.Log(z + 2), found.Log, 3e-15 * Math.Max(10, Math.Abs(Math.Log(z))));
            Assert.Equal(1, found.Psi / ((1 / z) + (1 / (z + 1)) + (1 / (z + 2))), 1e-13);
            Assert.Equal(1, found.Trigamma / -((1 / (z * z)) + (1 / ((z + 1) * (z + 1))) + (1 / ((z + 2) * (z + 2)))), 1e-8);
        }
    }

    private static void Check(ILikelihood likelihood, double[] parameters)
    {
        var size = likelihood.Size;
        var gradient = new double[size];
        var hessian = new double[size * size];
        likelihood.Evaluate(parameters, gradient, hessian);
        for (var i = 0; i < size; i++)
        {
            var (up, down) = (At(i, 1e-5), At(i, -1e-5));
            var step = 2e-5 * parameters[i];
            Close(gradient[i], (up.Value - down.Value) / step, gradient[i] * parameters[i], parameters[i]);
            for (var j = 0; j < size; j++)
                Close(hessian[(i * size) + j], (up.Gradient[j] - down.Gradient[j]) / step, hessian[(i * size) + j] * parameters[i] * parameters[j], parameters[i] * parameters[j]);
        }

        (double Value, double[] Gradient) At(int parameter, double nudge)
        {
            var moved = (double[])parameters.Clone();
            moved[parameter] *= 1 + nudge;
            var slope = new double[size];
            return (likelihood.Evaluate(moved, slope, new double[size * size]), slope);
        }
    }

    /// <summary>On the scale of logarithms of the parameters, where figures of all are alike.</summary>
    private static void Close(double exact, double difference, double scaled, double scale) =>
        Assert.True(Math.Abs(exact - difference) * scale <= 2e-4 * Math.Max(1, Math.Abs(scaled)), $"exact {exact:R}, by differences {difference:R}");
}
