namespace SegFunctions.Customers.Features;

/// <summary>The features of one customer: a view of one row of a <see cref="FeatureSet"/>.</summary>
/// <param name="Customer">Whose features these are.</param>
/// <param name="AsOf">UTC; nothing at or past it was read.</param>
/// <param name="Country">Where most purchase lines went; null where no line says.</param>
/// <param name="Values">One number a feature, by column of <see cref="FeatureTable"/>; NaN where a value does not exist.</param>
public readonly record struct CustomerFeatures(CustomerKey Customer, DateTime AsOf, string? Country, ReadOnlyMemory<double> Values)
{
    /// <summary>The value of one feature.</summary>
    public double this[Feature feature] => Values.Span[feature.Column];

    /// <summary>Distinct purchase orders; 0 for a customer who only returned, or got things free.</summary>
    public int Orders => (int)this[FeatureTable.Orders];

    /// <summary>UTC; null without order.</summary>
    public DateTime? FirstOrder => Date(this[FeatureTable.FirstOrder]);

    /// <summary>UTC; null without order.</summary>
    public DateTime? LastOrder => Date(this[FeatureTable.LastOrder]);

    /// <summary>The features of one customer's lines as of an instant; null when no line is older than it.</summary>
    /// <exception cref="ArgumentException">The lines are of several customers.</exception>
    public static CustomerFeatures? From(ReadOnlySpan<OrderLine> lines, DateTime asOf)
    {
        var ledger = OrderLedger.Of(lines, threads: 1);
        if (ledger.Customers.Count > 1)
            throw new ArgumentException($"The lines are of {ledger.Customers.Count} customers ({ledger.Customers[0]}, {ledger.Customers[1]}…); pass those of one, or use {nameof(FeatureExtraction)}.", nameof(lines));
        var features = FeatureExtraction.Extract(ledger, asOf, threads: 1);
        return features.Rows == 0 ? null : features[0];
    }

    // A double holds an instant of this century to a tenth of a millisecond: round to the millisecond.
    private static DateTime? Date(double days) => double.IsNaN(days)
        ? null
        : DateTime.UnixEpoch.AddTicks((long)Math.Round(days * TimeSpan.MillisecondsPerDay) * TimeSpan.TicksPerMillisecond);
}
