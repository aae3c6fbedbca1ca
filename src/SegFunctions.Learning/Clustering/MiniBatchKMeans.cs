namespace SegFunctions.Learning.Clustering;

/// <summary>
/// Mini-batch k-means (Sculley, "Web-scale k-means clustering", 2010): centres follow small random batches, each centre at a rate of one
/// over the rows it has met. For tables on which full passes take too long.
/// </summary>
/// <remarks>
/// Reassignment of idle centres and the end by smoothed inertia are scikit-learn's. Two things are ours: the first centres come
/// from full k-means on a sample and count as the means of its rows that they are; and the last step is one pass over all rows,
/// which costs what labelling them costs and takes out the noise of the batches. A table no larger than the sample, or of up to ten batches,
/// saves nothing by batches: it is given to <see cref="KMeans"/> whole, with as many starts as that takes by itself or more. Batches are decided by the seed, sums by fixed chunks: any number of threads gives the same bytes.
/// </remarks>
public static class MiniBatchKMeans
{
    /// <summary>The sample holds so many batches, and at least so many rows a cluster.</summary>
    private const int SampleBatches = 4;
    private const int SampleRowsPerCluster = 200;

    /// <summary>Full passes over so few rows take milliseconds.</summary>
    private const int SmallBatches = 10;

    /// <param name="rows">Shape (n × d), n ≥ 1, finite.</param>
    /// <param name="progress">Told every few steps, on the calling thread.</param>
    /// <returns>A model whose <see cref="KMeansModel.Iterations"/> are steps.</returns>
    /// <exception cref="ArgumentException">No rows, a value that is not finite (row and column named), or options out of range (all listed).</exception>
    /// <exception cref="OperationCanceledException">Cancelled between steps.</exception>
    public static KMeansModel Fit(Matrix rows, MiniBatchKMeansOptions options, IProgress<ClusteringProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        FitInput.Require(rows, cancellationToken);

        var sampled = Math.Max((long)SampleBatches * options.BatchSize, (long)SampleRowsPerCluster * options.Clusters);
        var onSample = new KMeansOptions { Clusters = options.Clusters, Starts = options.Starts, Seed = options.Seed, Threads = options.Threads };
        if (rows.Rows <= Math.Max(sampled, (long)SmallBatches * options.BatchSize))
            return KMeans.Fit(rows, onSample with { Starts = Math.Max(options.Starts, new KMeansOptions().Starts) }, progress, cancellationToken).As(MiniBatchKMeansOptions.Name);

        var random = new Xoshiro256(options.Seed);
        var sample = new int[sampled];
        foreach (ref var row in sample.AsSpan())
            row = random.NextInt(rows.Rows);
        var first = KMeans.Fit(rows.Take(sample), onSample, progress: null, cancellationToken);

        using var team = new ChunkTeam(options.Threads, cancellationToken);
        var steps = new MiniBatchSteps(rows, first, options, team);
        var converged = false;
        var most = (int)Math.Clamp((long)options.MaxPasses * rows.Rows / options.BatchSize, 1, int.MaxValue);
        while (!converged && steps.Done < most)
        {
            converged = steps.Step(random);
            cancellationToken.ThrowIfCancellationRequested();
            if (steps.Done % 16 == 1)
                progress?.Report(new ClusteringProgress($"step {steps.Done} of at most {most}", (double)steps.Done / most));
        }

        var means = ColumnMoments.Of(rows, team).Means;
        var pass = new Lloyd(rows, means, steps.Clusters, team, passes: 1);
        pass.Run(steps.Centroids, steps.Clusters, maxIterations: 1, tolerance: 0, report: null);
        var ending = new Matrix(steps.Clusters, rows.Columns, pass.Centroids.ToArray());
        return KMeans.Finish(rows, ending, steps.Done, converged, new int[rows.Rows], weights: null, team).As(MiniBatchKMeansOptions.Name);
    }
}
