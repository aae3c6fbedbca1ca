using SegFunctions.Learning.Clustering;

namespace SegFunctions.Learning.Evaluation;

/// <summary>
/// Does a clustering come back? Per cluster under resampling (Hennig, "Cluster-wise assessment of cluster stability", Computational Statistics and Data
/// Analysis 52, 2007): the table is resampled and clustered again, and every cluster is held against the cluster of the refit that resembles it most, by
/// Jaccard similarity over the different rows drawn. And as a whole under different seeds, by the mean pairwise adjusted Rand index.
/// </summary>
/// <remarks>Noise is no cluster: it can neither be stable nor be matched. Stability is needed for a cluster to be real, not enough: one cut of a uniform table may be stable too.</remarks>
public static class ClusterStability
{
    /// <param name="rows">Shape (n × d), finite: what the clustering was fitted to.</param>
    /// <param name="labels">The clustering in question, one label a row, below 0 for noise.</param>
    /// <param name="clustering">How it came about: fitted again to every resample.</param>
    /// <exception cref="ArgumentException">Lengths differ, a value is not finite, or options out of range (all listed).</exception>
    public static ClusterStabilityResult Bootstrap(Matrix rows, IReadOnlyList<int> labels, IClustering clustering, StabilityOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(clustering);
        options ??= new StabilityOptions();
        options.Validate();
        var clusters = LabelledRows.Of(rows, labels);
        rows.RequireRows(nameof(rows));
        var count = options.Resampling == Resampling.Halves ? Math.Max(1, rows.Rows / 2) : rows.Rows;
        count = Math.Min(count, options.SampleRows);
        var work = new Refits(rows, labels, clusters.Clusters, clustering, count, options, cancellationToken);
        using var team = new ChunkTeam(options.Threads, cancellationToken);
        team.Run(work, options.Replicates);

        var found = new List<StabilityOfCluster>();
        var sum = 0.0;
        var weight = 0;
        for (var cluster = 0; cluster < clusters.Clusters; cluster++)
        {
            if (clusters.Size(cluster) == 0)
                continue;
            var one = Summarise(cluster, [.. work.Similarities(cluster).Where(double.IsFinite)]);
            found.Add(one);
            if (one.Replicates > 0)
            {
                sum += clusters.Size(cluster) * one.Jaccard;
                weight += clusters.Size(cluster);
            }
        }

        return new ClusterStabilityResult(found, weight > 0 ? sum / weight : double.NaN, rows.Rows, count);
    }

    /// <param name="bySeed">The clustering for a seed; called with the seeds Seed … Seed + Seeds − 1.</param>
    /// <exception cref="ArgumentException">No rows, a value that is not finite, or options out of range (all listed).</exception>
    public static SeedStabilityResult AcrossSeeds(Matrix rows, Func<long, IClustering> bySeed, StabilityOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(bySeed);
        options ??= new StabilityOptions();
        options.Validate();
        rows.RequireRows(nameof(rows));
        rows.RequireFinite(nameof(rows));
        var fitted = rows.Rows <= options.SampleRows
            ? rows
            : rows.Take(RowSample.Without(rows.Rows, options.SampleRows, new Xoshiro256(options.Seed, stream: -1)));
        var work = new SeededFits(fitted, bySeed, options, cancellationToken);
        using var team = new ChunkTeam(options.Threads, cancellationToken);
        team.Run(work, options.Seeds);

        var sum = 0.0;
        var least = double.PositiveInfinity;
        for (var a = 0; a < options.Seeds; a++)
        {
            for (var b = a + 1; b < options.Seeds; b++)
            {
                var agreement = AdjustedRandIndex.Of(work.Labels[a], work.Labels[b]);
                sum += agreement;
                least = Math.Min(least, agreement);
            }
        }

        return new SeedStabilityResult(sum / (options.Seeds * (options.Seeds - 1) / 2), least, options.Seeds, rows.Rows, fitted.Rows);
    }

    private static StabilityOfCluster Summarise(int cluster, double[] similarities)
    {
        if (similarities.Length == 0)
            return new StabilityOfCluster(cluster, double.NaN, double.NaN, double.NaN, double.NaN, 0);
        var mean = similarities.Average();
        var squares = similarities.Sum(similarity => (similarity - mean) * (similarity - mean));
        var error = similarities.Length > 1 ? Math.Sqrt(squares / (similarities.Length - 1) / similarities.Length) : double.NaN;
        return new StabilityOfCluster(
            cluster,
            mean,
            error,
            (double)similarities.Count(similarity => similarity <= 0.5) / similarities.Length,
            (double)similarities.Count(similarity => similarity >= 0.75) / similarities.Length,
            similarities.Length);
    }

    /// <summary>One refit a chunk.</summary>
    private sealed class Refits(Matrix rows, IReadOnlyList<int> labels, int clusters, IClustering clustering, int count, StabilityOptions options, CancellationToken cancellationToken) : IChunkWork
    {
        private readonly double[][] _similarities = new double[options.Replicates][];

        public IEnumerable<double> Similarities(int cluster) => _similarities.Select(replicate => replicate[cluster]);

        public void Run(int chunk)
        {
            var random = new Xoshiro256(options.Seed, chunk);
            var drawn = options.Resampling == Resampling.Halves
                ? RowSample.Without(rows.Rows, count, random)
                : RowSample.With(rows.Rows, count, random);
            // Ascending, so that rows that are equal in content come in the order they have in the table.
            Array.Sort(drawn);
            var refit = clustering.Fit(rows.Take(drawn), progress: null, cancellationToken);
            _similarities[chunk] = ClusterOverlap.Greatest(drawn, labels, clusters, refit.Labels, refit.Clusters);
        }
    }

    private sealed class SeededFits(Matrix rows, Func<long, IClustering> bySeed, StabilityOptions options, CancellationToken cancellationToken) : IChunkWork
    {
        public int[][] Labels { get; } = new int[options.Seeds][];

        public void Run(int chunk) =>
            Labels[chunk] = NoiseRows.AsSingletons(bySeed(options.Seed + chunk).Fit(rows, progress: null, cancellationToken).Labels);
    }
}
