using System.Runtime.CompilerServices;

namespace SegFunctions.Learning.Clustering.Density;

/// <summary>What a search does with the leaves that may hold what it looks for.</summary>
internal interface ILeafVisitor
{
    /// <summary>Squared distance beyond which nothing is of interest; may shrink as leaves are visited, below 0 to end the search.</summary>
    double Reach { get; }

    /// <summary>True for a node below which nothing is of interest whatever its distance.</summary>
    bool Skips(int node);

    void Visit(KdNode leaf);
}

/// <summary>Where a search starts from: a bound below the squared distances to all rows of a node.</summary>
internal interface ISearchOrigin
{
    double Bound(int node);
}

/// <summary>The walk through a tree from near to far that every search here shares.</summary>
internal static class NearLeaves
{
    /// <summary>Visits all leaves within reach of a point; leaves exactly at the edge of the reach included.</summary>
    public static void AroundPoint<TVisitor>(KdTree tree, ReadOnlySpan<double> point, ref TVisitor visitor)
        where TVisitor : struct, ILeafVisitor, allows ref struct =>
        Walk(tree, new FromPoint(tree, point), ref visitor);

    /// <summary>Visits all leaves within reach of the box of a leaf: one walk for all its rows.</summary>
    public static void AroundLeaf<TVisitor>(KdTree tree, int leaf, ref TVisitor visitor)
        where TVisitor : struct, ILeafVisitor, allows ref struct =>
        Walk(tree, new FromBox(tree, tree.NodeOfLeaf(leaf)), ref visitor);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Walk<TOrigin, TVisitor>(KdTree tree, TOrigin origin, ref TVisitor visitor)
        where TOrigin : struct, ISearchOrigin, allows ref struct
        where TVisitor : struct, ILeafVisitor, allows ref struct
    {
        Span<Waiting> waiting = stackalloc Waiting[KdTree.DeepestPath];
        var count = 1;
        waiting[0] = new Waiting(tree.Root, origin.Bound(0));
        while (count > 0)
        {
            var (node, bound) = waiting[--count];
            while (bound <= visitor.Reach && !visitor.Skips(node.Index))
            {
                if (node.IsLeaf)
                {
                    visitor.Visit(node);
                    break;
                }

                var (near, far) = (node.Left, node.Right);
                var (nearBound, farBound) = (origin.Bound(near.Index), origin.Bound(far.Index));
                if (farBound < nearBound)
                    (near, nearBound, far, farBound) = (far, farBound, near, nearBound);
                if (farBound <= visitor.Reach)
                    waiting[count++] = new Waiting(far, farBound);
                (node, bound) = (near, nearBound);
            }
        }
    }

    private readonly record struct Waiting(KdNode Node, double Bound);

    private readonly ref struct FromPoint(KdTree tree, ReadOnlySpan<double> point) : ISearchOrigin
    {
        private readonly ReadOnlySpan<double> _point = point;

        public double Bound(int node) => tree.Bound(node, _point);
    }

    private readonly struct FromBox(KdTree tree, int box) : ISearchOrigin
    {
        public double Bound(int node) => tree.Bound(box, node);
    }
}
