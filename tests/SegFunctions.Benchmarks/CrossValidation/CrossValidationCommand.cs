using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using SegFunctions.Customers.Intake.Tables;
using SegFunctions.Learning;
using SegFunctions.Learning.Classification;
using SegFunctions.Learning.Evaluation;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Benchmarks.CrossValidation;

/// <summary>
/// <c>cross-validate FILE --label COL --positive TEXT [--leave COL,…] [--folds 5] [--repeats 5] [--rows N] [--seed 0] [--threads 2] [--out FOLDS.csv]</c>:
/// how good <see cref="BinaryClassification"/> is on any table, its choices nested inside the folds. One JSON line; <c>--out</c>
/// writes <c>repeat,row,fold,positive,score</c>, so that others can be judged on the same folds.
/// </summary>
internal static class CrossValidationCommand
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        string? file = null;
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i].StartsWith("--", StringComparison.Ordinal) && i + 1 < arguments.Length)
                options[arguments[i]] = arguments[++i];
            else
                file = arguments[i];
        }

        if (file is null || !options.TryGetValue("--label", out var label) || !options.TryGetValue("--positive", out var positiveText))
        {
            Console.Error.WriteLine("Usage: cross-validate FILE --label COL --positive TEXT [--leave COL,COL] [--folds 5] [--repeats 5] [--rows N] [--seed 0] [--threads 2] [--out FOLDS.csv]");
            return 2;
        }

        var read = await TableFile.ReadAsync(file, new TableFileOptions { Texts = [label] }, CancellationToken.None);
        var outcome = read.Find(label)!;
        var positive = Array.ConvertAll(outcome.Codes, code => code >= 0 && outcome.Levels[code].Trim() == positiveText);
        var leave = options.GetValueOrDefault("--leave", "").Split(',');
        var table = new Table([.. read.Columns.Where(column => column != outcome && !leave.Contains(column.Name)).Select(ColumnOf)]);
        if (options.ContainsKey("--rows"))
            (table, positive) = Some(table, positive, Whole("--rows", 0), Whole("--seed", 0));

        var (folds, repeats, clock) = (Whole("--folds", 5), Whole("--repeats", 5), Stopwatch.StartNew());
        var figures = new List<double[]>();
        var learners = new JsonArray();
        var written = new StringBuilder("repeat,row,fold,positive,score\n");
        for (var repeat = 0; repeat < repeats; repeat++)
        {
            var foldOf = Deal(positive, folds, Whole("--seed", 0) + repeat);
            var scores = new double[positive.Length];
            for (var fold = 0; fold < folds; fold++)
            {
                int[] train = [.. Enumerable.Range(0, foldOf.Length).Where(row => foldOf[row] != fold)];
                int[] held = [.. Enumerable.Range(0, foldOf.Length).Where(row => foldOf[row] == fold)];
                var fit = BinaryClassification.Fit(table.Take(train), [.. train.Select(row => positive[row])], new ClassificationOptions { Seed = repeat, Threads = Whole("--threads", 2) });
                var own = fit.Model.Predict(table.Take(held));
                for (var i = 0; i < held.Length; i++)
                    scores[held[i]] = own[i];
                learners.Add((JsonNode)$"{fit.Model.Learner}: {fit.Findings.Candidates.FirstOrDefault(one => one.Chosen)?.Description.En}");
            }

            figures.Add([RocAuc.Of(scores, positive) ?? double.NaN, LogLoss.Of(scores, positive), Reliability.Of(scores, positive).ExpectedCalibrationError]);
            for (var row = 0; row < scores.Length; row++)
                written.Append(CultureInfo.InvariantCulture, $"{repeat},{row},{foldOf[row]},{(positive[row] ? 1 : 0)},{scores[row]:R}\n");
        }

        if (options.TryGetValue("--out", out var path))
            await File.WriteAllTextAsync(path, written.ToString());
        Console.WriteLine(new JsonObject
        {
            ["file"] = Path.GetFileName(file),
            ["rows"] = table.Rows,
            ["positive_share"] = Math.Round(positive.Count(one => one) / (double)positive.Length, 4),
            ["auc"] = Mean(0),
            ["log_loss"] = Mean(1),
            ["ece"] = Mean(2),
            ["prior_log_loss"] = Math.Round(PriorLoss(positive), 4),
            ["seconds_a_fit"] = Math.Round(clock.Elapsed.TotalSeconds / folds / repeats, 2),
            ["learners"] = learners,
        }.ToJsonString());
        return 0;

        double Mean(int figure) => Math.Round(figures.Average(one => one[figure]), 4);

        int Whole(string name, int otherwise) => options.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
    }

    private static double PriorLoss(bool[] positive)
    {
        var share = positive.Count(one => one) / (double)positive.Length;
        return -((share * Math.Log(share)) + ((1 - share) * Math.Log(1 - share)));
    }

    private static (Table Table, bool[] Positive) Some(Table table, bool[] positive, int rows, int seed)
    {
        var order = Enumerable.Range(0, table.Rows).ToArray();
        new Xoshiro256(seed, 9).Shuffle(order.AsSpan());
        int[] taken = [.. order.Take(rows)];
        return (table.Take(taken), [.. taken.Select(row => positive[row])]);
    }

    private static int[] Deal(bool[] positive, int folds, int seed)
    {
        var order = Enumerable.Range(0, positive.Length).ToArray();
        new Xoshiro256(seed, 7).Shuffle(order.AsSpan());
        var foldOf = new int[order.Length];
        foreach (var row in order.Where(row => positive[row]).Select((row, i) => (row, i)).Concat(order.Where(row => !positive[row]).Select((row, i) => (row, i))))
            foldOf[row.row] = row.i % folds;
        return foldOf;
    }

    private static Column ColumnOf(FileColumn column) => column.Kind switch
    {
        FileColumnKind.Text => new TextColumn(column.Name, column.Codes, column.Levels),
        FileColumnKind.Date => new DateColumn(column.Name, column.Numbers),
        _ => new NumericColumn(column.Name, column.Numbers),
    };
}
