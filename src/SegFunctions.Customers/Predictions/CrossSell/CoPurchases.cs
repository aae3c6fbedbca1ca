namespace SegFunctions.Customers.Predictions.CrossSell;

/// <summary>Finds the items that the same customers buy.</summary>
/// <remarks>
/// Similarity is that of Jaccard between the sets of customers, as item-to-item collaborative filtering has it (Linden, Smith &amp; York
/// 2003, with another measure); only pairs whose log-likelihood ratio is significant count. The table of pairs is never made: for one
/// item after the other, its customers' other items are counted into a row, as in a product of sparse matrices (Gustavson 1978).
/// Cost O(Σ items of a customer²), memory O(purchases + items · threads + relations kept). Counts are whole and rows are independent:
/// threads change nothing.
/// </remarks>
internal static class CoPurchases
{
    // Items a chunk: fixed, small, since the most bought cost most.
    private const int ItemsPerChunk = 16;

    /// <param name="beforeDay">Purchases from this day on are not read.</param>
    public static ItemRelations Learn(ItemHistory history, int beforeDay, CrossSellOptions options, CancellationToken cancellationToken)
    {
        var (starts, bought) = Baskets(history, beforeDay, options.MostItemsPerCustomer);
        var customers = starts.Zip(starts.Skip(1)).Count(pair => pair.First < pair.Second);
        var (items, support) = Rank(bought, history.Items.Count, options);
        var ranks = new int[history.Items.Count];
        Array.Fill(ranks, -1);
        for (var rank = 0; rank < items.Length; rank++)
            ranks[items[rank]] = rank;
        (starts, bought) = Ranked(starts, bought, ranks);
        var (customerStarts, customersOf) = Transposed(starts, bought, items.Length);

        var threshold = LogLikelihoodRatio.Threshold(options.Significance, items.Length * (items.Length - 1.0) / 2);
        var found = new (int Related, double Similarity)[items.Length][];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads ?? -1, CancellationToken = cancellationToken };
        Parallel.For(0, (items.Length + ItemsPerChunk - 1) / ItemsPerChunk, parallel, () => new Row(items.Length), (chunk, _, row) =>
        {
            for (var item = chunk * ItemsPerChunk; item < Math.Min(items.Length, (chunk + 1) * ItemsPerChunk); item++)
            {
                foreach (var customer in customersOf.AsSpan(customerStarts[item]..customerStarts[item + 1]))
                    row.Count(bought.AsSpan(starts[customer]..starts[customer + 1]));
                found[item] = row.TakeRelated(item, support, customers, threshold, options);
            }

            return row;
        }, _ => { });

        var relationStarts = new int[items.Length + 1];
        for (var item = 0; item < items.Length; item++)
            relationStarts[item + 1] = relationStarts[item] + found[item].Length;
        return new ItemRelations(
            items, support, relationStarts, [.. found.SelectMany(row => row.Select(one => one.Related))], [.. found.SelectMany(row => row.Select(one => one.Similarity))]);
    }

    /// <summary>The distinct items of each customer, the latest bought where there are too many; ascending.</summary>
    private static (int[] Starts, int[] Items) Baskets(ItemHistory history, int beforeDay, int most)
    {
        var starts = new int[history.Customers + 1];
        var items = new List<int>();
        var seenBy = new int[history.Items.Count];
        for (var row = 0; row < history.Customers; row++)
        {
            var purchases = history.Of(row).Before(beforeDay);
            var from = items.Count;
            // From the latest on, so that the first so many are the latest.
            for (var i = purchases.Count - 1; i >= 0 && items.Count - from < most; i--)
            {
                var item = purchases.Items[i];
                if (seenBy[item] == row + 1)
                    continue;
                seenBy[item] = row + 1;
                items.Add(item);
            }

            items.Sort(from, items.Count - from, null);
            starts[row + 1] = items.Count;
        }

        return (starts, [.. items]);
    }

    private static (int[] Items, int[] Support) Rank(int[] bought, int count, CrossSellOptions options)
    {
        var support = new int[count];
        foreach (var item in bought)
            support[item]++;
        var items = Enumerable.Range(0, count)
            .Where(item => support[item] >= options.MinimumSupport)
            .OrderByDescending(item => support[item])
            .ThenBy(item => item)
            .Take(options.MostItems)
            .ToArray();
        return (items, Array.ConvertAll(items, item => support[item]));
    }

    private static (int[] Starts, int[] Ranks) Ranked(int[] starts, int[] items, int[] ranks)
    {
        var kept = new int[starts.Length];
        var list = new List<int>(items.Length);
        for (var row = 0; row + 1 < starts.Length; row++)
        {
            foreach (var item in items.AsSpan(starts[row]..starts[row + 1]))
            {
                if (ranks[item] >= 0)
                    list.Add(ranks[item]);
            }

            kept[row + 1] = list.Count;
        }

        return (kept, [.. list]);
    }

    private static (int[] Starts, int[] Customers) Transposed(int[] starts, int[] ranks, int items)
    {
        var itemStarts = new int[items + 1];
        foreach (var rank in ranks)
            itemStarts[rank + 1]++;
        for (var item = 0; item < items; item++)
            itemStarts[item + 1] += itemStarts[item];
        var next = itemStarts.AsSpan(0, items).ToArray();
        var customers = new int[ranks.Length];
        for (var row = 0; row + 1 < starts.Length; row++)
        {
            foreach (var rank in ranks.AsSpan(starts[row]..starts[row + 1]))
                customers[next[rank]++] = row;
        }

        return (itemStarts, customers);
    }

    /// <summary>How often each item goes with one; reused from item to item, one a thread.</summary>
    private sealed class Row(int items)
    {
        private readonly int[] _counts = new int[items];
        private readonly List<int> _touched = [];

        public void Count(ReadOnlySpan<int> basket)
        {
            foreach (var item in basket)
            {
                if (_counts[item]++ == 0)
                    _touched.Add(item);
            }
        }

        public (int Related, double Similarity)[] TakeRelated(int item, int[] support, int customers, double threshold, CrossSellOptions options)
        {
            var related = new List<(int Related, double Similarity)>();
            foreach (var other in _touched)
            {
                var both = _counts[other];
                _counts[other] = 0;
                if (other == item || both < options.MinimumSupport || (double)both * customers <= (double)support[item] * support[other])
                    continue;
                if (LogLikelihoodRatio.Of(both, support[item], support[other], customers) > threshold)
                    related.Add((other, (double)both / (support[item] + support[other] - both)));
            }

            _touched.Clear();
            related.Sort(static (left, right) => left.Similarity != right.Similarity ? right.Similarity.CompareTo(left.Similarity) : left.Related.CompareTo(right.Related));
            return [.. related.Take(options.MostNeighbours)];
        }
    }
}
