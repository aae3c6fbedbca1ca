using SegFunctions.Customers.Features;

namespace SegFunctions.Customers.Segments.Rfm;

/// <summary>The thresholds between the fifths of a population, by which every customer with an order gets its scores.</summary>
/// <remarks>
/// The thresholds of a quantity are its quantiles at 20, 40, 60 and 80 %: the smallest value that so many customers do not
/// exceed (definition 1 of Hyndman &amp; Fan, 1996). A value's fifth is the number of thresholds below it, so equal values always
/// share a score: where a third of the customers ordered once, all of them score 1 for frequency. Few days since the last order
/// are good, so recency counts from 5 down and ties take the better score; frequency and monetary count from 1 up and ties
/// take the lower one, so that nobody is called loyal by a tie.
/// </remarks>
public sealed record RfmModel
{
    /// <summary>Thresholds of each quantity.</summary>
    public const int Thresholds = 4;

    /// <summary>(4) days since the last order, ascending.</summary>
    public required double[] RecencyDays { get; init; }

    /// <summary>(4) distinct orders, ascending.</summary>
    public required double[] Orders { get; init; }

    /// <summary>(4) revenue, ascending.</summary>
    public required double[] Revenue { get; init; }

    /// <summary>Customers with an order, over whom the thresholds were taken.</summary>
    public required int Customers { get; init; }

    /// <summary>Thresholds over all customers with an order; null when there is none.</summary>
    public static RfmModel? Fit(FeatureSet features)
    {
        ArgumentNullException.ThrowIfNull(features);
        var customers = 0;
        for (var row = 0; row < features.Rows; row++)
        {
            if (features.Row(row)[FeatureTable.Orders.Column] > 0)
                customers++;
        }

        if (customers == 0)
            return null;
        var values = new double[customers];
        return new RfmModel
        {
            RecencyDays = Quantiles(features, FeatureTable.RecencyDays, values),
            Orders = Quantiles(features, FeatureTable.Orders, values),
            Revenue = Quantiles(features, FeatureTable.Revenue, values),
            Customers = customers,
        };
    }

    /// <summary>The scores of one customer; null without order.</summary>
    public RfmScore? Score(CustomerFeatures features) => features.Orders == 0
        ? null
        : new RfmScore(
            1 + Thresholds - Below(RecencyDays, features[FeatureTable.RecencyDays]),
            1 + Below(Orders, features[FeatureTable.Orders]),
            1 + Below(Revenue, features[FeatureTable.Revenue]));

    private static int Below(double[] thresholds, double value)
    {
        var below = 0;
        foreach (var threshold in thresholds)
        {
            if (threshold < value)
                below++;
        }

        return below;
    }

    private static double[] Quantiles(FeatureSet features, Feature feature, double[] values)
    {
        var next = 0;
        for (var row = 0; row < features.Rows; row++)
        {
            var all = features.Row(row);
            if (all[FeatureTable.Orders.Column] > 0)
                values[next++] = all[feature.Column];
        }

        Array.Sort(values);
        var thresholds = new double[Thresholds];
        for (var i = 0; i < Thresholds; i++)
            thresholds[i] = values[(int)(((long)(i + 1) * values.Length + Thresholds) / (Thresholds + 1)) - 1];
        return thresholds;
    }
}
