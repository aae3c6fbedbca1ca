using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Learning.Lifetime;

namespace SegFunctions.Learning.Tests.Lifetime;

public sealed class PurchaseFittingTests
{
    [Theory]
    [InlineData(PurchaseModelKind.BgNbd)]
    [InlineData(PurchaseModelKind.MbgNbd)]
    public void Planted_drop_out_after_orders_is_found(PurchaseModelKind kind)
    {
        var (histories, _) = SomeHistories.BetaGeometric(20_000, 0.8, 5, 0.8, 4, firstToo: kind == PurchaseModelKind.MbgNbd);
        Near([0.8, 5, 0.8, 4], PurchaseFitting.Fit(histories, new PurchaseFitOptions { Model = kind }));
    }

    [Fact]
    public void Planted_drop_out_at_any_moment_is_found()
    {
        var (histories, _) = SomeHistories.Pareto(20_000, 0.8, 5, 0.7, 15);
        Near([0.8, 5, 0.7, 15], PurchaseFitting.Fit(histories, new PurchaseFitOptions { Model = PurchaseModelKind.ParetoNbd }));
    }

    [Fact]
    public void Customers_all_alike_end_at_a_limit_whose_ratio_is_known()
    {
        var leaving = PurchaseFitting.Fit(SomeHistories.BetaGeometric(5000, 0.8, 5, 200_000, 800_000, seed: 6).Histories, new PurchaseFitOptions());
        Assert.True(leaving.Converged, leaving.Outcome.En);
        Assert.Equal(0.2, leaving.Model.Values[2] / (leaving.Model.Values[2] + leaving.Model.Values[3]), 0.03);

        var ordering = PurchaseFitting.Fit(SomeHistories.BetaGeometric(5000, 100_000, 1_000_000, 0.8, 4, seed: 6).Histories, new PurchaseFitOptions());
        Assert.True(ordering.Converged, ordering.Outcome.En);
        Assert.Equal(0.1, ordering.Model.Values[0] / ordering.Model.Values[1], 0.01);
        Assert.All((PurchaseFit[])[leaving, ordering], fit => Assert.True(double.IsFinite(fit.Model.ExpectedOrders(new PurchaseHistory(3, 10, 30), 52))));
    }

    [Theory]
    [InlineData(PurchaseModelKind.BgNbd)]
    [InlineData(PurchaseModelKind.MbgNbd)]
    [InlineData(PurchaseModelKind.ParetoNbd)]
    public void Where_nobody_drops_out_the_fit_says_so_and_gives_the_limit(PurchaseModelKind kind)
    {
        var (histories, _) = SomeHistories.BetaGeometric(3000, 0.75, 9, a: 0, b: 1, seed: 5);
        var nbd = PurchaseFitting.Fit(histories, new PurchaseFitOptions { Model = PurchaseModelKind.Nbd });
        var fit = PurchaseFitting.Fit(histories, new PurchaseFitOptions { Model = kind });
        // Chance may still show a trace of drop-out: then the fit says how faint it is.
        if (fit.Identifiable)
        {
            Assert.InRange(fit.LogLikelihood - nbd.LogLikelihood, 1.353, 4);
            return;
        }

        Assert.Equal(PurchaseModelKind.Nbd, fit.Model.Kind);
        Assert.Equal(nbd.LogLikelihood, fit.LogLikelihood, 1e-9);
        Assert.Equal(nbd.Model.Values, fit.Model.Values);
        Assert.Contains("No drop-out is identifiable", fit.Outcome.En);
        Assert.Equal(1, fit.Model.AliveProbability(new PurchaseHistory(5, 1, 50)));
    }

