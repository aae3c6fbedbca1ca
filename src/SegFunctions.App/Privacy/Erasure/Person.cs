using SegFunctions.Customers;
using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Privacy;
using SegFunctions.Customers.Privacy.Erasure;

namespace SegFunctions.App.Privacy.Erasure;

/// <summary>Whom an erasure is about: keys and traces. It exists in memory and, sealed, in the vault until the erasure is done.</summary>
internal sealed class Person(CustomerKeyDerivation derivation, TombstoneDerivation tombstones)
{
    private byte[][]? _keyTexts;
    private ErasedCustomers? _asErased;

    /// <summary>All keys of the person.</summary>
    public HashSet<CustomerKey> Keys { get; } = [];

    /// <summary>Browsers and devices of the person that another customer uses too: what stands under them goes, but they are not the person's alone and stay known.</summary>
    public HashSet<CustomerKey> SharedVisitors { get; } = [];

    public PersonTraces Traces { get; } = new();

    /// <summary>Ids of the uploads that hold rows of the person.</summary>
    public HashSet<string> Uploads { get; } = new(StringComparer.Ordinal);

    /// <summary>The person as intake recognises erased people, and in what others wrote too.</summary>
    public ErasedCustomers AsErased() => new(Keys.Select(tombstones.Of), tombstones, Traces.Mentions);

    /// <summary>What others use too is no key of the person.</summary>
    public void ShareWithOthers(IEnumerable<CustomerKey> visitors)
    {
        foreach (var visitor in visitors)
        {
            if (Keys.Remove(visitor))
                SharedVisitors.Add(visitor);
        }

        (_keyTexts, _asErased) = (null, null);
    }

    /// <summary>Whether a stored row stands under one of the keys or shared visitors.</summary>
    public bool Owns(CanonicalReader row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return CustomerKey.TryParse(row.RawField(0), out var key) && (Keys.Contains(key) || SharedVisitors.Contains(key));
    }

    /// <summary>The partitions, of a number of them, in which such rows lie.</summary>
    public HashSet<int> Partitions(int partitions) => [.. Keys.Concat(SharedVisitors).Select(key => key.Partition(partitions))];

    /// <summary>Whether a text as it was sent names the person: by an id or by a trace.</summary>
    public bool IsNamedIn(ReadOnlySpan<byte> text) =>
        Traces.AreIn(text) || AsErasedOnce().AreNamedIn(text, CustomerKeyDerivation.DefaultNamespace, derivation) || HoldsKey(text);

    /// <summary>Whether a text as it was sent is about the person, and not somebody else's that only names them: what may be told to the person.</summary>
    public bool IsSubjectOf(ReadOnlySpan<byte> text) =>
        Traces.AreCellsOf(text) || HoldsKey(text);

    /// <summary>Whether bytes hold one of the keys as text.</summary>
    public bool HoldsKey(ReadOnlySpan<byte> bytes)
    {
        foreach (var key in KeyTexts())
        {
            if (bytes.IndexOf(key) >= 0)
                return true;
        }

        return false;
    }

    /// <summary>The keys as they are written.</summary>
    public IReadOnlyList<byte[]> KeyTexts()
    {
        if (_keyTexts?.Length != Keys.Count)
            _keyTexts = [.. Keys.Select(key => System.Text.Encoding.ASCII.GetBytes(key.ToString()))];
        return _keyTexts;
    }

    private ErasedCustomers AsErasedOnce()
    {
        if (_asErased?.Count != Keys.Count)
            _asErased = AsErased();
        return _asErased;
    }
}
