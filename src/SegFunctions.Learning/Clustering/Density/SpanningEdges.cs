namespace SegFunctions.Learning.Clustering.Density;

/// <summary>The edges of a minimum spanning tree, in no order that means anything.</summary>
/// <param name="From">One end of each edge.</param>
/// <param name="To">The other end.</param>
/// <param name="Squared">Squared length of each edge.</param>
internal sealed record SpanningEdges(int[] From, int[] To, double[] Squared)
{
    public int Count => Squared.Length;

    /// <summary>From the shortest to the longest; the order of equal ones is decided by the order before.</summary>
    public SpanningEdges Ascending()
    {
        var order = new int[Count];
        for (var edge = 0; edge < order.Length; edge++)
            order[edge] = edge;
        var squared = Squared.ToArray();
        Array.Sort(squared, order);
        return new SpanningEdges([.. order.Select(edge => From[edge])], [.. order.Select(edge => To[edge])], squared);
    }
}
