using SegFunctions.Customers.Intake.Records;

namespace SegFunctions.Customers.Intake.Reading;

/// <summary>Gives accepted rows the keys of their customers and visitors. A row that only is checked needs none.</summary>
internal sealed class RowKeys
{
    private readonly RowContext _context;
    private readonly CustomerKeyCaches _caches;
    private readonly int _customerField;
    private readonly int _visitorField;
    private readonly KeysAhead? _customersAhead;
    private readonly KeysAhead? _visitorsAhead;

    public RowKeys(RowContext context, CustomerKeyCaches caches)
    {
        (_context, _caches) = (context, caches);
        _customerField = context.Plan.Dataset.IndexOf("customerId");
        _visitorField = context.Plan.Dataset.IndexOf("anonymousId");
        _customersAhead = _customerField < 0 ? null : new KeysAhead(context, caches.Customers, _customerField);
        _visitorsAhead = _visitorField < 0 ? null : new KeysAhead(context, caches.Visitors, _visitorField);
    }

    /// <summary>Derives the keys of the present row, which is that record.</summary>
    public void Derive(RecordBatch batch, int record)
    {
        _customersAhead?.Reach(batch, record);
        _visitorsAhead?.Reach(batch, record);
        var row = _context.Row;
        if (_customerField >= 0 && row.Has(_customerField))
            row.Key = _caches.Customers.Get(row.Text(_customerField)).Key;
        if (_visitorField >= 0 && row.Has(_visitorField))
            row.Anonymous = _caches.Visitors.Get(row.Text(_visitorField)).Key;
    }
}
