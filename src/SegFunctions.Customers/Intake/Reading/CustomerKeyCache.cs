using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SegFunctions.Customers.Privacy;
using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Intake.Reading;

/// <summary>Keys of the ids met so far, so that most are derived once. For any number of threads.</summary>
/// <remarks>
/// <para>An id has eight places; sixteen bits of its hash tell which of them to look at, and the id itself stands there in full. When all eight are taken one of them goes to
/// the next id. A place has 32 bytes for an id of up to <see cref="LongestShortId"/>, as most numbers are, and 64 for a longer one; memory ends at <see cref="MostPlaces"/> places of each,
/// whatever the file. Ids longer than <see cref="LongestId"/> bytes are derived each time.</para>
/// <para>Readers take no lock: each place has a version that is odd while it is written and another one afterwards, and what was read between two equal versions stands.</para>
/// </remarks>
internal sealed class CustomerKeyCache : IDisposable
{
    /// <summary>Bytes of the longest id that is kept: more than a UUID has, and most addresses of e-mail.</summary>
    public const int LongestId = LongPlace - PlaceHead;

    private const int LongestShortId = ShortPlace - PlaceHead;
    private const int ShortPlace = 32;
    private const int LongPlace = 64;
    private const int PlaceHead = 19;
    private const int Ways = 8;
    private const int FirstPlaces = 1 << 9;
    private const int Growth = 4;
    private const int MostPlaces = 1 << 21;

    private readonly CustomerKeyDerivation _keys;
    private readonly string _source;
    private readonly ErasedCustomers _erased;
    private readonly Lock _writing = new();
    private readonly List<Table> _outgrown = [];
    private Table _short = new(FirstPlaces, ShortPlace);
    private Table _long = new(FirstPlaces, LongPlace);

    public CustomerKeyCache(CustomerKeyDerivation keys, string source, ErasedCustomers erased)
    {
        (_keys, _source, _erased) = (keys, source, erased);
        Prefix = CustomerKeyDerivation.PrefixOf(source);
    }

    /// <summary>What stands before an id in the message whose hash is its key.</summary>
    public byte[] Prefix { get; }

    /// <summary>Derives what the cache does not hold.</summary>
    public CustomerKeyDerivation Derivation => _keys;

    public static ulong HashOf(ReadOnlySpan<byte> id) => ByteHash.Hash64(id);

    /// <summary>The key of an id, and whether that customer was erased.</summary>
    public (CustomerKey Key, bool IsErased) Get(ReadOnlySpan<byte> id)
    {
        if (id.Length > LongestId)
            return Judged(_keys.Derive(_source, id));
        var hash = HashOf(id);
        return TryFind(id, hash, out var found) ? found : Add(id, hash, _keys.Derive(_source, id));
    }

    /// <summary>Asks for the tags of an id of that length that will be looked for soon, as a processor can without waiting.</summary>
    public void PrefetchTags(int length, ulong hash)
    {
        var table = TableFor(length);
        CacheLine.Prefetch(ref table.TagsOf(table.SetOf(hash)));
    }

    /// <summary>Asks for the place of an id of that length that will be looked for soon.</summary>
    public void PrefetchPlace(int length, ulong hash)
    {
        var table = TableFor(length);
        var set = table.SetOf(hash);
        var ways = table.WaysOf(set, Table.TagOf(hash));
        if (ways != 0)
            CacheLine.Prefetch(ref table.PlaceOf(set, BitOperations.TrailingZeroCount(ways)));
    }

    /// <summary>The key of an id where it is known.</summary>
    public bool TryFind(ReadOnlySpan<byte> id, ulong hash, out (CustomerKey Key, bool IsErased) found)
    {
        var table = TableFor(id.Length);
        var set = table.SetOf(hash);
        for (var ways = table.WaysOf(set, Table.TagOf(hash)); ways != 0; ways &= ways - 1)
        {
            ref var place = ref table.PlaceOf(set, BitOperations.TrailingZeroCount(ways));
            var version = Volatile.Read(ref place.Version);
            var isHere = (version & 1) == 0 && place.Holds(id);
            found = (place.Key, place.IsErased);
            Volatile.ReadBarrier();
            if (isHere && place.Version == version)
                return true;
        }

        found = default;
        return false;
    }

    /// <summary>Keeps the key of an id that was derived.</summary>
    public (CustomerKey Key, bool IsErased) Add(ReadOnlySpan<byte> id, ulong hash, CustomerKey key)
    {
        var derived = Judged(key);
        lock (_writing)
        {
            // Others may have come meanwhile.
            if (TryFind(id, hash, out _))
                return derived;
            ref var table = ref id.Length <= LongestShortId ? ref _short : ref _long;
            if (!table.Put(hash, id, derived) && table.IsCrowded)
                Grow(ref table);
        }

        return derived;
    }

    /// <summary>Gives the memory back. Nobody may use the cache any more.</summary>
    public void Dispose()
    {
        foreach (var table in _outgrown)
            table.Dispose();
        _short.Dispose();
        _long.Dispose();
    }

    private Table TableFor(int length) => Volatile.Read(ref length <= LongestShortId ? ref _short : ref _long);

    private (CustomerKey Key, bool IsErased) Judged(CustomerKey key) => (key, _erased.Contains(key));

