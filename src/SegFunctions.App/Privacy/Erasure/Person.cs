using SegFunctions.Customers;
using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Privacy;
using SegFunctions.Customers.Privacy.Erasure;

namespace SegFunctions.App.Privacy.Erasure;

/// <summary>Whom an erasure is about: keys and traces. It exists in memory and, sealed, in the vault until the erasure is done.</summary>
internal sealed class Person(CustomerKeyDerivation derivation)
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

    /// <summary>What was read already and is clear of the person.</summary>
    public ClearBlobs Clear { get; } = new();

    /// <summary>Under which rows go: the person's keys, and the visitors that others use too.</summary>
    public IEnumerable<CustomerKey> OwnKeys => Keys.Concat(SharedVisitors);

    /// <summary>The person as intake recognises erased people, and in what others wrote too.</summary>
    public ErasedCustomers AsErased() => new(Keys, Traces.Mentions);

    /// <summary>The same with the visitors that others use too, whose rows in files as they were sent may be the person's.</summary>
    public ErasedCustomers AsErasedWithVisitors() => new(OwnKeys, Traces.Mentions);

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
        return CustomerKey.TryParse(row.RawField(0), out var key) && Owns(key);
    }

    /// <summary>Whether a key is one of the keys or shared visitors.</summary>
    public bool Owns(CustomerKey key) => Keys.Contains(key) || SharedVisitors.Contains(key);

    /// <summary>Whether rows under one of the keys or shared visitors may lie in a part.</summary>
    public bool MayLieIn(StoredPart part) => OwnKeys.Any(part.MayHold);

    /// <summary>Notes a version of a blob that was read whole and holds nothing of the person: none of the keys, no naming.</summary>
    /// <param name="moments">Of its rows.</param>
    public void AddClear(string version, MomentSpan moments) => Clear.Add(Knowledge(), version, moments);

    /// <summary>The moments of a version of a blob that holds nothing of the person; null where that has to be found out.</summary>
    public MomentSpan? FindClear(string version) => Clear.Find(Knowledge(), version);

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

    /// <summary>A hash of all that a search goes by. Names that are found to be those of things only take from it: what was clear stays clear.</summary>
    private string Knowledge()
    {
        var known = string.Join('\n', OwnKeys.Order().Select(key => key.ToString()).Append("").Concat(Traces.Texts));
        return Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(known)));
    }
}
