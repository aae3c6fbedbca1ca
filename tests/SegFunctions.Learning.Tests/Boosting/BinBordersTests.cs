using SegFunctions.Learning.Boosting;
using SegFunctions.Learning.Boosting.Binning;

namespace SegFunctions.Learning.Tests.Boosting;

public sealed class BinBordersTests
{
    [Fact]
    public void Few_values_get_a_bin_each_with_borders_half_way_between()
    {
        var bins = Of([3, 1, double.NaN, 8, 1, 3, -2]);
        Assert.Equal(4, bins.Count);
        Assert.Equal([-0.5, 2, 5.5, double.MaxValue], Enumerable.Range(0, 4).Select(bins.UpperBorder));
        Assert.Equal([0, 0, 1, 1, 2, 3, 3, 4], ((double[])[-9, -2, 1, 2, 2.1, 5.6, 1e9, double.NaN]).Select(value => (int)bins.BinOf(value)));
    }

    [Fact]
    public void Many_values_share_bins_of_about_equal_weight()
    {
        var random = new Xoshiro256(1);
        var values = Enumerable.Range(0, 40_000).Select(_ => Math.Exp(2 * random.NextNormal())).ToArray();
        var weights = Enumerable.Range(0, 40_000).Select(row => row % 2 == 0 ? 3.0 : 1).ToArray();
        var bins = Of(values, weights);
        Assert.Equal(255, bins.Count);
        var mass = new double[255];
        for (var row = 0; row < values.Length; row++)
            mass[bins.BinOf(values[row])] += weights[row];
        Assert.All(mass, one => Assert.InRange(one, 0.9 * 80_000 / 255, 1.1 * 80_000 / 255));
    }

    [Fact]
    public void A_value_that_outweighs_a_bin_keeps_one_to_itself_and_wastes_none()
    {
        var random = new Xoshiro256(2);
        // Half of the rows are 0, the others spread around it.
        var bins = Of([.. Enumerable.Range(0, 20_000).Select(row => row % 2 == 0 ? 0 : random.NextNormal())]);
        Assert.InRange(bins.Count, 250, 255);
        var zero = bins.BinOf(0);
        Assert.NotEqual(zero, bins.BinOf(-1e-3));
        Assert.NotEqual(zero, bins.BinOf(1e-3));
    }

    [Fact]
    public void Neighbouring_numbers_are_told_apart_and_great_ones_do_not_overflow()
    {
        var low = 1.0;
        var next = Math.BitIncrement(low);
        var bins = Of([low, next, -double.MaxValue, double.MaxValue]);
        Assert.Equal([0, 1, 2, 3], ((double[])[-double.MaxValue, low, next, double.MaxValue]).Select(value => (int)bins.BinOf(value)));
    }

    [Fact]
    public void A_row_of_weight_nothing_has_no_say()
    {
        var bins = Of([1, 2, 3, 4], [1, 0, 1, 0]);
        Assert.Equal(2, bins.Count);
        Assert.Equal(2, bins.UpperBorder(0));
    }

    [Fact]
    public void Codes_get_a_bin_each_and_unseen_ones_that_of_missing()
    {
        var bins = Of([5, 0, 5, double.NaN, 2], categorical: true);
        Assert.Equal((3, 6), (bins.Count, bins.Codes));
        Assert.Equal([0, 3, 1, 3, 3, 2, 3, 3], ((double[])[0, 1, 2, 3, 4, 5, 6, double.NaN]).Select(value => (int)bins.BinOf(value)));
    }

    [Fact]
    public void The_rarest_of_too_many_codes_share_the_last_bin()
    {
        // Code c occurs 1,000 − c times.
        var bins = Of([.. Enumerable.Range(0, 600).SelectMany(code => Enumerable.Repeat((double)code, 1000 - code))], categorical: true);
        Assert.Equal(254, bins.Count);
        Assert.Equal(Enumerable.Range(0, 253), Enumerable.Range(0, 253).Select(bins.BinOfCode));
        Assert.All(Enumerable.Range(253, 347), code => Assert.Equal(253, bins.BinOfCode(code)));
    }

    private static ColumnBins Of(double[] values, double[]? weights = null, bool categorical = false)
    {
        using var team = new ChunkTeam(1, CancellationToken.None);
        return BinBorders.Of(new Matrix(values.Length, 1, values), weights, new BoostingOptions { Categorical = categorical ? [0] : [] }, team)[0];
    }
}
