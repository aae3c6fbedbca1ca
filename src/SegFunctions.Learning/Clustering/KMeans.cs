namespace SegFunctions.Learning.Clustering;

/// <summary>
/// k-means: k centres that make the sum of squared Euclidean distances from every row to its nearest centre small (Lloyd 1982),
/// from greedy k-means++ starts (Arthur &amp; Vassilvitskii 2007).
/// </summary>
/// <remarks>
/// Columns weigh as their units say: scale them first (<c>Preparation.TablePreparation</c>). The result is a local optimum, the best of
/// several starts. The same data, options and seed give the same bytes on any number of threads. Cost a pass O(n · k · d); memory
/// beyond the data about 40 bytes a row.
/// </remarks>
public static class KMeans
{
    /// <param name="rows">Shape (n × d), n ≥ 1, finite.</param>
    /// <param name="progress">Told after every pass, on the calling thread.</param>
    /// <exception cref="ArgumentException">No rows, a value that is not finite (row and column named), or options out of range (all listed).</exception>
    /// <exception cref="OperationCanceledException">Cancelled between chunks of work.</exception>
    public static KMeansModel Fit(Matrix rows, KMeansOptions options, IProgress<ClusteringProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        Check(rows, options, cancellationToken);
        return FitChecked(rows, weights: null, options, progress, cancellationToken);
    }

    /// <summary>With weights: a row of weight 2 counts as two rows, one of weight 0 moves no centre and is only labelled. <see cref="KMeansModel.Sizes"/> count rows, not weight.</summary>
    /// <param name="rows">Shape (n × d), n ≥ 1, finite.</param>
    /// <param name="weights">One a row, finite and 0 or more, not all 0.</param>
    /// <param name="progress">Told after every pass, on the calling thread.</param>
    /// <exception cref="ArgumentException">No rows, a value that is not finite (row and column named), a weight that is negative or not finite (row named), or options out of range (all listed).</exception>
    /// <exception cref="OperationCanceledException">Cancelled between chunks of work.</exception>
    public static KMeansModel Fit(Matrix rows, ReadOnlyMemory<double> weights, KMeansOptions options, IProgress<ClusteringProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        Check(rows, options, cancellationToken);
        return FitChecked(rows, RowWeights.Of(rows, weights, nameof(weights)), options, progress, cancellationToken);
    }

    private static void Check(Matrix rows, KMeansOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate(rows.Columns);
        FitInput.Require(rows, cancellationToken);
    }

    private static KMeansModel FitChecked(Matrix rows, RowWeights? weights, KMeansOptions options, IProgress<ClusteringProgress>? progress, CancellationToken cancellationToken)
    {
        using var team = new ChunkTeam(options.Threads, cancellationToken);
        var moments = weights is null ? ColumnMoments.Of(rows, team) : ColumnMoments.Of(rows, weights.Memory, weights.Total, team);
        var tolerance = options.Tolerance * moments.MeanVariance;
        var wanted = Math.Min(options.Clusters, rows.Rows);
        if (options.InitialCentroids is not null)
            wanted = options.Clusters;
        var lloyd = new Lloyd(rows, moments.Means, wanted, team, weights, options.Precision);
        var seeding = options.InitialCentroids is null ? new KMeansPlusPlus(rows, wanted, team, weights) : null;
        var starts = seeding is null ? 1 : options.Starts;
        var centroids = new double[wanted * rows.Columns];
        var labels = new int[rows.Rows];

        Matrix? best = null;
        var least = double.PositiveInfinity;
        var ended = (Iterations: 0, Converged: false);
        for (var start = 1; start <= starts; start++)
        {
            var found = wanted;
            if (seeding is null)
                options.InitialCentroids!.Values.CopyTo(centroids);
            else
                found = seeding.Seed(wanted, new Xoshiro256(options.Seed, start), centroids);
            var number = start;
            Action<int>? report = progress is null ? null : iteration => progress.Report(new ClusteringProgress(
                $"start {number} of {starts}, pass {iteration}",
                (number - 1 + ((double)iteration / options.MaxIterations)) / starts));
            var outcome = lloyd.Run(centroids.AsSpan(0, found * rows.Columns), found, options.MaxIterations, tolerance, report);
            var ending = new Matrix(found, rows.Columns, lloyd.Centroids.ToArray());
            var inertia = starts == 1 ? 0 : new FinalAssignment(rows, ending, labels, weights).Run(team);
            if (inertia < least)
                (best, least, ended) = (ending, inertia, outcome);
        }

        return Finish(rows, best!, ended.Iterations, ended.Converged, labels, weights, team);
    }

    /// <summary>
    /// Labels every row from the final centres and numbers clusters by falling size. Renumbering can turn a tie between two equally
    /// near centres, and so a size; it is repeated until nothing moves, so that prediction repeats the labels.
    /// </summary>
    internal static KMeansModel Finish(Matrix rows, Matrix centroids, int iterations, bool converged, int[] labels, RowWeights? weights, ChunkTeam team)
    {
        const int Enough = 8;
        for (var round = 1; ; round++)
        {
            var inertia = new FinalAssignment(rows, centroids, labels, weights).Run(team);
            var order = ClusterOrder.BySize(labels, centroids.Rows);
            if (order.IsIdentity || round == Enough)
            {
                order.Renumber(labels);
                return new KMeansModel(centroids.Take(order.OldNumbers), inertia, iterations, converged, labels, order.Sizes);
            }

            centroids = centroids.Take(order.OldNumbers);
        }
    }
}
