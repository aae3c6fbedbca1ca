using SegFunctions.Customers.Features;
using SegFunctions.Learning;

namespace SegFunctions.Customers.Segments.Clusters;

/// <summary>The columns that customers are clustered by: the features declared for it.</summary>
internal static class ClusterColumns
{
    public static readonly string[] Names = [.. FeatureTable.ForClustering.Select(feature => feature.Name)];

    private static readonly int[] Sources = [.. FeatureTable.ForClustering.Select(feature => feature.Column)];

    /// <summary>Rows of customers with an order.</summary>
    public static int[] RowsOf(FeatureSet features)
    {
        var rows = new List<int>(features.Rows);
        for (var row = 0; row < features.Rows; row++)
        {
            if (features.Row(row)[FeatureTable.Orders.Column] > 0)
                rows.Add(row);
        }

        return [.. rows];
    }

    /// <summary>Shape (rows × columns); NaN where a value does not exist.</summary>
    public static Matrix Of(FeatureSet features, ReadOnlySpan<int> rows)
    {
        var values = new double[rows.Length * Sources.Length];
        for (var i = 0; i < rows.Length; i++)
            Fill(features.Row(rows[i]), values.AsSpan(i * Sources.Length, Sources.Length));
        return new Matrix(rows.Length, Sources.Length, values);
    }

    public static void Fill(ReadOnlySpan<double> features, Span<double> columns)
    {
        for (var i = 0; i < Sources.Length; i++)
            columns[i] = features[Sources[i]];
    }
}