    [Theory]
    [InlineData(PurchaseModelKind.BgNbd)]
    [InlineData(PurchaseModelKind.ParetoNbd)]
    public void Where_nobody_drops_out_chance_shows_drop_out_in_hardly_one_set_of_twenty(PurchaseModelKind kind)
    {
        var seen = Enumerable.Range(0, 40).Count(seed => PurchaseFitting.Fit(SomeHistories.BetaGeometric(300, 0.75, 9, a: 0, b: 1, seed: 100 + seed).Histories, new PurchaseFitOptions { Model = kind }).Identifiable);
        Assert.InRange(seen, 0, 6);
    }

    [Fact]
    public void Orders_too_regular_for_drop_out_fall_back_to_the_limit()
    {
        // Everybody's last order is recent: silence never follows orders.
        var rows = Enumerable.Range(0, 400).Select(i => (X: 1 + (i * 7 % 11), Age: 30.0 + (i % 20))).Select(row => (row.X, row.Age - 0.5, row.Age)).ToArray();
        foreach (var kind in (PurchaseModelKind[])[PurchaseModelKind.BgNbd, PurchaseModelKind.MbgNbd, PurchaseModelKind.ParetoNbd])
        {
            var fit = PurchaseFitting.Fit(SomeHistories.Of(rows), new PurchaseFitOptions { Model = kind });
            Assert.False(fit.Identifiable);
            Assert.True(fit.Converged);
            Assert.Equal(PurchaseModelKind.Nbd, fit.Model.Kind);
            Assert.Equal(kind, fit.Asked);
        }
    }

    [Theory]
    [InlineData(PurchaseModelKind.BgNbd)]
    [InlineData(PurchaseModelKind.MbgNbd)]
    [InlineData(PurchaseModelKind.ParetoNbd)]
    [InlineData(PurchaseModelKind.Nbd)]
    public void One_time_buyers_alone_are_told_apart_and_expected_to_order_next_to_nothing(PurchaseModelKind kind)
    {
        var fit = PurchaseFitting.Fit(SomeHistories.Of([.. Enumerable.Range(0, 100).Select(i => (0, 0.0, 1.0 + i))]), new PurchaseFitOptions { Model = kind });
        Assert.False(fit.Identifiable);
        Assert.False(fit.Converged);
        Assert.Contains("Nobody has ordered twice", fit.Outcome.En);
        Assert.Contains("Personne n’a commandé deux fois", fit.Outcome.Fr);
        Assert.InRange(fit.Model.ExpectedOrders(new PurchaseHistory(0, 0, 50), 52), 1e-6, 0.02);
    }

    [Fact]
    public void Customers_of_the_last_day_alone_leave_nothing_to_learn()
    {
        var fit = PurchaseFitting.Fit(SomeHistories.Of((0, 0, 0), (0, 0, 0)), new PurchaseFitOptions());
        Assert.False(fit.Identifiable);
        Assert.Contains("no time", fit.Outcome.En);
        Assert.True(double.IsFinite(fit.Model.ExpectedOrders(PurchaseHistory.New, 4)));
    }

    [Theory]
    [InlineData(PurchaseModelKind.BgNbd)]
    [InlineData(PurchaseModelKind.MbgNbd)]
    [InlineData(PurchaseModelKind.ParetoNbd)]
    public void Ten_customers_are_enough_to_answer_and_too_few_to_be_silent_about_it(PurchaseModelKind kind)
    {
        var fit = PurchaseFitting.Fit(SomeHistories.Of((0, 0, 30), (0, 0, 20), (1, 2, 38), (3, 20, 38), (0, 0, 9), (8, 30, 31), (1, 11, 12), (0, 0, 33), (2, 3, 36), (0, 0, 25)), new PurchaseFitOptions { Model = kind });
        Assert.True(fit.Converged, $"{fit.Outcome.En} {string.Join(", ", fit.Model.Values)}; {fit.LogLikelihood:R} over {fit.NbdLogLikelihood:R}");
        Assert.Contains(fit.Warnings, warning => warning.En.Contains("Only 5 customers", StringComparison.Ordinal));
        foreach (var x in (int[])[0, 1, 5])
            Assert.True(double.IsFinite(fit.Model.ExpectedOrders(new PurchaseHistory(x, x, 30), 52)));
    }

