using System.Text;
using SegFunctions.Customers.Intake.Canonical;

namespace SegFunctions.Customers.Identity.Store;

/// <summary>Which keys stand for another: the keys of one person or company go to one of them, the canonical key.</summary>
public sealed class IdentityRoutes
{
    private readonly Dictionary<CustomerKey, CustomerKey> _canonical;

    /// <param name="canonical">Keys that stand for another, and the other; canonical keys themselves have no entry.</param>
    public IdentityRoutes(IEnumerable<KeyValuePair<CustomerKey, CustomerKey>> canonical)
    {
        _canonical = new Dictionary<CustomerKey, CustomerKey>(canonical);
    }

    /// <summary>Everybody has one key.</summary>
    public static IdentityRoutes None { get; } = new([]);

    /// <summary>Keys that stand for another, with the other.</summary>
    public IEnumerable<KeyValuePair<CustomerKey, CustomerKey>> Pairs => _canonical;

    /// <summary>How many keys stand for another.</summary>
    public int Count => _canonical.Count;

    /// <summary>The key that a key stands for; itself where it stands for none.</summary>
    public CustomerKey Of(CustomerKey key) => _canonical.TryGetValue(key, out var other) ? other : key;

    /// <summary>Partitions outside of <paramref name="range"/> that hold keys which stand for one inside.</summary>
    /// <param name="partitions">A power of two, 1 to 256.</param>
    public IReadOnlyList<int> PartitionsInto(KeyRange range, int partitions) =>
        [.. _canonical.Where(pair => range.Contains(pair.Value) && !range.Contains(pair.Key)).Select(pair => pair.Key.Partition(partitions)).Distinct().Order()];

    /// <summary>Writes CSV, the keys in their order.</summary>
    public byte[] Write()
    {
        var text = new StringBuilder("key,canonical\n");
        foreach (var (key, canonical) in _canonical.OrderBy(pair => pair.Key))
            text.Append(key).Append(',').Append(canonical).Append('\n');
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is something else.</exception>
    public static IdentityRoutes Read(ReadOnlySpan<byte> csv)
    {
        var canonical = new Dictionary<CustomerKey, CustomerKey>();
        foreach (var line in Encoding.ASCII.GetString(csv).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1))
        {
            if (line.Split(',') is not [var key, var other] || !CustomerKey.TryParse(key, out var from) || !CustomerKey.TryParse(other, out var to))
                throw new InvalidDataException("The routes of a run are damaged: a line is no pair of keys. Start another run.");
            canonical[from] = to;
        }

        return new IdentityRoutes(canonical);
    }
}
