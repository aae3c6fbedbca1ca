using System.Diagnostics;
using SegFunctions.Learning;
using SegFunctions.Learning.Evaluation;
using SegFunctions.Learning.Linear;

namespace SegFunctions.Benchmarks.Measure;

/// <summary>Logistic regression on the churn table: medians and flags for what is missing, numbers standardised, texts as categories; and the report of its probabilities.</summary>
internal static class LogisticMeasures
{
    public static IEnumerable<MeasuredTask> All =>
    [
        Fit("logreg_segfunctions", new LogisticOptions { L2 = 1, Scaling = ColumnScaling.NumbersOnly }),
        Fit("logreg_lbfgs_segfunctions", new LogisticOptions { L2 = 1, Scaling = ColumnScaling.NumbersOnly, Solver = LogisticSolver.LimitedMemory }),
        Fit("logreg_l1_segfunctions", new LogisticOptions { L1 = 20, L2 = 0, Scaling = ColumnScaling.NumbersOnly }),
        Fit("logreg_owlqn_segfunctions", new LogisticOptions { L1 = 20, L2 = 0, Scaling = ColumnScaling.NumbersOnly, Solver = LogisticSolver.LimitedMemory }),
        Report(),
        Costs.Of("logreg", "blobs_1m_d16", [100_000, 300_000, 1_000_000], (rows, threads) => LogisticRegression.Fit(rows, LabelsOf(rows), new LogisticOptions { Threads = threads })),
    ];

    private static MeasuredTask Fit(string name, LogisticOptions options) => new($"{name}/churn", "churn", data =>
    {
        var file = ChurnFile.Read(data.PathOf("churn.csv"));
        int[] train = [.. Enumerable.Range(0, file.Rows).Where(row => file.Train[row])];
        int[] test = [.. Enumerable.Range(0, file.Rows).Where(row => !file.Train[row])];
        bool[] labels = [.. train.Select(row => file.Churned[row])];
        bool[] tested = [.. test.Select(row => file.Churned[row])];
        var own = options with { Threads = data.Threads };
        return new MeasuredRun(train.Length, file.Numbers.Length + file.Texts.Length, _ =>
        {
            var (designs, prepared) = Timed(() => Prepare(file, train, test));
            var (model, fitted) = Timed(() => LogisticRegression.Fit(designs.Train, labels, own));
            var (logOdds, predicted) = Timed(() => model.LogOdds(designs.Test));
            return () =>
            {
                double[] probabilities = [.. logOdds.Select(Logistic.Probability)];
                return new MeasuredQuality(
                    ("auc", Math.Round(RocAuc.Of(probabilities, tested)!.Value, 5)),
                    ("logloss", Math.Round(LogLoss.Of(probabilities, tested), 5)),
                    ("objective", Math.Round(Objective(model, designs.Train, labels, own), 5)),
                    ("n_iter", model.Iterations),
                    ("nonzero", model.Coefficients.Count(coefficient => coefficient != 0)),
                    ("columns", model.Coefficients.Count))
                {
                    Phases = [("prep_s", prepared), ("train_s", fitted), ("predict_40k_s", predicted)],
                };
            };
        });
    });

    private static MeasuredTask Report() => new("report_segfunctions/churn", "churn", data =>
    {
        var file = ChurnFile.Read(data.PathOf("churn.csv"));
        var random = new Xoshiro256(1);
        double[] probabilities = [.. file.Churned.Select(churned => Logistic.Probability(-2 + (churned ? 1 : 0) + random.NextNormal()))];
        return new MeasuredRun(file.Rows, 1, _ =>
        {
            var report = ClassificationReport.Of(probabilities, file.Churned, default, new ClassificationReportOptions { Threads = data.Threads });
            return () => new MeasuredQuality(("auc", report.Auc!.Value.Value), ("lower", report.Auc.Value.Lower), ("upper", report.Auc.Value.Upper), ("resamples", report.Resamples));
        });
    });

    /// <summary>Labels that the first column tells in part.</summary>
    private static bool[] LabelsOf(Matrix rows) => [.. Enumerable.Range(0, rows.Rows).Select(row => rows[row, 0] + (10 * Math.Sin(1e4 * rows[row, 1])) > 0)];

    private static (T Result, double Seconds) Timed<T>(Func<T> work)
    {
        var start = Stopwatch.GetTimestamp();
        var result = work();
        return (result, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private static double Objective(LogisticModel model, LogisticDesign design, bool[] labels, LogisticOptions options)
    {
        var logOdds = model.LogOdds(design);
        var value = 0.0;
        for (var row = 0; row < labels.Length; row++)
            value += Logistic.Softplus(logOdds[row]) - (labels[row] ? logOdds[row] : 0);
        for (var column = 0; column < model.Coefficients.Count; column++)
        {
            var scaled = model.Coefficients[column] * (column < design.NumberCount ? model.Scales[column] : 1);
            value += (options.L2 / 2 * scaled * scaled) + (options.L1 * Math.Abs(scaled));
        }

        return value;
    }

    private static (LogisticDesign Train, LogisticDesign Test) Prepare(ChurnFile file, int[] train, int[] test)
    {
        double[] medians = [.. file.Numbers.Select(column => Median([.. train.Select(row => column[row]).Where(value => !double.IsNaN(value))]))];
        int[] indicated = [.. Enumerable.Range(0, file.Numbers.Length).Where(column => train.Any(row => double.IsNaN(file.Numbers[column][row])))];
        Dictionary<string, int>[] levels = [.. file.Texts.Select(column => train.Select(row => column[row]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select((text, code) => (text, code)).ToDictionary(pair => pair.text, pair => pair.code, StringComparer.Ordinal))];
        return (Design(train), Design(test));

        LogisticDesign Design(int[] rows)
        {
            var width = file.Numbers.Length + indicated.Length;
            var values = new double[rows.Length * width];
            var codes = new int[rows.Length * levels.Length];
            for (var i = 0; i < rows.Length; i++)
            {
                for (var column = 0; column < file.Numbers.Length; column++)
                {
                    var value = file.Numbers[column][rows[i]];
                    values[(i * width) + column] = double.IsNaN(value) ? medians[column] : value;
                }

                for (var flag = 0; flag < indicated.Length; flag++)
                    values[(i * width) + file.Numbers.Length + flag] = double.IsNaN(file.Numbers[indicated[flag]][rows[i]]) ? 1 : 0;
                for (var category = 0; category < levels.Length; category++)
                    codes[(i * levels.Length) + category] = levels[category].GetValueOrDefault(file.Texts[category][rows[i]], -1);
            }

            return LogisticDesign.Of(new Matrix(rows.Length, width, values), codes, [.. levels.Select(known => known.Count)]);
        }
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }
}
