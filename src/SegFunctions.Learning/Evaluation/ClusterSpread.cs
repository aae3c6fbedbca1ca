namespace SegFunctions.Learning.Evaluation;

/// <summary>Centres and scatter of a labelled table, which several indices share. Noise (labels below 0) is left out.</summary>
internal sealed class ClusterSpread
{
    private ClusterSpread(LabelledRows clusters, double[] centres, double[] meanDistances, double within, double between)
    {
        Clusters = clusters;
        Centres = centres;
        MeanDistances = meanDistances;
        Within = within;
        Between = between;
    }

    public LabelledRows Clusters { get; }

    /// <summary>Shape (clusters × columns); zeros for an empty cluster.</summary>
    public double[] Centres { get; }

    /// <summary>Mean distance of a cluster's rows to its centre.</summary>
    public double[] MeanDistances { get; }

    /// <summary>Σ squared distances of rows to their centre.</summary>
    public double Within { get; }

    /// <summary>Σ size · squared distance of centres to the mean of all rows.</summary>
    public double Between { get; }

    public ReadOnlySpan<double> Centre(int cluster) => Centres.AsSpan(cluster * Clusters.Rows.Columns, Clusters.Rows.Columns);

    public static ClusterSpread Of(Matrix rows, IReadOnlyList<int> labels)
    {
        var clusters = LabelledRows.Of(rows, labels);
        var columns = rows.Columns;
        var centres = new double[clusters.Clusters * columns];
        var mean = new double[columns];
        for (var cluster = 0; cluster < clusters.Clusters; cluster++)
        {
            var centre = centres.AsSpan(cluster * columns, columns);
            foreach (var row in clusters.Order.AsSpan(clusters.Start(cluster), clusters.Size(cluster)))
                Distance.AddTo(centre, rows.Row(row));
            Distance.AddTo(mean, centre);
            foreach (ref var value in centre)
                value /= Math.Max(1, clusters.Size(cluster));
        }

        foreach (ref var value in mean.AsSpan())
            value /= Math.Max(1, clusters.Count);

        var distances = new double[clusters.Clusters];
        var within = 0.0;
        var between = 0.0;
        for (var cluster = 0; cluster < clusters.Clusters; cluster++)
        {
            var centre = centres.AsSpan(cluster * columns, columns);
            foreach (var row in clusters.Order.AsSpan(clusters.Start(cluster), clusters.Size(cluster)))
            {
                var squared = Distance.Squared(rows.Row(row), centre);
                within += squared;
                distances[cluster] += Math.Sqrt(squared);
            }

            distances[cluster] /= Math.Max(1, clusters.Size(cluster));
            between += clusters.Size(cluster) * Distance.Squared(centre, mean);
        }

        return new ClusterSpread(clusters, centres, distances, within, between);
    }
}
