namespace SegFunctions.Learning.Boosting.Growing;

/// <summary>A node of the tree that is being grown: its rows, its sums and, once searched, its best split. Used again from tree to tree.</summary>
internal sealed class GrowingNode
{
    public Split Best;

    /// <summary>Its number in the tree.</summary>
    public int Id { get; private set; }

    public int Depth { get; private set; }

    /// <summary>Its first row in the order of rows.</summary>
    public int Begin { get; private set; }

    /// <summary>The place after its last row.</summary>
    public int End { get; private set; }

    public NodeSums Sums { get; private set; }

    /// <summary>Histograms of all columns, column after column; null when it cannot be split or has been.</summary>
    public long[]? Histograms { get; set; }

    public int Rows => End - Begin;

    public void Become(int id, int depth, int begin, int end, in NodeSums sums)
    {
        (Id, Depth, Begin, End, Sums) = (id, depth, begin, end, sums);
        Best = default;
    }
}
