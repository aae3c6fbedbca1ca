namespace SegFunctions.Learning.Choice;

/// <summary>
/// How well the borders of a partition follow valleys in density, whatever algorithm drew them: the evidence on which candidates of
/// all families are compared.
/// </summary>
/// <remarks>
/// For every pair of segments that meet, at every scale k: the density on the denser part of the border against the lower of the two
/// peaks, in standard errors of a k-nearest-neighbour density (prominence as in ToMATo: Chazal, Guibas, Oudot &amp; Skraba 2013), plus
/// how many fewer neighbours the border parts than a cut across either segment does (<see cref="SegmentWidth"/>), less where the segment is a thread. Then the mean over the scales.
/// </remarks>
internal static class Valleys
{
    /// <summary>Segments nothing touches: no more can be said for any.</summary>
    public const double Deepest = 9;

    /// <summary>Share of the border that may be denser than its level, and of a segment denser than its peak: single rows do not count.</summary>
    private const double BorderQuantile = 0.8;
    private const double PeakQuantile = 0.9;

    /// <summary>A straight cut through an even square of m rows parts 4/(3 π^1.5) ≈ ¼ times √m k^1.5 neighbours; segments where less is parted are threads.</summary>
    private const double CutFactor = 0.25;

    /// <summary>Chance breaks a thread more easily than a disc, for it has more places to break: what a border is worth less for every e-fold that the segment is narrower.</summary>
    private const double ThreadPenalty = 1;

    /// <summary>What a border gains for every e-fold that it is narrower than the segments it parts.</summary>
    private const double CutWeight = 1.5;

    /// <summary>At least this many times k rows are in the smaller segment at every scale that counts.</summary>
    private const int RowsPerNeighbour = 4;

    /// <param name="labels">From 0, every row in a segment.</param>
    /// <returns>For every segment the shallowest valley around it, in standard errors, at most <see cref="Deepest"/>.</returns>
    public static double[] Around(NeighbourGraph graph, int[] labels, int segments)
    {
        var members = Members(labels, segments);
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
            var valley = parted == 0 ? Unjoined(k) : (Math.Min(figures.Peak[a], figures.Peak[b]) - figures.Border[(a * segments) + b]) * dimension * Math.Sqrt(k);
            var cut = CutFactor * Math.Pow(k, 1.5) * Math.Sqrt(smaller);
            var own = Math.Max(1, Math.Min(figures.OwnCut[a], figures.OwnCut[b]));
            // On a line of rows any place parts this many neighbours, and where it parts fewer there is a gap, of which the valley has told
            // already. Only the other strands of a wider segment are further evidence: of two strands ¾, of five nearly all.
            var strands = Math.Max(1, own / (k * (k + 2) / 4.0));
            var narrow = Math.Max(0, Math.Log(own / Math.Max(parted, 0.5))) * (1 - (1 / (strands * strands)));
            var thread = Math.Max(0, Math.Log(cut / own));
            sum += valley + (CutWeight * narrow) - (ThreadPenalty * thread);
            counted++;
        }

        return Math.Min(sum / counted, Deepest);
    }

    /// <summary>What a pair that no neighbours join is worth, in standard errors: as far as its k nearest reach to its own side, a row finds none to the other. That is the deviance of 0 where k are expected.</summary>
    private static double Unjoined(int k) => Math.Sqrt(2.0 * k);

    /// <summary>The rows of every segment, ascending.</summary>
    public static int[][] Members(int[] labels, int segments)
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
    private sealed record ScaleFigures(double[] Peak, double[] Dimension, double[] OwnCut, double[] Border, int[] Parted)
    {
        public static ScaleFigures Of(NeighbourGraph graph, int[] labels, int[][] members, int scale)
        {
            var segments = members.Length;
            var sparsity = graph.Sparsity[scale];
            var peak = new double[segments];
            var dimension = new double[segments];
            var ownCut = new double[segments];
            var levels = new int[labels.Length];
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
                ownCut[segment] = SegmentWidth.Of(graph, scale, labels, members[segment], levels);
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

            return new ScaleFigures(peak, dimension, ownCut, border, parted);
        }

        /// <summary>Every neighbour in another segment, by pair of segments and rising density.</summary>
        private static (int Pair, double Density)[] Borders(NeighbourGraph graph, int[] labels, int segments, int scale)
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
