using SegFunctions.Learning.Clustering;
using SegFunctions.Learning.Clustering.Density;
using SegFunctions.Learning.Evaluation;

namespace SegFunctions.Benchmarks.Measure;

/// <summary>DBSCAN and HDBSCAN* on moons, blobs of different density and filaments among noise, in 2 and 8 columns.</summary>
internal static class DensityMeasures
{
    private static readonly string[] Tables = ["density_100k_d2", "density_50k_d8"];

    public static IEnumerable<MeasuredTask> All =>
    [
        .. Tables.Select(DbscanOn),
        .. Tables.Select(table => HdbscanOn(table)),
        HdbscanOn("density_100k_d2", first: 10_000),
        HdbscanOn("density_100k_d2", first: 20_000),
        Costs.Of("dbscan", "density_100k_d2", [25_000, 50_000, 100_000], (rows, threads) => Dbscan.Fit(rows, new DbscanOptions { Epsilon = 0.08, MinimumPoints = 20, Threads = threads })),
        Costs.Of("dbscan", "density_50k_d8", [12_500, 25_000, 50_000], (rows, threads) => Dbscan.Fit(rows, new DbscanOptions { Epsilon = 1.2, MinimumPoints = 16, Threads = threads })),
        Costs.Of("hdbscan", "density_100k_d2", [25_000, 50_000, 100_000], (rows, threads) => Hdbscan.Fit(rows, new HdbscanOptions { MinimumClusterSize = 50, Threads = threads })),
        Costs.Of("hdbscan", "density_50k_d8", [12_500, 25_000, 50_000], (rows, threads) => Hdbscan.Fit(rows, new HdbscanOptions { MinimumClusterSize = 50, Threads = threads })),
    ];

    private static MeasuredTask DbscanOn(string table) => new($"dbscan_segfunctions/{table}", table, data =>
    {
        var (rows, truth) = (data.Rows(table), data.Labels(table));
        var options = new DbscanOptions { Epsilon = data.Parameter(table, "eps"), MinimumPoints = (int)data.Parameter(table, "min_pts"), Threads = data.Threads };
        return new MeasuredRun(rows.Rows, rows.Columns, _ =>
        {
            var model = Dbscan.Fit(rows, options);
            return () => Quality(model, truth, ("core", model.CorePoints.Count(core => core)));
        })
        {
            Parameters = new Dictionary<string, double>(StringComparer.Ordinal) { ["eps"] = options.Epsilon!.Value, ["min_pts"] = options.MinimumPoints },
        };
    });

    /// <param name="first">Only so many of the first rows.</param>
    private static MeasuredTask HdbscanOn(string table, int? first = null)
    {
        var workload = first is { } rowsOnly ? $"{table}[:{rowsOnly}]" : table;
        return new($"hdbscan_segfunctions/{workload}", workload, data =>
        {
            var (rows, truth) = (data.Rows(table, first), data.Labels(table, first));
            var options = new HdbscanOptions { MinimumClusterSize = (int)data.Parameter(table, "min_cluster_size"), Threads = data.Threads };
            return new MeasuredRun(rows.Rows, rows.Columns, _ =>
            {
                var model = Hdbscan.Fit(rows, options);
                return () => Quality(model, truth, ("mst_weight", model.SpanningTreeWeight));
            })
            {
                Parameters = new Dictionary<string, double>(StringComparer.Ordinal) { ["min_cluster_size"] = options.MinimumClusterSize },
            };
        });
    }

    private static MeasuredQuality Quality(IClusterModel model, int[] truth, (string Name, double Value) own) =>
        new(("clusters", model.Clusters), ("noise", model.Labels.Count(label => label < 0)), ("ari", Math.Round(AdjustedRandIndex.Of(truth, model.Labels), 4)), own);
}