    [Theory]
    [InlineData(PurchaseModelKind.BgNbd)]
    [InlineData(PurchaseModelKind.MbgNbd)]
    [InlineData(PurchaseModelKind.ParetoNbd)]
    public void Strange_histories_end_in_finite_answers(PurchaseModelKind kind)
    {
        // Zero recency with repeats; one customer; thousands of orders; all the same; times in seconds.
        PurchaseHistories[] strange =
        [
            SomeHistories.Of((3, 0, 20), (2, 0, 10), (1, 0, 5), (0, 0, 5)),
            SomeHistories.Of((4, 10, 12)),
            SomeHistories.Of((50_000, 100, 104), (3, 100, 104), (0, 0, 104), (9000, 30, 80)),
            SomeHistories.Of([.. Enumerable.Repeat((2, 5.0, 9.0), 300)]),
            SomeHistories.Of([.. Enumerable.Range(1, 200).Select(i => (i % 4, i % 4 == 0 ? 0 : 3600.0 * i, 1e7 + (3600.0 * i)))]),
            SomeHistories.Of([.. Enumerable.Range(1, 200).Select(i => (1, 1e-9 * i, 1e-6))]),
        ];
        foreach (var histories in strange)
        {
            var fit = PurchaseFitting.Fit(histories, new PurchaseFitOptions { Model = kind });
            Assert.True(double.IsFinite(fit.LogLikelihood));
            Assert.NotEmpty(fit.Outcome.En);
            for (var i = 0; i < Math.Min(histories.Count, 5); i++)
            {
                Assert.InRange(fit.Model.AliveProbability(histories[i]), 0, 1);
                Assert.True(double.IsFinite(fit.Model.ExpectedOrders(histories[i], histories[i].Age)), $"{kind} of {histories[i]}");
            }
        }
    }

