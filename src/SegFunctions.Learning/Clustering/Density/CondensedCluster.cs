namespace SegFunctions.Learning.Clustering.Density;

/// <summary>A cluster of the condensed tree. λ = 1 / distance: the denser, the greater.</summary>
/// <param name="Parent">The cluster it split from, −1 for the root; parents come before children.</param>
/// <param name="Birth">λ at which it split from its parent; 0 for the root.</param>
/// <param name="Death">λ at which it splits into two, or its last rows leave it.</param>
/// <param name="Size">Rows it held at birth.</param>
/// <param name="Stability">Excess of mass: Σ over its rows of (λ at which the row leaves or is handed to a child − birth).</param>
/// <param name="Label">The label its rows got: its own or that of the chosen cluster it lies in; −1 when none is chosen.</param>
/// <param name="IsChosen">Whether it is one of the clusters of the result.</param>
public sealed record CondensedCluster(int Parent, double Birth, double Death, int Size, double Stability, int Label, bool IsChosen);
