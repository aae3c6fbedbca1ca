using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Learning.Evaluation.Splits;

namespace SegFunctions.Learning.Tests.Evaluation.Splits;

public sealed class SplitTests
{
    [Fact]
    public void Every_row_is_tested_once_a_repeat_and_folds_have_their_share_of_every_class()
    {
        Prop.ForAll<byte[], byte>((values, wanted) =>
        {
            var folds = 2 + (wanted % 6);
            if (values.Length < folds)
                return true;
            int[] classes = [.. values.Select(value => value % 3)];
            var dealt = StratifiedFolds.Of(classes, folds, seed: 5, repeats: 2);
            var fine = true;
            for (var repeat = 0; repeat < 2; repeat++)
            {
                var splits = Enumerable.Range(0, folds).Select(fold => dealt.Of(fold, repeat)).ToArray();
                fine &= splits.SelectMany(split => split.Test).Order().SequenceEqual(Enumerable.Range(0, classes.Length));
                fine &= splits.All(split => split.Train.Concat(split.Test).Order().SequenceEqual(Enumerable.Range(0, classes.Length)));
                fine &= splits.Max(split => split.Test.Length) - splits.Min(split => split.Test.Length) <= 1;
                for (var one = 0; one < 3; one++)
                    fine &= splits.Max(split => split.Test.Count(row => classes[row] == one)) - splits.Min(split => split.Test.Count(row => classes[row] == one)) <= 1;
            }

            return fine;
        }).Check(Config.QuickThrowOnFailure);
    }

    [Fact]
    public void Seed_decides_and_repeats_differ()
    {
        bool[] labels = [.. Enumerable.Range(0, 60).Select(row => row % 4 == 0)];
        var one = StratifiedFolds.Of(labels, 5, seed: 1, repeats: 2);
        Assert.Equal(one.FoldOf(1), StratifiedFolds.Of(labels, 5, seed: 1, repeats: 2).FoldOf(1));
        Assert.NotEqual(one.FoldOf(0).ToArray(), one.FoldOf(1).ToArray());
        Assert.NotEqual(one.FoldOf(0).ToArray(), StratifiedFolds.Of(labels, 5, seed: 2).FoldOf(0).ToArray());
        Assert.Equal(10, one.All().Count());
        Assert.Contains("fewer folds", Assert.Throws<ArgumentException>(() => StratifiedFolds.Of([true, false], 3, seed: 1)).Message);
    }

    [Fact]
    public void Time_splits_learn_from_before_the_origin_and_measure_after_it()
    {
        var start = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        DateTime[] instants = [.. Some.Permutation(100).Select(day => start.AddDays(day))];
        var splits = RollingOrigins.Split(instants, TimeSpan.FromDays(10), 3, gap: TimeSpan.FromDays(5));
        Assert.Equal([start.AddDays(69), start.AddDays(79), start.AddDays(89)], splits.Select(split => split.Origin));
        foreach (var (origin, rows) in splits)
        {
            Assert.Equal(10, rows.Test.Length);
            Assert.All(rows.Test, row => Assert.True(instants[row] > origin && instants[row] <= origin.AddDays(10)));
            Assert.All(rows.Train, row => Assert.True(instants[row] <= origin.AddDays(-5)));
            Assert.Equal((origin.AddDays(-5) - start).Days + 1, rows.Train.Length);
        }
    }

    [Fact]
    public void Origins_without_rows_on_both_sides_are_left_out()
    {
        var day = new DateTime(2024, 5, 1, 0, 0, 0, DateTimeKind.Utc);
        Assert.Empty(RollingOrigins.Split([], TimeSpan.FromDays(1), 2));
        Assert.Single(RollingOrigins.Split([day, day.AddDays(1)], TimeSpan.FromDays(1), 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => RollingOrigins.Of(day, TimeSpan.Zero, 1));
    }
}
