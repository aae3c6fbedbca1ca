using SegFunctions.Learning.Classification.Design;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Tests.Classification;

public sealed class TargetEncodingTests
{
    [Fact]
    public void Texts_get_their_log_odds_drawn_to_the_middle_the_more_the_fewer_rows_they_have()
    {
        // 300 rows of which 80 % are positive, 300 of which 20 % are, and 10 of which 8 are.
        var (texts, positive) = Rows(("high", 300, 240), ("low", 300, 60), ("few", 10, 8));
        var values = TargetEncoding.Fit(Column(texts), positive, seed: 1).Encoding.Apply(TextColumn.FromCells("c", ["high", "low", "few", "never", null]));
        var centre = Math.Log(308.5 / 302.5);
        Assert.InRange(values[0], 1.2, Math.Log(4) - centre);
        Assert.InRange(values[1], -Math.Log(4) - centre, -1.2);
        Assert.InRange(values[2], 0.1, values[0] - 0.1);
        Assert.Equal((0, 0), (values[3], values[4]));
    }

    [Fact]
    public void Texts_that_differ_by_no_more_than_chance_get_nothing()
    {
        var outcomes = Outcomes.ManyLevels(4000, 200, spread: 0, seed: 3).Without("x");
        var (_, fitted) = TargetEncoding.Fit(outcomes.Table.Columns[0], [.. outcomes.Positive.Select((_, row) => row % 3 == 0)], seed: 1);
        Assert.True(fitted.Average(Math.Abs) < 0.12, $"{fitted.Average(Math.Abs)}");
    }

    [Fact]
    public void A_row_does_not_help_to_make_its_own_number()
    {
        var random = new Xoshiro256(5);
        string?[] texts = [.. Enumerable.Range(0, 900).Select(_ => $"t{random.NextInt(300)}")];
        bool[] positive = [.. texts.Select(_ => random.NextDouble() < 0.5)];
        var (encoding, fitted) = TargetEncoding.Fit(Column(texts), positive, seed: 2);
        var column = encoding.Apply(Column(texts));
        // Numbers of all rows go with the outcomes that they were made of; those of the fit must not.
        Assert.True(Correlation(fitted, positive) < 0.1, $"{Correlation(fitted, positive)}");
        Assert.True(Correlation(column, positive) >= Correlation(fitted, positive));
    }

    [Fact]
    public void Blanks_and_the_order_of_rows_and_levels_change_nothing()
    {
        var (texts, positive) = Rows(("high", 90, 70), ("low", 80, 20), ("mid", 70, 35));
        var order = Some.Permutation(texts.Length);
        var straight = TargetEncoding.Fit(Column(texts), positive, seed: 1).Encoding;
        var shuffled = TargetEncoding.Fit(Column([.. order.Select(row => " " + texts[row] + " ")]), [.. order.Select(row => positive[row])], seed: 1).Encoding;
        Assert.Equal(Some.Bytes(straight.Save), Some.Bytes(shuffled.Save));
    }

    [Fact]
    public void Saved_and_loaded_it_says_the_same()
    {
        var (texts, positive) = Rows(("high", 90, 70), ("low", 80, 20));
        var encoding = TargetEncoding.Fit(Column(texts), positive, seed: 1).Encoding;
        var bytes = Some.Bytes(encoding.Save);
        Assert.Equal(bytes, Some.Bytes(TargetEncoding.Load(new MemoryStream(bytes)).Save));
        Assert.Throws<InvalidDataException>(() => TargetEncoding.Load(new MemoryStream(bytes[..^1])));
    }

    private static double Correlation(double[] values, bool[] positive)
    {
        var (mean, share) = (values.Average(), positive.Average(one => one ? 1.0 : 0));
        var (product, own, other) = (0.0, 0.0, 0.0);
        for (var row = 0; row < values.Length; row++)
        {
            var (x, y) = (values[row] - mean, (positive[row] ? 1 : 0) - share);
            product += x * y;
            own += x * x;
            other += y * y;
        }

        return own == 0 ? 0 : product / Math.Sqrt(own * other);
    }

    private static TextColumn Column(string?[] texts) => TextColumn.FromCells("c", texts);

    private static (string?[] Texts, bool[] Positive) Rows(params (string Text, int Rows, int Positives)[] texts) => (
        [.. texts.SelectMany(one => Enumerable.Repeat<string?>(one.Text, one.Rows))],
        [.. texts.SelectMany(one => Enumerable.Range(0, one.Rows).Select(row => row < one.Positives))]);
}
