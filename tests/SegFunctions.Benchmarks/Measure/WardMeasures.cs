using SegFunctions.Learning;
using SegFunctions.Learning.Clustering.Hierarchical;
using SegFunctions.Learning.Evaluation;

namespace SegFunctions.Benchmarks.Measure;

/// <summary>Ward's linkage: the whole tree of the first rows of a table.</summary>
internal static class WardMeasures
{
    public static IEnumerable<MeasuredTask> All =>
    [
        Tree("blobs_10k_d8", 10_000),
        Tree("blobs_100k_d16", 20_000),
        Costs.Of("ward", "blobs_100k_d16", [5_000, 10_000, 20_000], (rows, threads) => Fit(rows, clusters: 1, threads)),
    ];

    private static MeasuredTask Tree(string table, int first) => new($"ward_segfunctions/{first}", $"{table}[:{first}]", data =>
    {
        var (rows, truth, clusters) = (data.Rows(table, first), data.Labels(table, first), (int)data.Parameter(table, "k"));
        return new MeasuredRun(rows.Rows, rows.Columns, _ =>
        {
            var model = Fit(rows, clusters, data.Threads);
            return () => new MeasuredQuality(
                ("top_height", Math.Round(model.Dendrogram.Merges[^1].Height, 4)),
                ("sum_heights", Math.Round(model.Dendrogram.Merges.Sum(merge => merge.Height), 3)),
                ("ari", Math.Round(AdjustedRandIndex.Of(truth, model.Labels), 4)));
        })
        {
            Parameters = new Dictionary<string, double>(StringComparer.Ordinal) { ["k"] = clusters },
        };
    });

    private static HierarchicalModel Fit(Matrix rows, int clusters, int threads) => Agglomerative.Fit(rows, new HierarchicalOptions { Clusters = clusters, Threads = threads });
}
