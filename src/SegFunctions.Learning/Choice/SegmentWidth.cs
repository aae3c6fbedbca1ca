namespace SegFunctions.Learning.Choice;

/// <summary>
/// How many neighbours a cut across a segment parts where the segment has its usual width: what a border must be held against, since
/// a thread is narrow everywhere and a disc is not.
/// </summary>
internal static class SegmentWidth
{
    /// <summary>Steps through the graph are counted from one end of the segment to the other; a cut parts the rows up to so many steps from those beyond.</summary>
    /// <param name="levels">Scratch, one a row of the table.</param>
    /// <returns>The median over the rows of the part of the segment that hangs together around its densest row; all its neighbours when it is one step wide.</returns>
    public static double Of(NeighbourGraph graph, int scale, int[] labels, int[] members, int[] levels)
    {
        var label = labels[members[0]];
        var start = members[0];
        foreach (var row in members)
        {
            if (graph.Sparsity[scale][row] < graph.Sparsity[scale][start])
                start = row;
        }

        var queue = new int[members.Length];
        start = queue[Walk(start) - 1];
        var reached = Walk(start);
        var steps = levels[queue[reached - 1]];
        if (steps == 0)
            return 0;
        var cuts = new int[steps];
        var rows = new int[steps];
        var count = graph.Count(scale);
        for (var i = 0; i < reached; i++)
        {
            var level = levels[queue[i]];
            rows[Math.Min(level, steps - 1)]++;
            foreach (var neighbour in graph.Neighbours(queue[i])[..count])
            {
                if (labels[neighbour] == label && levels[neighbour] != level)
                    cuts[Math.Min(level, levels[neighbour])]++;
            }
        }

        Array.Sort(cuts, rows);
        var seen = 0;
        for (var step = 0; step < steps; step++)
        {
            seen += rows[step];
            if (2 * seen >= reached)
                return cuts[step];
        }

        return cuts[^1];

        int Walk(int from)
        {
            foreach (var row in members)
                levels[row] = -1;
            levels[from] = 0;
            queue[0] = from;
            var filled = 1;
            for (var next = 0; next < filled; next++)
            {
                foreach (var neighbour in graph.Joined(scale, queue[next]))
                {
                    if (labels[neighbour] != label || levels[neighbour] >= 0)
                        continue;
                    levels[neighbour] = levels[queue[next]] + 1;
                    queue[filled++] = neighbour;
                }
            }

            return filled;
        }
    }
}
