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
        Task("treeshap_segfunctions/churn", depth: 6),
        Task("treeshap_native_cat_segfunctions/churn", depth: 6, native: true),
        Task("treeshap_background_segfunctions/churn", depth: 6, background: 100),
        Task("treeshap_background1000_segfunctions/churn", depth: 6, background: 1000),
        // Against rows, and against depth.
        Task("treeshap_segfunctions/churn[:10000]", depth: 6, rows: 10_000),
        Task("treeshap_segfunctions/churn[:20000]", depth: 6, rows: 20_000),
        Task("treeshap_depth4_segfunctions/churn", depth: 4),
        Task("treeshap_depth8_segfunctions/churn", depth: 8),
    ];

    /// <param name="native">Whether texts are categories to the trees; else their codes are numbers.</param>
    /// <param name="background">Rows to compare with; 0 leaves what is not known to cover.</param>
    private static MeasuredTask Task(string name, int depth, bool native = false, int background = 0, int rows = int.MaxValue) => new(name, "churn", data =>
    {
        var file = ChurnFile.Read(data.PathOf("churn.csv"));
        int[] train = [.. Enumerable.Range(0, file.Rows).Where(row => file.Train[row])];
        int[] test = [.. Enumerable.Range(0, file.Rows).Where(row => !file.Train[row]).Take(rows)];
        var all = file.Codes();
        var model = GradientBoosting.Fit(all.Take(train), [.. train.Select(row => file.Churned[row] ? 1.0 : 0)], new BoostingOptions
        {
            Rounds = Trees,
            MaxDepth = depth,
            LearningRate = 0.1,
            Categorical = native ? [.. Enumerable.Range(file.Numbers.Length, file.Texts.Length)] : [],
            Threads = data.Threads,
        });
        var (explained, others) = (all.Take(test), all.Take([.. train.Take(background)]));
        return new MeasuredRun(explained.Rows, explained.Columns, _ =>
        {
            var explainer = background == 0 ? TreeShap.For(model) : TreeShap.For(model, others, data.Threads);
            var contributions = explainer.Explain(explained, data.Threads);
            return () => new MeasuredQuality(("additivity", Additivity(contributions, model.PredictRaw(explained))));
        })
        {
            Parameters = new Dictionary<string, double>(StringComparer.Ordinal) { ["trees"] = Trees, ["max_depth"] = depth, ["background"] = background },
        };
    });

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
