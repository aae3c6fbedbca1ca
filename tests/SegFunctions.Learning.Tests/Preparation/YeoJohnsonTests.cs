using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Tests.Preparation;

public sealed class YeoJohnsonTests
{
    private static Gen<double> Powers => Gen.OneOf(Gen.Choose(-400, 600).Select(power => power / 100.0), Gen.Elements(0.0, 1, 2, 1e-8, 2 - 1e-8, 1e-6));

    private static Gen<double> Values => Gen.Choose(-100_000, 100_000).Select(value => value / 1000.0);

    [Fact]
    public void It_never_falls() =>
        Prop.ForAll(Gen.Zip(Powers, Gen.Two(Values)).ToArbitrary(), drawn =>
        {
            var (power, (a, b)) = drawn;
            return YeoJohnson.Transform(Math.Min(a, b), power) <= YeoJohnson.Transform(Math.Max(a, b), power);
        }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Its_inverse_gives_the_value_back() =>
        Prop.ForAll(Gen.Zip(Gen.Choose(-100, 300).Select(power => power / 100.0), Values).ToArbitrary(), drawn =>
        {
            var (power, value) = drawn;
            var back = YeoJohnson.Invert(YeoJohnson.Transform(value, power), power);
            return Math.Abs(back - value) <= 1e-9 * Math.Max(1, Math.Abs(value));
        }).Check(Config.QuickThrowOnFailure);

    [Theory]
    [InlineData(3, 1, 3)]
    [InlineData(-3, 1, -3)]
    [InlineData(3, 0.5, 2)]
    [InlineData(3, 2, 7.5)]
    [InlineData(-3, 1.5, -2)]
    [InlineData(0, -2, 0)]
    public void Its_values_are_those_of_the_formula(double value, double power, double expected) =>
        Assert.Equal(expected, YeoJohnson.Transform(value, power), 1e-14);

    [Fact]
    public void It_is_continuous_where_the_formula_changes()
    {
        foreach (var value in (double[])[-5, -0.3, 0.7, 5])
        {
            Assert.Equal(YeoJohnson.Transform(value, 0), YeoJohnson.Transform(value, 2e-7), 1e-5);
            Assert.Equal(YeoJohnson.Transform(value, 2), YeoJohnson.Transform(value, 2 - 2e-7), 1e-5);
        }
    }

    [Fact]
    public void Normal_values_are_left_nearly_as_they_are_and_log_normal_ones_get_a_power_near_their_logarithm()
    {
        var normal = Some.Normal(4000, 1).Values.ToArray();
        Assert.Equal(1, YeoJohnson.Fit(normal), 0.05);
        Assert.True(YeoJohnson.Fit([.. normal.Select(value => Math.Exp(3 + value))]) is > -0.2 and < 0.1);
    }

    [Fact]
    public void A_minimum_is_found_to_half_of_the_digits()
    {
        Assert.Equal(1.25, BrentMinimum.Of(x => (x - 1.25) * (x - 1.25), -8, 8, 1e-9), 1e-7);
        Assert.Equal(-3, BrentMinimum.Of(x => Math.Abs(x + 3), -8, 8, 1e-9), 1e-7);
        Assert.Equal(8, BrentMinimum.Of(x => -x, -8, 8, 1e-9), 1e-7);
    }
}
