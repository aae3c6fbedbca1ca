using SegFunctions.Customers.Segments.Profiles;

namespace SegFunctions.App.Refresh;

/// <summary>Adds up what is published, customer by customer in the order of their keys.</summary>
internal sealed class TotalsBuilder
{
    private readonly Dictionary<string, SegmentTotal> _segments = new(StringComparer.Ordinal);
    private int _customers;
    private double _revenue;

    public void Add(CustomerProfile customer)
    {
        _customers++;
        _revenue += customer.Facts.Revenue;
        foreach (var membership in customer.Memberships)
        {
            var total = _segments.GetValueOrDefault(membership.Segment) ?? new SegmentTotal(0, 0);
            _segments[membership.Segment] = new SegmentTotal(total.Members + 1, total.Revenue + customer.Facts.Revenue);
        }
    }

    public RunTotals Build(long rowsWritten) => new(_customers, _revenue, rowsWritten, _segments);
}
