namespace SegFunctions.Learning.Evaluation.Structure;

/// <summary>What is measured on the table and on every draw from a null shape: the greater, the more clustered.</summary>
/// <param name="Silhouette">Best mean silhouette over numbers of clusters.</param>
/// <param name="Clusters">The number of clusters of that silhouette.</param>
/// <param name="DensityGap">See <see cref="DensityGap"/>.</param>
/// <param name="Dip">Dip along the leading discriminant of the clusters of the best silhouette.</param>
internal readonly record struct StructureFigures(double Silhouette, int Clusters, double DensityGap, double Dip)
{
    public double this[int index] => index switch
    {
        0 => Silhouette,
        1 => DensityGap,
        _ => Dip,
    };
}
