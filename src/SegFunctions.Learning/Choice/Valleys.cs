namespace SegFunctions.Learning.Choice;

/// <summary>
/// How well the borders of a partition follow valleys in density, whatever algorithm drew them: the evidence on which candidates of
/// all families are compared.
/// </summary>
/// <remarks>
/// For every pair of segments that meet, at every scale k: the density on the denser part of the border against the lower of the two
/// peaks, in standard errors of a k-nearest-neighbour density (prominence as in ToMATo: Chazal, Guibas, Oudot &amp; Skraba 2013), plus
/// how many fewer neighbours the border parts than a straight cut through one even cloud would.
/// </remarks>
internal static class Valleys
{
    /// <summary>What a pair that no neighbours join at a scale is worth there, in standard errors.</summary>
    private const double Unjoined = 3;

    /// <summary>Segments nothing touches: no more can be said for any.</summary>
    public const double Deepest = 9;

    /// <summary>Share of the border that may be denser than its level, and of a segment denser than its peak: single rows do not count.</summary>
    private const double BorderQuantile = 0.8;
    private const double PeakQuantile = 0.9;

    /// <summary>Neighbours a straight cut through an even square of m rows parts: ¼ k^(1 + 1/d) m^(1 − 1/d), by integration over the cut for d = 1 and 2.</summary>
    private const double CutFactor = 0.25;

    /// <summary>Threads are broken by chance more easily than surfaces: what a border across a one-dimensional one is worth less.</summary>
    private const double ThreadPenalty = 4;

    private const double CutWeight = 1.5;

    /// <summary>At least this many times k rows are in the smaller segment at every scale that counts.</summary>
    private const int RowsPerNeighbour = 4;

    /// <param name="labels">From 0, every row in a segment.</param>
    /// <returns>For every segment the shallowest valley around it, in standard errors, at most <see cref="Deepest"/>.</returns>
    public static double[] Around(NeighbourGraph graph, ReadOnlySpan<int> labels, int segments)
    {
        var members = Members(labels, segments);
        var sums = new double[segments * segments];
        var counts = new int[segments * segments];
        var met = new bool[segments * segments];
        var scales = new ScaleFigures[NeighbourGraph.Scales.Length];
        for (var scale = 0; scale < scales.Length; scale++)
        {
            scales[scale] = ScaleFigures.Of(graph, labels, members, scale);
            for (var pair = 0; pair < met.Length; pair++)
                met[pair] |= scales[scale].Parted[pair] > 0;
        }

        var around = new double[segments];
        Array.Fill(around, Deepest);
        for (var a = 0; a < segments; a++)
        {
            for (var b = a + 1; b < segments; b++)
            {
                if (!met[(a * segments) + b])
                    continue;
                var depth = Depth(graph, scales, a, b, segments, Math.Min(members[a].Length, members[b].Length));
                around[a] = Math.Min(around[a], depth);
                around[b] = Math.Min(around[b], depth);
            }
        }

        return around;
    }

    private static double Depth(NeighbourGraph graph, ScaleFigures[] scales, int a, int b, int segments, int smaller)
    {
        var sum = 0.0;
        var counted = 0;
        for (var scale = 0; scale < scales.Length; scale++)
        {
            var k = graph.Count(scale);
            if (scale > 0 && k * RowsPerNeighbour > smaller)
                break;
            var figures = scales[scale];
            var parted = figures.Parted[(a * segments) + b];
            var dimension = Math.Clamp((figures.Dimension[a] + figures.Dimension[b]) / 2, 1, Math.Max(1, graph.Columns));
            var valley = parted == 0 ? Unjoined : (Math.Min(figures.Peak[a], figures.Peak[b]) - figures.Border[(a * segments) + b]) * dimension * Math.Sqrt(k);
            var cut = CutFactor * Math.Pow(k, 1 + (1 / dimension)) * Math.Pow(smaller, 1 - (1 / dimension));
            var narrow = Math.Max(0, Math.Log(Math.Max(cut, 1) / Math.Max(parted, 0.5)));
            sum += valley + (CutWeight * narrow) - (ThreadPenalty * Math.Clamp(2 - dimension, 0, 1));
            counted++;
        }

        return Math.Min(sum / counted, Deepest);
    }

    /// <summary>The rows of every segment, ascending.</summary>
    public static int[][] Members(ReadOnlySpan<int> labels, int segments)
    {
        var sizes = new int[segments];
        foreach (var label in labels)
            sizes[label]++;
        var members = new int[segments][];
        for (var segment = 0; segment < segments; segment++)
            members[segment] = new int[sizes[segment]];
        Array.Clear(sizes);
        for (var row = 0; row < labels.Length; row++)
            members[labels[row]][sizes[labels[row]]++] = row;
        return members;
    }

    /// <summary>What one scale says: log densities but for the dimension, per segment and per pair (a · segments + b, a &lt; b).</summary>
    private sealed record ScaleFigures(double[] Peak, double[] Dimension, double[] Border, int[] Parted)
    {
        public static ScaleFigures Of(NeighbourGraph graph, ReadOnlySpan<int> labels, int[][] members, int scale)
        {
            var segments = members.Length;
            var sparsity = graph.Sparsity[scale];
            var peak = new double[segments];
            var dimension = new double[segments];
            for (var segment = 0; segment < segments; segment++)
            {
                var densities = new double[members[segment].Length];
                var inverse = 0.0;
                for (var i = 0; i < densities.Length; i++)
                {
                    densities[i] = -sparsity[members[segment][i]];
                    inverse += graph.InverseDimension[scale][members[segment][i]];
                }

                Array.Sort(densities);
                peak[segment] = Quantile.OfSorted(densities, PeakQuantile);
                dimension[segment] = 1 / Math.Max(inverse / densities.Length, 1e-3);
            }

            var borders = Borders(graph, labels, segments, scale);
            var border = new double[segments * segments];
            var parted = new int[segments * segments];
            for (var start = 0; start < borders.Length;)
            {
                var pair = borders[start].Pair;
                var end = start + 1;
                while (end < borders.Length && borders[end].Pair == pair)
                    end++;
                parted[pair] = end - start;
                border[pair] = borders[start + (int)(BorderQuantile * (end - start - 1))].Density;
                start = end;
            }

            return new ScaleFigures(peak, dimension, border, parted);
        }

        /// <summary>Every neighbour in another segment, by pair of segments and rising density.</summary>
        private static (int Pair, double Density)[] Borders(NeighbourGraph graph, ReadOnlySpan<int> labels, int segments, int scale)
        {
            var found = new List<(int Pair, double Density)>();
            var sparsity = graph.Sparsity[scale];
            var count = graph.Count(scale);
            for (var row = 0; row < labels.Length; row++)
            {
                foreach (var neighbour in graph.Neighbours(row)[..count])
                {
                    var (a, b) = (labels[row], labels[neighbour]);
                    if (a != b)
                        found.Add(((Math.Min(a, b) * segments) + Math.Max(a, b), -Math.Max(sparsity[row], sparsity[neighbour])));
                }
            }

            var sorted = found.ToArray();
            Array.Sort(sorted);
            return sorted;
        }
    }
}
