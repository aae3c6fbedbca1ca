using System.Diagnostics;
using SegFunctions.Learning.Clustering;
using SegFunctions.Learning.Clustering.Density;
using SegFunctions.Learning.Clustering.Hierarchical;

namespace SegFunctions.Learning.Choice;

/// <summary>From the rows that were judged to all of them.</summary>
internal static class ExtendedFit
{
    /// <summary>
    /// The winner itself where every row was judged as it is. Else k-means goes on from the centres found, over all rows; the others have no such
    /// start, and a fit of millions of rows would be another clustering: they label the remaining rows by prediction.
    /// </summary>
    /// <returns>A model whose rows are those of the table in the table's order.</returns>
    public static IClusterModel Of(CandidateFit winner, Matrix table, JudgedRows judged, AutoClusteringOptions options, CancellationToken cancellationToken)
    {
        if (winner.Model is KMeansModel means)
            return Centred(judged.AreAll ? means : Continued(means), table, options, cancellationToken);
        // The other algorithms are exact: another order of rows changes nothing but the names of clusters of one size.
        if (judged.AreAll)
            return winner.Clustering.Fit(table, progress: null, cancellationToken);
        var labels = winner.Model.Predict(table, options.Threads, cancellationToken);
        var order = ClusterOrder.BySize(labels, winner.Model.Clusters);
        // A segment that only the spreading of counts had filled is none: the rows as they are decide.
        if (order.Sizes.Length < winner.Model.Clusters)
            return winner.Clustering.Fit(table, progress: null, cancellationToken);
        order.Renumber(labels);
        return new PredictedModel(Renumbered(winner.Model, order), labels, order.Sizes);

        KMeansModel Continued(KMeansModel found) => KMeans.Fit(
            table.Take(judged.Order),
            new KMeansOptions { Clusters = found.Clusters, InitialCentroids = found.Centroids, Seed = options.Seed, Threads = options.Threads },
            progress: null,
            cancellationToken);
    }

    /// <summary>The same centres with the rows in another order; their inertia stays as it was summed in the order of content, to the last bit.</summary>
    private static KMeansModel Centred(KMeansModel fitted, Matrix table, AutoClusteringOptions options, CancellationToken cancellationToken)
    {
        using var team = new ChunkTeam(options.Threads, cancellationToken);
        var relabelled = KMeans.Finish(table, fitted.Centroids, fitted.Iterations, fitted.Converged, new int[table.Rows], weights: null, team);
        return new KMeansModel(relabelled.Centroids, fitted.Inertia, fitted.Iterations, fitted.Converged, [.. relabelled.Labels], [.. relabelled.Sizes]);
    }

    /// <summary>Clusters are numbered by their size in the whole table, not in the sample.</summary>
    private static IClusterModel Renumbered(IClusterModel fitted, ClusterOrder order) => fitted switch
    {
        _ when order.IsIdentity => fitted,
        DbscanModel reach => reach.Renumbered(order),
        HdbscanModel density => density.Renumbered(order),
        HierarchicalModel tree => tree.Renumbered(order),
        _ => throw new UnreachableException($"{fitted.Algorithm} is among the candidates but cannot be renumbered."),
    };

    /// <summary>A model fitted to a sample, with the labels it predicts for every row.</summary>
    private sealed class PredictedModel(IClusterModel fitted, int[] labels, int[] sizes) : IClusterModel
    {
        public string Algorithm => fitted.Algorithm;

        public int Columns => fitted.Columns;

        public int Clusters => fitted.Clusters;

        public IReadOnlyList<int> Labels { get; } = labels;

        public IReadOnlyList<int> Sizes { get; } = sizes;

        public int[] Predict(Matrix rows, int? threads = null, CancellationToken cancellationToken = default) => fitted.Predict(rows, threads, cancellationToken);

        public void Save(Stream stream) => fitted.Save(stream);
    }
}
