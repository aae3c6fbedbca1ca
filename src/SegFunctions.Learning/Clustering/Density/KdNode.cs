namespace SegFunctions.Learning.Clustering.Density;

/// <summary>A node of a <see cref="KdTree"/>: nodes are numbered from the root down, left before right, so a subtree is one range of numbers.</summary>
/// <param name="Index">From 0, the root.</param>
/// <param name="FirstLeaf">The first leaf below the node.</param>
/// <param name="Leaves">How many leaves lie below it; 1 for a leaf.</param>
internal readonly record struct KdNode(int Index, int FirstLeaf, int Leaves)
{
    public bool IsLeaf => Leaves == 1;

    public KdNode Left => new(Index + 1, FirstLeaf, (Leaves + 1) / 2);

    public KdNode Right => new(Index + (2 * ((Leaves + 1) / 2)), FirstLeaf + ((Leaves + 1) / 2), Leaves / 2);
}
