using System.Text;

namespace SegFunctions.Learning.Tests;

/// <summary>What every learner promises. A derived class says how its learner is fitted, scores, is saved and loaded.</summary>
public abstract class LearnerContract
{
    /// <summary>NaN stands for a missing value and is welcome.</summary>
    protected virtual bool NaNIsMissing => false;

    /// <summary>The learner looks at one column of scores only.</summary>
    protected virtual bool OneColumn => false;

    protected virtual bool CanBeCancelled => true;

    internal abstract Learned Fit(Matrix rows, long seed, int? threads, CancellationToken cancellationToken);

    internal abstract Learned Load(Stream stream);

    /// <summary>Labels that depend on the rows alone, a fair mix of both.</summary>
    internal static bool[] Labels(Matrix rows) =>
        [.. Enumerable.Range(0, rows.Rows).Select(row => rows[row, 0] + (2 * Math.Sin(1e4 * rows[row, 0])) > 0)];

    [Fact]
    public void Same_seed_gives_the_same_bytes()
    {
        var rows = Table(700, 5);
        Assert.Equal(Some.Bytes(Fit(rows).Save), Some.Bytes(Fit(rows).Save));
    }

    [Fact]
    public void Thread_count_never_changes_a_byte()
    {
        var rows = Table(5000, 6);
        var one = Fit(rows, threads: 1);
        foreach (var threads in (int[])[2, 3, 7])
        {
            var many = Fit(rows, threads: threads);
            Assert.Equal(Some.Bytes(one.Save), Some.Bytes(many.Save));
            Assert.Equal(one.Score(rows), many.Score(rows));
        }
    }

    [Fact]
    public void Saved_and_loaded_it_scores_the_same()
    {
        var rows = Table(400, 5);
        var learned = Fit(rows);
        var bytes = Some.Bytes(learned.Save);
        using var stream = new MemoryStream(bytes);
        var loaded = Load(stream);
        Assert.Equal(learned.Score(rows), loaded.Score(rows));
        Assert.Equal(bytes, Some.Bytes(loaded.Save));
        Assert.Equal(bytes.Length, stream.Position);
    }

    [Fact]
    public void Cut_short_anywhere_it_does_not_load()
    {
        var bytes = Some.Bytes(Fit(Table(60, 3)).Save);
        for (var length = 0; length < bytes.Length; length += Math.Max(1, bytes.Length / 40))
            Assert.Throws<InvalidDataException>(() => Load(new MemoryStream(bytes[..length])));
        Assert.Throws<InvalidDataException>(() => Load(new MemoryStream(bytes[..^1])));
    }

    [Fact]
    public void A_newer_version_or_another_kind_does_not_load()
    {
        var bytes = Some.Bytes(Fit(Table(60, 3)).Save);
        var text = Encoding.Latin1.GetString(bytes);
        var newer = Encoding.Latin1.GetBytes(text.Replace("\"version\":1", "\"version\":9"));
        Assert.Contains("version 9", Assert.Throws<InvalidDataException>(() => Load(new MemoryStream(newer))).Message);
        var kind = text.IndexOf("\"kind\":\"", StringComparison.Ordinal) + 8;
        var other = Encoding.Latin1.GetBytes(text[..kind] + "X" + text[(kind + 1)..]);
        Assert.Contains("of kind \"X", Assert.Throws<InvalidDataException>(() => Load(new MemoryStream(other))).Message);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_value_that_is_not_finite_is_refused_with_its_position(double bad)
    {
        if (double.IsNaN(bad) && NaNIsMissing)
            return;
        var column = OneColumn ? 0 : 3;
        var values = Table(50, 5).Values.ToArray();
        values[(17 * 5) + column] = bad;
        var rows = new Matrix(50, 5, values);
        var message = Assert.Throws<ArgumentException>(() => Fit(rows)).Message;
        Assert.Contains("Row 17", message);
        if (!OneColumn)
            Assert.Contains("column 3", message);
        Assert.Contains(bad.ToString(), message);
    }

    [Fact]
    public void No_rows_are_refused()
    {
        Assert.Contains("no rows", Assert.Throws<ArgumentException>(() => Fit(new Matrix(0, 3, []))).Message);
    }

    [Fact]
    public void One_row_can_be_learned() => AllFinite(Fit(Table(1, 4)).Score(Table(1, 4)));

    [Fact]
    public void Identical_rows_can_be_learned()
    {
        var rows = Matrix.FromRows([.. Enumerable.Repeat(new[] { 1.5, -2, 1e6 }, 40)]);
        AllFinite(Fit(rows).Score(rows));
    }

    [Fact]
    public void A_constant_column_changes_nothing_for_the_others()
    {
        if (OneColumn)
            return;
        var narrow = Table(300, 3);
        var wide = Matrix.FromRows([.. Enumerable.Range(0, 300).Select(row => new[] { narrow[row, 0], narrow[row, 1], narrow[row, 2], 0.1 })]);
        var expected = Fit(narrow).Score(narrow);
        var found = Fit(wide).Score(wide);
        Assert.Equal(expected.Length, found.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], found[i], 1e-9);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(9)]
    [InlineData(64)]
    [InlineData(500)]
    public void Any_width_from_1_to_500_columns_is_learned(int columns)
    {
        var rows = Table(90, columns);
        AllFinite(Fit(rows).Score(rows));
    }

    [Fact]
    public void Scores_do_not_depend_on_the_order_of_rows_or_the_size_of_batches()
    {
        var rows = Table(333, 5);
        var learned = Fit(rows);
        var together = learned.Score(rows);
        var width = together.Length / rows.Rows;
        var order = Some.Permutation(rows.Rows);
        var permuted = learned.Score(rows.Take(order));
        for (var i = 0; i < order.Length; i++)
        {
            Assert.Equal(together.AsSpan(order[i] * width, width), permuted.AsSpan(i * width, width));
            if (i % 30 == 0)
                Assert.Equal(together[(i * width)..((i + 1) * width)], learned.Score(rows.Take([i])));
        }
    }

    [Fact]
    public void Fitting_does_not_write_to_its_input()
    {
        var rows = Table(200, 4);
        var before = rows.Values.ToArray();
        Fit(rows);
        Assert.Equal(before, rows.Values);
    }

    [Fact]
    public void Cancelled_before_it_begins_it_does_not_begin()
    {
        if (!CanBeCancelled)
            return;
        Assert.ThrowsAny<OperationCanceledException>(() => Fit(Table(100, 3), 1, 2, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Scoring_another_number_of_columns_is_refused()
    {
        if (OneColumn)
            return;
        var learned = Fit(Table(50, 3));
        var message = Assert.Throws<ArgumentException>(() => learned.Score(Table(5, 4))).Message;
        Assert.Contains("4 columns", message);
        Assert.Contains("3", message);
    }

    private static Matrix Table(int rows, int columns) => Some.Blobs(rows, columns, groups: 4, apart: 6).Rows;

    private static void AllFinite(double[] scores)
    {
        Assert.NotEmpty(scores);
        Assert.All(scores, score => Assert.True(double.IsFinite(score)));
    }

    private Learned Fit(Matrix rows, int? threads = 2) => Fit(rows, seed: 11, threads, CancellationToken.None);

    /// <summary>A fitted model seen from outside: the same number of scores for every row, and its bytes.</summary>
    internal sealed record Learned(Func<Matrix, double[]> Score, Action<Stream> Save);
}
