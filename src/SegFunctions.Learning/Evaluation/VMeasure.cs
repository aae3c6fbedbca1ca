namespace SegFunctions.Learning.Evaluation;

/// <summary>How a clustering answers given classes (Rosenberg &amp; Hirschberg, "V-measure", EMNLP-CoNLL 2007). All from 0 to 1.</summary>
/// <param name="Homogeneity">1 when every cluster holds rows of one class only: 1 − H(class | cluster) / H(class).</param>
/// <param name="Completeness">1 when the rows of every class lie in one cluster: 1 − H(cluster | class) / H(cluster).</param>
/// <param name="Value">Their harmonic mean (β = 1).</param>
public readonly record struct VMeasureResult(double Homogeneity, double Completeness, double Value);

/// <summary>
/// Homogeneity, completeness and their harmonic mean. Not corrected for chance: many small clusters score well against anything, so read it beside
/// <see cref="AdjustedMutualInformation"/>. Noise: see <see cref="NoiseRows"/>.
/// </summary>
public static class VMeasure
{
    /// <param name="classes">The given labels, one a row.</param>
    /// <param name="clusters">The labels found, one a row.</param>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public static VMeasureResult Of(IReadOnlyList<int> classes, IReadOnlyList<int> clusters)
    {
        var table = Contingency.Of(classes, clusters);
        var information = table.MutualInformation;
        var ofClasses = table.Entropy(table.First);
        var ofClusters = table.Entropy(table.Second);
        var homogeneity = ofClasses > 0 ? Math.Min(1, information / ofClasses) : 1;
        var completeness = ofClusters > 0 ? Math.Min(1, information / ofClusters) : 1;
        var sum = homogeneity + completeness;
        return new VMeasureResult(homogeneity, completeness, sum > 0 ? 2 * homogeneity * completeness / sum : 0);
    }
}
