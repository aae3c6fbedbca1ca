namespace SegFunctions.Customers.Features;

/// <summary>Computes the features of every customer of a ledger, as of one or many instants in one pass over the lines.</summary>
/// <remarks>
/// Cost: O(lines + customers × instants); nothing is allocated per line or customer. Customers are cut into fixed chunks, each
/// customer's sums run in the ledger's order: neither threads nor the arrival of lines change a bit of the result.
/// </remarks>
public static class FeatureExtraction
{
    private const int CustomersPerChunk = 128;

    /// <inheritdoc cref="Extract(OrderLedger, IReadOnlyList{DateTime}, int, CancellationToken)"/>
    public static FeatureSet Extract(OrderLedger ledger, DateTime asOf, int threads = 0, CancellationToken cancellationToken = default) =>
        Extract(ledger, [asOf], threads, cancellationToken)[0];

    /// <summary>One feature set per instant, in the order given; a customer stands in it from the first line before the instant on.</summary>
    /// <param name="asOf">UTC instants; lines at or past an instant are not read for it.</param>
    /// <param name="threads">At most so many threads; 0 = one a core. The result does not depend on it.</param>
    public static FeatureSet[] Extract(OrderLedger ledger, IReadOnlyList<DateTime> asOf, int threads = 0, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(asOf);
        ArgumentOutOfRangeException.ThrowIfNegative(threads);

        // Instants ascending, so that one walk over a customer's lines passes them all.
        var order = Enumerable.Range(0, asOf.Count).OrderBy(i => asOf[i]).ToArray();
        var instants = Array.ConvertAll(order, i => asOf[i].Ticks);
        var rows = new int[instants.Length][];
        var sets = new FeatureSet[instants.Length];
        var values = new double[instants.Length][];
        var countries = new string?[instants.Length][];
        var customers = new CustomerKey[instants.Length][];
        for (var t = 0; t < instants.Length; t++)
        {
            rows[t] = RowNumbers(ledger, instants[t], out var count);
            customers[t] = new CustomerKey[count];
            countries[t] = new string?[count];
            values[t] = new double[checked(count * FeatureTable.Columns)];
        }

        var chunks = (ledger.Customers.Count + CustomersPerChunk - 1) / CustomersPerChunk;
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads == 0 ? -1 : threads, CancellationToken = cancellationToken };
        Parallel.For(0, chunks, options, () => new CustomerTally(ledger.Countries.Length), (chunk, _, tally) =>
        {
            var end = Math.Min((chunk + 1) * CustomersPerChunk, ledger.Customers.Count);
            for (var customer = chunk * CustomersPerChunk; customer < end; customer++)
            {
                var lines = ledger.LinesOf(customer);
                tally.Reset();
                var next = 0;
                for (var t = 0; t < instants.Length; t++)
                {
                    while (next < lines.Length && lines[next].Ticks < instants[t])
                        tally.Add(lines[next++]);
                    if (next == 0)
                        continue;
                    var row = rows[t][customer];
                    customers[t][row] = ledger.Customers[customer];
                    countries[t][row] = tally.Country is var country and >= 0 ? ledger.Countries[country] : null;
                    tally.Write(lines[..next], instants[t], values[t].AsSpan(row * FeatureTable.Columns, FeatureTable.Columns));
                }
            }

            return tally;
        }, _ => { });

        for (var t = 0; t < instants.Length; t++)
            sets[order[t]] = new FeatureSet(asOf[order[t]], customers[t], countries[t], values[t]);
        return sets;
    }

    private static int[] RowNumbers(OrderLedger ledger, long instant, out int count)
    {
        var numbers = new int[ledger.Customers.Count];
        count = 0;
        for (var customer = 0; customer < numbers.Length; customer++)
            numbers[customer] = ledger.LinesOf(customer)[0].Ticks < instant ? count++ : -1;
        return numbers;
    }
}
