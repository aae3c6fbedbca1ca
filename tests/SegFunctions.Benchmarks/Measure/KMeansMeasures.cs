using SegFunctions.Learning;
using SegFunctions.Learning.Clustering;
using SegFunctions.Learning.Evaluation;

namespace SegFunctions.Benchmarks.Measure;

/// <summary>k-means: twenty passes from given centres, and to the end from k-means++, and by mini-batches.</summary>
internal static class KMeansMeasures
{
    private static readonly string[] Tables = ["blobs_10k_d8", "blobs_100k_d16", "blobs_1m_d16"];

    public static IEnumerable<MeasuredTask> All =>
    [
        .. Tables.Select(table => Fixed("kmeans_fixed20", table, KMeansPrecision.Double)),
        Fixed("kmeans_fixed20_f32", "blobs_1m_d16", KMeansPrecision.Single),
        .. Tables.Select(PlusPlus),
        .. Tables.Select(MiniBatch),
        .. Tables.Select(Micro),
        Costs.Of("kmeans", "blobs_1m_d16", [100_000, 300_000, 1_000_000], (rows, threads) => KMeans.Fit(rows, TwentyPasses(rows.Take([.. Enumerable.Range(0, 32)]), threads))),
    ];

    private static MeasuredTask Fixed(string task, string table, KMeansPrecision precision) => new($"{task}_segfunctions/{table}", table, data =>
    {
        var (rows, start, truth) = (data.Rows(table), data.Start(table), data.Labels(table));
        return new MeasuredRun(rows.Rows, rows.Columns, _ =>
        {
            var model = KMeans.Fit(rows, TwentyPasses(start, data.Threads) with { Precision = precision });
            return () => Quality(model, truth);
        });
    });

    private static MeasuredTask PlusPlus(string table) => new($"kmeans_pp_segfunctions/{table}", table, data =>
    {
        var (rows, truth, clusters) = (data.Rows(table), data.Labels(table), (int)data.Parameter(table, "k"));
        return new MeasuredRun(rows.Rows, rows.Columns, repeat =>
        {
            var model = KMeans.Fit(rows, new KMeansOptions { Clusters = clusters, Starts = 1, Seed = repeat, Threads = data.Threads });
            return () => Quality(model, truth);
        });
    });

    private static MeasuredTask MiniBatch(string table) => new($"minibatch_segfunctions/{table}", table, data =>
    {
        var (rows, truth, clusters) = (data.Rows(table), data.Labels(table), (int)data.Parameter(table, "k"));
        return new MeasuredRun(rows.Rows, rows.Columns, repeat =>
        {
            var model = MiniBatchKMeans.Fit(rows, new MiniBatchKMeansOptions { Clusters = clusters, Starts = 1, Seed = repeat, Threads = data.Threads });
            return () => Quality(model, truth);
        });
    });

    /// <summary>Micro-segments of k-means' own main segments, which are found off the clock.</summary>
    private static MeasuredTask Micro(string table) => new($"micro_segfunctions/{table}", table, data =>
    {
        var rows = data.Rows(table);
        var main = MiniBatchKMeans.Fit(rows, new MiniBatchKMeansOptions { Clusters = 8, Threads = data.Threads }).Labels;
        return new MeasuredRun(rows.Rows, rows.Columns, repeat =>
        {
            var model = MicroSegments.Fit(rows, main, new MicroSegmentOptions { Seed = repeat, Threads = data.Threads });
            return () => new MeasuredQuality(("segments", model.Count), ("smallest", model.Sizes.Min()), ("smallest_allowed", model.SmallestSize));
        });
    });

    private static KMeansOptions TwentyPasses(Matrix start, int threads) =>
        new() { Clusters = start.Rows, InitialCentroids = start, MaxIterations = 20, Tolerance = 0, Threads = threads };

    private static MeasuredQuality Quality(KMeansModel model, int[] truth) =>
        new(("inertia", model.Inertia), ("n_iter", model.Iterations), ("ari", Math.Round(AdjustedRandIndex.Of(truth, model.Labels), 4)));
}
