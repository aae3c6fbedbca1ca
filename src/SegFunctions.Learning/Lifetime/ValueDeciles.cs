namespace SegFunctions.Learning.Lifetime;

/// <summary>A tenth of the customers by value.</summary>
/// <param name="Decile">1 holds the most valuable.</param>
/// <param name="Total">Their value together.</param>
/// <param name="Share">Of the value of all; 0 when there is none.</param>
public sealed record ValueDecile(int Decile, int Customers, double Total, double Share);

/// <summary>Customers in tenths by falling value.</summary>
public static class ValueDeciles
{
    /// <param name="values">Of every customer; those that are not known (NaN) are left out.</param>
    public static IReadOnlyList<ValueDecile> Of(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var sorted = values.Where(value => !double.IsNaN(value)).ToArray();
        Array.Sort(sorted);
        Array.Reverse(sorted);
        var all = sorted.Sum();
        var deciles = new List<ValueDecile>();
        for (var decile = 1; decile <= 10; decile++)
        {
            var (start, end) = ((int)((long)sorted.Length * (decile - 1) / 10), (int)((long)sorted.Length * decile / 10));
            var total = sorted[start..end].Sum();
            if (end > start)
                deciles.Add(new ValueDecile(decile, end - start, total, all > 0 ? total / all : 0));
        }

        return deciles;
    }
}
