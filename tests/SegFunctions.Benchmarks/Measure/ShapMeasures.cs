using SegFunctions.Learning;
using SegFunctions.Learning.Boosting;
using SegFunctions.Learning.Boosting.Shap;

namespace SegFunctions.Benchmarks.Measure;

/// <summary>Exact contributions to the rows of the churn table that measure, from 200 trees that were grown off the clock.</summary>
internal static class ShapMeasures
{
    private const int Trees = 200;

    public static IEnumerable<MeasuredTask> All =>
    [
        Task("treeshap_segfunctions/churn"),
        Task("treeshap_native_cat_segfunctions/churn", native: true),
        Task("treeshap_background_segfunctions/churn", background: 100),
        Task("treeshap_background1000_segfunctions/churn", background: 1000),
        Costs.Of("treeshap_rows", "churn", [10_000, 20_000, 40_000], (data, rows) => Explaining(data, rows, columns: 40, depth: 6)),
        Costs.Of("treeshap_columns", "churn", [10, 20, 40], (data, columns) => Explaining(data, 40_000, columns, depth: 6)),
        Costs.Of("treeshap_depth", "churn", [4, 6, 8], (data, depth) => Explaining(data, 40_000, columns: 40, depth)),
    ];

    /// <param name="native">Whether texts are categories to the trees; else their codes are numbers.</param>
    /// <param name="background">Rows to compare with; 0 leaves what is not known to cover.</param>
    private static MeasuredTask Task(string name, bool native = false, int background = 0) => new(name, "churn", data =>
    {
        const int Depth = 6;
        var file = ChurnFile.Read(data.PathOf("churn.csv"));
        var (all, train, test) = (file.Codes(), RowsOf(file, training: true), RowsOf(file, training: false));
        var model = Grow(file, all, train, Depth, native ? [.. Enumerable.Range(file.Numbers.Length, file.Texts.Length)] : [], data.Threads);
        var (explained, others) = (all.Take(test), all.Take(train.AsSpan(0, background)));
        return new MeasuredRun(explained.Rows, explained.Columns, _ =>
        {
            var explainer = background == 0 ? TreeShap.For(model) : TreeShap.For(model, others, data.Threads);
            var contributions = explainer.Explain(explained, data.Threads);
            return () => new MeasuredQuality(("additivity", Additivity(contributions, model.PredictRaw(explained))));
        })
        {
            Parameters = new Dictionary<string, double>(StringComparer.Ordinal) { ["trees"] = Trees, ["max_depth"] = Depth, ["background"] = background },
        };
    });

    /// <summary>The first rows that measure, and every so-many-th column.</summary>
    private static (Matrix Table, Action Work) Explaining(MeasuredData data, int rows, int columns, int depth)
    {
        var file = ChurnFile.Read(data.PathOf("churn.csv"));
        var all = file.Codes();
        var step = all.Columns / columns;
        var values = new double[all.Rows * columns];
        for (var i = 0; i < values.Length; i++)
            values[i] = all[i / columns, i % columns * step];
        var narrow = new Matrix(all.Rows, columns, values);
        var explainer = TreeShap.For(Grow(file, narrow, RowsOf(file, training: true), depth, [], data.Threads));
        var table = narrow.Take(RowsOf(file, training: false).AsSpan(0, rows));
        return (table, () => explainer.Explain(table, data.Threads));
    }

    private static BoostedTrees Grow(ChurnFile file, Matrix all, int[] train, int depth, int[] categorical, int threads) => GradientBoosting.Fit(
        all.Take(train),
        Array.ConvertAll(train, row => file.Churned[row] ? 1.0 : 0),
        new BoostingOptions { Rounds = Trees, MaxDepth = depth, LearningRate = 0.1, L2 = 1, Categorical = categorical, Threads = threads });

    private static int[] RowsOf(ChurnFile file, bool training) => [.. Enumerable.Range(0, file.Rows).Where(row => file.Train[row] == training)];

    /// <summary>How far the contributions of any row are from adding up to its margin.</summary>
    private static double Additivity(Matrix contributions, double[] margins)
    {
        var worst = 0.0;
        for (var row = 0; row < margins.Length; row++)
        {
            var sum = 0.0;
            foreach (var contribution in contributions.Row(row))
                sum += contribution;
            worst = Math.Max(worst, Math.Abs(sum - margins[row]));
        }

        return worst;
    }
}
