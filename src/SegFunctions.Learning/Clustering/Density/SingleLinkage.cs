namespace SegFunctions.Learning.Clustering.Density;

/// <summary>
/// The merges of single linkage, read off a spanning tree from its shortest edge to its longest (Gower &amp; Ross 1969). Rows are nodes
/// 0 … n − 1, merge i is node n + i; children come before parents.
/// </summary>
/// <param name="Left">One child of every merge.</param>
/// <param name="Right">The other one.</param>
/// <param name="Heights">Distance at which they merge, never falling.</param>
/// <param name="Sizes">Rows below every node, doubles counted.</param>
internal sealed record SingleLinkage(int[] Left, int[] Right, double[] Heights, int[] Sizes)
{
    /// <param name="edges">n − 1 edges, the shortest first.</param>
    /// <param name="counts">How often each of the n rows occurs.</param>
    public static SingleLinkage Of(SpanningEdges edges, int[] counts)
    {
        var n = counts.Length;
        var (left, right, heights, sizes) = (new int[edges.Count], new int[edges.Count], new double[edges.Count], new int[n + edges.Count]);
        counts.CopyTo(sizes, 0);
        var sets = new DisjointSets(n);
        var nodeOfSet = new int[n];
        for (var row = 0; row < n; row++)
            nodeOfSet[row] = row;
        for (var merge = 0; merge < edges.Count; merge++)
        {
            (left[merge], right[merge]) = (nodeOfSet[sets.Of(edges.From[merge])], nodeOfSet[sets.Of(edges.To[merge])]);
            sets.Join(edges.From[merge], edges.To[merge]);
            nodeOfSet[sets.Of(edges.From[merge])] = n + merge;
            heights[merge] = Math.Sqrt(edges.Squared[merge]);
            sizes[n + merge] = sizes[left[merge]] + sizes[right[merge]];
        }

        return new SingleLinkage(left, right, heights, sizes);
    }
}
