namespace SegFunctions.Learning.Clustering.Hierarchical;

/// <summary>How far apart two clusters are, from the Euclidean distances between their rows.</summary>
public enum Linkage
{
    /// <summary>
    /// What a merge adds to the sum of squares within clusters: √(2ab / (a + b)) · ‖mean − mean‖ for a and b rows, in the units of the
    /// data (Ward 1963; the heights of scipy's <c>ward</c> and of R's <c>ward.D2</c>).
    /// </summary>
    Ward,

    /// <summary>The mean of all distances between a row of the one and a row of the other (Sokal &amp; Michener 1958, UPGMA).</summary>
    Average,

    /// <summary>The greatest of those distances.</summary>
    Complete,

    /// <summary>The least of those distances.</summary>
    Single,
}
