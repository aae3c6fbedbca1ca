namespace SegFunctions.Learning.Clustering.Density;

/// <summary>
/// The cluster tree of HDBSCAN* (Campello et al. 2015; McInnes &amp; Healy 2017): splits off less than the minimum cluster size count
/// as rows that leave, so only real splits remain.
/// </summary>
/// <param name="Clusters">From the root down; <see cref="CondensedCluster.Parent"/> points into this list.</param>
/// <param name="RowCluster">For every training row the deepest cluster that held it.</param>
/// <param name="RowLambda">For every training row the λ at which it left that cluster.</param>
public sealed record CondensedTree(IReadOnlyList<CondensedCluster> Clusters, IReadOnlyList<int> RowCluster, IReadOnlyList<double> RowLambda);
