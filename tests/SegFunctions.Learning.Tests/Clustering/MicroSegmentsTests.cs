using SegFunctions.Learning.Clustering;

namespace SegFunctions.Learning.Tests.Clustering;

public sealed class MicroSegmentsContractTests : LearnerContract
{
    internal override Learned Fit(Matrix rows, long seed, int? threads, CancellationToken cancellationToken) =>
        Wrap(MicroSegments.Fit(rows, MainLabels(rows), new MicroSegmentOptions { Seed = seed, Threads = threads }, progress: null, cancellationToken));

    internal override Learned Load(Stream stream) => Wrap(MicroSegmentModel.Load(stream));

    /// <summary>Main labels that depend on the row alone.</summary>
    private static int[] MainLabels(Matrix rows) => [.. Enumerable.Range(0, rows.Rows).Select(row => rows[row, 0] > 0 ? 1 : 0)];

    private static Learned Wrap(MicroSegmentModel model) =>
        new(rows => [.. model.Predict(rows, [.. MainLabels(rows).Select(label => Math.Min(label, model.MainSegments - 1))]).Select(label => (double)label)], model.Save);
}

public sealed class MicroSegmentsTests
{
    [Fact]
    public void Groups_nest_in_main_segments_and_hold_the_smallest_size()
    {
        foreach (var (rows, main) in ((int, int)[])[(1000, 3), (3000, 6), (8000, 5), (20_000, 8)])
        {
            var (table, labels) = Table(rows, main);
            var model = MicroSegments.Fit(table, labels, new MicroSegmentOptions());
            Assert.InRange(model.Count, 20, 100);
            Assert.Null(model.Note);
            Assert.Equal(Math.Max(10, (int)Math.Ceiling(0.0025 * rows)), model.SmallestSize);
            Assert.All(model.Sizes, size => Assert.True(size >= model.SmallestSize));
            Assert.Equal(rows, model.Sizes.Sum());
            Assert.All(Enumerable.Range(0, rows), row => Assert.Equal(labels[row], model.MainOf[model.Labels[row]]));
            Assert.Equal(Enumerable.Range(0, model.Count).Select(group => model.Labels.Count(label => label == group)), model.Sizes);
            Assert.Equal(model.Labels, model.Predict(table, labels));
        }
    }

    [Fact]
    public void Identifiers_run_by_main_segment_and_then_by_falling_size()
    {
        var (rows, labels) = Table(4000, 4);
        var model = MicroSegments.Fit(rows, labels, new MicroSegmentOptions());
        Assert.Equal(model.MainOf.Order(), model.MainOf);
        for (var group = 1; group < model.Count; group++)
            Assert.True(model.MainOf[group - 1] != model.MainOf[group] || model.Sizes[group - 1] >= model.Sizes[group]);
    }

    [Fact]
    public void A_larger_main_segment_is_cut_into_more()
    {
        var (rows, labels) = Table(6000, 2, small: 0.15);
        var model = MicroSegments.Fit(rows, labels, new MicroSegmentOptions());
        var (large, little) = (model.MainOf.Count(main => main == 0), model.MainOf.Count(main => main == 1));
        Assert.True(large > 3 * little, $"{large} and {little}");
    }

    [Fact]
    public void Too_few_rows_give_fewer_groups_and_say_so_in_both_languages()
    {
        var (rows, labels) = Table(90, 2);
        var model = MicroSegments.Fit(rows, labels, new MicroSegmentOptions());
        Assert.InRange(model.Count, 2, 9);
        Assert.All(model.Sizes, size => Assert.True(size >= 10));
        Assert.Contains($"holds {model.Count} micro-segments, fewer than the 20 wanted: each needs at least 10 of the 90", model.Note!.En);
        Assert.Contains($"que {model.Count} micro-segments sur les 20 voulus", model.Note.Fr);
    }

    [Fact]
    public void Rows_that_do_not_differ_are_one_group_a_main_segment()
    {
        var model = MicroSegments.Fit(Some.FourCorners(each: 100), [.. Enumerable.Range(0, 400).Select(row => row % 4)], new MicroSegmentOptions());
        Assert.Equal([0, 1, 2, 3], model.MainOf);
        Assert.Equal([100, 100, 100, 100], model.Sizes);
        Assert.Contains("rows that differ", model.Note!.En);
    }

    [Fact]
    public void What_a_segment_of_equal_rows_cannot_use_the_others_get()
    {
        // The larger segment is one point.
        var noise = Some.Normal(1000, 2, seed: 3);
        var rows = Matrix.FromRows([.. Enumerable.Range(0, 2400).Select(row => row < 1400 ? [50.0, 50] : noise.Row(row - 1400).ToArray())]);
        var model = MicroSegments.Fit(rows, [.. Enumerable.Range(0, 2400).Select(row => row < 1400 ? 0 : 1)], new MicroSegmentOptions());
        Assert.InRange(model.Count, 20, 100);
        Assert.Equal(1, model.MainOf.Count(main => main == 0));
        Assert.Null(model.Note);
    }

