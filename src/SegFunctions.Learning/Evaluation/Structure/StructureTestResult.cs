using SegFunctions.Learning.Explanation;

namespace SegFunctions.Learning.Evaluation.Structure;

/// <summary>The shapes without clusters that a table is held against; all take location, spread and dependence from the table.</summary>
public enum NullShape
{
    /// <summary>A Gaussian with the table's covariance.</summary>
    Gaussian,

    /// <summary>A Gaussian copula with the table's rank correlation and, in every column, the log-concave density nearest to it.</summary>
    Copula,

    /// <summary>Ellipsoidal shells: the table's covariance, directions uniform, distances from the centre as in the table.</summary>
    Elliptical,
}

/// <summary>The table against one null shape.</summary>
/// <param name="Shape">The shape.</param>
/// <param name="Draws">Samples drawn from it.</param>
/// <param name="Above">Draws at least as clustered as the table over all figures together.</param>
/// <param name="PValue">(1 + Above) / (1 + Draws), or less for a table far beyond all draws; taken greater since the shape was estimated.</param>
/// <param name="SilhouetteMean">Mean over the draws of the best silhouette.</param>
/// <param name="SilhouetteDeviation">Standard deviation over the draws of the best silhouette.</param>
/// <param name="DipPValue">The same p-value for the dip alone.</param>
public sealed record NullComparison(NullShape Shape, int Draws, int Above, double PValue, double SilhouetteMean, double SilhouetteDeviation, double DipPValue);

/// <summary>Whether a table holds groups at all.</summary>
public sealed record StructureTestResult
{
    /// <summary>True when every null shape is refuted at the level asked for. False is a result: no groups were shown.</summary>
    public required bool Structured { get; init; }

    /// <summary>The greatest of the p-values against the null shapes; an estimate where draws stopped early because it could no longer matter.</summary>
    public required double PValue { get; init; }

    /// <summary>The best mean silhouette over 2 … <see cref="StructureTestOptions.MaxClusters"/> clusters.</summary>
    public required double Statistic { get; init; }

    /// <summary>The number of clusters of that silhouette; 0 when the table cannot be tested.</summary>
    public required int Clusters { get; init; }

    /// <summary>Share of the rows in the lesser side of the deepest gap in density, weighed by how much denser they lie than the gap; 0 to ½.</summary>
    public required double DensityGap { get; init; }

    /// <summary>The dip along the leading discriminant of the best clusters, which the draws calibrate since that direction was chosen.</summary>
    public required double Dip { get; init; }

    /// <summary>The greatest p-value of the dip against the null shapes.</summary>
    public required double DipPValue { get; init; }

    /// <summary>Hopkins statistic, about ½ for uniform rows; only reported, since it calls a single Gaussian clustered too.</summary>
    public required double Hopkins { get; init; }

    /// <summary>Null shapes drawn from, in order; draws from all of them end when one cannot be refuted.</summary>
    public required IReadOnlyList<NullComparison> Nulls { get; init; }

    /// <summary>Rows of the table.</summary>
    public required int Rows { get; init; }

    /// <summary>Rows tested: all, or a uniform sample.</summary>
    public required int RowsTested { get; init; }

    /// <summary>One or two sentences for a person.</summary>
    public required Bilingual Sentence { get; init; }

    /// <summary>Samples drawn from null shapes in all.</summary>
    public int Draws => Nulls.Sum(shape => shape.Draws);
}
