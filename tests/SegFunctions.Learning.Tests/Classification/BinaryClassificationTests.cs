using SegFunctions.Learning.Classification;
using SegFunctions.Learning.Evaluation;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Tests.Classification;

public sealed class BinaryClassificationTests
{
    private static readonly Outcomes All = Outcomes.Planted(3000, seed: 1);
    private static readonly Outcomes Train = All.Take(..2000);
    private static readonly Outcomes Test = All.Take(2000..);
    private static readonly ClassificationResult Planted = Fit(Train);

    [Fact]
    public void What_was_planted_is_learned_nearly_as_well_as_it_can_be()
    {
        Assert.True(Planted.Findings.Published, Planted.Findings.Reason.En);
        var scores = Planted.Model.Predict(Test.Table);
        // The truth knows the values that are missing from the table.
        Assert.True(LogLoss.Of(scores, Test.Positive) < LogLoss.Of(Test.Truth, Test.Positive) + 0.025);
        Assert.True(RocAuc.Of(scores, Test.Positive) > RocAuc.Of(Test.Truth, Test.Positive) - 0.02);
        Assert.InRange(Reliability.Of(scores, Test.Positive).ExpectedCalibrationError, 0, 0.05);
    }

    [Fact]
    public void Scores_of_the_training_rows_are_those_of_models_that_did_not_see_them()
    {
        var scores = Assert.IsType<double[]>(Planted.Scores);
        var honest = LogLoss.Of(Test.Truth, Test.Positive);
        Assert.Equal(Train.Positive.Length, scores.Length);
        // As good as on new rows, within chance, and not better.
        Assert.Equal(LogLoss.Of(Train.Truth, Train.Positive), LogLoss.Of(scores, Train.Positive), 0.015);
        Assert.Equal(honest, LogLoss.Of(Planted.Model.Predict(Test.Table), Test.Positive), 0.015);
    }

