using SegFunctions.Learning;
using SegFunctions.Learning.Boosting;
using SegFunctions.Learning.Evaluation;

namespace SegFunctions.Benchmarks.Measure;

/// <summary>Boosted trees on the churn table: 200 trees of depth 6 at a rate of 0.1, no sampling; then scoring the rows that measure.</summary>
internal static class BoostingMeasures
{
    private static readonly BoostingOptions Options = new() { Rounds = 200, MaxDepth = 6, LearningRate = 0.1, L2 = 1 };

    public static IEnumerable<MeasuredTask> All =>
    [
        Task("gbdt_segfunctions/churn", Options),
        Task("gbdt_native_cat_segfunctions/churn", Options, native: true),
        Task("gbdt_leaf_wise_segfunctions/churn", Options with { Growth = TreeGrowth.LeafWise, MaxLeaves = 64, MaxDepth = 12 }, native: true),
        Costs.Of("gbdt_rows", "churn", [40_000, 80_000, 160_000], (data, rows) => Training(data, rows, 40)),
        Costs.Of("gbdt_columns", "churn", [10, 20, 40], (data, columns) => Training(data, 160_000, columns)),
        .. from rows in (int[])[160_000, 640_000, 1_600_000] from warm in (bool[])[false, true] select Memory(rows, 40, warm),
        .. from columns in (int[])[10, 20] select Memory(640_000, columns, warm: true),
    ];

    /// <param name="native">Whether texts are categories to the trees; else their codes are numbers.</param>
    private static MeasuredTask Task(string name, BoostingOptions options, bool native = false) => new(name, "churn", data =>
    {
        var file = ChurnFile.Read(data.PathOf("churn.csv"));
        var (train, target) = Part(file, training: true);
        var (test, truth) = Part(file, training: false);
        var own = options with { Threads = data.Threads, Categorical = native ? [.. Enumerable.Range(file.Numbers.Length, file.Texts.Length)] : [] };
        bool[] happened = [.. truth.Select(one => one > 0)];
        return new MeasuredRun(train.Rows, train.Columns, _ =>
        {
            var (model, training, _) = Measurement.Clocked(() => GradientBoosting.Fit(train, target, own));
            var (probabilities, scoring, _) = Measurement.Clocked(() => model.Predict(test, data.Threads));
            return () => new MeasuredQuality(("auc", Math.Round(RocAuc.Of(probabilities, happened)!.Value, 5)), ("logloss", Math.Round(LogLoss.Of(probabilities, happened), 5)))
            {
                Phases = [("train_s", training), ("predict_40k_s", scoring)],
            };
        })
        {
            Parameters = new Dictionary<string, double>(StringComparer.Ordinal)
            {
                ["n_estimators"] = own.Rounds,
                ["max_depth"] = own.MaxDepth,
                ["lr"] = own.LearningRate,
                ["binned_table_mb"] = train.Rows * train.Columns / 1e6,
            },
        };
    });

    /// <summary>
    /// What a training adds to the memory of the process at its peak, beside the table of a byte a value. Rows beyond those of the file
    /// are its rows again with noise on their numbers.
    /// </summary>
    /// <param name="warm">Whether a small training comes before the measured one, so that compiled code and a started heap are not counted.</param>
    private static MeasuredTask Memory(int rows, int columns, bool warm) => new($"gbdt_memory_{(warm ? "warm" : "cold")}_segfunctions/churn_{rows}x{columns}", "churn", data =>
    {
        var (table, target) = Repeated(data, rows, columns);
        var own = Options with { Threads = data.Threads };
        if (warm)
            GradientBoosting.Fit(new Matrix(2000, columns, table.Values[..(2000 * columns)].ToArray()), target.AsSpan(0, 2000), own);
        return new MeasuredRun(rows, columns, _ =>
        {
            var before = ProcessMemory.ResidentMegabytes;
            GradientBoosting.Fit(table, target, own);
            var added = ProcessMemory.PeakMegabytes - before;
            var bytes = rows * (double)columns / (1 << 20);
            return () => new MeasuredQuality(("added_mb", Math.Round(added, 1)), ("table_mb", Math.Round(bytes, 1)), ("of_table", Math.Round(added / bytes, 2)));
        });
    });

    private static (Matrix Table, double[] Target) Repeated(MeasuredData data, int rows, int columns)
    {
        var (all, churned) = Part(ChurnFile.Read(data.PathOf("churn.csv")), training: true);
        var step = all.Columns / columns;
        var random = new Xoshiro256(1);
        var values = new double[rows * columns];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var value = all[row % all.Rows, column * step];
                values[(row * columns) + column] = row < all.Rows || value == Math.Floor(value) ? value : value + (0.01 * random.NextDouble());
            }
        }

        return (new Matrix(rows, columns, values), [.. Enumerable.Range(0, rows).Select(row => churned[row % churned.Length])]);
    }

    /// <summary>50 trees on the first rows and every so-many-th column.</summary>
    private static (Matrix Table, Action Work) Training(MeasuredData data, int rows, int columns)
    {
        var (all, target) = Part(ChurnFile.Read(data.PathOf("churn.csv")), training: true);
        var step = all.Columns / columns;
        var values = new double[rows * columns];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
                values[(row * columns) + column] = all[row, column * step];
        }

        var table = new Matrix(rows, columns, values);
        return (table, () => GradientBoosting.Fit(table, target.AsSpan(0, rows), Options with { Rounds = 50, Threads = data.Threads }));
    }

    private static (Matrix Rows, double[] Target) Part(ChurnFile file, bool training)
    {
        int[] rows = [.. Enumerable.Range(0, file.Rows).Where(row => file.Train[row] == training)];
        return (file.Codes().Take(rows), [.. rows.Select(row => file.Churned[row] ? 1.0 : 0)]);
    }
}
