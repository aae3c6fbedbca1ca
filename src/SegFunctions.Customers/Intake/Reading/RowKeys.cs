using SegFunctions.Customers.Intake.Records;

namespace SegFunctions.Customers.Intake.Reading;

/// <summary>Gives accepted rows the keys of their customers and visitors. A row that only is checked needs none.</summary>
internal sealed class RowKeys
{
    private readonly RowContext _context;
    private readonly int _customerField;
    private readonly int _visitorField;
    private readonly KeysAhead? _customersAhead;
    private readonly KeysAhead? _visitorsAhead;

    public RowKeys(RowContext context, CustomerKeyCaches caches)
    {
        _context = context;
        _customerField = context.Plan.Dataset.IndexOf("customerId");
        _visitorField = context.Plan.Dataset.IndexOf("anonymousId");
        _customersAhead = _customerField < 0 ? null : new KeysAhead(context, caches.Customers, _customerField);
        _visitorsAhead = _visitorField < 0 ? null : new KeysAhead(context, caches.Visitors, _visitorField);
    }

    /// <summary>Derives the keys of the present row, which is that record.</summary>
    public void Derive(RecordBatch batch, int record)
    {
        var row = _context.Row;
        if (_customersAhead is not null && row.Has(_customerField))
            row.Key = _customersAhead.KeyOf(batch, record, row.Text(_customerField));
        if (_visitorsAhead is not null && row.Has(_visitorField))
            row.Anonymous = _visitorsAhead.KeyOf(batch, record, row.Text(_visitorField));
    }
}
