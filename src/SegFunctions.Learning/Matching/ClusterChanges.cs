namespace SegFunctions.Learning.Matching;

/// <summary>Tells splits, merges, births and deaths from an overlap table, by the rules of <see cref="ClusterMatching"/>.</summary>
internal static class ClusterChanges
{
    /// <param name="oldOf">For each new cluster the position of the old one it was matched with, or −1.</param>
    public static IReadOnlyList<ClusterChange> Of(OverlapTable table, int[] oldOf, PublishedClusters previous, IReadOnlyList<ClusterPair> pairs, MatchingOptions options)
    {
        var changes = new List<ClusterChange>();
        var oldTold = new bool[table.Old];
        var newTold = new bool[table.New];
        for (var old = 0; old < table.Old; old++)
        {
            var parts = Enumerable.Range(0, table.New)
                .Where(label => table.ShareOfOld(old, label) >= options.PartShare && table.ShareOfNew(old, label) >= options.OriginShare)
                .OrderByDescending(label => table.Count(old, label))
                .ToList();
            if (parts.Count < 2)
                continue;
            changes.Add(new ClusterChange(
                ChangeKind.Split, [new ChangePart(previous.Clusters[old].Id, 1)], [.. parts.Select(label => new ChangePart(pairs[label].Id, table.ShareOfOld(old, label)))]));
            oldTold[old] = true;
            parts.ForEach(label => newTold[label] = true);
        }

        for (var label = 0; label < table.New; label++)
        {
            var parts = Enumerable.Range(0, table.Old)
                .Where(old => table.ShareOfNew(old, label) >= options.PartShare && table.ShareOfOld(old, label) >= options.OriginShare)
                .OrderByDescending(old => table.Count(old, label))
                .ToList();
            if (parts.Count < 2)
                continue;
            changes.Add(new ClusterChange(
                ChangeKind.Merged, [.. parts.Select(old => new ChangePart(previous.Clusters[old].Id, table.ShareOfNew(old, label)))], [new ChangePart(pairs[label].Id, 1)]));
            newTold[label] = true;
            parts.ForEach(old => oldTold[old] = true);
        }

        for (var label = 0; label < table.New; label++)
        {
            if (oldOf[label] < 0)
            {
                if (!newTold[label])
                    changes.Add(new ClusterChange(ChangeKind.Born, [], [new ChangePart(pairs[label].Id, 1)]));
                continue;
            }

            // A match in which one side split or merged is told there, unless the other side is left out of it.
            if (!newTold[label] || !oldTold[oldOf[label]])
                changes.Add(new ClusterChange(ChangeKind.Kept, [new ChangePart(pairs[label].Id, 1)], [new ChangePart(pairs[label].Id, 1)]));
        }

        for (var old = 0; old < table.Old; old++)
        {
            if (!oldTold[old] && Array.IndexOf(oldOf, old) < 0)
                changes.Add(new ClusterChange(ChangeKind.Died, [new ChangePart(previous.Clusters[old].Id, 1)], Whereabouts(table, old, pairs)));
        }

        return changes;
    }

    private static IReadOnlyList<ChangePart> Whereabouts(OverlapTable table, int old, IReadOnlyList<ClusterPair> pairs)
    {
        if (table.OldTotals[old] == 0)
            return [];
        int? most = null;
        var count = table.NowNoise[old];
        for (var label = 0; label < table.New; label++)
        {
            if (table.Count(old, label) > count)
                (most, count) = (pairs[label].Id, table.Count(old, label));
        }

        return [new ChangePart(most, (double)count / table.OldTotals[old])];
    }
}
