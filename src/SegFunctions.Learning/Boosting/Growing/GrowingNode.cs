namespace SegFunctions.Learning.Boosting.Growing;

/// <summary>A node of the tree that is being grown: its rows, its sums and, once searched, its best split.</summary>
internal sealed class GrowingNode
{
    /// <summary>Its number in the tree.</summary>
    public required int Id { get; init; }

    public required int Depth { get; init; }

    /// <summary>Its first row in the order of rows.</summary>
    public required int Begin { get; init; }

    /// <summary>The place after its last row.</summary>
    public required int End { get; set; }

    public required NodeSums Sums { get; init; }

    /// <summary>Histograms of all columns, column after column; null when it cannot be split or has been.</summary>
    public long[]? Histograms { get; set; }

    public Split Best;

    public int Rows => End - Begin;
}
