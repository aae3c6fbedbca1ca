using SegFunctions.Customers.Features;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Segments.Clusters;

/// <summary>The words that clusters of customers are named and explained with.</summary>
internal static class ClusterVocabulary
{
    /// <summary>The features that people tell customers apart by, whether they were clustered by or not.</summary>
    public static readonly IReadOnlyList<Feature> Features =
    [
        FeatureTable.RecencyDays, FeatureTable.Orders, FeatureTable.Revenue, FeatureTable.GapMeanDays, FeatureTable.AverageBasket,
        FeatureTable.ItemsPerOrder, FeatureTable.DistinctProducts, FeatureTable.RecentRevenueShare,
    ];

    public static NamingVocabulary Words { get; } = new()
    {
        Noun = new Bilingual("buyers", "Acheteurs"),
        Typical = new Bilingual("Typical buyers", "Acheteurs typiques"),
        Rows = new Bilingual("customers", "clients"),
        Columns = new Dictionary<string, ColumnWords>(StringComparer.Ordinal)
        {
            [FeatureTable.RecencyDays.Name] = Of(FeatureTable.RecencyDays, "when", new("Lapsed", "inactifs"), new("Recent", "récents")),
            [FeatureTable.Orders.Name] = Of(FeatureTable.Orders, "how often", new("Frequent", "fréquents"), new("Occasional", "occasionnels")),
            [FeatureTable.GapMeanDays.Name] = Of(FeatureTable.GapMeanDays, "how often", new("Slow-paced", "espacés"), new("Fast-paced", "assidus")) with { Unknown = new("One-time", "ponctuels") },
            [FeatureTable.Revenue.Name] = Of(FeatureTable.Revenue, "how much", new("Valuable", "précieux"), new("Modest", "modestes")),
            [FeatureTable.AverageBasket.Name] = Of(FeatureTable.AverageBasket, "how much", new("Big-basket", "dépensiers"), new("Small-basket", "économes")),
            [FeatureTable.ItemsPerOrder.Name] = Of(FeatureTable.ItemsPerOrder, "how much", new("Bulk", "volumineux"), new("Few-item", "parcimonieux")),
            [FeatureTable.DistinctProducts.Name] = Of(FeatureTable.DistinctProducts, "what", new("Wide-range", "éclectiques"), new("Narrow-range", "sélectifs")),
            // It says again what recency says, and less surely: it names nobody.
            [FeatureTable.RecentRevenueShare.Name] = Of(FeatureTable.RecentRevenueShare, "when", much: null, little: null),
        },
    };

    private static ColumnWords Of(Feature feature, string aspect, Bilingual? much, Bilingual? little) => new()
    {
        Label = feature.Label,
        Unit = feature.Unit switch
        {
            FeatureUnit.Days => ColumnUnit.Days,
            FeatureUnit.Share => ColumnUnit.Share,
            _ => ColumnUnit.None,
        },
        Aspect = aspect,
        Much = much,
        Little = little,
        Names = much is not null,
    };
}
