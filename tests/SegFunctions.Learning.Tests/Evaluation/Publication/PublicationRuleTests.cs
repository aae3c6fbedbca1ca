using SegFunctions.Learning.Evaluation.Publication;
using SegFunctions.Learning.Explanation;
using SegFunctions.Learning.Linear;

namespace SegFunctions.Learning.Tests.Evaluation.Publication;

public sealed class PublicationRuleTests
{
    private static readonly Bilingual Model = new("the learned model", "le modèle appris");
    private static readonly Bilingual Prior = new("the share of all", "la part globale");
    private static readonly Bilingual Recency = new("the recency rule", "la règle de récence");

    [Fact]
    public void A_model_that_is_surely_better_than_the_best_baseline_is_published()
    {
        var (truth, noisy, labels) = Rows(4000);
        var verdict = PublicationRule.Decide(new(Model, truth), [new(Prior, [.. labels.Select(_ => 0.3)]), new(Recency, noisy)], labels, seed: 1);
        Assert.True(verdict.Published, verdict.Reason.En);
        Assert.Equal(1, verdict.BestBaseline);
        Assert.Equal(verdict.BaselineLoss - verdict.ModelLoss, verdict.Gain.Mean, 1e-12);
        Assert.StartsWith("the learned model is used: its log-loss is ", verdict.Reason.En);
        Assert.Contains("that of the recency rule (95% interval ", verdict.Reason.En);
        Assert.StartsWith("retenu : le modèle appris", verdict.Reason.Fr);
    }

    [Fact]
    public void A_model_that_is_as_good_as_the_baseline_is_not()
    {
        var (_, noisy, labels) = Rows(2000);
        var verdict = PublicationRule.Decide(new(Model, noisy), [new(Recency, noisy)], labels, seed: 1);
        Assert.False(verdict.Published);
        Assert.Contains("not surely better", verdict.Reason.En);
        Assert.Contains("pas sûrement meilleur", verdict.Reason.Fr);
    }

    [Fact]
    public void A_model_of_lower_loss_that_ranks_worse_is_not()
    {
        var (truth, _, labels) = Rows(4000);
        // Ranks as the truth does, but promises far too much; the model ranks a little worse and promises rightly.
        double[] overconfident = [.. truth.Select(p => Logistic.Probability(6 * Logistic.LogOdds(p)))];
        double[] coarse = [.. truth.Select(p => Math.Round(p, 1) is var rounded ? Math.Clamp(rounded, 0.05, 0.95) : p)];
        var verdict = PublicationRule.Decide(new(Model, coarse), [new(Recency, overconfident)], labels, seed: 1);
        Assert.True(verdict.Gain.Lower > 0);
        Assert.True(verdict.ModelAuc < verdict.BaselineAuc);
        Assert.False(verdict.Published);
        Assert.Contains("ranks worse", verdict.Reason.En);
    }

    [Fact]
    public void Without_a_baseline_there_is_no_verdict()
    {
        Assert.Contains("no baseline", Assert.Throws<ArgumentException>(() => PublicationRule.Decide(new(Model, [0.5]), [], [true], seed: 1)).Message);
    }

    private static (double[] Truth, double[] Noisy, bool[] Labels) Rows(int count)
    {
        var random = new Xoshiro256(count);
        double[] logOdds = [.. Enumerable.Range(0, count).Select(_ => (1.5 * random.NextNormal()) - 1)];
        bool[] labels = [.. logOdds.Select(score => random.NextDouble() < Logistic.Probability(score))];
        return ([.. logOdds.Select(Logistic.Probability)], [.. logOdds.Select(score => Logistic.Probability((0.5 * score) - 0.5 + (0.5 * random.NextNormal())))], labels);
    }
}
