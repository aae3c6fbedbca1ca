namespace SegFunctions.Customers.Intake.Reading;

/// <summary>Gives accepted rows the keys of their customers and visitors. A row that only is checked needs none.</summary>
internal sealed class RowKeys(RowContext context, CustomerKeyCaches caches)
{
    private readonly int _customerField = context.Plan.Dataset.IndexOf("customerId");
    private readonly int _visitorField = context.Plan.Dataset.IndexOf("anonymousId");

    /// <summary>Derives the keys of the present row.</summary>
    public void Derive()
    {
        var row = context.Row;
        if (_customerField >= 0 && row.Has(_customerField))
            row.Key = caches.Customers.Get(row.Text(_customerField)).Key;
        if (_visitorField >= 0 && row.Has(_visitorField))
            row.Anonymous = caches.Visitors.Get(row.Text(_visitorField)).Key;
    }
}
