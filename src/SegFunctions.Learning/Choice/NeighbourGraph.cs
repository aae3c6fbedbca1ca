using System.Numerics.Tensors;

namespace SegFunctions.Learning.Choice;

/// <summary>
/// The nearest other rows of every row, and what they tell of density at several scales. Made once; every candidate is judged on it.
/// </summary>
/// <remarks>Cost O(n² · d) time, O(n · <see cref="Most"/>) memory: meant for some thousand rows.</remarks>
internal sealed class NeighbourGraph
{
    /// <summary>Numbers of neighbours at which density is looked at: small ones see narrow gaps, great ones see shallow valleys.</summary>
    public static readonly int[] Scales = [5, 8, 12, 18, 25, 35];

    /// <summary>Rows that coincide would be infinitely dense; below this share of the median reach distances count as equal.</summary>
    private const double LeastReach = 0.01;

    private readonly Matrix _rows;
    private readonly (int[] Starts, int[] Rows)[] _joined = new (int[], int[])[Scales.Length];

    private NeighbourGraph(Matrix rows)
    {
        _rows = rows;
        Most = Math.Min(Scales[^1], rows.Rows - 1);
        Nearest = new int[rows.Rows * Most];
        LogReach = new double[rows.Rows * Most];
        Sparsity = new double[Scales.Length][];
        InverseDimension = new double[Scales.Length][];
    }

    public int Rows => _rows.Rows;

    public int Columns => _rows.Columns;

    /// <summary>Neighbours kept for every row.</summary>
    public int Most { get; }

    /// <summary>Shape (n × <see cref="Most"/>): the other rows, nearest first.</summary>
    public int[] Nearest { get; }

    /// <summary>Shape (n × <see cref="Most"/>): logarithm of the distance to each.</summary>
    public double[] LogReach { get; }

    /// <summary>Per scale and row: the logarithm of the distance to the k-th neighbour, averaged over the row and its k neighbours. Times the dimension it is minus the logarithm of density.</summary>
    public double[][] Sparsity { get; }

    /// <summary>Per scale and row, averaged likewise: the reciprocal of the local dimension (Levina &amp; Bickel 2004, averaged as MacKay &amp; Ghahramani 2005 advise).</summary>
    public double[][] InverseDimension { get; }

    /// <summary>Mean local dimension at the greatest scale but one.</summary>
    public double Dimension => Math.Min(Columns, 1 / Math.Max(TensorPrimitives.Average<double>(InverseDimension[^2]), 1e-3));

    /// <summary>The rows that are a row's neighbours at a scale or have it as theirs; some twice.</summary>
    public ReadOnlySpan<int> Joined(int scale, int row) => _joined[scale].Rows.AsSpan(_joined[scale].Starts[row]..(_joined[scale].Starts[row + 1]));

    public ReadOnlySpan<int> Neighbours(int row) => Nearest.AsSpan(row * Most, Most);

    /// <summary>Neighbours of a scale, fewer in a small table.</summary>
    public int Count(int scale) => Math.Min(Scales[scale], Most);

    /// <param name="rows">Shape (n × d), n ≥ 2, finite.</param>
    public static NeighbourGraph Of(Matrix rows, ChunkTeam team)
    {
        var graph = new NeighbourGraph(rows);
        var search = new Search(graph);
        team.Run(search, search.Chunks.Count);
        graph.TakeLogarithms();
        for (var scale = 0; scale < Scales.Length; scale++)
        {
            graph.Smooth(scale);
            graph._joined[scale] = graph.Join(graph.Count(scale));
        }

        return graph;
    }

    private void TakeLogarithms()
    {
        var reaches = new double[Rows];
        for (var row = 0; row < Rows; row++)
            reaches[row] = LogReach[(row * Most) + Most - 1];
        Array.Sort(reaches);
        // Still squared distances. With half of the rows equal, the greatest reach must serve.
        var typical = reaches[Rows / 2] > 0 ? reaches[Rows / 2] : reaches[^1] > 0 ? reaches[^1] : 1;
        var least = LeastReach * LeastReach * typical;
        for (var i = 0; i < LogReach.Length; i++)
            LogReach[i] = 0.5 * Math.Log(Math.Max(LogReach[i], least));
    }

    private void Smooth(int scale)
    {
        var count = Count(scale);
        var own = new double[Rows];
        var inverse = new double[Rows];
        for (var row = 0; row < Rows; row++)
        {
            var reach = LogReach.AsSpan(row * Most, count);
            own[row] = reach[^1];
            inverse[row] = count < 3 ? 0 : ((reach[^1] * (count - 1)) - TensorPrimitives.Sum<double>(reach[..^1])) / (count - 2);
        }

        Sparsity[scale] = Averaged(own, count);
        InverseDimension[scale] = Averaged(inverse, count);
    }

    private (int[] Starts, int[] Rows) Join(int count)
    {
        var starts = new int[Rows + 1];
        for (var row = 0; row < Rows; row++)
        {
            starts[row + 1] += count;
            foreach (var neighbour in Nearest.AsSpan(row * Most, count))
                starts[neighbour + 1]++;
        }

        for (var row = 0; row < Rows; row++)
            starts[row + 1] += starts[row];
        var next = starts.ToArray();
        var joined = new int[starts[^1]];
        for (var row = 0; row < Rows; row++)
        {
            foreach (var neighbour in Nearest.AsSpan(row * Most, count))
            {
                joined[next[row]++] = neighbour;
                joined[next[neighbour]++] = row;
            }
        }

        return (starts, joined);
    }

    private double[] Averaged(double[] values, int count)
    {
        var averaged = new double[Rows];
        for (var row = 0; row < Rows; row++)
        {
            var sum = values[row];
            foreach (var neighbour in Nearest.AsSpan(row * Most, count))
                sum += values[neighbour];
            averaged[row] = sum / (count + 1);
        }

        return averaged;
    }

    /// <summary>By comparing every pair: some thousand rows need no tree, and it works in any number of columns.</summary>
    private sealed class Search(NeighbourGraph graph) : IChunkWork
    {
        public FixedChunks Chunks { get; } = FixedChunks.Of(graph.Rows, most: 256, smallest: 16);

        public void Run(int chunk)
        {
            for (var row = Chunks.Start(chunk); row < Chunks.End(chunk); row++)
                Find(row, graph.Nearest.AsSpan(row * graph.Most, graph.Most), graph.LogReach.AsSpan(row * graph.Most, graph.Most));
        }

        private void Find(int row, Span<int> nearest, Span<double> squared)
        {
            squared.Fill(double.PositiveInfinity);
            var point = graph._rows.Row(row);
            for (var other = 0; other < graph.Rows; other++)
            {
                if (other == row)
                    continue;
                var distance = Distance.Squared(point, graph._rows.Row(other));
                if (!(distance < squared[^1]))
                    continue;
                var at = squared.Length - 1;
                for (; at > 0 && squared[at - 1] > distance; at--)
                    (squared[at], nearest[at]) = (squared[at - 1], nearest[at - 1]);
                (squared[at], nearest[at]) = (distance, other);
            }
        }
    }
}
