using SegFunctions.Customers.Features;
using SegFunctions.Customers.Tests.Features;

namespace SegFunctions.Customers.Tests.Segments;

/// <summary>Feature sets whose values are said directly.</summary>
internal static class Population
{
    /// <summary>One customer a row; features that are not named do not exist (NaN).</summary>
    public static FeatureSet Of(int customers, Func<int, IEnumerable<(Feature Feature, double Value)>> features)
    {
        var keys = Enumerable.Range(0, customers).Select(Some.Key).Order().ToArray();
        var values = new double[customers * FeatureTable.Columns];
        Array.Fill(values, double.NaN);
        for (var row = 0; row < customers; row++)
        {
            values[row * FeatureTable.Columns + FeatureTable.Orders.Column] = 0;
            values[row * FeatureTable.Columns + FeatureTable.Revenue.Column] = 0;
            foreach (var (feature, value) in features(row))
                values[row * FeatureTable.Columns + feature.Column] = value;
        }

        return new FeatureSet(Some.AsOf, keys, new string?[customers], values);
    }
}
