using System.Runtime.CompilerServices;

namespace SegFunctions.Learning.Clustering.Density;

/// <summary>What a search does with the leaves that may hold what it looks for.</summary>
internal interface ILeafVisitor
{
    /// <summary>Squared distance beyond which nothing is of interest; may shrink as leaves are visited, below 0 to end the search.</summary>
    double Reach { get; }

    /// <summary>True for a node below which nothing is of interest whatever its distance.</summary>
    bool Skips(int node);

    void Visit(int leaf);
}

/// <summary>The walk through a tree from near to far that every search here shares.</summary>
internal static class NearLeaves
{
    /// <summary>Visits all leaves within reach of the point, nearer branches first; leaves exactly at the edge of the reach included.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Visit<TVisitor>(KdTree tree, ReadOnlySpan<double> point, ref TVisitor visitor)
        where TVisitor : struct, ILeafVisitor, allows ref struct
    {
        Span<Waiting> waiting = stackalloc Waiting[KdTree.DeepestPath];
        var count = 1;
        waiting[0] = new Waiting(tree.Root, tree.Bound(0, point));
        while (count > 0)
        {
            var (node, bound) = waiting[--count];
            if (bound > visitor.Reach || visitor.Skips(node.Index))
                continue;
            while (!node.IsLeaf)
            {
                var (near, far) = (node.Left, node.Right);
                var (nearBound, farBound) = (tree.Bound(near.Index, point), tree.Bound(far.Index, point));
                if (farBound < nearBound)
                    (near, nearBound, far, farBound) = (far, farBound, near, nearBound);
                if (farBound <= visitor.Reach && !visitor.Skips(far.Index))
                    waiting[count++] = new Waiting(far, farBound);
                (node, bound) = (near, nearBound);
                if (bound > visitor.Reach || visitor.Skips(node.Index))
                    break;
            }

            if (node.IsLeaf && bound <= visitor.Reach && !visitor.Skips(node.Index))
                visitor.Visit(node.FirstLeaf);
        }
    }

    private readonly record struct Waiting(KdNode Node, double Bound);
}
