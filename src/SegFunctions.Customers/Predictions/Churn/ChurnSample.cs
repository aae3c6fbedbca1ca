using SegFunctions.Customers.Features;

namespace SegFunctions.Customers.Predictions.Churn;

/// <summary>The customers at risk at an origin: their features before it, and whether they bought in the horizon after it.</summary>
/// <remarks>
/// At risk is who bought in the two horizons before the origin. Features read lines before the origin, outcomes read lines from
/// the origin on and before its horizon's end, so no line is read twice and none falls between: where orders carry dates without
/// time, the origin's own day belongs to the outcome.
/// </remarks>
public sealed class ChurnSample
{
    /// <summary>A customer whose last order is more horizons ago than this is not at risk of churn: it has lapsed.</summary>
    public const int HorizonsAtRisk = 2;

    /// <param name="features">(customers × features), columns as <see cref="FeatureTable"/> declares them.</param>
    /// <param name="churned">(customers), true without purchase in the horizon.</param>
    public ChurnSample(DateTime origin, int horizonDays, double[] features, bool[] churned)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(churned);
        if (features.LongLength != (long)churned.Length * FeatureTable.Columns)
            throw new ArgumentException($"{churned.Length} outcomes and {features.Length} values do not make a sample of {FeatureTable.Columns} features a customer.", nameof(features));
        Origin = origin;
        HorizonDays = horizonDays;
        Features = features;
        Churned = churned;
    }

    /// <summary>UTC.</summary>
    public DateTime Origin { get; }

    public int HorizonDays { get; }

    /// <summary>(customers × features), row by row.</summary>
    public double[] Features { get; }

    /// <summary>(customers).</summary>
    public bool[] Churned { get; }

    public int Customers => Churned.Length;

    /// <summary>Customers without purchase in the horizon.</summary>
    public int Churners => Churned.Count(churned => churned);

    /// <summary>The features of one customer.</summary>
    public ReadOnlySpan<double> Row(int row) => Features.AsSpan(row * FeatureTable.Columns, FeatureTable.Columns);

    /// <summary>Whether a customer with these features is at risk: who ordered in the last two horizons; with contracts, who ever ordered.</summary>
    public static bool IsAtRisk(ReadOnlySpan<double> features, int horizonDays, bool contractual = false) =>
        contractual ? features[FeatureTable.Orders.Column] > 0 : features[FeatureTable.RecencyDays.Column] <= HorizonsAtRisk * horizonDays;

    /// <summary>One sample per origin of the plan, in its order; none for a plan without horizon.</summary>
    public static ChurnSample[] Take(OrderLedger ledger, ChurnPlan plan, int threads = 0, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.HorizonDays is not { } days)
            return [];
        var sets = FeatureExtraction.Extract(ledger, plan.Origins, threads, cancellationToken);
        return Array.ConvertAll(sets, set => Take(ledger, set, days, contracts: null));
    }

    /// <summary>
    /// The same where leaving is told by the end of contracts: at risk is who ordered before the origin and whose contract had not ended by then, and
    /// whose contract ends within the horizon leaves, whatever the orders say. The plan is <see cref="ChurnPlan.Contractual"/>.
    /// </summary>
    /// <param name="contracts">Who is not in it has ended none.</param>
    /// <exception cref="ArgumentException">The plan is of silence, not of contracts.</exception>
    public static ChurnSample[] Take(
        OrderLedger ledger, ChurnPlan plan, ContractHistory contracts, int threads = 0, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(contracts);
        if (!plan.Contractual)
            throw new ArgumentException("The plan is of silence; make it contractual for contracts to tell who leaves.", nameof(plan));
        if (plan.HorizonDays is not { } days)
            return [];
        var sets = FeatureExtraction.Extract(ledger, plan.Origins, threads, cancellationToken);
        return Array.ConvertAll(sets, set => Take(ledger, set, days, contracts));
    }

    /// <summary>Joins the samples of partitions, given in order.</summary>
    /// <exception cref="ArgumentException">No parts, or parts of several origins.</exception>
    public static ChurnSample Join(IReadOnlyList<ChurnSample> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Count == 0)
            throw new ArgumentException("There is no part to join.", nameof(parts));
        foreach (var part in parts)
        {
            if (part.Origin != parts[0].Origin || part.HorizonDays != parts[0].HorizonDays)
                throw new ArgumentException($"Samples of {parts[0].Origin:O} over {parts[0].HorizonDays} days and of {part.Origin:O} over {part.HorizonDays} days do not join.", nameof(parts));
        }

        return new ChurnSample(
            parts[0].Origin,
            parts[0].HorizonDays,
            Concatenate(parts, part => part.Features),
            Concatenate(parts, part => part.Churned));
    }

    /// <summary>Writes the sample as <c>.npy</c> (customers × (features + 1)), the outcome last, 1 = churned. The stream stays open.</summary>
    public async Task WriteAsync(Stream stream, CancellationToken cancellationToken)
    {
        const int Outcome = 1;
        var columns = FeatureTable.Columns + Outcome;
        var values = new double[checked(Customers * columns)];
        for (var row = 0; row < Customers; row++)
        {
            Row(row).CopyTo(values.AsSpan(row * columns));
            values[row * columns + FeatureTable.Columns] = Churned[row] ? 1 : 0;
        }

        await NpyFile.WriteAsync(stream, values, Customers, columns, cancellationToken);
    }

    /// <summary>Reads what <see cref="WriteAsync"/> wrote.</summary>
    /// <param name="name">Names the file in errors.</param>
    /// <exception cref="InvalidDataException">The file is damaged or of another version.</exception>
    public static async Task<ChurnSample> ReadAsync(string name, DateTime origin, int horizonDays, Stream stream, CancellationToken cancellationToken)
    {
        var (values, rows, columns) = await NpyFile.ReadAsync(stream, name, cancellationToken);
        if (columns != FeatureTable.Columns + 1)
            throw new InvalidDataException($"{name} has {columns} columns; this version knows {FeatureTable.Columns} features and an outcome. Make the sample again by a refresh.");
        var features = new double[rows * FeatureTable.Columns];
        var churned = new bool[rows];
        for (var row = 0; row < rows; row++)
        {
            var all = values.AsSpan(row * columns, columns);
            all[..FeatureTable.Columns].CopyTo(features.AsSpan(row * FeatureTable.Columns));
            churned[row] = all[^1] switch
            {
                0 => false,
                1 => true,
                var other => throw new InvalidDataException($"{name}, row {row}: the outcome is {other}; it is 0 or 1. Make the sample again by a refresh."),
            };
        }

        return new ChurnSample(origin, horizonDays, features, churned);
    }

    private static T[] Concatenate<T>(IReadOnlyList<ChurnSample> parts, Func<ChurnSample, T[]> of)
    {
        var joined = new T[parts.Sum(part => (long)of(part).Length)];
        var next = 0;
        foreach (var part in parts)
        {
            of(part).CopyTo(joined, next);
            next += of(part).Length;
        }

        return joined;
    }

    private static ChurnSample Take(OrderLedger ledger, FeatureSet set, int days, ContractHistory? contracts)
    {
        var end = set.AsOf.AddDays(days);
        var rows = new List<int>();
        for (var row = 0; row < set.Rows; row++)
        {
            if (IsAtRisk(set.Row(row), days, contractual: contracts is not null) && contracts?.EndedBefore(set.Customers[row], set.AsOf) is null)
                rows.Add(row);
        }

        var values = new double[rows.Count * FeatureTable.Columns];
        var churned = new bool[rows.Count];
        for (var i = 0; i < churned.Length; i++)
        {
            var customer = set.Customers[rows[i]];
            set.Row(rows[i]).CopyTo(values.AsSpan(i * FeatureTable.Columns));
            churned[i] = contracts?.EndsBetween(customer, set.AsOf, end) ?? !ledger.BoughtBetween(customer, set.AsOf, end);
        }

        return new ChurnSample(set.AsOf, days, values, churned);
    }
}
