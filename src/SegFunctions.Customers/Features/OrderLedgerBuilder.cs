using System.Runtime.InteropServices;

namespace SegFunctions.Customers.Features;

/// <summary>Takes order lines in any order, batch by batch, and groups them into an <see cref="OrderLedger"/>.</summary>
/// <remarks>Not safe for several threads. Keeps 56 bytes a line and nothing of the batch.</remarks>
public sealed class OrderLedgerBuilder
{
    // Customers a chunk: fixed, so that the number of threads changes nothing.
    private const int CustomersPerChunk = 128;

    private readonly Dictionary<CustomerKey, int> _groups = [];
    private readonly List<CustomerKey> _customers = [];
    private readonly List<LedgerLine> _lines = [];
    private readonly List<int> _groupOfLine = [];
    private readonly Dictionary<string, int> _countryNumbers = new(StringComparer.Ordinal);
    private readonly List<string> _countries = [];
    private CustomerKey _lastCustomer;
    private int _lastGroup = -1;
    private string? _lastCountry;
    private int _lastCountryNumber = -1;

    /// <summary>Lines taken so far.</summary>
    public int Lines => _lines.Count;

    /// <exception cref="ArgumentException">A line's amount or quantity is negative or no finite number, or its time is local.</exception>
    public void Add(ReadOnlySpan<OrderLine> lines)
    {
        _lines.EnsureCapacity(_lines.Count + lines.Length);
        _groupOfLine.EnsureCapacity(_groupOfLine.Count + lines.Length);
        foreach (ref readonly var line in lines)
        {
            if (!(line.Amount >= 0 && line.Quantity >= 0 && line.Amount < double.PositiveInfinity && line.Quantity < double.PositiveInfinity) || line.Timestamp.Kind == DateTimeKind.Local)
                Refuse(line);
            _groupOfLine.Add(GroupOf(line.Customer));
            _lines.Add(new LedgerLine
            {
                Ticks = line.Timestamp.Ticks,
                Order = line.Order,
                Product = line.Product,
                Category = line.Category,
                Amount = line.Amount,
                Quantity = line.Quantity,
                Country = NumberOf(line.Country),
                Kind = line.Kind,
            });
        }
    }

    /// <summary>The ledger of all lines taken. The builder is empty afterwards and can be used again.</summary>
    /// <param name="threads">At most so many threads; 0 = one a core. The result does not depend on it.</param>
    public OrderLedger Build(int threads = 0, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        var customers = CollectionsMarshal.AsSpan(_customers).ToArray();
        var groups = new int[customers.Length];
        for (var group = 0; group < groups.Length; group++)
            groups[group] = group;
        Array.Sort(customers, groups);
        var rowOfGroup = new int[groups.Length];
        for (var row = 0; row < groups.Length; row++)
            rowOfGroup[groups[row]] = row;

        var countries = _countries.ToArray();
        var numbers = new int[countries.Length];
        for (var number = 0; number < numbers.Length; number++)
            numbers[number] = number;
        Array.Sort(countries, numbers, StringComparer.Ordinal);
        var sortedNumber = new int[numbers.Length];
        for (var position = 0; position < numbers.Length; position++)
            sortedNumber[numbers[position]] = position;

        var (starts, lines) = Group(rowOfGroup, sortedNumber);
        Clear();

        var chunks = (customers.Length + CustomersPerChunk - 1) / CustomersPerChunk;
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads == 0 ? -1 : threads, CancellationToken = cancellationToken };
        Parallel.For(0, chunks, options, () => new LedgerMarker(), (chunk, _, marker) =>
        {
            var end = Math.Min((chunk + 1) * CustomersPerChunk, customers.Length);
            for (var row = chunk * CustomersPerChunk; row < end; row++)
            {
                var own = lines.AsSpan(starts[row]..starts[row + 1]);
                own.Sort(LedgerLineOrder.Instance);
                marker.Mark(own);
            }

            return marker;
        }, _ => { });
        return new OrderLedger(customers, starts, lines, countries);
    }

    private (int[] Starts, LedgerLine[] Lines) Group(int[] rowOfGroup, int[] sortedNumber)
    {
        var starts = new int[rowOfGroup.Length + 1];
        foreach (var group in CollectionsMarshal.AsSpan(_groupOfLine))
            starts[rowOfGroup[group] + 1]++;
        for (var row = 0; row < rowOfGroup.Length; row++)
            starts[row + 1] += starts[row];

        var next = starts.AsSpan(0, rowOfGroup.Length).ToArray();
        var lines = new LedgerLine[_lines.Count];
        var source = CollectionsMarshal.AsSpan(_lines);
        var groups = CollectionsMarshal.AsSpan(_groupOfLine);
        for (var i = 0; i < source.Length; i++)
        {
            ref var target = ref lines[next[rowOfGroup[groups[i]]]++];
            target = source[i];
            if (target.Country >= 0)
                target.Country = sortedNumber[target.Country];
        }

        return (starts, lines);
    }

    private void Clear()
    {
        _groups.Clear();
        _customers.Clear();
        _lines.Clear();
        _lines.TrimExcess();
        _groupOfLine.Clear();
        _groupOfLine.TrimExcess();
        _countryNumbers.Clear();
        _countries.Clear();
        _lastGroup = -1;
        _lastCountry = null;
        _lastCountryNumber = -1;
    }

    private int GroupOf(CustomerKey customer)
    {
        // Files tend to hold a customer's lines together.
        if (_lastGroup >= 0 && customer.Value == _lastCustomer.Value)
            return _lastGroup;
        ref var group = ref CollectionsMarshal.GetValueRefOrAddDefault(_groups, customer, out var known);
        if (!known)
        {
            group = _customers.Count;
            _customers.Add(customer);
        }

        _lastCustomer = customer;
        return _lastGroup = group;
    }

    private int NumberOf(string? country)
    {
        if (country is null)
            return -1;
        if (ReferenceEquals(country, _lastCountry))
            return _lastCountryNumber;
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_countryNumbers, country, out var known);
        if (!known)
        {
            number = _countries.Count;
            _countries.Add(country);
        }

        _lastCountry = country;
        return _lastCountryNumber = number;
    }

    private static void Refuse(in OrderLine line) => throw new ArgumentException(
        $"An order line of customer {line.Customer} at {line.Timestamp:O} ({line.Timestamp.Kind}) has amount {line.Amount} and quantity {line.Quantity}; amounts and quantities are finite and not negative, times are UTC.");
}
