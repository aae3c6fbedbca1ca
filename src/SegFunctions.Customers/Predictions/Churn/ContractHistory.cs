namespace SegFunctions.Customers.Predictions.Churn;

/// <summary>When customers ended their contracts and took them up again. Immutable, safe for many threads.</summary>
public sealed class ContractHistory
{
    private readonly Dictionary<CustomerKey, ContractEvent[]> _events;

    private ContractHistory(Dictionary<CustomerKey, ContractEvent[]> events) => _events = events;

    /// <summary>Nobody ever ended anything.</summary>
    public static ContractHistory None { get; } = new([]);

    /// <param name="events">In any order; of events at the same instant an end comes last.</param>
    public static ContractHistory Of(IEnumerable<ContractEvent> events) =>
        new(events.GroupBy(one => one.Customer).ToDictionary(group => group.Key, group => group.OrderBy(one => one.At).ThenBy(one => one.Ends).ToArray()));

    /// <summary>How often contracts were ended from <paramref name="from"/> on and before <paramref name="until"/>.</summary>
    public int Endings(DateTime from, DateTime until) =>
        _events.Values.Sum(own => own.Count(one => one.Ends && one.At >= from && one.At < until));

    /// <summary>When the customer ended the contract, if it is ended at an instant: what happens from then on is not looked at.</summary>
    public DateTime? EndedBefore(CustomerKey customer, DateTime instant)
    {
        ContractEvent? last = null;
        foreach (var one in _events.GetValueOrDefault(customer) ?? [])
        {
            if (one.At >= instant)
                break;
            // Ended again while it was ended already: the first time counts.
            if (last is not { Ends: true } || !one.Ends)
                last = one;
        }

        return last is { Ends: true } ended ? ended.At : null;
    }

    /// <summary>Whether the customer ends the contract from <paramref name="from"/> on and before <paramref name="until"/>.</summary>
    public bool EndsBetween(CustomerKey customer, DateTime from, DateTime until) =>
        Array.Exists(_events.GetValueOrDefault(customer) ?? [], one => one.Ends && one.At >= from && one.At < until);
}
