using SegFunctions.Learning.Evaluation.Structure;

namespace SegFunctions.Learning.Tests.Evaluation.Structure;

public sealed class LogConcaveDensityTests
{
    [Theory]
    [InlineData(20, 0)]
    [InlineData(200, 0)]
    [InlineData(200, 5)]
    [InlineData(2000, 5)]
    public void It_is_a_density_log_concave_and_of_the_mean_of_the_sample(int rows, double apart)
    {
        var values = Sample(rows, apart);
        var density = LogConcaveDensity.Fit(values);
        var (low, high) = (values[0], values[^1]);
        const int Steps = 20_000;
        var width = (high - low) / Steps;
        var (mass, mean) = (0.0, 0.0);
        var logs = new double[Steps];
        for (var i = 0; i < Steps; i++)
        {
            var x = low + ((i + 0.5) * width);
            logs[i] = density.LogDensity(x);
            mass += Math.Exp(logs[i]) * width;
            mean += x * Math.Exp(logs[i]) * width;
        }

        Assert.Equal(1, mass, 1e-4);
        // Dümbgen & Rufibach 2009, corollary 2.3: the fit keeps the mean.
        Assert.Equal(values.Average(), mean, 0.005 * (high - low));
        for (var i = 1; i < Steps - 1; i++)
            Assert.True(logs[i - 1] + logs[i + 1] <= (2 * logs[i]) + 1e-7);
        Assert.Equal(double.NegativeInfinity, density.LogDensity(low - 1));
    }

    [Fact]
    public void No_log_concave_rival_is_more_likely()
    {
        foreach (var apart in (double[])[0, 3, 6])
        {
            var values = Sample(300, apart);
            var density = LogConcaveDensity.Fit(values);
            var own = values.Average(density.LogDensity);
            var (mean, deviation) = (values.Average(), Math.Sqrt(values.Average(value => value * value) - (values.Average() * values.Average())));
            var normal = values.Average(value => (-Math.Pow((value - mean) / deviation, 2) / 2) - Math.Log(deviation * Math.Sqrt(2 * Math.PI)));
            var uniform = -Math.Log(values[^1] - values[0]);
            var scale = mean - values[0];
            var exponential = values.Average(value => -((value - values[0]) / scale) - Math.Log(scale));
            Assert.True(own >= Math.Max(normal, Math.Max(uniform, exponential)) - 1e-9);
        }
    }

    [Fact]
    public void An_even_column_is_plainly_even_and_a_heaped_one_still_a_heap()
    {
        var random = new Xoshiro256(9);
        var even = 0;
        for (var round = 0; round < 40; round++)
        {
            double[] values = [.. Enumerable.Range(0, 500).Select(_ => random.NextDouble())];
            Array.Sort(values);
            even += LogConcaveDensity.FitPlain(values).Kinks.Count == 2 ? 1 : 0;
        }

        // The likelihood's own fit bends nearly all of them.
        Assert.InRange(even, 30, 40);

        var normal = Sample(2000, 0);
        var plain = LogConcaveDensity.FitPlain(normal);
        foreach (var share in (double[])[0.05, 0.3, 0.5, 0.8, 0.95])
        {
            var quantile = plain.Quantile(share);
            Assert.Equal(share, (double)normal.Count(value => value <= quantile) / normal.Length, 0.03);
        }
    }

    [Fact]
    public void Quantiles_follow_the_density()
    {
        var values = Sample(500, 0);
        var density = LogConcaveDensity.Fit(values);
        Assert.Equal(values[0], density.Quantile(0), 1e-12);
        Assert.Equal(values[^1], density.Quantile(1), 1e-9);
        foreach (var share in (double[])[0.05, 0.3, 0.5, 0.8, 0.99])
        {
            var quantile = density.Quantile(share);
            Assert.Equal(share, (double)values.Count(value => value <= quantile) / values.Length, 0.05);
        }
    }

    [Fact]
    public void Two_different_values_and_heaps_of_equal_ones_are_fitted_too()
    {
        Assert.InRange(LogConcaveDensity.Fit([1, 2]).Quantile(0.5), 1.49, 1.51);
        var heaps = LogConcaveDensity.Fit([0, 0, 0, 0, 0, 0, 0, 0, 1, 5]);
        Assert.InRange(heaps.Quantile(0.5), 0, 1);
    }

    private static double[] Sample(int rows, double apart)
    {
        var random = new Xoshiro256(rows, (long)apart);
        double[] values = [.. Enumerable.Range(0, rows).Select(_ => random.NextNormal() + (random.NextDouble() < 0.3 ? apart : 0))];
        Array.Sort(values);
        return values;
    }
}
