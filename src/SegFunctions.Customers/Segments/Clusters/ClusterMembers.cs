using System.Globalization;
using System.Text;
using SegFunctions.Learning.Choice;

namespace SegFunctions.Customers.Segments.Clusters;

/// <summary>Who was in which cluster, and in which finer group of it: what the next run recognises them by.</summary>
/// <remarks>
/// Of many customers those with the smallest keys: keys are pseudo-random, so this is a fair sample, and the next run finds nearly
/// the same customers in its own.
/// </remarks>
public sealed record ClusterMembers(IReadOnlyDictionary<CustomerKey, int> ClusterOf, IReadOnlyDictionary<CustomerKey, int> MicroOf)
{
    /// <summary>Enough to tell an overlap to the percent, in every cluster of the smallest size that is published.</summary>
    public const int Most = 50_000;

    /// <summary>Before the first run.</summary>
    public static ClusterMembers None { get; } = new(new Dictionary<CustomerKey, int>(), new Dictionary<CustomerKey, int>());

    /// <param name="customers">Ascending.</param>
    /// <param name="clusters">Number of the cluster of each, −1 for none.</param>
    /// <param name="micro">Number of the finer group of each, −1 for none.</param>
    public static ClusterMembers Of(IReadOnlyList<CustomerKey> customers, IReadOnlyList<int> clusters, IReadOnlyList<int> micro)
    {
        ArgumentNullException.ThrowIfNull(customers);
        var told = Math.Min(customers.Count, Most);
        var (clusterOf, microOf) = (new Dictionary<CustomerKey, int>(told), new Dictionary<CustomerKey, int>(told));
        for (var i = 0; i < told; i++)
            (clusterOf[customers[i]], microOf[customers[i]]) = (clusters[i], micro[i]);
        return new ClusterMembers(clusterOf, microOf);
    }

    /// <summary>The number each customer's cluster had, −1 for none, and for a new customer what <see cref="AutoClusteringOptions.EarlierLabels"/> asks; null before the first run.</summary>
    internal int[]? NumbersOf(IReadOnlyList<CustomerKey> customers) =>
        ClusterOf.Count == 0 ? null : [.. customers.Select(customer => ClusterOf.GetValueOrDefault(customer, AutoClusteringOptions.WasNotThere))];

    /// <summary>CSV <c>customer,cluster,micro</c> in the order of the keys.</summary>
    public byte[] ToCsv()
    {
        var text = new StringBuilder("customer,cluster,micro\n");
        foreach (var (customer, cluster) in ClusterOf.OrderBy(one => one.Key))
            text.Append(CultureInfo.InvariantCulture, $"{customer},{cluster},{MicroOf[customer]}\n");
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    /// <summary>Reads what <see cref="ToCsv"/> wrote.</summary>
    /// <exception cref="InvalidDataException">A line is none of these; it is named.</exception>
    public static ClusterMembers FromCsv(ReadOnlySpan<byte> csv)
    {
        var (clusterOf, microOf) = (new Dictionary<CustomerKey, int>(), new Dictionary<CustomerKey, int>());
        var line = 0;
        foreach (var range in csv.Split((byte)'\n'))
        {
            var text = csv[range];
            line++;
            if (line == 1 || text.IsEmpty)
                continue;
            var numbers = text[Math.Min(text.Length, CustomerKey.TextLength + 1)..];
            var comma = numbers.IndexOf((byte)',');
            if (comma < 0 || !CustomerKey.TryParse(text[..CustomerKey.TextLength], out var customer) || !TryRead(numbers[..comma], out var cluster) || !TryRead(numbers[(comma + 1)..], out var micro))
                throw new InvalidDataException($"Line {line} of the stored cluster members is no customer, cluster and finer group; it is damaged. Cluster again by a refresh.");
            (clusterOf[customer], microOf[customer]) = (cluster, micro);
        }

        return new ClusterMembers(clusterOf, microOf);
    }

    private static bool TryRead(ReadOnlySpan<byte> text, out int number) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}
