using SegFunctions.Learning.Lifetime;

namespace SegFunctions.Learning.Tests.Lifetime;

public sealed class SpendFittingTests
{
    [Fact]
    public void Planted_spend_is_found_whatever_its_unit()
    {
        var histories = SomeHistories.WithSpend(SomeHistories.BetaGeometric(20_000, 0.8, 5, 0.8, 4).Histories, 4, 3, 30);
        var fit = SpendFitting.Fit(histories, new PurchaseFitOptions());
        Assert.True(fit.Converged, fit.Outcome.En);
        Assert.Empty(fit.Warnings);
        double[] truth = [4, 3, 30];
        double[] found = [fit.Model!.P, fit.Model.Q, fit.Model.Gamma];
        for (var i = 0; i < 3; i++)
        {
            Assert.InRange(fit.StandardErrors[i], 0, 0.2 * truth[i]);
            Assert.InRange(Math.Abs(found[i] - truth[i]) / fit.StandardErrors[i], 0, 4);
        }

        var huge = SpendFitting.Fit(Scaled(histories, 1e12), new PurchaseFitOptions());
        Assert.Equal(1, huge.Model!.P / fit.Model.P, 1e-6);
        Assert.Equal(1, huge.Model.Gamma / fit.Model.Gamma / 1e12, 1e-6);
        Assert.Equal(fit.LogLikelihood - (fit.Customers * Math.Log(1e12)), huge.LogLikelihood, 1e-5 * Math.Abs(huge.LogLikelihood));
        Assert.Equal(1e12 * fit.ExpectedAmount(3, 20), huge.ExpectedAmount(3, 20e12), 1e7);
    }

    [Fact]
    public void Amounts_near_the_largest_number_end_in_finite_parameters()
    {
        var fit = SpendFitting.Fit(new PurchaseHistories([1, 2, 3, 1], [1, 2, 3, 4], [9, 9, 9, 9], [1e300, 3e300, 1e299, 5e-300]), new PurchaseFitOptions());
        Assert.True(double.IsFinite(fit.Model!.P) && double.IsFinite(fit.LogLikelihood));
    }

    [Fact]
    public void Equal_amounts_are_as_good_as_one_price_and_it_is_said()
    {
        var fit = SpendFitting.Fit(new PurchaseHistories([.. Enumerable.Range(0, 200).Select(i => i % 4)], [.. Enumerable.Range(0, 200).Select(i => i % 4 == 0 ? 0.0 : 3)], [.. Enumerable.Repeat(9.0, 200)], [.. Enumerable.Range(0, 200).Select(i => i % 4 == 0 ? 0 : 25.0)]), new PurchaseFitOptions());
        Assert.Equal(25, fit.ExpectedAmount(2, 25), 0.05);
        Assert.Equal(25, fit.ExpectedAmount(0, 0), 0.05);
        Assert.Contains(fit.Warnings, warning => warning.En.Contains("about the same", StringComparison.Ordinal));
        Assert.True(double.IsNaN(fit.Correlation));
    }

    [Fact]
    public void Without_any_amount_there_is_no_model_and_it_is_said()
    {
        var fit = SpendFitting.Fit(new PurchaseHistories([1, 0], [1, 0], [2, 2], [0, 0]), new PurchaseFitOptions());
        Assert.Null(fit.Model);
        Assert.Contains("cannot be learned", fit.Outcome.En);
        Assert.Contains(fit.Warnings, warning => warning.En.Contains("1 customer with repeat orders", StringComparison.Ordinal));
        Assert.True(double.IsNaN(fit.ExpectedAmount(0, 0)));
        Assert.Equal(7, fit.ExpectedAmount(2, 7));
        Assert.Contains("hold no amounts", Assert.Throws<ArgumentException>(() => SpendFitting.Fit(SomeHistories.Of((1, 1, 2)), new PurchaseFitOptions())).Message);
    }

    [Fact]
    public void Spend_that_grows_with_orders_is_told()
    {
        var (histories, _) = SomeHistories.BetaGeometric(2000, 0.8, 5, 0.8, 4);
        var spend = new double[histories.Count];
        for (var i = 0; i < spend.Length; i++)
            spend[i] = histories.Repeats[i] == 0 ? 0 : (5 * histories.Repeats[i]) + (i % 13);
        var fit = SpendFitting.Fit(new PurchaseHistories(histories.Repeats.ToArray(), histories.Recency.ToArray(), histories.Age.ToArray(), spend), new PurchaseFitOptions());
        Assert.InRange(fit.Correlation, 0.9, 1);
        Assert.Contains(fit.Warnings, warning => warning.En.Contains("frequent customers is understated", StringComparison.Ordinal));
    }

    [Fact]
    public void A_tail_without_a_mean_falls_back_to_the_plain_mean_for_customers_without_repeats()
    {
        var fit = new SpendFit { Outcome = new("", ""), Model = new GammaGammaModel(2, 0.8, 5), MeanAmount = 12 };
        Assert.Equal(12, fit.ExpectedAmount(0, 0));
        Assert.Equal(2 * (5 + 40) / ((2 * 2) + 0.8 - 1), fit.ExpectedAmount(2, 20), 1e-12);
    }

    private static PurchaseHistories Scaled(PurchaseHistories histories, double factor) =>
        new(histories.Repeats.ToArray(), histories.Recency.ToArray(), histories.Age.ToArray(), [.. histories.Spend.ToArray().Select(amount => amount * factor)]);
}
