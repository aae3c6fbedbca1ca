namespace SegFunctions.Learning.Choice;

/// <summary>Labels in which every noise row has taken the segment of the nearest row that has one.</summary>
internal static class FilledLabels
{
    /// <param name="labels">At least one row in a segment.</param>
    public static int[] Of(Matrix rows, NeighbourGraph graph, IReadOnlyList<int> labels)
    {
        var filled = new int[rows.Rows];
        for (var row = 0; row < filled.Length; row++)
            filled[row] = labels[row] >= 0 ? labels[row] : labels[Nearest(rows, graph, labels, row)];
        return filled;
    }

    private static int Nearest(Matrix rows, NeighbourGraph graph, IReadOnlyList<int> labels, int row)
    {
        foreach (var neighbour in graph.Neighbours(row))
        {
            if (labels[neighbour] >= 0)
                return neighbour;
        }

        // Only far from everything.
        var (nearest, least) = (-1, double.PositiveInfinity);
        for (var other = 0; other < rows.Rows; other++)
        {
            if (labels[other] < 0)
                continue;
            var squared = Distance.Squared(rows.Row(row), rows.Row(other));
            if (squared < least)
                (nearest, least) = (other, squared);
        }

        return nearest;
    }
}
