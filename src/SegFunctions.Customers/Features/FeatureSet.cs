namespace SegFunctions.Customers.Features;

/// <summary>Features of many customers as of one instant: a matrix (customers × features) with keys and countries beside it.</summary>
/// <remarks>Rows ascend by customer key, each customer once, whatever the partitioning; treat the arrays as read-only.</remarks>
public sealed class FeatureSet
{
    /// <param name="customers">(rows), ascending.</param>
    /// <param name="countries">(rows), null where unknown.</param>
    /// <param name="values">(rows × features), row by row.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or the keys do not ascend.</exception>
    public FeatureSet(DateTime asOf, CustomerKey[] customers, string?[] countries, double[] values)
    {
        ArgumentNullException.ThrowIfNull(customers);
        ArgumentNullException.ThrowIfNull(countries);
        ArgumentNullException.ThrowIfNull(values);
        if (countries.Length != customers.Length || values.LongLength != (long)customers.Length * FeatureTable.Columns)
            throw new ArgumentException($"{customers.Length} customers, {countries.Length} countries and {values.Length} values do not make a matrix of {FeatureTable.Columns} features a row.");
        for (var row = 1; row < customers.Length; row++)
        {
            if (customers[row - 1] >= customers[row])
                throw new ArgumentException($"Customer keys must ascend: row {row} ({customers[row]}) does not follow {customers[row - 1]}.", nameof(customers));
        }

        AsOf = asOf;
        Customers = customers;
        Countries = countries;
        Values = values;
    }

    /// <summary>UTC; nothing at or past it was read.</summary>
    public DateTime AsOf { get; }

    public CustomerKey[] Customers { get; }

    public string?[] Countries { get; }

    /// <summary>(rows × features), row by row; columns as <see cref="FeatureTable"/> declares them.</summary>
    public double[] Values { get; }

    public int Rows => Customers.Length;

    /// <summary>The features of one row's customer.</summary>
    public CustomerFeatures this[int row] =>
        new(Customers[row], AsOf, Countries[row], Values.AsMemory(row * FeatureTable.Columns, FeatureTable.Columns));

    /// <summary>The values of one row.</summary>
    public ReadOnlySpan<double> Row(int row) => Values.AsSpan(row * FeatureTable.Columns, FeatureTable.Columns);

    /// <summary>The rows at <paramref name="rows"/>, which ascend.</summary>
    public FeatureSet Take(ReadOnlySpan<int> rows)
    {
        var customers = new CustomerKey[rows.Length];
        var countries = new string?[rows.Length];
        var values = new double[rows.Length * FeatureTable.Columns];
        for (var i = 0; i < rows.Length; i++)
        {
            customers[i] = Customers[rows[i]];
            countries[i] = Countries[rows[i]];
            Row(rows[i]).CopyTo(values.AsSpan(i * FeatureTable.Columns));
        }

        return new FeatureSet(AsOf, customers, countries, values);
    }

    /// <summary>Joins partitions; they are given in order, since partitions are prefixes of the key.</summary>
    /// <exception cref="ArgumentException">No parts, parts of several as-of dates, or parts out of order.</exception>
    public static FeatureSet Join(IReadOnlyList<FeatureSet> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Count == 0)
            throw new ArgumentException("There is no part to join.", nameof(parts));
        foreach (var part in parts)
        {
            if (part.AsOf != parts[0].AsOf)
                throw new ArgumentException($"Parts as of {parts[0].AsOf:O} and {part.AsOf:O} do not join.", nameof(parts));
        }

        return new FeatureSet(
            parts[0].AsOf,
            [.. parts.SelectMany(part => part.Customers)],
            [.. parts.SelectMany(part => part.Countries)],
            Concatenate(parts));
    }

    private static double[] Concatenate(IReadOnlyList<FeatureSet> parts)
    {
        var values = new double[parts.Sum(part => (long)part.Values.Length)];
        var next = 0;
        foreach (var part in parts)
        {
            part.Values.CopyTo(values, next);
            next += part.Values.Length;
        }

        return values;
    }
}