    [Fact]
    public void Everything_tried_is_told_with_its_reason_in_both_languages()
    {
        var candidates = Planted.Findings.Candidates;
        Assert.Single(candidates, one => one.Chosen);
        Assert.Contains(candidates, one => one.Learner == "prior");
        Assert.Equal(candidates.OrderBy(one => one.LogLoss), candidates);
        Assert.All(candidates, one => Assert.True(one.Reason.En.Length > 0 && one.Reason.Fr.Length > 0 && one.Reason.En != one.Reason.Fr));
        var prior = candidates.Single(one => one.Learner == "prior");
        Assert.True(prior.Behind > 0.05 && prior.BehindError > 0);
        Assert.Contains("higher", prior.Reason.En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_that_names_rows_is_left_out_and_the_reason_told()
    {
        var left = Assert.Single(Planted.Findings.LeftOut);
        Assert.Equal("customer", left.Column);
        Assert.Contains("customer", left.Reason.Fr, StringComparison.Ordinal);
        Assert.Equal(["age", "spend", "noise", "member", "city"], Planted.Model.Columns);
    }

    [Fact]
    public void Contributions_and_base_add_up_to_the_log_odds_and_name_what_matters()
    {
        var contributions = Planted.Model.Contributions(Test.Table);
        var scores = Planted.Model.Predict(Test.Table);
        for (var row = 0; row < contributions.Rows; row++)
        {
            var odds = Planted.Model.BaseLogOdds;
            foreach (var share in contributions.Row(row))
                odds += share;
            Assert.Equal(scores[row], Planted.Model.Calibration.Apply(odds), 9);
        }

        double Weight(string column) => Enumerable.Range(0, contributions.Rows).Average(row => Math.Abs(contributions[row, Planted.Model.Columns.ToList().IndexOf(column)]));
        Assert.All(["age", "spend", "member", "city"], column => Assert.True(Weight(column) > 4 * Weight("noise"), column));
    }

    [Fact]
    public void Columns_are_found_by_name_and_unknown_texts_and_gaps_are_welcome()
    {
        var table = Planted.Model;
        var columns = Test.Table.Columns;
        var shuffled = new Table([.. columns.Reverse(), new NumericColumn("new", new double[Test.Table.Rows])]);
        Assert.Equal(table.Predict(Test.Table), table.Predict(shuffled));

        var strange = new Table([
            new NumericColumn("age", [40, double.NaN]), TextColumn.FromCells("spend", ["20.5", " "]), new NumericColumn("noise", [0, double.NaN]),
            TextColumn.FromCells("member", ["yes", null]), TextColumn.FromCells("city", ["Atlantis", null])]);
        Assert.All(table.Predict(strange), score => Assert.InRange(score, 0.02, 0.98));
    }

    [Fact]
    public void Missing_columns_and_unreadable_cells_are_refused_by_name()
    {
        var lacking = Assert.Throws<ArgumentException>(() => Planted.Model.Predict(new Table([new NumericColumn("age", [40])])));
        Assert.Contains("\"spend\", \"noise\", \"member\", \"city\"", lacking.Message, StringComparison.Ordinal);
        var broken = new Table([
            TextColumn.FromCells("age", ["forty"]), new NumericColumn("spend", [1]), new NumericColumn("noise", [0]), TextColumn.FromCells("member", ["yes"]), TextColumn.FromCells("city", ["Nice"])]);
        Assert.Contains("\"forty\"", Assert.Throws<ArgumentException>(() => Planted.Model.Predict(broken)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Saved_and_loaded_it_says_the_same()
    {
        var bytes = Some.Bytes(Planted.Model.Save);
        using var stream = new MemoryStream(bytes);
        var loaded = ClassificationModel.Load(stream);
        Assert.Equal(bytes.Length, stream.Position);
        Assert.Equal(Planted.Model.Predict(Test.Table), loaded.Predict(Test.Table));
        Assert.Equal(Planted.Model.Contributions(Test.Table).Values.ToArray(), loaded.Contributions(Test.Table).Values.ToArray());
        Assert.Equal(bytes, Some.Bytes(loaded.Save));
        for (var length = 0; length < bytes.Length; length += 997)
            Assert.Throws<InvalidDataException>(() => ClassificationModel.Load(new MemoryStream(bytes[..length])));
    }

    [Fact]
    public void Threads_change_no_byte_and_seeds_do()
    {
        var few = Train.Take(..600);
        var one = Fit(few, new ClassificationOptions { Threads = 1, Seed = 3 });
        var three = Fit(few, new ClassificationOptions { Threads = 3, Seed = 3 });
        Assert.Equal(Some.Bytes(one.Model.Save), Some.Bytes(three.Model.Save));
        Assert.Equal(one.Scores, three.Scores);
        Assert.NotEqual(one.Scores, Fit(few, new ClassificationOptions { Threads = 1, Seed = 4 }).Scores);
    }

    [Theory]
    [InlineData(100, 8)]
    [InlineData(300, 15)]
    [InlineData(600, 30)]
    public void Noise_is_not_learned(int rows, int columns)
    {
        for (var seed = 0; seed < 4; seed++)
        {
            var fresh = Outcomes.Noise(2 * rows, columns, seed);
            var (train, test) = (fresh.Take(..rows), fresh.Take(rows..));
            var result = Fit(train, new ClassificationOptions { Seed = seed });
            var share = train.Positive.Count(one => one) / (double)rows;
            var prior = LogLoss.Of([.. Enumerable.Repeat(share, rows)], test.Positive);
            Assert.True(LogLoss.Of(result.Model.Predict(test.Table), test.Positive) < prior + 0.03, $"seed {seed}: {result.Findings.Reason.En}");
            Assert.True(LogLoss.Of([.. result.Scores!], train.Positive) < LogLoss.Of([.. Enumerable.Repeat(share, rows)], train.Positive) + 0.03, $"seed {seed}");
        }
    }

    [Fact]
    public void A_category_of_two_hundred_texts_helps_where_they_differ_and_does_not_hurt_where_they_do_not()
    {
        Assert.True(Loss(1, without: false) < Loss(1, without: true) - 0.02, "it does not help");
        Assert.True(Loss(0, without: false) < Loss(0, without: true) + 0.004, "it hurts");

        static double Loss(double spread, bool without)
        {
            var all = Outcomes.ManyLevels(6000, 200, spread, seed: 5);
            if (without)
                all = all.Without("shop");
            var test = all.Take(3000..);
            return LogLoss.Of(Fit(all.Take(..3000)).Model.Predict(test.Table), test.Positive);
        }
    }

    [Fact]
    public void What_no_line_can_say_trees_find()
    {
        var all = Outcomes.Interaction(2400, seed: 4);
        var test = all.Take(1600..);
        var result = Fit(all.Take(..1600));
        Assert.Contains(result.Findings.Learner, (string[])["trees", "blend"]);
        Assert.True(RocAuc.Of(result.Model.Predict(test.Table), test.Positive) > RocAuc.Of(test.Truth, test.Positive) - 0.05);
    }

    [Fact]
    public void A_column_that_gives_the_outcome_away_is_named_and_not_learned_from()
    {
        var few = Train.Take(..800);
        var told = new NumericColumn("refund", [.. few.Positive.Select((one, row) => one ? 5 + row % 9 : 0)]);
        var leaking = few with { Table = new Table([.. few.Table.Columns, told]) };
        var result = Fit(leaking);
        var leak = Assert.Single(result.Findings.Leaks);
        Assert.Equal("refund", leak.Column);
        Assert.DoesNotContain("refund", result.Model.Columns);
        Assert.Contains("refund", Fit(leaking, new ClassificationOptions { Trusted = ["refund"] }).Model.Columns);
    }

    [Fact]
    public void Figures_come_with_intervals_and_drivers_with_strengths()
    {
        var findings = Planted.Findings;
        var auc = Assert.IsType<ClassificationReport>(findings.Figures).Auc!.Value;
        Assert.True(auc.Lower < auc.Value && auc.Value < auc.Upper);
        Assert.Equal(0.5, findings.Baseline!.Auc!.Value.Value, 12);
        Assert.Equal(findings.Baseline.LogLoss.Value - findings.Figures!.LogLoss.Value, findings.Gain!.Value.Mean, 9);
        Assert.NotNull(findings.Calibration);
        Assert.Equal(findings.Drivers.OrderByDescending(driver => driver.Strength), findings.Drivers);
        Assert.Equal("noise", findings.Drivers[^1].Column);
    }

    [Fact]
    public void Reasons_of_high_scores_raise_and_those_of_low_ones_lower()
    {
        var reasons = new ClassificationReasons(Planted.Model, Train.Table);
        var scores = Planted.Model.Predict(Test.Table);
        var share = Train.Positive.Count(one => one) / (double)Train.Positive.Length;
        var told = reasons.Of(Test.Table, scores, share);
        Assert.Equal(Test.Table.Rows, told.Length);
        for (var row = 0; row < told.Length; row++)
            Assert.All(told[row], reason => Assert.Equal(scores[row] >= share, reason.Raises));
        Assert.Contains(told.SelectMany(one => one), reason => reason.Text.En == "city is Lyon");
        Assert.Contains(told.SelectMany(one => one), reason => reason.Text.En == "member: yes");

        // A text never seen and a gap are told as what they are, or not at all.
        var strange = new Table([
            new NumericColumn("age", [80]), new NumericColumn("spend", [double.NaN]), new NumericColumn("noise", [0]), TextColumn.FromCells("member", ["yes"]), TextColumn.FromCells("city", ["Atlantis"])]);
        Assert.StartsWith("age 80", reasons.Of(strange, Planted.Model.Predict(strange), 0)[0][0].Text.En, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_few_rows_of_a_class_are_a_result_with_its_reason()
    {
        var few = Outcomes.Noise(60, 3, seed: 1) with { Positive = [.. Enumerable.Range(0, 60).Select(row => row < 9)] };
        var result = Fit(few);
        Assert.False(result.Findings.Published);
        Assert.Contains("9 rows are positive, 10 are needed", result.Findings.Reason.En, StringComparison.Ordinal);
        Assert.Contains("9 lignes sont positives", result.Findings.Reason.Fr, StringComparison.Ordinal);
        Assert.All(result.Model.Predict(few.Table), score => Assert.Equal(0.15, score, 9));
        Assert.Throws<InvalidOperationException>(() => result.Model.Contributions(few.Table));
    }

    [Fact]
    public void A_column_that_says_one_word_or_nothing_tells_by_being_filled()
    {
        var random = new Xoshiro256(5);
        var (flag, day, noise, positive) = (new string?[600], new double[600], new double[600], new bool[600]);
        for (var row = 0; row < 600; row++)
        {
            (flag[row], day[row], noise[row]) = (random.NextDouble() < 0.4 ? "X" : null, random.NextDouble() < 0.3 ? 19_000 : double.NaN, random.NextNormal());
            positive[row] = random.NextDouble() < (flag[row] is null ? 0.15 : 0.7);
        }

        var table = new Table([TextColumn.FromCells("flag", flag), new DateColumn("day", day), new NumericColumn("noise", noise)]);
        var result = Fit(new Outcomes(table, positive, []));
        Assert.Empty(result.Findings.LeftOut);
        Assert.Equal("flag", result.Findings.Drivers[0].Column);
        Assert.InRange(result.Findings.Figures!.Auc!.Value.Value, 0.7, 0.85);
        using var stored = new MemoryStream();
        result.Model.Save(stored);
        stored.Position = 0;
        Assert.Equal(result.Model.Predict(table), ClassificationModel.Load(stored).Predict(table));
    }

    [Fact]
    public void Columns_that_tell_nothing_are_a_result_with_its_reason()
    {
        var table = new Table([TextColumn.FromCells("id", [.. Enumerable.Range(0, 100).Select(row => $"k{row}")]), new NumericColumn("one", [.. Enumerable.Repeat(1.0, 100)])]);
        var result = BinaryClassification.Fit(table, [.. Enumerable.Range(0, 100).Select(row => row % 4 == 0)]);
        Assert.Contains("no column tells rows apart", result.Findings.Reason.En, StringComparison.Ordinal);
        Assert.Equal(2, result.Findings.LeftOut.Count);
        Assert.All(result.Model.Predict(table), score => Assert.Equal(0.25, score, 9));
    }

    [Fact]
    public void Of_many_rows_a_part_is_held_out_and_all_are_scored_where_wanted()
    {
        var result = Fit(Train, new ClassificationOptions { HoldoutFromRows = 1000 });
        Assert.Contains("500 of 2,000 rows held out", result.Findings.Method.En, StringComparison.Ordinal);
        Assert.True(result.Findings.Published);
        Assert.Null(result.Scores);
        var scored = Fit(Train, new ClassificationOptions { HoldoutFromRows = 1000, ScoreEveryRow = true });
        Assert.Equal(Some.Bytes(result.Model.Save), Some.Bytes(scored.Model.Save));
        Assert.Equal(LogLoss.Of(Train.Truth, Train.Positive), LogLoss.Of([.. scored.Scores!], Train.Positive), 0.02);
    }

    [Fact]
    public void Later_rows_calibrate_what_earlier_ones_teach()
    {
        // Positive rows have become rarer: of three that were, one is left.
        var later = Outcomes.Planted(4000, seed: 8);
        var random = new Xoshiro256(3);
        later = later with { Positive = [.. later.Positive.Select(one => one && random.NextDouble() < 0.33)] };
        var (calibration, test) = (later.Take(..2000), later.Take(2000..));

        var result = BinaryClassification.Fit(Train.Table, Train.Positive, calibration.Table, calibration.Positive);

        Assert.True(result.Findings.Published, result.Findings.Reason.En);
        Assert.Null(result.Scores);
        Assert.StartsWith("learned from 2,000 earlier rows", result.Findings.Method.En, StringComparison.Ordinal);
        Assert.Equal(test.Positive.Count(one => one) / 2000.0, result.Model.Predict(test.Table).Average(), 0.02);
    }

    [Fact]
    public void Single_rows_of_numbers_score_as_their_table_does()
    {
        var numbers = Outcomes.Interaction(800, seed: 2);
        var model = Fit(numbers with { Positive = [.. numbers.Positive.Select((one, row) => one || ((NumericColumn)numbers.Table.Columns[0]).Values[row] > 1)] }).Model;
        var scores = model.Predict(numbers.Table);
        var contributions = model.Contributions(numbers.Table);
        Assert.NotEqual("prior", model.Learner);
        double[] values = new double[2], own = new double[2];
        for (var row = 0; row < 50; row++)
        {
            for (var column = 0; column < 2; column++)
                values[column] = ((NumericColumn)numbers.Table.Columns[column]).Values[row];
            Assert.Equal(scores[row], model.Predict(values), 12);
            model.Contributions(values, own);
            Assert.Equal(contributions.Row(row)[0], own[0], 12);
            Assert.Equal(contributions.Row(row)[1], own[1], 12);
        }

        Assert.Throws<ArgumentException>(() => model.Predict(new double[3]));
        Assert.Throws<InvalidOperationException>(() => Planted.Model.Predict(new double[Planted.Model.Columns.Count]));
    }

    [Fact]
    public void All_faults_of_the_options_are_listed_at_once()
    {
        var options = new ClassificationOptions { Folds = 1, Level = 1, Threads = 0, FewestOfAClass = 1, HoldoutFromRows = 0, Kinds = new Dictionary<string, ColumnKind> { ["none"] = ColumnKind.Date } };
        var refused = Assert.Throws<ArgumentException>(() => Fit(Train, options));
        foreach (var name in new[] { "Folds is 1", "Level is 1", "Threads is 0", "FewestOfAClass is 1", "HoldoutFromRows is 0", "\"none\"" })
            Assert.Contains(name, refused.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => BinaryClassification.Fit(Train.Table, new bool[3]));
    }

    [Fact]
    public void It_can_be_cancelled()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => BinaryClassification.Fit(Train.Table, Train.Positive, cancellationToken: source.Token));
    }

    private static ClassificationResult Fit(Outcomes outcomes, ClassificationOptions? options = null) => BinaryClassification.Fit(outcomes.Table, outcomes.Positive, options);
}
