using System.Diagnostics.CodeAnalysis;
using SegFunctions.Customers.Privacy;
using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Intake.Reading;

/// <summary>Keys of the ids met so far, so that each is derived once. For one thread.</summary>
/// <remarks>Looking up allocates nothing. The cache starts anew when it is full: files repeat their customers in the neighbourhood, mostly.</remarks>
internal sealed class CustomerKeyCache(CustomerKeyDerivation keys, string source, ErasedCustomers erased, int capacity = 1 << 18)
{
    private readonly Dictionary<byte[], (CustomerKey, bool)> _known = new(new IdComparer());

    /// <summary>The key of an id, and whether that customer was erased.</summary>
    public (CustomerKey Key, bool IsErased) Get(ReadOnlySpan<byte> id)
    {
        var lookup = _known.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (lookup.TryGetValue(id, out var known))
            return known;
        if (_known.Count >= capacity)
            _known.Clear();
        var key = keys.Derive(source, id);
        known = (key, erased.Contains(key));
        lookup[id] = known;
        return known;
    }

    private sealed class IdComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode([DisallowNull] byte[] obj) => GetHashCode(obj.AsSpan());

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<byte> alternate) => (int)ByteHash.Hash64(alternate);

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
