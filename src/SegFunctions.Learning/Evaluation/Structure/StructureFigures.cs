namespace SegFunctions.Learning.Evaluation.Structure;

/// <summary>What is measured on the table and on every draw from a null shape: the greater, the more clustered.</summary>
/// <param name="Silhouette">Best mean silhouette over numbers of clusters.</param>
/// <param name="Clusters">The number of clusters of that silhouette.</param>
/// <param name="DensityGap">See <see cref="DensityGap"/>.</param>
/// <param name="Dip">Dip along the leading discriminant of the clusters of the best silhouette.</param>
/// <param name="ColumnDip">
/// The greatest dip of a column. Columns on one scale weigh alike, so that groups along one or two of twenty drown in the others for every index that
/// looks at whole rows.
/// </param>
/// <param name="PlaneSilhouette">Best mean silhouette in the plane of the two columns that fall in two parts most clearly, for the same reason.</param>
internal readonly record struct StructureFigures(double Silhouette, int Clusters, double DensityGap, double Dip, double ColumnDip, double PlaneSilhouette)
{
    public const int Count = 5;

    public const int DipIndex = 2;

    public double this[int index] => index switch
    {
        0 => Silhouette,
        1 => DensityGap,
        DipIndex => Dip,
        3 => ColumnDip,
        _ => PlaneSilhouette,
    };
}
