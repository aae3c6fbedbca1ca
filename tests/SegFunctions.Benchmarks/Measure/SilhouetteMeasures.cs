using SegFunctions.Learning.Evaluation;

namespace SegFunctions.Benchmarks.Measure;

/// <summary>The exact silhouette of the true groups, rows of noise left out.</summary>
internal static class SilhouetteMeasures
{
    private const string Table = "blobs_100k_d16";

    public static IEnumerable<MeasuredTask> All =>
    [
        Exact("blobs_10k_d8", 10_000),
        Exact(Table, 20_000),
        Costs.Of("silhouette", Table, [5_000, 10_000, 20_000], (rows, threads) => Silhouette.Exact(rows, Groups(rows.Rows), threads)),
    ];

    private static MeasuredTask Exact(string table, int first) => new($"silhouette_segfunctions/{first}", $"{table}[:{first}]", data =>
    {
        var (all, truth) = (data.Rows(table, first), data.Labels(table, first));
        var labelled = Enumerable.Range(0, all.Rows).Where(row => truth[row] >= 0).ToArray();
        var (rows, labels) = (all.Take(labelled), labelled.Select(row => truth[row]).ToArray());
        return new MeasuredRun(rows.Rows, rows.Columns, _ =>
        {
            var result = Silhouette.Exact(rows, labels, data.Threads)!;
            return () => new MeasuredQuality(("silhouette", Math.Round(result.Value, 6)));
        });
    });

    /// <summary>Any groups do where only the cost is asked for: it does not depend on which row is in which.</summary>
    private static int[] Groups(int rows) => [.. Enumerable.Range(0, rows).Select(row => row % 16)];
}
