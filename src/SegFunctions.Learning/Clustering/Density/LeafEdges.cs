using System.Numerics;

namespace SegFunctions.Learning.Clustering.Density;

/// <summary>
/// The lightest edges that leave a part from the rows of one leaf, found in one walk. Made once and used for leaf after leaf. What one row finds limits the
/// others: an edge counts only when no lighter one leaves the part.
/// </summary>
internal sealed class LeafEdges(EdgeSearch rows)
{
    private readonly double[] _points = new double[KdTree.LeafRows * rows.Tree.Columns];
    private readonly LightestEdge[] _lightest = new LightestEdge[KdTree.LeafRows];

    public EdgeSearch Rows => rows;

    /// <summary>For each lane that was looked from the best edge found: exact when its weight is at most <see cref="Limit"/>, else no edge is that light.</summary>
    public ReadOnlySpan<LightestEdge> Lightest => _lightest;

    /// <summary>The least weight found, or the limit given.</summary>
    public double Limit { get; private set; }

    /// <summary>Takes the rows of a leaf; call before <see cref="Find"/>.</summary>
    public void Begin(int leaf) => rows.Tree.CopyRows(leaf, _points);

    /// <param name="lanes">Rows of the leaf to look from, all of the part.</param>
    /// <param name="limit">Heavier edges are of no interest.</param>
    public void Find(int leaf, uint lanes, int part, double limit)
    {
        Limit = limit;
        _lightest.AsSpan().Fill(new LightestEdge(limit, double.PositiveInfinity, -1));
        var search = new Search(this, rows, leaf, lanes, part);
        NearLeaves.AroundLeaf(rows.Tree, leaf, ref search);
    }

    private readonly struct Search(LeafEdges found, EdgeSearch rows, int from, uint lanes, int part) : ILeafVisitor
    {
        public double Reach => found.Limit;

        public bool Skips(int node) => rows.PartOfNode[node] == part || rows.LeastCore[node] > found.Limit;

        public void Visit(KdNode leaf)
        {
            var others = rows.CoreAtMost(leaf.FirstLeaf, found.Limit) & ~rows.InPart(leaf.FirstLeaf, part) & rows.Tree.Occupied(leaf.FirstLeaf);
            if (others == 0)
                return;
            var near = lanes & rows.CoreAtMost(from, found.Limit) & rows.Tree.LanesWithin(from, leaf.Index, found.Limit);
            for (; near != 0; near &= near - 1)
            {
                var lane = BitOperations.TrailingZeroCount(near);
                var core = rows.Core[(from * KdTree.LeafRows) + lane];
                if (core > found.Limit)
                    continue;
                ref var lightest = ref found._lightest[lane];
                // Another row may have lowered the limit since.
                if (lightest.Weight > found.Limit)
                    lightest = new LightestEdge(found.Limit, double.PositiveInfinity, -1);
                lightest = lightest.Improved(rows, leaf.FirstLeaf, found._points.AsSpan(lane * rows.Tree.Columns, rows.Tree.Columns), core, others);
                found.Limit = Math.Min(found.Limit, lightest.Weight);
            }
        }
    }
}
