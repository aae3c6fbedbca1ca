using SegFunctions.Learning.Boosting;
using SegFunctions.Learning.Boosting.Losses;

namespace SegFunctions.Learning.Tests.Boosting;

public sealed class LossFunctionTests
{
    public static TheoryData<BoostingLoss, double, int> Losses => new()
    {
        { BoostingLoss.Logistic, 1.5, 1 },
        { BoostingLoss.Squared, 1.5, 1 },
        { BoostingLoss.Poisson, 1.5, 1 },
        { BoostingLoss.Tweedie, 1.5, 1 },
        { BoostingLoss.Tweedie, 1.1, 1 },
        { BoostingLoss.Softmax, 1.5, 4 },
    };

    [Theory]
    [MemberData(nameof(Losses))]
    public void Derivatives_are_those_of_finite_differences(BoostingLoss kind, double power, int outputs)
    {
        var loss = Of(kind, power, outputs);
        var random = new Xoshiro256(4);
        const double Step = 1e-4;
        for (var trial = 0; trial < 40; trial++)
        {
            var margins = Enumerable.Range(0, outputs).Select(_ => 1.5 * random.NextNormal()).ToArray();
            var target = Target(kind, random, outputs);
            for (var output = 0; output < outputs; output++)
            {
                var (gradient, curvature) = (new double[1], new double[1]);
                loss.Derive(margins, [target], output, gradient, curvature);
                var (before, here, after) = (At(-Step), At(0), At(Step));
                GoldenClose((after - before) / (2 * Step), gradient[0], 1e-5);
                // XGBoost's softmax takes twice the diagonal of the Hessian.
                GoldenClose((after - (2 * here) + before) / (Step * Step) * (kind == BoostingLoss.Softmax ? 2 : 1), curvature[0], 1e-4);

                double At(double step)
                {
                    var moved = margins.ToArray();
                    moved[output] += step;
                    return loss.Of(moved, target);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void The_prior_is_where_the_weighted_gradients_cancel(BoostingLoss kind, double power, int outputs)
    {
        var loss = Of(kind, power, outputs);
        var random = new Xoshiro256(9);
        var targets = Enumerable.Range(0, 60).Select(_ => Target(kind, random, outputs)).ToArray();
        var weights = Enumerable.Range(0, 60).Select(_ => random.NextDouble()).ToArray();
        var prior = loss.Prior(targets, weights);
        var margins = Enumerable.Range(0, 60).SelectMany(_ => prior).ToArray();
        for (var output = 0; output < outputs; output++)
        {
            var (gradients, curvatures) = (new double[60], new double[60]);
            loss.Derive(margins, targets, output, gradients, curvatures);
            Assert.Equal(0, gradients.Zip(weights, (gradient, weight) => gradient * weight).Sum(), 1e-9);
        }
    }

    [Theory]
    [InlineData(BoostingLoss.Logistic, 0)]
    [InlineData(BoostingLoss.Logistic, 1)]
    [InlineData(BoostingLoss.Poisson, 0)]
    [InlineData(BoostingLoss.Tweedie, 0)]
    [InlineData(BoostingLoss.Softmax, 2)]
    [InlineData(BoostingLoss.Squared, 3)]
    public void Targets_that_are_all_the_same_leave_a_finite_model(BoostingLoss kind, double target)
    {
        var rows = Some.Normal(80, 2);
        var model = GradientBoosting.Fit(rows, [.. Enumerable.Repeat(target, 80)], new BoostingOptions { Loss = kind, Rounds = 20 });
        Assert.All(model.PredictRaw(rows), margin => Assert.True(double.IsFinite(margin)));
    }

    [Fact]
    public void A_bound_on_steps_makes_the_curvature_of_Poisson_hold_for_the_whole_step()
    {
        var (gradient, curvature) = (new double[1], new double[1]);
        new PoissonLoss(0.7).Derive([0.2], [3], 0, gradient, curvature);
        Assert.Equal(Math.Exp(0.2) - 3, gradient[0], 1e-12);
        Assert.Equal(Math.Exp(0.9), curvature[0], 1e-12);
    }

    [Theory]
    [InlineData(BoostingLoss.Logistic, 2)]
    [InlineData(BoostingLoss.Squared, double.NaN)]
    [InlineData(BoostingLoss.Poisson, -1)]
    [InlineData(BoostingLoss.Tweedie, double.PositiveInfinity)]
    [InlineData(BoostingLoss.Softmax, 0.5)]
    public void A_target_the_loss_has_no_meaning_for_is_refused_with_its_row(BoostingLoss kind, double target)
    {
        var targets = new double[30];
        targets[17] = target;
        var message = Assert.Throws<ArgumentException>(() => GradientBoosting.Fit(Some.Normal(30, 2), targets, new BoostingOptions { Loss = kind, Classes = kind == BoostingLoss.Softmax ? 3 : null })).Message;
        Assert.Contains("Row 17", message);
        Assert.Contains($"{target}", message);
    }

    private static LossFunction Of(BoostingLoss kind, double power, int outputs) =>
        LossFunction.Of(new BoostingOptions { Loss = kind, TweediePower = power, MaxStep = double.PositiveInfinity }, outputs);

    private static double Target(BoostingLoss kind, Xoshiro256 random, int outputs) => kind switch
    {
        BoostingLoss.Logistic => random.NextInt(2),
        BoostingLoss.Squared => random.NextNormal(),
        BoostingLoss.Softmax => random.NextInt(outputs),
        BoostingLoss.Poisson => random.NextInt(5),
        _ => random.NextInt(3) * random.NextDouble(),
    };

    private static void GoldenClose(double expected, double found, double tolerance) =>
        Assert.True(Math.Abs(expected - found) <= tolerance * Math.Max(1, Math.Abs(expected)), $"expected {expected:R}, found {found:R}");
}
