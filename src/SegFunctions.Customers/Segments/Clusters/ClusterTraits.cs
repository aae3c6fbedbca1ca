using SegFunctions.Customers.Features;
using SegFunctions.Learning;

namespace SegFunctions.Customers.Segments.Clusters;

/// <summary>Works out what sets each cluster apart from all customers.</summary>
internal static class ClusterTraits
{
    /// <summary>
    /// The features that people tell customers apart by, whether they were clustered by or not; differences are measured on the
    /// robust scale that clustering uses.
    /// </summary>
    public static readonly IReadOnlyList<Feature> Features =
    [
        FeatureTable.RecencyDays, FeatureTable.Orders, FeatureTable.Revenue, FeatureTable.GapMeanDays, FeatureTable.AverageBasket,
        FeatureTable.ItemsPerOrder, FeatureTable.DistinctProducts, FeatureTable.RecentRevenueShare,
    ];

    /// <param name="rows">Rows of <paramref name="features"/> that were clustered.</param>
    /// <param name="members">Positions in <paramref name="rows"/> of each cluster.</param>
    /// <returns>For each cluster its traits, the strongest first, ties in the order of the columns.</returns>
    public static IReadOnlyList<ClusterTrait>[] Of(FeatureSet features, int[] rows, List<int>[] members, CancellationToken cancellationToken)
    {
        var columns = Columns(features, rows);
        var scaler = FeatureScaling.Fit(columns, [.. Features.Select(feature => feature.Name)], cancellationToken);
        var prepared = scaler.TransformForFitting(columns);
        var everyone = Enumerable.Range(0, rows.Length).ToList();
        var traits = new List<ClusterTrait>[members.Length];
        for (var cluster = 0; cluster < traits.Length; cluster++)
            traits[cluster] = [];
        for (var column = 0; column < scaler.OutputNames.Count; column++)
        {
            var feature = FeatureTable.Named(scaler.OutputNames[column]);
            var mean = Mean(prepared, column, everyone);
            var deviation = Deviation(prepared, column, mean);
            var typicalOfAll = Median(features, rows, feature, everyone);
            for (var cluster = 0; cluster < traits.Length; cluster++)
            {
                var difference = deviation > 0 ? (Mean(prepared, column, members[cluster]) - mean) / deviation : 0;
                traits[cluster].Add(new ClusterTrait(feature.Name, difference, Median(features, rows, feature, members[cluster]), typicalOfAll));
            }
        }

        // OrderByDescending is stable.
        return Array.ConvertAll(traits, own => (IReadOnlyList<ClusterTrait>)[.. own.OrderByDescending(trait => Math.Abs(trait.Difference))]);
    }

    private static Matrix Columns(FeatureSet features, int[] rows)
    {
        var values = new double[rows.Length * Features.Count];
        for (var i = 0; i < rows.Length; i++)
        {
            var row = features.Row(rows[i]);
            for (var column = 0; column < Features.Count; column++)
                values[i * Features.Count + column] = row[Features[column].Column];
        }

        return new Matrix(rows.Length, Features.Count, values);
    }

    private static double Mean(Matrix prepared, int column, List<int> members)
    {
        var sum = 0.0;
        foreach (var row in members)
            sum += prepared.Row(row)[column];
        return sum / members.Count;
    }

    private static double Deviation(Matrix prepared, int column, double mean)
    {
        var squares = 0.0;
        for (var row = 0; row < prepared.Rows; row++)
        {
            var difference = prepared.Row(row)[column] - mean;
            squares += difference * difference;
        }

        return Math.Sqrt(squares / prepared.Rows);
    }

    private static double? Median(FeatureSet features, int[] rows, Feature feature, List<int> members)
    {
        var values = new List<double>(members.Count);
        foreach (var member in members)
        {
            var value = features.Row(rows[member])[feature.Column];
            if (!double.IsNaN(value))
                values.Add(value);
        }

        if (values.Count == 0)
            return null;
        values.Sort();
        return (values[(values.Count - 1) / 2] + values[values.Count / 2]) / 2;
    }
}
