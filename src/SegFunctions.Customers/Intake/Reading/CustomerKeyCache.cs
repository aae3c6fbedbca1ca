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
/// <para>An id has eight places of 64 bytes; sixteen bits of its hash tell which of them to look at, and the id itself stands there in full. When all eight are taken one of them goes to
/// the next id. Memory ends at <see cref="MostPlaces"/> places, whatever the file. Ids longer than <see cref="LongestId"/> bytes are derived each time.</para>
/// <para>Readers take no lock: each place has a version that is odd while it is written and larger afterwards, and what was read between two equal versions stands.</para>
/// </remarks>
internal sealed class CustomerKeyCache
{
    /// <summary>Bytes of the longest id that is kept: that of a UUID, and of most addresses of e-mail.</summary>
    public const int LongestId = 42;

    private const int Ways = 8;
    private const int FirstSets = 1 << 6;
    private const int Growth = 4;
    private const int MostPlaces = 1 << 21;

    private readonly Lock _writing = new();
    private readonly CustomerKeyDerivation _keys;
    private readonly string _source;
    private readonly ErasedCustomers _erased;
    private Table _table = new(FirstSets);
    private int _displaced;

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

    /// <summary>Asks for the tags of an id that will be looked for soon, as a processor can without waiting.</summary>
    public void PrefetchTags(ulong hash)
    {
        var table = Volatile.Read(ref _table);
        CacheLine.Prefetch(ref table.TagsOf(table.SetOf(hash)));
    }

    /// <summary>Asks for the place of an id that will be looked for soon.</summary>
    public void PrefetchPlace(ulong hash)
    {
        var table = Volatile.Read(ref _table);
        var set = table.SetOf(hash);
        var ways = table.WaysOf(set, Table.TagOf(hash));
        if (ways != 0)
            CacheLine.Prefetch(ref table.PlaceOf(set, BitOperations.TrailingZeroCount(ways)));
    }

    /// <summary>The key of an id where it is known.</summary>
    public bool TryFind(ReadOnlySpan<byte> id, ulong hash, out (CustomerKey Key, bool IsErased) found)
    {
        var table = Volatile.Read(ref _table);
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
            var set = _table.SetOf(hash);
            var free = _table.WaysOf(set, 0);
            var way = free != 0 ? BitOperations.TrailingZeroCount(free) : (int)(hash >> 40) & (Ways - 1);
            _table.Take(set, way, hash, id, derived);
            if (free == 0)
                CountDisplaced();
        }

        return derived;
    }

    private (CustomerKey Key, bool IsErased) Judged(CustomerKey key) => (key, _erased.Contains(key));

    /// <summary>Grows when ids have displaced each other an eighth as often as there are places.</summary>
    private void CountDisplaced()
    {
        if (++_displaced * 8 < _table.Sets * Ways || _table.Sets * Ways >= MostPlaces)
            return;
        _displaced = 0;
        var larger = new Table(Growth * _table.Sets);
        for (var set = 0; set < _table.Sets; set++)
        {
            for (var way = 0; way < Ways; way++)
            {
                ref var place = ref _table.PlaceOf(set, way);
                if (place.Version == 0)
                    continue;
                var target = larger.SetOf(place.Hash);
                larger.Take(target, BitOperations.TrailingZeroCount(larger.WaysOf(target, 0)), place.Hash, place.Id, (place.Key, place.IsErased));
            }
        }

        Volatile.Write(ref _table, larger);
    }

    private sealed class Table
    {
        private readonly ushort[] _tags;
        private readonly byte[] _places;
        private readonly int _firstPlace;

        public Table(int sets)
        {
            Sets = sets;
            _tags = GC.AllocateUninitializedArray<ushort>(sets * Ways, pinned: true);
            LargePages.AskFor(MemoryMarshal.AsBytes(_tags.AsSpan()));
            _tags.AsSpan().Clear();
            var length = Unsafe.SizeOf<Place>();

            // Pinned, so that places can lie on the borders of cache lines: one look-up is one line.
            // New memory is written at once: to read it before it is written costs a fault more for each page.
            _places = GC.AllocateUninitializedArray<byte>((sets * Ways + 1) * length, pinned: true);
            LargePages.AskFor(_places);
            _places.AsSpan().Clear();
            _firstPlace = (int)(-Marshal.UnsafeAddrOfPinnedArrayElement(_places, 0) & (length - 1));
        }

        public int Sets { get; }

        // Never 0, which marks a free place.
        public static ushort TagOf(ulong hash) => (ushort)(hash >> 48 | 1);

        public int SetOf(ulong hash) => (int)hash & (Sets - 1);

        public ref ushort TagsOf(int set) => ref _tags[set * Ways];

        /// <summary>The bits of the ways with that tag.</summary>
        public uint WaysOf(int set, ushort tag) => Vector128.Equals(Vector128.LoadUnsafe(ref _tags[set * Ways]), Vector128.Create(tag)).ExtractMostSignificantBits();

        public ref Place PlaceOf(int set, int way) => ref Unsafe.As<byte, Place>(ref _places[_firstPlace + (set * Ways + way) * Unsafe.SizeOf<Place>()]);

        public void Take(int set, int way, ulong hash, ReadOnlySpan<byte> id, (CustomerKey Key, bool IsErased) derived)
        {
            ref var place = ref PlaceOf(set, way);
            var version = place.Version;
            Volatile.Write(ref place.Version, version + 1);
            Volatile.WriteBarrier();
            place.Take(id, derived);
            Volatile.Write(ref place.Version, version + 2);
            Volatile.Write(ref _tags[set * Ways + way], TagOf(hash));
        }
    }

    /// <summary>64 bytes, a cache line.</summary>
    private struct Place
    {
        public CustomerKey Key;

        /// <summary>0 in a place that was never taken, odd in one that is being written.</summary>
        public uint Version;
        public bool IsErased;
        private byte _length;
        private IdBytes _id;

        public readonly ulong Hash => HashOf(Id);

        [UnscopedRef]
        public readonly ReadOnlySpan<byte> Id => ((ReadOnlySpan<byte>)_id)[.._length];

        public readonly bool Holds(ReadOnlySpan<byte> id) => _length == id.Length && Id.SequenceEqual(id);

        public void Take(ReadOnlySpan<byte> id, (CustomerKey Key, bool IsErased) derived)
        {
            id.CopyTo(_id);
            _length = (byte)id.Length;
            (Key, IsErased) = derived;
        }
    }

    [InlineArray(LongestId)]
    private struct IdBytes
    {
        private byte _first;
    }
}
