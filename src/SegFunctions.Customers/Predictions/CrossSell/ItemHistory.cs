using System.Runtime.InteropServices;
using SegFunctions.Customers.Features;

namespace SegFunctions.Customers.Predictions.CrossSell;

/// <summary>Who bought what on which days: customers × (item, day), each pair once.</summary>
/// <remarks>
/// Rows are those of the feature set of the same instant, so that no key is kept. Items ascend by their key. 8 bytes a customer, item and
/// day; immutable, safe for many threads.
/// </remarks>
public sealed class ItemHistory
{
    private readonly int[] _starts;
    private readonly int[] _items;
    private readonly int[] _days;

    internal ItemHistory(ItemLevel level, Item[] items, int[] starts, int[] itemOf, int[] dayOf)
    {
        Level = level;
        Items = items;
        _starts = starts;
        _items = itemOf;
        _days = dayOf;
    }

    /// <summary>What the items are.</summary>
    public ItemLevel Level { get; }

    /// <summary>Ascending by key.</summary>
    public IReadOnlyList<Item> Items { get; }

    public int Customers => _starts.Length - 1;

    /// <summary>Customers × items × days.</summary>
    public int Purchases => _items.Length;

    internal ReadOnlySpan<int> Starts => _starts;

    internal ReadOnlySpan<int> AllItems => _items;

    internal ReadOnlySpan<int> AllDays => _days;

    /// <summary>Number of a UTC day, as histories count days.</summary>
    public static int DayOf(DateTime instant) => (int)(instant.Ticks / TimeSpan.TicksPerDay);

    /// <summary>What one customer bought: positions in <see cref="Items"/>, by day, then by position.</summary>
    public CustomerPurchases Of(int row)
    {
        var range = _starts[row].._starts[row + 1];
        return new CustomerPurchases(_items.AsSpan(range), _days.AsSpan(range));
    }

    /// <summary>The purchases before <paramref name="asOf"/> of every customer with a line before it; lines without item are passed over.</summary>
    public static ItemHistory Take(OrderLedger ledger, ItemLevel level, ItemNames names, DateTime asOf)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(names);
        var starts = new List<int>(ledger.Customers.Count + 1) { 0 };
        var keys = new List<ulong>();
        var days = new List<int>();
        for (var customer = 0; customer < ledger.Customers.Count; customer++)
        {
            var lines = ledger.LinesOf(customer);
            if (lines[0].Ticks >= asOf.Ticks)
                continue;
            var dayStart = keys.Count;
            foreach (ref readonly var line in lines)
            {
                if (line.Ticks >= asOf.Ticks)
                    break;
                var key = level == ItemLevel.Product ? line.Product : line.Category;
                if (line.Kind != OrderLineKind.Purchase || key == 0)
                    continue;
                var day = (int)(line.Ticks / TimeSpan.TicksPerDay);
                if (dayStart < keys.Count && days[^1] != day)
                {
                    Settle(keys, days, dayStart);
                    dayStart = keys.Count;
                }

                keys.Add(key);
                days.Add(day);
            }

            Settle(keys, days, dayStart);
            starts.Add(keys.Count);
        }

        var distinct = keys.Distinct().Order().ToArray();
        var number = new Dictionary<ulong, int>(distinct.Length);
        for (var item = 0; item < distinct.Length; item++)
            number[distinct[item]] = item;
        return new ItemHistory(
            level, Array.ConvertAll(distinct, names.Of), [.. starts], [.. keys.Select(key => number[key])], [.. days]);
    }

    /// <summary>Joins partitions, given in order.</summary>
    /// <exception cref="ArgumentException">No parts, or parts of several levels.</exception>
    public static ItemHistory Join(IReadOnlyList<ItemHistory> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Count == 0 || parts.Any(part => part.Level != parts[0].Level))
            throw new ArgumentException("Histories join when there is at least one, and all are of one level.", nameof(parts));
        if (parts.Count == 1)
            return parts[0];
        var items = new SortedDictionary<ulong, Item>();
        foreach (var item in parts.SelectMany(part => part.Items))
            items[item.Key] = items.TryGetValue(item.Key, out var known) ? known.Join(item) : item;
        var number = new Dictionary<ulong, int>(items.Count);
        foreach (var key in items.Keys)
            number[key] = number.Count;

        var starts = new int[parts.Sum(part => part.Customers) + 1];
        var itemOf = new int[parts.Sum(part => part.Purchases)];
        var dayOf = new int[itemOf.Length];
        var customer = 0;
        var place = 0;
        foreach (var part in parts)
        {
            var renumbered = part.Items.Select(item => number[item.Key]).ToArray();
            part._days.CopyTo(dayOf, place);
            for (var i = 0; i < part._items.Length; i++)
                itemOf[place + i] = renumbered[part._items[i]];
            for (var row = 0; row < part.Customers; row++)
                starts[++customer] = place + part._starts[row + 1];
            place += part._items.Length;
        }

        return new ItemHistory(parts[0].Level, [.. items.Values], starts, itemOf, dayOf);
    }

    /// <summary>Sorts the items of one day and drops those that stand there twice.</summary>
    private static void Settle(List<ulong> keys, List<int> days, int from)
    {
        var day = CollectionsMarshal.AsSpan(keys)[from..];
        day.Sort();
        var kept = 0;
        for (var i = 0; i < day.Length; i++)
        {
            if (i == 0 || day[i] != day[i - 1])
                day[kept++] = day[i];
        }

        var last = from + kept;
        keys.RemoveRange(last, keys.Count - last);
        days.RemoveRange(last, days.Count - last);
    }
}

/// <summary>What one customer bought, by day; one entry an item and day.</summary>
/// <param name="items">(purchases) positions in the history's items.</param>
/// <param name="days">(purchases), ascending; <see cref="ItemHistory.DayOf"/> counts them.</param>
public readonly ref struct CustomerPurchases(ReadOnlySpan<int> items, ReadOnlySpan<int> days)
{
    public ReadOnlySpan<int> Items { get; } = items;

    public ReadOnlySpan<int> Days { get; } = days;

    public int Count => Items.Length;

    /// <summary>Those before a day.</summary>
    public CustomerPurchases Before(int day)
    {
        var end = FirstFrom(day);
        return new CustomerPurchases(Items[..end], Days[..end]);
    }

    /// <summary>Those of the days from <paramref name="from"/> on and before <paramref name="to"/>.</summary>
    public CustomerPurchases Between(int from, int to)
    {
        var range = FirstFrom(from)..FirstFrom(to);
        return new CustomerPurchases(Items[range], Days[range]);
    }

    private int FirstFrom(int day)
    {
        var at = 0;
        while (at < Days.Length && Days[at] < day)
            at++;
        return at;
    }
}
