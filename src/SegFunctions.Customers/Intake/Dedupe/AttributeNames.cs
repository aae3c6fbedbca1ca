using System.Collections.Concurrent;
using System.Text;

namespace SegFunctions.Customers.Intake.Dedupe;

/// <summary>The attributes of a file by number, in the order they were met. Grows at its end only.</summary>
internal sealed class AttributeNames(RowHash hash)
{
    private readonly List<(string Name, ulong Hash)> _names = [];
    private readonly ConcurrentDictionary<int, string[]> _first = new();

    public int Count => _names.Count;

    public string this[int number] => _names[number].Name;

    /// <summary>Hash of an attribute's name.</summary>
    public ulong HashOf(int number) => _names[number].Hash;

    public int Add(string name)
    {
        _names.Add((name, hash.Of(Encoding.UTF8.GetBytes(name))));
        return _names.Count - 1;
    }

    public IEnumerable<string> All => _names.Select(pair => pair.Name);

    /// <summary>Those that were known when there were <paramref name="count"/>, in the order in which lines hold them.</summary>
    public string[] First(int count) => _first.GetOrAdd(count, wanted => [.. All.Take(wanted).Order(StringComparer.Ordinal)]);
}
