namespace SegFunctions.Customers.Predictions.Lifetime;

/// <summary>Collects orders: who, on which day, for how much. Days count from 1970-01-01.</summary>
public sealed class PurchaseLog
{
    private readonly List<int> _customers = [];
    private readonly List<int> _days = [];
    private readonly List<double> _amounts = [];
    private int _count;

    /// <summary>Orders collected.</summary>
    public int Orders => _customers.Count;

    /// <summary>Customers are 0 to this, exclusive.</summary>
    public int Customers => _count;

    /// <summary>The last day with an order; null without any.</summary>
    public int? LastDay { get; private set; }

    /// <param name="customer">0 or more; numbers are given out in order of first appearance.</param>
    /// <param name="amount">Finite; NaN when it is not known.</param>
    public void Add(int customer, int day, double amount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(customer);
        _customers.Add(customer);
        _days.Add(day);
        _amounts.Add(amount);
        _count = Math.Max(_count, customer + 1);
        LastDay = LastDay is { } last ? Math.Max(last, day) : day;
    }

    /// <summary>The histories up to and including a day, and what came after it.</summary>
    /// <param name="end">Day on which the observation ends.</param>
    /// <param name="laterUntil">Orders after <paramref name="end"/> count as later up to and including this day.</param>
    /// <exception cref="InvalidOperationException">No order lies on or before the end.</exception>
    public ObservedPurchases UpTo(int end, int laterUntil)
    {
        var starts = new int[_count + 1];
        foreach (var customer in _customers)
            starts[customer + 1]++;
        for (var customer = 0; customer < _count; customer++)
            starts[customer + 1] += starts[customer];
        var (days, amounts) = (new int[_days.Count], new double[_days.Count]);
        var next = starts[..^1].ToArray();
        for (var order = 0; order < days.Length; order++)
        {
            var at = next[_customers[order]]++;
            (days[at], amounts[at]) = (_days[order], _amounts[order]);
        }

        var observed = new ObservedPurchases.Builder(_count, end, laterUntil);
        for (var customer = 0; customer < _count; customer++)
        {
            var (from, length) = (starts[customer], starts[customer + 1] - starts[customer]);
            var own = days.AsSpan(from, length);
            if (!IsSorted(own))
                own.Sort(amounts.AsSpan(from, length));
            observed.Add(customer, own, amounts.AsSpan(from, length));
        }

        return observed.Build();
    }

    private static bool IsSorted(ReadOnlySpan<int> days)
    {
        for (var i = 1; i < days.Length; i++)
        {
            if (days[i] < days[i - 1])
                return false;
        }

        return true;
    }
}
