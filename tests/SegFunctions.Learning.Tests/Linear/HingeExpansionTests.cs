using SegFunctions.Learning.Evaluation;
using SegFunctions.Learning.Linear;
using SegFunctions.Testing;

namespace SegFunctions.Learning.Tests.Linear;

public sealed class HingeExpansionTests
{
    [Fact]
    public void A_bent_effect_is_found_that_a_line_misses()
    {
        var rows = Some.Normal(4000, 2);
        var random = new Xoshiro256(3);
        bool[] labels = [.. Enumerable.Range(0, 4000).Select(row => random.NextDouble() < Logistic.Probability((2 * Math.Abs(rows[row, 0])) - 2))];
        var line = LogisticRegression.Fit(rows, labels, new LogisticOptions());
        var expansion = HingeExpansion.Fit(rows);
        var bent = LogisticRegression.Fit(expansion.Transform(rows), labels, new LogisticOptions());
        Assert.InRange(RocAuc.Of(line.Predict(rows), labels)!.Value, 0.45, 0.55);
        Assert.True(RocAuc.Of(bent.Predict(expansion.Transform(rows)), labels) > 0.72);
    }

    [Fact]
    public void Values_stay_and_hinges_follow_them()
    {
        var rows = Matrix.FromRows([.. Enumerable.Range(0, 101).Select(row => new[] { row % 2, (double)row })]);
        var expansion = HingeExpansion.Fit(rows, knots: 3);
        Assert.Equal([0, 1, 1, 1, 1], expansion.Sources);
        Assert.Empty(expansion.Knots[0]);
        Assert.Equal([5, 50, 95], expansion.Knots[1]);
        Assert.Equal([1, 60, 55, 10, 0], expansion.Transform(Matrix.FromRows([[1, 60]])).Values);
        Assert.Contains("3 columns", Assert.Throws<ArgumentException>(() => expansion.Transform(Some.Normal(1, 3))).Message);
    }

    [Fact]
    public void Quantiles_that_coincide_give_one_knot_and_heavy_ends_give_none()
    {
        var rows = Matrix.FromRows([.. Enumerable.Range(0, 1000).Select(row => new[] { row < 900 ? 0.0 : row })]);
        var knots = Assert.Single(HingeExpansion.Fit(rows).Knots);
        Assert.Equal(knots.Distinct(), knots);
        Assert.All(knots, knot => Assert.True(knot is > 0 and < 999));
    }

    [Fact]
    public void One_row_is_expanded_and_scored_without_allocating()
    {
        var rows = Some.Normal(300, 4);
        var expansion = HingeExpansion.Fit(rows);
        var model = LogisticRegression.Fit(expansion.Transform(rows), [.. Enumerable.Range(0, 300).Select(row => rows[row, 0] > 0.3)], new LogisticOptions());
        var expanded = new double[expansion.Sources.Count];
        Assert.Equal(0, Allocation.Of(() =>
        {
            expansion.Expand(rows.Row(7), expanded);
            model.LogOdds(expanded);
        }));
        Assert.Equal(model.LogOdds(expansion.Transform(rows))[7], model.LogOdds(expanded), 1e-12);
    }

    [Fact]
    public void Saved_and_loaded_it_expands_the_same_and_damage_is_refused()
    {
        var expansion = HingeExpansion.Fit(Some.Normal(200, 3));
        var bytes = Some.Bytes(expansion.Save);
        var loaded = HingeExpansion.Load(new MemoryStream(bytes));
        var rows = Some.Normal(5, 3, 2);
        Assert.Equal(expansion.Transform(rows).Values, loaded.Transform(rows).Values);
        Assert.Equal(bytes, Some.Bytes(loaded.Save));
        for (var length = 0; length < bytes.Length; length += 11)
            Assert.Throws<InvalidDataException>(() => HingeExpansion.Load(new MemoryStream(bytes[..length])));
        var end = 12 + BitConverter.ToInt32(bytes, 8);
        for (var at = 0; at < end; at++)
        {
            foreach (var value in (byte[])[0, (byte)'-', (byte)'9', (byte)'"', 0xFF])
            {
                var damaged = bytes.ToArray();
                damaged[at] = value;
                if (Record.Exception(() => HingeExpansion.Load(new MemoryStream(damaged))) is { } exception)
                    Assert.IsType<InvalidDataException>(exception);
            }
        }
    }

    [Fact]
    public void Values_that_are_not_finite_are_refused_with_their_place() =>
        Assert.Contains("Row 1, column 0", Assert.Throws<ArgumentException>(() => HingeExpansion.Fit(Matrix.FromRows([[1, 2], [double.NaN, 3]]))).Message);
}