    [Fact]
    public void The_order_of_customers_does_not_matter_and_joining_equal_ones_does_not_either()
    {
        Prop.ForAll(Gen.Choose(1, 1000).ToArbitrary(), seed =>
        {
            var (histories, _) = SomeHistories.BetaGeometric(400, 0.7, 4, 0.9, 3, seed: seed);
            var order = Some.Permutation(histories.Count, seed);
            var shuffled = SomeHistories.Of([.. order.Select(i => (histories.Repeats[i], histories.Recency[i], histories.Age[i]))]);
            var twice = SomeHistories.Of([.. order.Concat(order).Concat(order).Select(i => (histories.Repeats[i], histories.Recency[i], histories.Age[i]))]);
            var one = PurchaseFitting.Fit(histories, new PurchaseFitOptions { Threads = 1 });
            var two = PurchaseFitting.Fit(shuffled, new PurchaseFitOptions { Threads = 1 });
            var three = PurchaseFitting.Fit(twice, new PurchaseFitOptions { Threads = 1 });
            Assert.Equal(one.LogLikelihood, two.LogLikelihood, 1e-7);
            Assert.Equal(3 * one.LogLikelihood, three.LogLikelihood, 1e-6);
            for (var i = 0; i < one.Model.Values.Length; i++)
                Assert.Equal(1, one.Model.Values[i] / two.Model.Values[i], 1e-4);
            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(10));
    }

    [Theory]
    [InlineData(PurchaseModelKind.BgNbd)]
    [InlineData(PurchaseModelKind.ParetoNbd)]
    public void The_number_of_threads_changes_no_byte(PurchaseModelKind kind)
    {
        var histories = SomeHistories.WithSpend(SomeHistories.BetaGeometric(20_000, 0.7, 4, 0.9, 3, seed: 3).Histories, 4, 3, 30);
        var one = Bytes(1);
        Assert.Equal(one, Bytes(2));
        Assert.Equal(one, Bytes(5));

        byte[] Bytes(int threads)
        {
            var options = new PurchaseFitOptions { Model = kind, Threads = threads };
            return Some.Bytes(new LifetimeModel(PurchaseFitting.Fit(histories, options), SpendFitting.Fit(histories, options)).Save);
        }
    }

    [Fact]
    public void Too_few_steps_are_told()
    {
        var fit = PurchaseFitting.Fit(Cdnow.Histories, new PurchaseFitOptions { MaxIterations = 2 });
        Assert.False(fit.Converged);
        Assert.Contains("still rises after 2 steps", fit.Outcome.En);
    }

    [Fact]
    public void Cancelled_it_ends()
    {
        Assert.ThrowsAny<OperationCanceledException>(() => PurchaseFitting.Fit(Cdnow.Histories, new PurchaseFitOptions(), new CancellationToken(canceled: true)));
        Assert.ThrowsAny<OperationCanceledException>(() => SpendFitting.Fit(Cdnow.Histories, new PurchaseFitOptions(), new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Wrong_options_are_all_told_at_once()
    {
        var message = Assert.Throws<ArgumentException>(() => PurchaseFitting.Fit(Cdnow.Histories, new PurchaseFitOptions { MaxIterations = 0, Tolerance = -1, Threads = 0 })).Message;
        Assert.Contains("MaxIterations is 0", message);
        Assert.Contains("Tolerance is -1", message);
        Assert.Contains("Threads is 0", message);
    }

    [Fact]
    public void Impossible_histories_are_refused_by_customer_and_value()
    {
        Assert.Contains("Customer 1 (counted from 0) has a recency of 9 at an age of 5", Refused((0, 0, 1), (2, 9, 5)));
        Assert.Contains("-1 repeat orders", Refused((-1, 0, 1)));
        Assert.Contains("no repeat order but a recency of 2", Refused((0, 2, 3)));
        Assert.Contains("an age of NaN", Refused((0, 0, double.NaN)));
        Assert.Contains("an age of Infinity", Refused((0, 0, double.PositiveInfinity)));
        Assert.Contains("no customers", Refused());
        Assert.Contains("mean amount of NaN", Assert.Throws<ArgumentException>(() => new PurchaseHistories([1], [1], [2], [double.NaN])).Message);

        static string Refused(params (int X, double Recency, double Age)[] rows) => Assert.Throws<ArgumentException>(() => SomeHistories.Of(rows)).Message;
    }

    [Fact]
    public void The_likeliest_model_is_chosen_and_the_reason_told()
    {
        var (pareto, later) = SomeHistories.Pareto(20_000, 0.8, 3, 0.7, 8, seed: 4);
        var choice = PurchaseChoice.Of(pareto, new PurchaseFitOptions(), later, 26);
        Assert.Equal(PurchaseModelKind.ParetoNbd, choice.Chosen.Model.Kind);
        Assert.Equal(3, choice.Fits.Count);
        Assert.Contains("Pareto/NBD explains the orders best", choice.Reason.En);
        Assert.Contains("Pareto/NBD explique le mieux", choice.Reason.Fr);

        var nothing = PurchaseChoice.Of(SomeHistories.Of((0, 0, 9), (0, 0, 8)), new PurchaseFitOptions());
        Assert.Contains("Nobody has ordered twice", nothing.Reason.En);
    }

    private static void Near(double[] truth, PurchaseFit fit)
    {
        Assert.True(fit.Converged, fit.Outcome.En);
        Assert.True(fit.Identifiable);
        for (var i = 0; i < truth.Length; i++)
        {
            Assert.InRange(fit.StandardErrors[i], 0, 0.3 * truth[i]);
            Assert.InRange(Math.Abs(fit.Model.Values[i] - truth[i]) / fit.StandardErrors[i], 0, 4);
        }
    }
}
