namespace SegFunctions.Learning.Tests.Kernels;

public sealed class Xoshiro256Tests
{
    [Fact]
    public void It_is_the_published_generator()
    {
        // Outputs of the authors' C code (xoshiro256starstar.c) from the state 1, 2, 3, 4.
        var random = new Xoshiro256(1, 2, 3, 4);
        Assert.Equal([11520UL, 0UL, 1509978240UL, 1215971899390074240UL], Enumerable.Range(0, 4).Select(_ => random.NextUInt64()));
    }

    [Fact]
    public void Seeds_and_streams_differ_and_repeat()
    {
        Assert.Equal(new Xoshiro256(5, 3).NextUInt64(), new Xoshiro256(5, 3).NextUInt64());
        var first = new HashSet<ulong>();
        for (var seed = -20; seed <= 20; seed++)
        {
            for (var stream = 0; stream < 20; stream++)
                Assert.True(first.Add(new Xoshiro256(seed, stream).NextUInt64()));
        }
    }

    [Fact]
    public void Whole_numbers_are_even_over_a_bound_that_is_no_power_of_two()
    {
        var random = new Xoshiro256(1);
        var counts = new int[7];
        for (var i = 0; i < 70_000; i++)
            counts[random.NextInt(7)]++;
        // Chi-squared with 6 degrees of freedom: 22.5 is passed once in a thousand seeds, and this seed is fixed.
        Assert.True(counts.Sum(count => Math.Pow(count - 10_000, 2) / 10_000) < 22.5);
    }

    [Fact]
    public void Normal_numbers_have_mean_0_and_variance_1()
    {
        var random = new Xoshiro256(2);
        var values = Enumerable.Range(0, 100_000).Select(_ => random.NextNormal()).ToArray();
        Assert.Equal(0, values.Average(), 0.015);
        Assert.Equal(1, values.Average(value => value * value), 0.02);
        Assert.Equal(3, values.Average(value => Math.Pow(value, 4)), 0.1);
    }
}
