using SegFunctions.Customers.Intake.Records;
using SegFunctions.Customers.Privacy;

namespace SegFunctions.Customers.Intake.Reading;

/// <summary>Tells, before anything of a record is read or counted, whether it is about a person who was erased.</summary>
internal sealed class ErasedRowCheck
{
    private readonly RowContext _context;
    private readonly CustomerKeyDerivation _keys;
    private readonly ErasedCustomers _erased;
    private readonly CustomerKeyCache _customers;
    private readonly CustomerKeyCache _visitors;
    private readonly int _customerField;
    private readonly int _visitorField;

    public ErasedRowCheck(RowContext context, CustomerKeyDerivation keys, CustomerKeyCaches caches, ErasedCustomers erased)
    {
        (_context, _keys, _erased) = (context, keys, erased);
        (_customers, _visitors) = (caches.Customers, caches.Visitors);
        _customerField = context.Plan.Dataset.IndexOf("customerId");
        _visitorField = context.Plan.Dataset.IndexOf("anonymousId");
    }

    private string Source => _context.Plan.Mapping.Source ?? CustomerKeyDerivation.DefaultNamespace;

    /// <summary>Whether the customer of a record was erased, or the visitor where it names no customer. A record with neither is searched for their contacts.</summary>
    public bool IsErased(RecordBatch batch, int record)
    {
        return _erased.Count > 0 && (IsOfErased(batch, record) || _erased.AreMentionedIn(batch.Raw(record)));
    }

    private bool IsOfErased(RecordBatch batch, int record)
    {
        var visitor = IdOf(batch, record, _visitorField);
        if (IdOf(batch, record, _customerField) is { Length: > 0 } customer)
        {
            if (!_customers.Get(customer).IsErased)
                return false;
            if (visitor.Length > 0)
                _context.Totals.ErasedVisitors.Add(_visitors.Get(visitor).Key);
            return true;
        }

        return visitor.Length > 0 ? _visitors.Get(visitor).IsErased : AreNamedIn(batch.Raw(record));
    }

    /// <summary>Whether a record as it was sent names such a person: for one that could not be read into fields.</summary>
    public bool AreNamedIn(ReadOnlySpan<byte> raw) => _erased.AreNamedIn(raw, Source, _keys);

    private ReadOnlySpan<byte> IdOf(RecordBatch batch, int record, int field)
    {
        var column = field < 0 ? -1 : _context.Plan.ColumnOfField[field];
        return column < 0 ? default : _context.IdOf(batch, record, column);
    }
}