    [Fact]
    public void A_main_segment_below_the_smallest_size_is_one_group_and_a_row_of_none_has_none()
    {
        var (rows, labels) = Table(2000, 3);
        for (var row = 0; row < 2000; row++)
            labels[row] = row < 6 ? 3 : row % 10 == 0 ? -1 : labels[row] % 2;
        var model = MicroSegments.Fit(rows, labels, new MicroSegmentOptions());
        Assert.Equal(1, model.MainOf.Count(main => main == 3));
        Assert.DoesNotContain(2, model.MainOf);
        Assert.Equal(6, model.Sizes[^1]);
        Assert.Contains("fewer than 10 rows are one micro-segment each (1 in all)", model.Note!.En);
        for (var row = 0; row < 2000; row++)
            Assert.Equal(labels[row] < 0, model.Labels[row] < 0);
        Assert.Equal(model.Labels, model.Predict(rows, labels));
    }

    [Fact]
    public void Without_a_segmented_row_there_is_no_group()
    {
        var model = MicroSegments.Fit(Some.Normal(30, 2), [.. Enumerable.Repeat(-1, 30)], new MicroSegmentOptions());
        Assert.Equal(0, model.Count);
        Assert.All(model.Labels, label => Assert.Equal(-1, label));
        Assert.NotNull(model.Note);
    }

    [Fact]
    public void A_loaded_model_says_what_the_saved_one_said()
    {
        var (rows, labels) = Table(100, 2);
        var model = MicroSegments.Fit(rows, labels, new MicroSegmentOptions());
        var loaded = MicroSegmentModel.Load(new MemoryStream(Some.Bytes(model.Save)));
        Assert.Equal(model.MainOf, loaded.MainOf);
        Assert.Equal(model.Sizes, loaded.Sizes);
        Assert.Equal(model.Note, loaded.Note);
        Assert.Equal(model.SmallestSize, loaded.SmallestSize);
        Assert.Equal(model.MainSegments, loaded.MainSegments);
        Assert.Empty(loaded.Labels);
    }

    [Fact]
    public void Labels_that_do_not_fit_are_refused_with_their_row()
    {
        var rows = Some.Normal(5, 2);
        Assert.Contains("4 main labels for 5 rows", Assert.Throws<ArgumentException>(() => MicroSegments.Fit(rows, [0, 0, 0, 0], new MicroSegmentOptions())).Message);
        Assert.Contains("Row 3 (counted from 0) has the main label -2", Assert.Throws<ArgumentException>(() => MicroSegments.Fit(rows, [0, 0, 0, -2, 0], new MicroSegmentOptions())).Message);
        Assert.Contains("Row 1 (counted from 0) has the main label 65536", Assert.Throws<ArgumentException>(() => MicroSegments.Fit(rows, [0, 65536, 0, 0, 0], new MicroSegmentOptions())).Message);
        var model = MicroSegments.Fit(rows, [0, 0, 1, 1, 1], new MicroSegmentOptions());
        Assert.Contains("Row 4 (counted from 0) has the main label 2", Assert.Throws<ArgumentException>(() => model.Predict(rows, [0, 0, 1, 1, 2])).Message);
    }

    [Fact]
    public void Every_wrong_option_is_named_at_once()
    {
        var options = new MicroSegmentOptions { Fewest = 0, Most = -1, SmallestCount = 0, SmallestShare = double.NaN, Threads = 0 };
        var message = Assert.Throws<ArgumentException>(() => MicroSegments.Fit(Some.Normal(5, 2), new int[5], options)).Message;
        foreach (var name in (string[])["Fewest is 0", "Most is -1", "SmallestCount", "SmallestShare", "Threads"])
            Assert.Contains(name, message);
    }

    [Fact]
    public void Seats_go_by_size_and_never_beyond_the_room()
    {
        Assert.Equal([6, 3, 1, 0], MicroSegmentAllotment.Of([600, 300, 100, 0], [60, 30, 10, 0], 10));
        Assert.Equal([2, 7, 1, 0], MicroSegmentAllotment.Of([600, 300, 100, 0], [2, 30, 1, 0], 10));
        Assert.Equal([1, 1], MicroSegmentAllotment.Of([5, 5], [1, 1], 10));
        Assert.Equal([1, 1, 1], MicroSegmentAllotment.Of([9, 9, 9], [9, 9, 9], 2));
    }

    private static (Matrix Rows, int[] Labels) Table(int rows, int main, double small = 0)
    {
        var table = Some.Blobs(rows, 3, groups: 4, apart: 5, seed: main).Rows;
        var random = new Xoshiro256(main);
        return (table, [.. Enumerable.Range(0, rows).Select(_ => small == 0 ? random.NextInt(main) : random.NextDouble() < small ? 1 : 0)]);
    }
}
