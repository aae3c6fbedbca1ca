using SegFunctions.Customers.Features;
using SegFunctions.Learning.Lifetime;

namespace SegFunctions.Customers.Predictions.Value;

/// <summary>The order days of customers before an instant, as far as lifetime models need them, and what came in the days after it.</summary>
/// <remarks>
/// Rows are those of the feature set of the same instant. Times are in weeks; orders of one UTC day count as one. A customer without
/// purchase has <see cref="None"/> repeats. Immutable, safe for many threads.
/// </remarks>
public sealed class OrderDays
{
    /// <summary>Repeats of a customer who has not bought anything.</summary>
    public const int None = -1;

    internal const double DaysPerWeek = 7;
    private const int Columns = 6;

    private readonly double[] _values;

    private OrderDays(DateTime asOf, double[] values)
    {
        AsOf = asOf;
        _values = values;
    }

    /// <summary>UTC.</summary>
    public DateTime AsOf { get; }

    public int Rows => _values.Length / Columns;

    /// <summary>Customers who have bought something.</summary>
    public int Customers
    {
        get
        {
            var count = 0;
            for (var row = 0; row < Rows; row++)
                count += Repeats(row) == None ? 0 : 1;
            return count;
        }
    }

    /// <summary>Order days after the first, or <see cref="None"/>.</summary>
    public int Repeats(int row) => (int)Value(row, 0);

    /// <summary>The customer's history in weeks; only of one who has bought something.</summary>
    public PurchaseHistory History(int row) => new(Repeats(row), Value(row, 1), Value(row, 2));

    /// <summary>Mean amount of the repeat days; 0 without.</summary>
    public double Spend(int row) => Value(row, 3);

    /// <summary>Order days in the horizon from the instant on.</summary>
    public int Later(int row) => (int)Value(row, 4);

    /// <summary>Days from the instant's day to the first order day of the horizon, from 0; NaN without one.</summary>
    public double DaysToNext(int row) => Value(row, 5);

    /// <summary>The order days of every customer with a line before <paramref name="asOf"/>.</summary>
    /// <param name="horizonDays">How far to look ahead; 0 where there is nothing to learn from.</param>
    public static OrderDays Take(OrderLedger ledger, DateTime asOf, int horizonDays)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        var values = new List<double>(ledger.Customers.Count * Columns);
        for (var customer = 0; customer < ledger.Customers.Count; customer++)
        {
            var lines = ledger.LinesOf(customer);
            if (lines[0].Ticks < asOf.Ticks)
                Add(values, lines, asOf, horizonDays);
        }

        return new OrderDays(asOf, [.. values]);
    }

    /// <summary>Joins partitions, given in order.</summary>
    /// <exception cref="ArgumentException">No parts, or parts of several instants.</exception>
    public static OrderDays Join(IReadOnlyList<OrderDays> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Count == 0 || parts.Any(part => part.AsOf != parts[0].AsOf))
            throw new ArgumentException("Order days join when there is at least one part, and all are of one instant.", nameof(parts));
        return new OrderDays(parts[0].AsOf, [.. parts.SelectMany(part => part._values)]);
    }

    /// <summary>Writes the order days as <c>.npy</c> (rows × 6): repeats, recency, age, spend, later order days, days to the next. The stream stays open.</summary>
    public Task WriteAsync(Stream stream, CancellationToken cancellationToken) => NpyFile.WriteAsync(stream, _values, Rows, Columns, cancellationToken);

    /// <summary>Reads what <see cref="WriteAsync"/> wrote.</summary>
    /// <param name="name">Names the file in errors.</param>
    /// <exception cref="InvalidDataException">The file is damaged or of another version.</exception>
    public static async Task<OrderDays> ReadAsync(string name, DateTime asOf, Stream stream, CancellationToken cancellationToken)
    {
        var (values, _, columns) = await NpyFile.ReadAsync(stream, name, cancellationToken);
        return columns == Columns
            ? new OrderDays(asOf, values)
            : throw new InvalidDataException($"{name} has {columns} columns; this version knows {Columns}. Make it again by a refresh.");
    }

    /// <summary>The histories of the customers who have bought something, and their rows.</summary>
    internal (PurchaseHistories? Histories, int[] Rows) Histories()
    {
        var rows = Enumerable.Range(0, Rows).Where(row => Repeats(row) != None).ToArray();
        return rows.Length == 0
            ? (null, rows)
            : (new PurchaseHistories(
                Array.ConvertAll(rows, Repeats),
                Array.ConvertAll(rows, row => Value(row, 1)),
                Array.ConvertAll(rows, row => Value(row, 2)),
                Array.ConvertAll(rows, Spend)), rows);
    }

    private static void Add(List<double> values, ReadOnlySpan<LedgerLine> lines, DateTime asOf, int horizonDays)
    {
        var today = asOf.Ticks / TimeSpan.TicksPerDay;
        var end = asOf.AddDays(horizonDays).Ticks;
        var (first, last, lastLater) = (-1L, -1L, -1L);
        var (repeats, later) = (None, 0);
        var spent = 0.0;
        var next = double.NaN;
        foreach (ref readonly var line in lines)
        {
            if (line.Ticks >= asOf.Ticks && line.Ticks >= end)
                break;
            if (line.Kind != OrderLineKind.Purchase)
                continue;
            var day = line.Ticks / TimeSpan.TicksPerDay;
            if (line.Ticks >= asOf.Ticks)
            {
                later += day == lastLater ? 0 : 1;
                next = double.IsNaN(next) ? day - today : next;
                lastLater = day;
                continue;
            }

            repeats += day == last ? 0 : 1;
            first = first < 0 ? day : first;
            spent += day == first ? 0 : line.Amount;
            last = day;
        }

        values.Add(repeats);
        values.Add(repeats > 0 ? (last - first) / DaysPerWeek : 0);
        values.Add(repeats >= 0 ? (today - first) / DaysPerWeek : 0);
        values.Add(repeats > 0 ? spent / repeats : 0);
        values.Add(later);
        values.Add(next);
    }

    private double Value(int row, int column) => _values[(row * Columns) + column];
}
