namespace SegFunctions.Learning.Matching;

/// <summary>
/// Finds the clusters of the last run in the clusters of this one, so that a segment keeps its id and its name. Pairs are chosen
/// all at once, by the greatest sum of likeness (<see cref="LinearAssignment"/>).
/// </summary>
/// <remarks>
/// Likeness = weight · J + (1 − weight) · 1 / (1 + d), with J the Jaccard overlap over shared members and d the distance of the
/// centroids. A pair is possible when J reaches its minimum; where one of the two has too few shared members to tell, when d stays
/// within its maximum. Then, over shared members, noise included in the totals:
/// <list type="bullet">
/// <item>split: two or more new clusters each take <see cref="MatchingOptions.PartShare"/> of an old one, and come from it for <see cref="MatchingOptions.OriginShare"/>;</item>
/// <item>merge: two or more old clusters each make up PartShare of a new one, and went into it for OriginShare;</item>
/// <item>death: an old cluster without a match that neither split nor merged;</item>
/// <item>birth: a new cluster without a match that is not a part of a split nor a merger;</item>
/// <item>kept: a match in neither a split nor a merge.</item>
/// </list>
/// Of a split or a merge the pair that matched keeps id and name.
/// </remarks>
public static class ClusterMatching
{
    /// <param name="previous">The last run; <see cref="PublishedClusters.None"/> before the first.</param>
    /// <param name="shared">Members of both runs.</param>
    /// <param name="sizes">Members of every new cluster, by label.</param>
    /// <param name="centroids">Shape (clusters × columns) in the columns of the previous centroids; null to go by members alone.</param>
    /// <exception cref="ArgumentException">Ids, labels or shapes that do not fit together, or options out of range (all listed).</exception>
    public static ClusterMatch Match(
        PublishedClusters previous, SharedMembers shared, IReadOnlyList<int> sizes, Matrix? centroids = null, MatchingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(previous);
        ArgumentNullException.ThrowIfNull(shared);
        ArgumentNullException.ThrowIfNull(sizes);
        options ??= new MatchingOptions();
        options.Validate();
        previous.Validate();
        RequireShapes(previous, sizes, centroids, options);
        var table = OverlapTable.Of(previous, shared, sizes.Count);
        var distances = Distances(previous, centroids, sizes.Count, options);
        var columnOf = Assign(table, distances, options);

        var pairs = new ClusterPair[sizes.Count];
        var nextId = previous.NextId;
        var oldOf = new int[sizes.Count];
        Array.Fill(oldOf, -1);
        for (var old = 0; old < columnOf.Length; old++)
        {
            if (columnOf[old] >= 0)
                oldOf[columnOf[old]] = old;
        }

        for (var label = 0; label < pairs.Length; label++)
        {
            var old = oldOf[label];
            pairs[label] = old < 0
                ? new ClusterPair(label, nextId++, IsNew: true, KeptName: null, Overlap: null, Distance: null)
                : new ClusterPair(
                    label, previous.Clusters[old].Id, IsNew: false, previous.Clusters[old].Name,
                    table.CanTell(old, label, options.MinimumShared) ? table.Jaccard(old, label) : null, distances?[(old * sizes.Count) + label]);
        }

        return new ClusterMatch(previous, pairs, sizes, centroids, nextId, ClusterChanges.Of(table, oldOf, previous, pairs, options));
    }

    private static void RequireShapes(PublishedClusters previous, IReadOnlyList<int> sizes, Matrix? centroids, MatchingOptions options)
    {
        if (centroids is null)
            return;
        centroids.RequireFinite(nameof(centroids));
        if (centroids.Rows != sizes.Count)
            throw new ArgumentException($"There are {centroids.Rows} centroids for {sizes.Count} clusters; give one each.", nameof(centroids));
        if (previous.Clusters.Count > 0 && previous.Clusters[0].Centroid is { } before && before.Length != centroids.Columns)
            throw new ArgumentException($"The centroids have {centroids.Columns} columns, those of the last run {before.Length}; compare them in the same columns, or leave them out.", nameof(centroids));
        if (options.Scale is { } scale && scale.Length != centroids.Columns)
            throw new ArgumentException($"Scale has {scale.Length} columns, the centroids have {centroids.Columns}.", nameof(options));
    }

    /// <summary>Row after row of old clusters; null without centroids on both sides.</summary>
    private static double[]? Distances(PublishedClusters previous, Matrix? centroids, int clusters, MatchingOptions options)
    {
        if (centroids is null || previous.Clusters.Count == 0 || previous.Clusters[0].Centroid is null)
            return null;
        var distances = new double[previous.Clusters.Count * clusters];
        for (var old = 0; old < previous.Clusters.Count; old++)
        {
            var before = previous.Clusters[old].Centroid!;
            for (var label = 0; label < clusters; label++)
            {
                var now = centroids.Row(label);
                var squares = 0.0;
                for (var column = 0; column < before.Length; column++)
                {
                    var difference = (now[column] - before[column]) / (options.Scale?[column] ?? 1);
                    squares += difference * difference;
                }

                distances[(old * clusters) + label] = Math.Sqrt(squares / before.Length);
            }
        }

        return distances;
    }

    /// <summary>For each old cluster its new one, or −1.</summary>
    private static int[] Assign(OverlapTable table, double[]? distances, MatchingOptions options)
    {
        var likeness = new double[table.Old * table.New];
        var possible = new bool[likeness.Length];
        for (var old = 0; old < table.Old; old++)
        {
            for (var label = 0; label < table.New; label++)
            {
                var at = (old * table.New) + label;
                var tells = table.CanTell(old, label, options.MinimumShared);
                var overlap = tells ? table.Jaccard(old, label) : 0;
                possible[at] = tells ? overlap > 0 && overlap >= options.MinimumOverlap : distances is not null && distances[at] <= options.MaximumDistance;
                if (possible[at])
                    likeness[at] = distances is null ? overlap : (options.OverlapWeight * overlap) + ((1 - options.OverlapWeight) / (1 + distances[at]));
            }
        }

        // Impossible pairs cost nothing: they are undone below.
        var columnOf = LinearAssignment.Minimise(Array.ConvertAll(likeness, value => -value), table.Old, table.New);
        for (var old = 0; old < columnOf.Length; old++)
        {
            if (columnOf[old] >= 0 && !possible[(old * table.New) + columnOf[old]])
                columnOf[old] = -1;
        }

        return columnOf;
    }
}
