namespace SegFunctions.Learning.Evaluation.Structure;

/// <summary>
/// The deepest gap between two dense regions, whatever their shape. The minimum spanning tree of mutual reachability distances
/// (Campello, Moulavi &amp; Sander 2013) is put together from its shortest edge on. Where an edge of length δ joins two parts of m rows or more, the lesser of
/// Σ (1 − core distance / δ) over either part, by the number of rows, says how much mass lies how much denser than the gap; the figure is the greatest of these.
/// </summary>
internal sealed class DensityGap
{
    private readonly double[] _cores;
    private readonly double[] _reach;
    private readonly int[] _from;
    private readonly double[] _lengths;
    private readonly int[] _edges;
    private readonly int[] _parents;
    private readonly int[] _sizes;
    private readonly double[] _sums;

    public DensityGap(int rows)
    {
        Neighbours = Math.Max(2, (int)Math.Round(Math.Sqrt(rows) / 2));
        SmallestPart = Math.Max(5, (rows + 24) / 25);
        _cores = new double[rows];
        _reach = new double[rows];
        _from = new int[rows];
        _lengths = new double[rows];
        _edges = new int[rows];
        _parents = new int[rows];
        _sizes = new int[rows];
        _sums = new double[rows];
    }

    /// <summary>A row's core distance is that to its neighbour of this rank: √n / 2, so that it shrinks while its noise does too.</summary>
    public int Neighbours { get; }

    /// <summary>Rows that make a part: a twenty-fifth.</summary>
    public int SmallestPart { get; }

    /// <param name="distances">Shape (n × n).</param>
    public double Of(ReadOnlySpan<double> distances)
    {
        var rows = _cores.Length;
        for (var row = 0; row < rows; row++)
            _cores[row] = CoreDistance(distances.Slice(row * rows, rows));
        SpanningTree(distances);
        for (var edge = 0; edge < rows; edge++)
        {
            _edges[edge] = edge;
            _parents[edge] = edge;
            _sizes[edge] = 1;
            _sums[edge] = _cores[edge];
        }

        var lengths = _lengths.AsSpan(1);
        var edges = _edges.AsSpan(1);
        lengths.Sort(edges);
        var best = 0.0;
        for (var i = 0; i < lengths.Length; i++)
        {
            var a = Root(edges[i]);
            var b = Root(_from[edges[i]]);
            if (Math.Min(_sizes[a], _sizes[b]) >= SmallestPart && lengths[i] > 0)
                best = Math.Max(best, Math.Min(_sizes[a] - (_sums[a] / lengths[i]), _sizes[b] - (_sums[b] / lengths[i])));
            if (_sizes[a] < _sizes[b])
                (a, b) = (b, a);
            _parents[b] = a;
            _sizes[a] += _sizes[b];
            _sums[a] += _sums[b];
        }

        return best / rows;
    }

    private double CoreDistance(ReadOnlySpan<double> row)
    {
        // The row itself, at distance 0, is among them and counts for none.
        var count = 0;
        var kept = Neighbours + 1;
        Span<double> nearest = stackalloc double[kept];
        var worst = double.PositiveInfinity;
        foreach (var distance in row)
        {
            if (distance >= worst)
                continue;
            var at = count < kept ? count++ : kept - 1;
            while (at > 0 && nearest[at - 1] > distance)
            {
                nearest[at] = nearest[at - 1];
                at--;
            }

            nearest[at] = distance;
            if (count == kept)
                worst = nearest[kept - 1];
        }

        return nearest[count - 1];
    }

    /// <summary>Prim's algorithm on the full matrix: O(n²).</summary>
    private void SpanningTree(ReadOnlySpan<double> distances)
    {
        var rows = _cores.Length;
        Array.Fill(_reach, double.PositiveInfinity);
        _parents.AsSpan().Clear();
        var current = 0;
        _parents[0] = 1;
        for (var added = 1; added < rows; added++)
        {
            var own = distances.Slice(current * rows, rows);
            var core = _cores[current];
            var next = -1;
            var least = double.PositiveInfinity;
            for (var row = 0; row < rows; row++)
            {
                if (_parents[row] != 0)
                    continue;
                var reach = Math.Max(Math.Max(own[row], core), _cores[row]);
                if (reach < _reach[row])
                {
                    _reach[row] = reach;
                    _from[row] = current;
                }

                if (_reach[row] < least)
                {
                    least = _reach[row];
                    next = row;
                }
            }

            _parents[next] = 1;
            _lengths[next] = least;
            current = next;
        }
    }

    private int Root(int row)
    {
        while (_parents[row] != row)
        {
            _parents[row] = _parents[_parents[row]];
            row = _parents[row];
        }

        return row;
    }
}
