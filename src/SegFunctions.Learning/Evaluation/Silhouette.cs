using System.Numerics.Tensors;

namespace SegFunctions.Learning.Evaluation;

/// <summary>How well rows sit in their clusters.</summary>
/// <param name="Value">Mean silhouette, −1 to 1; above 0.5 clear structure, near 0 none.</param>
/// <param name="StandardError">0 when every row was measured; else the standard error of the stratified sample.</param>
/// <param name="RowsMeasured">Rows whose silhouette was taken, each against every row of the table.</param>
/// <param name="PerCluster">Mean silhouette of the measured rows of each cluster.</param>
public sealed record SilhouetteResult(double Value, double StandardError, int RowsMeasured, IReadOnlyList<double> PerCluster);

/// <summary>
/// Silhouette (Rousseeuw 1987): (b − a) / max(a, b), a = mean distance of a row to the others of its cluster, b = the least mean
/// distance to another cluster; 0 for the only row of a cluster (his convention). Euclidean distances.
/// </summary>
/// <remarks>Rows labelled below 0 are noise: they belong to no cluster and are left out. Needs two clusters with rows.</remarks>
public static class Silhouette
{
    /// <summary>Every row against every row. Cost O(n² · d) time, O(n + k) memory beside a copy of the rows.</summary>
    /// <param name="rows">Shape (n × d), finite.</param>
    /// <param name="labels">One a row, 0 … k − 1, below 0 for noise.</param>
    /// <returns>null when fewer than two clusters hold rows: there is nothing to set apart.</returns>
    /// <exception cref="ArgumentException">Lengths differ or a value is not finite.</exception>
    public static SilhouetteResult? Exact(Matrix rows, IReadOnlyList<int> labels, int? threads = null, CancellationToken cancellationToken = default)
    {
        var clusters = LabelledRows.Of(rows, labels);
        if (clusters.Occupied < 2)
            return null;
        var scores = new double[clusters.Count];
        using var team = new ChunkTeam(threads, cancellationToken);
        new SilhouetteWork(clusters, [.. Enumerable.Range(0, clusters.Count)], scores).Run(team);
        var perCluster = new double[clusters.Clusters];
        for (var cluster = 0; cluster < clusters.Clusters; cluster++)
            perCluster[cluster] = clusters.Size(cluster) == 0 ? double.NaN : TensorPrimitives.Average(scores.AsSpan(clusters.Start(cluster), clusters.Size(cluster)));
        return new SilhouetteResult(TensorPrimitives.Average(scores), 0, clusters.Count, perCluster);
    }

    /// <summary>
    /// A sample stratified by cluster, each sampled row measured against every row: unbiased, with its standard error (stratified,
    /// finite population: Cochran, Sampling Techniques, 1977, eq. 5.7). Cost O(sample · n · d).
    /// </summary>
    /// <param name="sample">Rows to measure, at least 2; every cluster gives its share and at least two rows.</param>
    /// <returns>null when fewer than two clusters hold rows.</returns>
    public static SilhouetteResult? Sampled(Matrix rows, IReadOnlyList<int> labels, int sample, long seed, int? threads = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sample, 2);
        if (sample >= labels.Count)
            return Exact(rows, labels, threads, cancellationToken);
        var clusters = LabelledRows.Of(rows, labels);
        if (clusters.Occupied < 2)
            return null;
        var random = new Xoshiro256(seed);
        var chosen = new List<int>(sample + (2 * clusters.Clusters));
        var taken = new int[clusters.Clusters];
        for (var cluster = 0; cluster < clusters.Clusters; cluster++)
        {
            var size = clusters.Size(cluster);
            taken[cluster] = Math.Min(size, Math.Max(2, (int)Math.Round((double)sample * size / clusters.Count)));
            AddSample(chosen, clusters.Start(cluster), size, taken[cluster], random);
        }

        var scores = new double[chosen.Count];
        using var team = new ChunkTeam(threads, cancellationToken);
        new SilhouetteWork(clusters, [.. chosen], scores).Run(team);
        return Combine(clusters, taken, scores);
    }

    /// <summary>Selection sampling (Knuth, The Art of Computer Programming 2, algorithm 3.4.2 S): ordered, without replacement.</summary>
    private static void AddSample(List<int> chosen, int start, int size, int take, Xoshiro256 random)
    {
        var left = take;
        for (var i = 0; left > 0; i++)
        {
            if (random.NextInt(size - i) >= left)
                continue;
            chosen.Add(start + i);
            left--;
        }
    }

    private static SilhouetteResult Combine(LabelledRows clusters, int[] taken, double[] scores)
    {
        var perCluster = new double[clusters.Clusters];
        var value = 0.0;
        var variance = 0.0;
        var at = 0;
        for (var cluster = 0; cluster < clusters.Clusters; cluster++)
        {
            if (taken[cluster] == 0)
            {
                perCluster[cluster] = double.NaN;
                continue;
            }

            var part = scores.AsSpan(at, taken[cluster]);
            at += taken[cluster];
            var mean = TensorPrimitives.Average<double>(part);
            perCluster[cluster] = mean;
            var weight = (double)clusters.Size(cluster) / clusters.Count;
            value += weight * mean;
            if (part.Length < 2)
                continue;
            var squares = 0.0;
            foreach (var score in part)
                squares += (score - mean) * (score - mean);
            var unseen = 1 - ((double)part.Length / clusters.Size(cluster));
            variance += weight * weight * unseen * (squares / (part.Length - 1)) / part.Length;
        }

        return new SilhouetteResult(value, Math.Sqrt(variance), scores.Length, perCluster);
    }
}
