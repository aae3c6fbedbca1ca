using SegFunctions.Learning.Explanation;

namespace SegFunctions.Learning.Clustering.Hierarchical;

/// <summary>What stands for the rows where there are too many of them to be exact: k-means centres with the rows nearest to each.</summary>
/// <param name="Count">How many there are, after those without a row are left out.</param>
/// <param name="Rows">Training rows.</param>
/// <param name="Reason">Why, and what that means for the result.</param>
public sealed record MicroClustering(int Count, int Rows, Bilingual Reason);
