namespace SegFunctions.Learning.Explanation;

/// <summary>Finds the row nearest to a cluster's centre.</summary>
internal static class TypicalMembers
{
    /// <summary>By Euclidean distance to the mean of the prepared rows; ties go to the lexicographically smaller row, then to the earlier one.</summary>
    public static int Nearest(Matrix prepared, ReadOnlySpan<int> members)
    {
        var centre = new double[prepared.Columns];
        foreach (var row in members)
            Distance.AddTo(centre, prepared.Row(row));
        foreach (ref var sum in centre.AsSpan())
            sum /= members.Length;
        var best = members[0];
        var least = double.PositiveInfinity;
        foreach (var row in members)
        {
            var distance = Distance.Squared(prepared.Row(row), centre);
            if (distance < least || (distance == least && prepared.Row(row).SequenceCompareTo(prepared.Row(best)) < 0))
                (best, least) = (row, distance);
        }

        return best;
    }

    /// <summary>
    /// By the table's own columns: squared standardised differences from the cluster's means, a missing value counting as one
    /// deviation; for a category the share of the cluster that has another. Ties go to the earlier row.
    /// </summary>
    public static int Nearest(IReadOnlyList<NumericSummary> numbers, IReadOnlyList<LevelSummary> categories, ReadOnlySpan<int> members, int cluster)
    {
        var distances = new double[members.Length];
        foreach (var column in numbers)
        {
            if (!(column.Deviation > 0))
                continue;
            for (var i = 0; i < members.Length; i++)
            {
                var value = column.Column.Values[members[i]];
                var difference = double.IsNaN(value) ? 1 : column.Standardised(value, cluster);
                distances[i] += difference * difference;
            }
        }

        foreach (var column in categories)
        {
            for (var i = 0; i < members.Length; i++)
            {
                var code = column.Column.Codes[members[i]];
                distances[i] += 1 - ((double)column.Count(code < 0 ? column.Column.Levels.Count : code, cluster) / members.Length);
            }
        }

        var best = 0;
        for (var i = 1; i < distances.Length; i++)
        {
            if (distances[i] < distances[best])
                best = i;
        }

        return members[best];
    }
}
