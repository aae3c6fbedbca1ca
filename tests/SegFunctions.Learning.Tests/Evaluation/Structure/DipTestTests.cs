using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Learning.Evaluation.Structure;

namespace SegFunctions.Learning.Tests.Evaluation.Structure;

public sealed class DipTestTests
{
    [Fact]
    public void The_published_example_has_its_published_dip()
    {
        // Ages of 63 faculty members (Hartigan & Hartigan 1985, and the example of R's diptest): D = 7.5 / 126.
        double[] ages =
        [
            30, 33, 35, 36, 37, 37, 39, 39, 39, 39, 39, 40, 40, 40, 40, 41, 42, 43, 43, 43, 44, 44, 45, 45, 46, 47, 47, 47, 47, 48, 48, 49,
            50, 50, 51, 52, 52, 53, 53, 53, 53, 53, 54, 54, 57, 57, 59, 60, 60, 60, 61, 61, 61, 61, 62, 62, 62, 62, 63, 66, 70, 72, 72,
        ];
        Assert.Equal(63, ages.Length);
        var result = DipTest.Of(ages);
        Assert.Equal(0.05952381, result.Dip, 1e-8);
        // Its p-value by diptest's table is 0.0867.
        Assert.InRange(DipTest.PValue(result.Dip, 63), 0.07, 0.105);
    }

    [Fact]
    public void Quantiles_under_the_uniform_are_the_published_ones()
    {
        // Medians and 95 % points of a million simulations each: table qDiptab of R's diptest 0.76.
        foreach (var (rows, median, high) in ((int, double, double)[])[(10, 0.0978, 0.1396), (50, 0.04885, 0.07027), (200, 0.02558, 0.03684)])
        {
            var dips = new double[2_000];
            for (var draw = 0; draw < dips.Length; draw++)
            {
                var random = new Xoshiro256(rows, draw);
                dips[draw] = DipTest.Of([.. Enumerable.Range(0, rows).Select(_ => random.NextDouble())]).Dip;
            }

            Array.Sort(dips);
            Assert.Equal(median, dips[1000], median * 0.02);
            Assert.Equal(high, dips[1900], high * 0.04);
            Assert.InRange(DipTest.PValue(high, rows), 0.035, 0.067);
        }
    }

    [Fact]
    public void Two_heaps_have_the_greatest_dip_and_even_steps_the_least()
    {
        Assert.Equal(0.25, DipTest.Of([.. Enumerable.Range(0, 100).Select(i => i % 2 * 1.0)]).Dip, 1e-12);
        Assert.Equal(1.0 / 200, DipTest.Of([.. Enumerable.Range(0, 100).Select(i => i * 0.5)]).Dip, 1e-12);
        Assert.Equal(0.5, DipTest.Of([7.0]).Dip);
        Assert.Equal(1.0 / 8, DipTest.Of([3.0, 3, 3, 3]).Dip);
    }

    [Fact]
    public void Two_normal_groups_dip_between_them()
    {
        var random = new Xoshiro256(4);
        double[] values = [.. Enumerable.Range(0, 400).Select(i => random.NextNormal() + (i % 2 * 6))];
        var result = DipTest.Of(values);
        Assert.True(result.Dip > 0.07);
        Assert.True(DipTest.PValue(result.Dip, 400, draws: 499) < 0.003);
    }

    [Fact]
    public void Whatever_the_sample_it_lies_in_its_bounds_and_knows_no_order_unit_or_side() => Prop.ForAll<NonEmptyArray<int>>(drawn =>
    {
        double[] values = [.. drawn.Get.Select(value => (double)value)];
        var dip = DipTest.Of(values).Dip;
        double[] turned = [.. values.Reverse().Select(value => 3 - (0.5 * value))];
        return dip >= (0.5 / values.Length) - 1e-12
            && dip <= Math.Max(0.25, 0.5 / values.Length) + 1e-12
            && Math.Abs(dip - DipTest.Of(turned).Dip) < 1e-9;
    }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void No_values_and_values_that_are_not_finite_are_refused()
    {
        Assert.Throws<ArgumentException>(() => DipTest.Of([]));
        Assert.Contains("Value 1", Assert.Throws<ArgumentException>(() => DipTest.Of([1.0, double.NaN])).Message);
    }
}
