using SegFunctions.Learning.Lifetime;

namespace SegFunctions.Learning.Tests.Lifetime;

/// <summary>What Fader, Hardie and Lee printed of the CDNOW sample, to the printed digits.</summary>
public sealed class PublishedFiguresTests
{
    [Fact]
    public void Bg_nbd_is_that_of_the_paper()
    {
        var fit = PurchaseFitting.Fit(Cdnow.Histories, new PurchaseFitOptions());
        Assert.True(fit.Converged, fit.Outcome.En);
        Assert.True(fit.Identifiable);
        Assert.Empty(fit.Warnings);
        Assert.Equal([0.243, 4.414, 0.793, 2.426], fit.Model.Parameters.Select(parameter => Math.Round(parameter.Value, 3)));
        Assert.Equal(-9582.4, fit.LogLikelihood, 0.05);
        Assert.Equal(-9582.4292, fit.LogLikelihood, 0.0002);
    }

    [Fact]
    public void Pareto_nbd_is_that_of_the_paper()
    {
        var fit = PurchaseFitting.Fit(Cdnow.Histories, new PurchaseFitOptions { Model = PurchaseModelKind.ParetoNbd });
        Assert.True(fit.Converged, fit.Outcome.En);
        // The optimum is a flat ridge: beta has a standard error of 6.
        Assert.Equal(-9594.976, fit.LogLikelihood, 0.0006);
        Assert.Equal(0.553, fit.Model.Parameters[0].Value, 0.0006);
        Assert.Equal(10.578, fit.Model.Parameters[1].Value, 0.005);
        Assert.Equal(0.606, fit.Model.Parameters[2].Value, 0.001);
        Assert.Equal(11.669, fit.Model.Parameters[3].Value, 0.05);
        Assert.Equal(0.0476, fit.StandardErrors[0], 0.001);
        Assert.Equal(0.8427, fit.StandardErrors[1], 0.01);
        Assert.Equal(0.1873, fit.StandardErrors[2], 0.005);
        Assert.Equal(6.2105, fit.StandardErrors[3], 0.15);
    }

    [Fact]
    public void Gamma_gamma_is_that_of_the_note()
    {
        var fit = SpendFitting.Fit(Cdnow.Histories, new PurchaseFitOptions());
        Assert.True(fit.Converged, fit.Outcome.En);
        Assert.Empty(fit.Warnings);
        Assert.Equal(946, fit.Customers);
        Assert.Equal(6.25, fit.Model!.P, 0.005);
        Assert.Equal(3.74, fit.Model.Q, 0.005);
        Assert.Equal(15.44, fit.Model.Gamma, 0.01);
        Assert.Equal(-4055.92, fit.LogLikelihood, 0.01);
    }

    [Fact]
    public void Customer_0001_is_alive_and_orders_as_the_paper_says()
    {
        Assert.Equal(2, Cdnow.First.Repeats);
        Assert.Equal(30.43, Cdnow.First.Recency, 0.005);
        Assert.Equal(38.86, Cdnow.First.Age, 0.005);
        var model = PurchaseFitting.Fit(Cdnow.Histories, new PurchaseFitOptions()).Model;
        Assert.Equal(0.7266, model.AliveProbability(Cdnow.First), 0.00005);
        Assert.Equal(1.2260, model.ExpectedOrders(Cdnow.First, Cdnow.HoldoutWeeks), 0.0001);
    }
}
