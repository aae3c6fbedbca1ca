using System.Numerics;
using System.Numerics.Tensors;

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
    private readonly double[] _outside;
    private readonly double[] _lengthsNow;
    private readonly long[] _from;
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
        _outside = new double[rows];
        _lengthsNow = new double[rows];
        _from = new long[rows];
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
            var b = Root((int)_from[edges[i]]);
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

    /// <summary>Prim's algorithm on the full matrix: O(n²). A row in the tree is at an infinite core distance, so that none reaches it any more.</summary>
    private void SpanningTree(ReadOnlySpan<double> distances)
    {
        var rows = _cores.Length;
        _cores.CopyTo(_outside, 0);
        Array.Fill(_reach, double.PositiveInfinity);
        var current = 0;
        for (var added = 1; added < rows; added++)
        {
            _outside[current] = double.PositiveInfinity;
            _reach[current] = double.PositiveInfinity;
            TensorPrimitives.Max(distances.Slice(current * rows, rows), _cores[current], _lengthsNow);
            TensorPrimitives.Max(_lengthsNow, _outside, _lengthsNow);
            Reach(current);
            var next = TensorPrimitives.IndexOfMin<double>(_reach);
            _lengths[next] = _reach[next];
            current = next;
        }
    }

    /// <summary>Takes the row just added as the near end of every row that it lies nearer to.</summary>
    private void Reach(int current)
    {
        var here = new Vector<long>(current);
        var row = 0;
        for (; row <= _reach.Length - Vector<double>.Count; row += Vector<double>.Count)
        {
            var now = new Vector<double>(_lengthsNow, row);
            var known = new Vector<double>(_reach, row);
            var nearer = Vector.LessThan(now, known);
            if (nearer == Vector<long>.Zero)
                continue;
            Vector.ConditionalSelect(nearer, now, known).CopyTo(_reach, row);
            Vector.ConditionalSelect(nearer, here, new Vector<long>(_from, row)).CopyTo(_from, row);
        }

        for (; row < _reach.Length; row++)
        {
            if (_lengthsNow[row] < _reach[row])
                (_reach[row], _from[row]) = (_lengthsNow[row], current);
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
