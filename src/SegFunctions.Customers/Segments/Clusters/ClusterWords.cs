using SegFunctions.Customers.Features;
using SegFunctions.Learning.Explanation;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Customers.Segments.Clusters;

/// <summary>The words that clusters of customers are named with.</summary>
internal static class ClusterWords
{
    public static readonly NamingVocabulary Vocabulary = new()
    {
        Noun = new Bilingual("buyers", "Acheteurs"),
        Typical = new Bilingual("Typical buyers", "Acheteurs typiques"),
        Rows = new Bilingual("customers", "clients"),
        Columns = new Dictionary<string, ColumnWords>(StringComparer.Ordinal)
        {
            [FeatureTable.RecencyDays.Name] = new() { Much = new("Lapsed", "inactifs"), Little = new("Recent", "récents") },
            [FeatureTable.Orders.Name] = new() { Much = new("Frequent", "fréquents"), Little = new("Occasional", "occasionnels"), Aspect = "how often" },
            [FeatureTable.GapMeanDays.Name] = new() { Much = new("Slow-paced", "espacés"), Little = new("Fast-paced", "assidus"), Unknown = new("One-time", "ponctuels"), Aspect = "how often" },
            [FeatureTable.Revenue.Name] = new() { Much = new("Valuable", "précieux"), Little = new("Modest", "modestes"), Aspect = "how much" },
            [FeatureTable.AverageBasket.Name] = new() { Much = new("Big-basket", "dépensiers"), Little = new("Small-basket", "économes"), Aspect = "how much" },
            [FeatureTable.ItemsPerOrder.Name] = new() { Much = new("Bulk", "volumineux"), Little = new("Few-item", "parcimonieux"), Aspect = "how much" },
            [FeatureTable.DistinctProducts.Name] = new() { Much = new("Wide-range", "éclectiques"), Little = new("Narrow-range", "sélectifs") },
            // It says again what recency says, and less surely: it names nobody.
            [FeatureTable.RecentRevenueShare.Name] = new() { Names = false },
        },
    };

    /// <summary>The features that name clusters, as the table that an explanation reads.</summary>
    /// <param name="rows">Rows of <paramref name="features"/>, one a row of the table.</param>
    public static Table Table(FeatureSet features, int[] rows) => new(
    [
        .. ClusterTraits.Features.Select(feature =>
            new NumericColumn(feature.Name, Array.ConvertAll(rows, row => features.Row(row)[feature.Column]))),
    ]);
}
