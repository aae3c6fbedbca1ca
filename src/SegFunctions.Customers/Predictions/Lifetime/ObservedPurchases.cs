using SegFunctions.Learning.Lifetime;

namespace SegFunctions.Customers.Predictions.Lifetime;

/// <summary>
/// What customers had done by a day, in weeks (days ÷ 7), and what they did after it. Orders of one day are one; amounts are means over
/// the days of repeat orders, the first day left out, as the Gamma-Gamma model wants them.
/// </summary>
public sealed record ObservedPurchases
{
    /// <summary>Days in the unit of the histories.</summary>
    public const int DaysPerWeek = 7;

    private ObservedPurchases()
    {
    }

    /// <summary>Of the customers whose first order lies on or before the end.</summary>
    public required PurchaseHistories Histories { get; init; }

    /// <summary>Which customer of the log each history is of.</summary>
    public required int[] Customers { get; init; }

    /// <summary>Days with orders of each of them after the end.</summary>
    public required int[] Later { get; init; }

    /// <summary>Mean amount of the days of all their orders, the first included; NaN where none is known.</summary>
    public required double MeanDay { get; init; }

    /// <summary>Customers of the log whose first order lies after the end.</summary>
    public required int NotYet { get; init; }

    /// <summary>The first day with an order.</summary>
    public required int FirstDay { get; init; }

    /// <summary>The day on which observation ends.</summary>
    public required int EndDay { get; init; }

    /// <summary>Days after the end that <see cref="Later"/> covers.</summary>
    public required int LaterDays { get; init; }

    /// <summary>First orders on each day from the first, those after the end included as zeros.</summary>
    public required int[] FirstOrders { get; init; }

    /// <summary>Repeat orders of those customers on each day from the first.</summary>
    public required int[] RepeatOrders { get; init; }

    /// <summary>The last day with an order on or before the end.</summary>
    public int LastOrderDay => OrderDayBefore(EndDay + 1) ?? FirstDay;

    /// <summary>The last day with an order before a day; null where there is none.</summary>
    public int? OrderDayBefore(int day)
    {
        for (var at = Math.Min(day - FirstDay, FirstOrders.Length) - 1; at >= 0; at--)
        {
            if (FirstOrders[at] + RepeatOrders[at] > 0)
                return FirstDay + at;
        }

        return null;
    }

    /// <summary>Histories taken one customer at a time.</summary>
    internal sealed class Builder(int customers, int end, int laterUntil)
    {
        private readonly List<int> _repeats = new(customers);
        private readonly List<double> _recency = new(customers);
        private readonly List<double> _age = new(customers);
        private readonly List<double> _spend = new(customers);
        private readonly List<int> _who = new(customers);
        private readonly List<int> _later = new(customers);
        private readonly Dictionary<int, (int First, int Repeat)> _days = [];
        private int _notYet;
        private int _first = int.MaxValue;
        private bool _amountsKnown;
        private (double Sum, double Count) _dayAmounts;

        /// <param name="days">Rising.</param>
        public void Add(int customer, ReadOnlySpan<int> days, ReadOnlySpan<double> amounts)
        {
            if (days.IsEmpty)
                return;
            if (days[0] > end)
            {
                _notYet++;
                return;
            }

            var first = days[0];
            _first = Math.Min(_first, first);
            var (repeats, last, later, spent, priced) = (0, first, 0, 0.0, 0);
            for (var order = 0; order < days.Length;)
            {
                var day = days[order];
                var (amount, known) = (0.0, false);
                for (; order < days.Length && days[order] == day; order++)
                {
                    if (!double.IsNaN(amounts[order]))
                        (amount, known) = (amount + amounts[order], true);
                }

                if (day > end)
                {
                    if (day > laterUntil)
                        break;
                    later++;
                    Count(day, 0, 1);
                    continue;
                }

                if (known)
                    _dayAmounts = (_dayAmounts.Sum + amount, _dayAmounts.Count + 1);
                Count(day, day == first ? 1 : 0, day == first ? 0 : 1);
                if (day == first)
                    continue;
                repeats++;
                last = day;
                if (known)
                    (spent, priced) = (spent + amount, priced + 1);
            }

            _amountsKnown |= _dayAmounts.Count > 0;
            _repeats.Add(repeats);
            _recency.Add((last - first) / (double)DaysPerWeek);
            _age.Add((end - first) / (double)DaysPerWeek);
            _spend.Add(priced > 0 ? spent / priced : 0);
            _who.Add(customer);
            _later.Add(later);
        }

        public ObservedPurchases Build()
        {
            if (_who.Count == 0)
                throw new InvalidOperationException("No order lies on or before the end of observation.");
            var span = Math.Max(end, _days.Keys.Max()) - _first + 1;
            var (firsts, repeated) = (new int[span], new int[span]);
            foreach (var (day, (first, repeat)) in _days)
                (firsts[day - _first], repeated[day - _first]) = (first, repeat);
            return new ObservedPurchases
            {
                Histories = new PurchaseHistories([.. _repeats], [.. _recency], [.. _age], _amountsKnown ? [.. _spend] : null),
                Customers = [.. _who],
                Later = [.. _later],
                MeanDay = _dayAmounts.Count > 0 ? _dayAmounts.Sum / _dayAmounts.Count : double.NaN,
                NotYet = _notYet,
                FirstDay = _first,
                EndDay = end,
                LaterDays = Math.Max(0, laterUntil - end),
                FirstOrders = firsts,
                RepeatOrders = repeated,
            };
        }

        private void Count(int day, int first, int repeat)
        {
            ref var counts = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_days, day, out _);
            counts = (counts.First + first, counts.Repeat + repeat);
        }
    }
}
