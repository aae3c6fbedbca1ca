using System.Globalization;
using System.Text;
using SegFunctions.Learning.Choice;

namespace SegFunctions.Customers.Segments.Clusters;

/// <summary>Who was in which cluster: what the next run recognises the clusters by.</summary>
/// <remarks>
/// Of many customers those with the smallest keys: keys are pseudo-random, so this is a fair sample, and the next run finds nearly
/// the same customers in its own.
/// </remarks>
public sealed record ClusterMembers(IReadOnlyDictionary<CustomerKey, int> ClusterOf)
{
    /// <summary>Enough to tell an overlap to the percent, in every cluster of the smallest size that is published.</summary>
    public const int Most = 50_000;

    /// <summary>Before the first run.</summary>
    public static ClusterMembers None { get; } = new(new Dictionary<CustomerKey, int>());

    /// <param name="customers">Ascending.</param>
    /// <param name="clusters">Number of the cluster of each, −1 for none.</param>
    public static ClusterMembers Of(IEnumerable<CustomerKey> customers, IEnumerable<int> clusters) =>
        new(customers.Zip(clusters).Take(Most).ToDictionary(one => one.First, one => one.Second));

    /// <summary>The number each customer's cluster had, −1 for none, and for a new customer what <see cref="AutoClusteringOptions.EarlierLabels"/> asks; null before the first run.</summary>
    internal int[]? NumbersOf(IReadOnlyList<CustomerKey> customers) =>
        ClusterOf.Count == 0 ? null : [.. customers.Select(customer => ClusterOf.GetValueOrDefault(customer, AutoClusteringOptions.WasNotThere))];

    /// <summary>CSV <c>customer,cluster</c> in the order of the keys.</summary>
    public byte[] ToCsv()
    {
        var text = new StringBuilder("customer,cluster\n");
        foreach (var (customer, cluster) in ClusterOf.OrderBy(one => one.Key))
            text.Append(CultureInfo.InvariantCulture, $"{customer},{cluster}\n");
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    /// <summary>Reads what <see cref="ToCsv"/> wrote.</summary>
    /// <exception cref="InvalidDataException">A line is none of these; it is named.</exception>
    public static ClusterMembers FromCsv(ReadOnlySpan<byte> csv)
    {
        var members = new Dictionary<CustomerKey, int>();
        var line = 0;
        foreach (var range in csv.Split((byte)'\n'))
        {
            var text = csv[range];
            line++;
            if (line == 1 || text.IsEmpty)
                continue;
            if (text.Length <= CustomerKey.TextLength + 1 || !CustomerKey.TryParse(text[..CustomerKey.TextLength], out var customer)
                || !int.TryParse(text[(CustomerKey.TextLength + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var cluster))
            {
                throw new InvalidDataException($"Line {line} of the stored cluster members is no customer and cluster; it is damaged. Cluster again by a refresh.");
            }

            members[customer] = cluster;
        }

        return new ClusterMembers(members);
    }
}
