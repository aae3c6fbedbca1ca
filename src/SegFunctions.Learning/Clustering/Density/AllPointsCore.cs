using System.Runtime.Intrinsics;

namespace SegFunctions.Learning.Clustering.Density;

/// <summary>
/// The all-points core distance of every row of one cluster (Moulavi et al. 2014, definition 1): (mean over the others of distance^−d)^(−1/d), d the number of
/// columns. Squared, because everything here is; 0 for a row that has a double, whose density is infinite.
/// </summary>
internal sealed class AllPointsCore : IChunkWork
{
    private const int LeavesPerChunk = 4;

    private readonly KdTree _tree;
    private readonly int[] _counts;
    private readonly double[] _weights;
    private readonly int _others;
    private readonly Scratch<double[]> _scratch;

    private AllPointsCore(KdTree tree, int[] counts)
    {
        _tree = tree;
        _counts = counts;
        _weights = new double[tree.Slots];
        _others = -1;
        for (var slot = 0; slot < tree.Count; slot++)
        {
            _weights[slot] = counts[tree.Rows[slot]];
            _others += counts[tree.Rows[slot]];
        }

        _scratch = new Scratch<double[]>(() => new double[tree.Slots]);
        Squared = new double[tree.Slots];
    }

    /// <summary>By slot.</summary>
    private double[] Squared { get; }

    /// <param name="tree">Over the distinct rows of the cluster.</param>
    /// <param name="counts">How often each occurs.</param>
    public static double[] Of(KdTree tree, int[] counts, ChunkTeam team)
    {
        var work = new AllPointsCore(tree, counts);
        team.Run(work, ((tree.Leaves - 1) / LeavesPerChunk) + 1);
        return work.Squared;
    }

    public void Run(int chunk)
    {
        Span<double> point = _tree.Columns <= 64 ? stackalloc double[_tree.Columns] : new double[_tree.Columns];
        var distances = _scratch.Borrow();
        var end = Math.Min(_tree.Count, (chunk + 1) * LeavesPerChunk * KdTree.LeafRows);
        for (var slot = chunk * LeavesPerChunk * KdTree.LeafRows; slot < end; slot++)
        {
            if (_counts[_tree.Rows[slot]] > 1)
                continue;
            _tree.CopyRow(slot, point);
            Squared[slot] = Of(slot, point, distances);
        }

        _scratch.Return(distances);
    }

    /// <summary>Distances are taken as shares of the least of them: their powers cannot overflow, whatever the number of columns.</summary>
    private double Of(int slot, ReadOnlySpan<double> point, double[] distances)
    {
        var least = Vector512.Create(double.PositiveInfinity);
        for (var leaf = 0; leaf < _tree.Leaves; leaf++)
        {
            _tree.Measure(leaf, point, out var a, out var b, out var c, out var d);
            LaneBits.Store(distances.AsSpan(leaf * KdTree.LeafRows), a, b, c, d);
            if (slot / KdTree.LeafRows == leaf)
            {
                distances[slot] = double.PositiveInfinity;
                for (var lane = 0; lane < KdTree.LeafRows; lane += KdTree.Lanes)
                    least = Vector512.Min(least, Vector512.Create(distances, (leaf * KdTree.LeafRows) + lane));
            }
            else
            {
                least = Vector512.Min(Vector512.Min(Vector512.Min(a, b), Vector512.Min(c, d)), least);
            }
        }

        var nearest = double.PositiveInfinity;
        for (var lane = 0; lane < KdTree.Lanes; lane++)
            nearest = Math.Min(nearest, least[lane]);
        // The only row of its cluster.
        if (double.IsPositiveInfinity(nearest))
            return 0;
        var sum = Vector512<double>.Zero;
        var shares = Vector512.Create(nearest);
        for (var at = 0; at < distances.Length; at += Vector512<double>.Count)
            sum = Vector512.FusedMultiplyAdd(HalfPower(shares / Vector512.Create(distances, at)), Vector512.Create(_weights, at), sum);
        return nearest * Math.Pow(Distance.Sum(sum) / _others, -2.0 / _tree.Columns);
    }

    /// <summary>share^(columns / 2).</summary>
    private Vector512<double> HalfPower(Vector512<double> share)
    {
        var power = _tree.Columns % 2 == 1 ? Vector512.Sqrt(share) : Vector512<double>.One;
        for (var exponent = _tree.Columns / 2; exponent > 0; exponent >>= 1)
        {
            if (exponent % 2 == 1)
                power *= share;
            share *= share;
        }

        return power;
    }
}
