using SegFunctions.Learning.Lifetime;
using SegFunctions.Testing;

namespace SegFunctions.Learning.Tests.Lifetime;

public sealed class ManyCustomersTests
{
    [Fact]
    public void A_pass_over_the_data_allocates_nothing_that_grows_with_them()
    {
        var grouped = GroupedHistories.Of(SomeHistories.BetaGeometric(60_000, 0.8, 5, 0.8, 4).Histories);
        using var team = new ChunkTeam(1, CancellationToken.None);
        foreach (var kind in (PurchaseModelKind[])[PurchaseModelKind.BgNbd, PurchaseModelKind.ParetoNbd])
        {
            var likelihood = PurchaseFitting.Likelihood(grouped, kind, team);
            var (gradient, hessian) = (new double[4], new double[16]);
            double[] parameters = [0.8, 5, 0.8, 4];
            likelihood.Evaluate(parameters, gradient, hessian);
            Assert.InRange(Allocation.Of(() => likelihood.Evaluate(parameters, gradient, hessian)), 0, 1024);
        }
    }

    [Fact]
    [Trait("Category", "Long")]
    public void Ten_million_customers_are_fitted_to_what_was_planted()
    {
        var histories = SomeHistories.BetaGeometric(10_000_000, 0.8, 5, 0.8, 4).Histories;
        var fit = PurchaseFitting.Fit(histories, new PurchaseFitOptions());
        Assert.True(fit.Converged, fit.Outcome.En);
        double[] truth = [0.8, 5, 0.8, 4];
        for (var i = 0; i < truth.Length; i++)
            Assert.Equal(1, fit.Model.Values[i] / truth[i], 0.02);
    }
}
