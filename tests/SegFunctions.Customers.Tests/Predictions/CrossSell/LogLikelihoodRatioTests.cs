using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Customers.Predictions.CrossSell;

namespace SegFunctions.Customers.Tests.Predictions.CrossSell;

public sealed class LogLikelihoodRatioTests
{
    /// <summary>Dunning (1993), table of bigrams: −2 log λ with k(AB), k(A ~B), k(~A B), k(~A ~B).</summary>
    [Theory]
    [InlineData(270.72, 110, 2442, 111, 29114)]
    [InlineData(263.90, 29, 13, 123, 31612)]
    [InlineData(256.84, 31, 23, 139, 31584)]
    [InlineData(167.23, 10, 0, 3, 31764)]
    public void The_published_ratios_come_out(double expected, int both, int onlyFirst, int onlySecond, int neither) => Assert.Equal(
        expected,
        LogLikelihoodRatio.Of(both, both + onlyFirst, both + onlySecond, both + onlyFirst + onlySecond + neither),
        0.005);

    [Fact]
    public void It_is_symmetric_and_zero_for_items_without_relation() => Prop
        .ForAll(Gen.Choose(0, 50).Four().ToArbitrary(), cells =>
        {
            var (both, first, second, neither) = cells;
            var all = both + first + second + neither + 1;
            var ratio = LogLikelihoodRatio.Of(both, both + first, both + second, all);
            return ratio >= 0 && Math.Abs(ratio - LogLikelihoodRatio.Of(both, both + second, both + first, all)) < 1e-9 * (1 + ratio);
        })
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Independent_items_have_no_ratio() => Assert.Equal(0, LogLikelihoodRatio.Of(20, 100, 200, 1000), 1e-9);

    [Fact]
    public void The_threshold_rises_with_the_number_of_pairs()
    {
        // Quantiles of χ² with one degree of freedom, from scipy 1.10.
        Assert.Equal(3.841458820694, LogLikelihoodRatio.Threshold(0.05, 1), 1e-9);
        Assert.Equal(29.716785489763, LogLikelihoodRatio.Threshold(0.05, 1_000_000), 1e-9);
    }
}
