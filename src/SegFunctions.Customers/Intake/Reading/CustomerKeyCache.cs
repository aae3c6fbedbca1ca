using System.Numerics;
using System.Runtime.CompilerServices;
using SegFunctions.Customers.Privacy;
using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Intake.Reading;

/// <summary>Keys of the ids met so far, so that most are derived once. For any number of threads.</summary>
/// <remarks>
/// Each id has one place, which the next id of that place takes over: nothing is searched, nothing allocated, and memory ends at 64 bytes for each of
/// <see cref="MostPlaces"/> places, whatever the file. Ids longer than <see cref="LongestId"/> bytes are derived each time.
/// </remarks>
internal sealed class CustomerKeyCache(CustomerKeyDerivation keys, string source, ErasedCustomers erased)
{
    private const int LongestId = 31;
    private const int Shards = 64;
    private const int MostPlaces = 1 << 21;
    private const int FirstPlaces = 1 << 6;

    private readonly Shard[] _shards = [.. Enumerable.Range(0, Shards).Select(_ => new Shard())];

    /// <summary>The key of an id, and whether that customer was erased.</summary>
    public (CustomerKey Key, bool IsErased) Get(ReadOnlySpan<byte> id)
    {
        if (id.Length > LongestId)
            return Derive(id);
        var hash = ByteHash.Hash64(id);
        var shard = _shards[hash >> (64 - BitOperations.Log2(Shards))];
        lock (shard)
        {
            ref var place = ref shard.PlaceOf(hash);
            if (place.Holds(id))
                return (place.Key, place.IsErased);
        }

        var derived = Derive(id);
        lock (shard)
        {
            // Others may have come meanwhile, and the shard may have grown.
            ref var place = ref shard.PlaceOf(hash);
            shard.CountTaken(place.Length != 0);
            place.Take(id, hash, derived);
        }

        return derived;
    }

    private (CustomerKey Key, bool IsErased) Derive(ReadOnlySpan<byte> id)
    {
        var key = keys.Derive(source, id);
        return (key, erased.Contains(key));
    }

    private sealed class Shard
    {
        private Place[] _places = new Place[FirstPlaces];
        private int _conflicts;

        public ref Place PlaceOf(ulong hash) => ref _places[hash & (ulong)(_places.Length - 1)];

        /// <summary>Grows when ids have displaced each other a quarter as often as there are places.</summary>
        public void CountTaken(bool displaces)
        {
            if (!displaces || ++_conflicts * 4 < _places.Length || _places.Length * Shards >= MostPlaces)
                return;
            _conflicts = 0;
            var smaller = _places;
            _places = new Place[2 * smaller.Length];
            foreach (ref var place in smaller.AsSpan())
            {
                if (place.Length != 0)
                    PlaceOf(place.Hash) = place;
            }
        }
    }

    private struct Place
    {
        private IdBytes _id;

        /// <summary>Of the id plus one; 0 where there is none.</summary>
        public byte Length;
        public bool IsErased;
        public ulong Hash;
        public CustomerKey Key;

        public readonly bool Holds(ReadOnlySpan<byte> id) => Length == id.Length + 1 && id.SequenceEqual(((ReadOnlySpan<byte>)_id)[..id.Length]);

        public void Take(ReadOnlySpan<byte> id, ulong hash, (CustomerKey Key, bool IsErased) derived)
        {
            id.CopyTo(_id);
            Length = (byte)(id.Length + 1);
            Hash = hash;
            (Key, IsErased) = derived;
        }
    }

    [InlineArray(LongestId)]
    private struct IdBytes
    {
        private byte _first;
    }
}
