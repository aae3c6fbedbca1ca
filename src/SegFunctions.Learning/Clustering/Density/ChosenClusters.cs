namespace SegFunctions.Learning.Clustering.Density;

/// <summary>Chooses clusters of a condensed tree so that none lies inside another.</summary>
internal static class ChosenClusters
{
    public static bool[] Of(Condensation tree, HdbscanOptions options)
    {
        var chosen = options.Selection == ClusterSelection.Leaf ? Leaves(tree) : ByExcessOfMass(tree, options.AllowSingleCluster);
        if (options.ClusterSelectionEpsilon > 0)
            MergeBelow(tree, chosen, 1 / options.ClusterSelectionEpsilon, options.AllowSingleCluster);
        if (!options.AllowSingleCluster)
            chosen[0] = false;
        KeepOutermost(tree, chosen);
        return chosen;
    }

    private static bool[] Leaves(Condensation tree)
    {
        var leaves = new bool[tree.Clusters];
        Array.Fill(leaves, true);
        for (var cluster = 1; cluster < tree.Clusters; cluster++)
            leaves[tree.Parents[cluster]] = false;
        return leaves;
    }

    /// <summary>From the leaves up, a cluster is chosen unless the best choice below it is more stable (Campello et al. 2013).</summary>
    private static bool[] ByExcessOfMass(Condensation tree, bool withRoot)
    {
        var chosen = new bool[tree.Clusters];
        var below = new double[tree.Clusters];
        for (var cluster = tree.Clusters - 1; cluster >= (withRoot ? 0 : 1); cluster--)
        {
            chosen[cluster] = below[cluster] <= tree.Stabilities[cluster];
            if (cluster > 0)
                below[tree.Parents[cluster]] += Math.Max(below[cluster], tree.Stabilities[cluster]);
        }

        KeepOutermost(tree, chosen);
        return chosen;
    }

    /// <summary>
    /// A chosen cluster born below the distance threshold gives way to its nearest ancestor born at or above it (Malzer &amp; Baum 2020); the root
    /// only where it may be chosen, else the ancestor below the root.
    /// </summary>
    private static void MergeBelow(Condensation tree, bool[] chosen, double lambda, bool withRoot)
    {
        for (var cluster = tree.Clusters - 1; cluster > 0; cluster--)
        {
            if (!chosen[cluster] || tree.Births[cluster] <= lambda)
                continue;
            var ancestor = cluster;
            while (ancestor > 0 && tree.Births[ancestor] > lambda && (withRoot || tree.Parents[ancestor] > 0))
                ancestor = tree.Parents[ancestor];
            chosen[cluster] = false;
            chosen[ancestor] = true;
        }
    }

    private static void KeepOutermost(Condensation tree, bool[] chosen)
    {
        var inside = new bool[tree.Clusters];
        for (var cluster = 1; cluster < tree.Clusters; cluster++)
        {
            inside[cluster] = inside[tree.Parents[cluster]] || chosen[tree.Parents[cluster]];
            chosen[cluster] &= !inside[cluster];
        }
    }
}