    private void Grow(ref Table table)
    {
        var larger = table.Grown();

        // Others may still read in it.
        _outgrown.Add(table);
        Volatile.Write(ref table, larger);
    }

    private sealed class Table : IDisposable
    {
        private readonly int _capacity;
        private readonly int _sets;
        private readonly int _placeLength;
        private readonly ushort[] _tags;
        private readonly byte[] _places;
        private readonly int _firstPlace;
        private int _displaced;

        /// <param name="capacity">Places, a power of two; one set of them less is used.</param>
        public Table(int capacity, int placeLength)
        {
            (_capacity, _placeLength) = (capacity, placeLength);
            _tags = ArrayPool<ushort>.Shared.Rent(capacity);
            LargePages.AskFor(MemoryMarshal.AsBytes(_tags.AsSpan()));
            _tags.AsSpan(0, capacity).Clear();

            // From the pool: the next file finds memory that is warm already. What stands in it does not matter, for the tags tell which places are taken.
            _places = ArrayPool<byte>.Shared.Rent(capacity * placeLength);
            LargePages.AskFor(_places);

            // From the border of a cache line on a look-up is one line; the set that this costs is the one left out. Arrays so large are hardly ever moved.
            _firstPlace = (int)(-Marshal.UnsafeAddrOfPinnedArrayElement(_places, 0) & (LongPlace - 1));
            _sets = (capacity / Ways) - 1;
        }

        /// <summary>Ids have displaced each other an eighth as often as there are places, and there may be more places.</summary>
        public bool IsCrowded => 8 * _displaced >= _capacity && _capacity < MostPlaces;

        // Never 0, which marks a free place.
        public static ushort TagOf(ulong hash) => (ushort)(hash >> 48 | 1);

        public int SetOf(ulong hash) => (int)((uint)hash * (ulong)_sets >> 32);

        public ref ushort TagsOf(int set) => ref _tags[set * Ways];

        /// <summary>The bits of the ways with that tag.</summary>
        public uint WaysOf(int set, ushort tag) => Vector128.Equals(Vector128.LoadUnsafe(ref _tags[set * Ways]), Vector128.Create(tag)).ExtractMostSignificantBits();

        public ref Place PlaceOf(int set, int way) => ref Unsafe.As<byte, Place>(ref _places[_firstPlace + (set * Ways + way) * _placeLength]);

        /// <summary>Gives the id a place; false when another id had to make room.</summary>
        public bool Put(ulong hash, ReadOnlySpan<byte> id, (CustomerKey Key, bool IsErased) derived)
        {
            var set = SetOf(hash);
            var free = WaysOf(set, 0);
            Take(set, free != 0 ? BitOperations.TrailingZeroCount(free) : (int)(hash >> 40) & (Ways - 1), hash, id, derived);
            if (free != 0)
                return true;
            _displaced++;
            return false;
        }

        /// <summary>A table of more places with the same ids.</summary>
        public Table Grown()
        {
            var larger = new Table(Growth * _capacity, _placeLength);
            for (var set = 0; set < _sets; set++)
            {
                for (var way = 0; way < Ways; way++)
                {
                    if (_tags[set * Ways + way] == 0)
                        continue;
                    ref var place = ref PlaceOf(set, way);
                    larger.Put(HashOf(place.Id), place.Id, (place.Key, place.IsErased));
                }
            }

            return larger;
        }

        public void Dispose()
        {
            ArrayPool<ushort>.Shared.Return(_tags);
            ArrayPool<byte>.Shared.Return(_places);
        }

        private void Take(int set, int way, ulong hash, ReadOnlySpan<byte> id, (CustomerKey Key, bool IsErased) derived)
        {
            ref var tag = ref _tags[set * Ways + way];
            ref var place = ref PlaceOf(set, way);

            // Nobody reads a place without a tag; an odd version may be left in it from other times.
            var version = tag == 0 ? (ushort)0 : place.Version;
            Volatile.Write(ref place.Version, (ushort)(version + 1));
            Volatile.WriteBarrier();
            place.Take(id, derived);
            Volatile.Write(ref place.Version, (ushort)(version + 2));
            Volatile.Write(ref tag, TagOf(hash));
        }
    }

    /// <summary>What an id has beside itself, which follows.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private struct Place
    {
        public CustomerKey Key;

        /// <summary>Odd while the place is written. It comes round after as many ids as nobody waits for between two reads.</summary>
        public ushort Version;
        private byte _lengthAndErased;
        private byte _firstOfId;

        public readonly bool IsErased => (_lengthAndErased & 1) != 0;

        [UnscopedRef]
        public readonly ReadOnlySpan<byte> Id => MemoryMarshal.CreateReadOnlySpan(in _firstOfId, _lengthAndErased >> 1);

        public readonly bool Holds(ReadOnlySpan<byte> id) => _lengthAndErased >> 1 == id.Length && MemoryMarshal.CreateReadOnlySpan(in _firstOfId, id.Length).SequenceEqual(id);

        public void Take(ReadOnlySpan<byte> id, (CustomerKey Key, bool IsErased) derived)
        {
            id.CopyTo(MemoryMarshal.CreateSpan(ref _firstOfId, id.Length));
            _lengthAndErased = (byte)(id.Length << 1 | (derived.IsErased ? 1 : 0));
            Key = derived.Key;
        }
    }
}
