using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Learning.Lifetime;

namespace SegFunctions.Learning.Tests.Lifetime;

public sealed class PurchaseModelTests
{
    private static readonly PurchaseModel[] Models =
    [
        PurchaseModel.Of(PurchaseModelKind.Nbd, 0.6, 5),
        PurchaseModel.Of(PurchaseModelKind.BgNbd, 0.243, 4.414, 0.793, 2.426),
        PurchaseModel.Of(PurchaseModelKind.BgNbd, 3, 40, 1, 20),
        PurchaseModel.Of(PurchaseModelKind.MbgNbd, 0.6, 5, 0.4, 1.5),
        PurchaseModel.Of(PurchaseModelKind.ParetoNbd, 0.553, 10.578, 0.606, 11.669),
        PurchaseModel.Of(PurchaseModelKind.ParetoNbd, 2, 3, 1, 60),
    ];

    [Fact]
    public void Activity_is_a_probability_and_falls_with_silence()
    {
        Prop.ForAll(Cases(), one =>
        {
            var (model, history, silence) = one;
            var now = model.AliveProbability(history);
            var later = model.AliveProbability(history with { Age = history.Age + silence });
            return now is >= 0 and <= 1 && later is >= 0 and <= 1 && (history.Repeats == 0 || later <= now + 1e-12);
        }).Check(Config.QuickThrowOnFailure);
    }

    [Fact]
    public void Expected_orders_rise_with_the_horizon_and_start_at_0()
    {
        Prop.ForAll(Cases(), one =>
        {
            var (model, history, horizon) = one;
            var near = model.ExpectedOrders(history, horizon);
            var far = model.ExpectedOrders(history, horizon * 1.5);
            return model.ExpectedOrders(history, 0) == 0 && near >= 0 && far >= near * (1 - 1e-12) && double.IsFinite(far);
        }).Check(Config.QuickThrowOnFailure);
    }

    [Fact]
    public void The_distribution_of_orders_has_the_moments_and_the_chance_of_none_that_are_told_apart_from_it()
    {
        Prop.ForAll(Cases(), one =>
        {
            var (model, history, horizon) = one;
            if (history.Repeats > 30)
                return true;
            var probabilities = new double[4000];
            model.OrderDistributionIfAlive(history, horizon, probabilities);
            var moments = model.OrdersIfAlive(history, horizon);
            var (sum, mean, square) = (0.0, 0.0, 0.0);
            for (var n = 0; n < probabilities.Length; n++)
            {
                sum += probabilities[n];
                mean += n * probabilities[n];
                square += (double)n * n * probabilities[n];
            }

            Assert.Equal(1, sum, 1e-9);
            Assert.Equal(moments.Mean, mean, 1e-7 * Math.Max(1, mean));
            Assert.Equal(moments.MeanSquare, square, 1e-7 * Math.Max(1, square));
            Assert.Equal(model.NoOrderIfAlive(history, horizon), probabilities[0], 1e-9);
            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Fact]
    public void Very_many_expected_orders_are_found_by_another_way_and_agree_with_the_first()
    {
        // The series ends where the integral begins; both are right on both sides.
        foreach (var (a, stay) in (ReadOnlySpan<(double, double)>)[(0.8, 2.4), (1.0, 30.0), (0.05, 3.0), (40.0, 900.0), (3.0, 0.4)])
        {
            foreach (var (shape, spread) in (ReadOnlySpan<(double, double)>)[(0.3, 5), (12.0, 1.5), (60, 0.8)])
            {
                var model = PurchaseModel.Of(PurchaseModelKind.BgNbd, shape, 10, a, stay);
                var series = model.OrdersIfAlive(PurchaseHistory.New, 10 * spread);
                var integral = BetaMean.Of(a, stay, p => BetaGeometricModel.OrdersFor(p, shape, spread));
                Assert.Equal(1, integral.Mean / series.Mean, 1e-8);
                Assert.Equal(1, integral.MeanSquare / series.MeanSquare, 1e-7);
            }
        }

        var busy = PurchaseModel.Of(PurchaseModelKind.BgNbd, 0.5, 2, 0.001, 50).OrdersIfAlive(new PurchaseHistory(80_000, 100, 100), 5000);
        Assert.InRange(busy.Mean, 3_000_000, 5_000_000);
    }

    [Fact]
    public void Without_drop_out_the_limits_agree_with_the_model_that_has_none()
    {
        var nbd = PurchaseModel.Of(PurchaseModelKind.Nbd, 0.6, 5);
        foreach (var limit in (PurchaseModel[])[PurchaseModel.Of(PurchaseModelKind.BgNbd, 0.6, 5, 1e-9, 50), PurchaseModel.Of(PurchaseModelKind.ParetoNbd, 0.6, 5, 1e-9, 50)])
        {
            Assert.Equal(1, limit.AliveProbability(Cdnow.First), 1e-7);
            var (expected, found) = (nbd.OrdersIfAlive(Cdnow.First, 39), limit.OrdersIfAlive(Cdnow.First, 39));
            Assert.Equal(expected.Mean, found.Mean, 1e-7);
            Assert.Equal(expected.MeanSquare, found.MeanSquare, 1e-7);
        }
    }

    [Fact]
    public void Parameters_out_of_range_are_refused_by_name()
    {
        Assert.Contains("alpha is 0", Assert.Throws<ArgumentException>(() => PurchaseModel.Of(PurchaseModelKind.BgNbd, 1, 0, 1, 1)).Message);
        Assert.Contains("beta is NaN", Assert.Throws<ArgumentException>(() => PurchaseModel.Of(PurchaseModelKind.ParetoNbd, 1, 1, 1, double.NaN)).Message);
        Assert.Contains("4 parameters", Assert.Throws<ArgumentException>(() => PurchaseModel.Of(PurchaseModelKind.MbgNbd, 1, 1)).Message);
        Assert.Contains("gamma is -1", Assert.Throws<ArgumentException>(() => new GammaGammaModel(1, 1, -1)).Message);
    }

    private static Arbitrary<(PurchaseModel Model, PurchaseHistory History, double Time)> Cases() =>
        (from model in Gen.Elements(Models)
         from repeats in Gen.OneOf(Gen.Choose(0, 6), Gen.Choose(0, 60))
         from age in Gen.Choose(0, 2000)
         from recency in Gen.Choose(0, 1000)
         from time in Gen.Choose(1, 1500)
         select (model, new PurchaseHistory(repeats, repeats == 0 ? 0 : age * recency / 1000.0 / 7, age / 7.0), time / 7.0)).ToArbitrary();
}
