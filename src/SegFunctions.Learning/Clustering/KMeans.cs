namespace SegFunctions.Learning.Clustering;

/// <summary>
/// k-means: k centres that make the sum of squared Euclidean distances from every row to its nearest centre small (Lloyd 1982),
/// from greedy k-means++ starts (Arthur &amp; Vassilvitskii 2007).
/// </summary>
/// <remarks>
/// Columns weigh as their units say: scale them first (<c>Preparation.ColumnScaler</c>). The result is a local optimum, the best of
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
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate(rows.Columns);
        rows.RequireRows(nameof(rows));
        rows.RequireFinite(nameof(rows));
        cancellationToken.ThrowIfCancellationRequested();

        using var team = new ChunkTeam(options.Threads, cancellationToken);
        var moments = ColumnMoments.Of(rows, team);
        var tolerance = options.Tolerance * moments.MeanVariance;
        var wanted = Math.Min(options.Clusters, rows.Rows);
        if (options.InitialCentroids is not null)
            wanted = options.Clusters;
        var lloyd = new Lloyd(rows, moments.Means, wanted, team);
        var seeding = options.InitialCentroids is null ? new KMeansPlusPlus(rows, wanted, team) : null;
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
            var inertia = starts == 1 ? 0 : new FinalAssignment(rows, ending, labels).Run(team);
            if (inertia < least)
                (best, least, ended) = (ending, inertia, outcome);
        }

        return Finish(rows, best!, ended.Iterations, ended.Converged, labels, team);
    }

    /// <summary>
    /// Labels every row from the final centres and numbers clusters by falling size. Renumbering can turn a tie between two equally
    /// near centres, and so a size; it is repeated until nothing moves, so that prediction repeats the labels.
    /// </summary>
    private static KMeansModel Finish(Matrix rows, Matrix centroids, int iterations, bool converged, int[] labels, ChunkTeam team)
    {
        const int Enough = 8;
        for (var round = 1; ; round++)
        {
            var inertia = new FinalAssignment(rows, centroids, labels).Run(team);
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
