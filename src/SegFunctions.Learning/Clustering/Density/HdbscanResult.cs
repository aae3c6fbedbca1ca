namespace SegFunctions.Learning.Clustering.Density;

/// <summary>From the spanning tree to the model: cluster tree, choice, labels, probabilities, outlier scores.</summary>
internal static class HdbscanResult
{
    /// <param name="edges">Between distinct rows, the shortest first.</param>
    /// <param name="core">Core distance of every distinct row.</param>
    public static HdbscanModel Of(DistinctRows distinct, KdTree tree, SpanningEdges edges, double[] core, HdbscanOptions options)
    {
        var condensed = Condensation.Of(SingleLinkage.Of(edges, distinct.Counts), core, distinct.Counts, options.MinimumClusterSize);
        var chosen = ChosenClusters.Of(condensed, options);
        var clusterOf = NearestChosen(condensed, chosen);
        var ofDistinct = LabelRows(condensed, clusterOf, options);
        var labels = Spread(distinct, ofDistinct);
        var order = ClusterOrder.BySize(labels, condensed.Clusters);
        order.Renumber(labels);
        order.Renumber(ofDistinct);
        order.Renumber(clusterOf);

        var clusters = new CondensedCluster[condensed.Clusters];
        for (var cluster = 0; cluster < clusters.Length; cluster++)
        {
            clusters[cluster] = new CondensedCluster(
                condensed.Parents[cluster],
                condensed.Births[cluster],
                condensed.Deaths[cluster],
                condensed.Sizes[cluster],
                condensed.Stabilities[cluster],
                clusterOf[cluster],
                // The whole as one cluster may hold no row that is dense enough.
                chosen[cluster] && clusterOf[cluster] >= 0);
        }

        var deathOfLabel = new double[order.Sizes.Length];
        foreach (var cluster in clusters.Where(cluster => cluster.IsChosen))
            deathOfLabel[cluster.Label] = cluster.Death;
        var deepest = condensed.DeepestDeaths();
        var outlierScores = new double[core.Length];
        var probabilities = new double[core.Length];
        for (var row = 0; row < core.Length; row++)
        {
            outlierScores[row] = 1 - (condensed.RowLambda[row] / deepest[condensed.RowCluster[row]]);
            probabilities[row] = ofDistinct[row] < 0 ? 0 : Math.Min(1, condensed.RowLambda[row] / deathOfLabel[ofDistinct[row]]);
        }

        var known = new KnownRows(distinct, tree, core, condensed.RowCluster, condensed.RowLambda, ofDistinct);
        return new HdbscanModel(known, options.Neighbours, options.ClusterSelectionEpsilon, clusters, order.Sizes, labels)
        {
            Probabilities = Spread(distinct, probabilities),
            OutlierScores = Spread(distinct, outlierScores),
            CoreDistances = Spread(distinct, core),
            Tree = new CondensedTree(clusters, Spread(distinct, condensed.RowCluster), Spread(distinct, condensed.RowLambda)),
            SpanningTreeWeight = Weight(edges, core, distinct.Counts),
        };
    }

    /// <summary>For every cluster the chosen one it lies in, −1 for none.</summary>
    private static int[] NearestChosen(Condensation tree, bool[] chosen)
    {
        var of = new int[tree.Clusters];
        for (var cluster = 0; cluster < of.Length; cluster++)
            of[cluster] = chosen[cluster] ? cluster : cluster == 0 ? IClusterModel.Noise : of[tree.Parents[cluster]];
        return of;
    }

    private static int[] LabelRows(Condensation tree, int[] clusterOf, HdbscanOptions options)
    {
        var labels = new int[tree.RowCluster.Length];
        for (var row = 0; row < labels.Length; row++)
        {
            var cluster = tree.RowCluster[row];
            labels[row] = cluster == 0 && IsTooSparse(tree.RowLambda[row], options.ClusterSelectionEpsilon) ? IClusterModel.Noise : clusterOf[cluster];
        }

        return labels;
    }

    /// <summary>A row that leaves the whole at more than the distance threshold belongs to no cluster, even where the whole is one.</summary>
    internal static bool IsTooSparse(double lambda, double epsilon) => epsilon > 0 && lambda < 1 / epsilon;

    /// <summary>Equal rows are linked at their core distance.</summary>
    private static double Weight(SpanningEdges edges, double[] core, int[] counts)
    {
        var weight = 0.0;
        foreach (var squared in edges.Squared)
            weight += Math.Sqrt(squared);
        for (var row = 0; row < counts.Length; row++)
            weight += (counts[row] - 1) * core[row];
        return weight;
    }

    private static T[] Spread<T>(DistinctRows distinct, T[] values)
    {
        var spread = new T[distinct.Of.Length];
        for (var row = 0; row < spread.Length; row++)
            spread[row] = values[distinct.Of[row]];
        return spread;
    }
}
