using System.Buffers;
using System.Numerics;

namespace SegFunctions.Customers.Intake.Quality;

/// <summary>Counts distinct hashes exactly up to a limit, and estimates beyond it.</summary>
/// <remarks>
/// The estimate is HyperLogLog with 2^14 registers (P. Flajolet, É. Fusy, O. Gandouet, F. Meunier 2007, figure 3; with 64-bit hashes the
/// correction for large ranges falls away): standard error 1.04 / √16384 = 0.8 %. The result depends on the set of hashes only, not on
/// their order nor on how they were spread over several counters that are merged.
/// </remarks>
internal sealed class DistinctCounter(int exactLimit = DistinctCounter.DefaultLimit)
{
    public const int DefaultLimit = 1 << 16;

    private const int IndexBits = 14;
    private const int Registers = 1 << IndexBits;

    private HashTable? _exact = new();
    private byte[]? _registers;

    // The lowest register, and how many stand there: no hash of that rank or a lower one changes anything, and most have one.
    private int _floor;
    private int _onFloor;
    private ulong _last;
    private bool _any;

    public void Add(ulong hash)
    {
        // Sorted and repetitive columns repeat the value before.
        if (_any && hash == _last)
            return;
        _any = true;
        _last = hash;
        if (_exact is not null)
        {
            if (_exact.Add(hash) && _exact.Count > exactLimit)
                Estimate();
        }
        else
        {
            Register(hash);
        }
    }

    public void Merge(DistinctCounter other)
    {
        if (other._exact is not null)
        {
            foreach (var hash in other._exact.ToArray())
                Add(hash);
            return;
        }

        if (_exact is not null)
            Estimate();
        if (other._registers is { } registers)
        {
            for (var index = 0; index < Registers; index++)
                _registers![index] = Math.Max(_registers[index], registers[index]);
            FindFloor();
        }
    }

    public DistinctCount Count()
    {
        if (_exact is not null)
            return new DistinctCount(_exact.Count, Exact: true);
        var sum = 0.0;
        var empty = 0;
        foreach (var rank in _registers!)
        {
            sum += Math.ScaleB(1, -rank);
            if (rank == 0)
                empty++;
        }

        const double Alpha = 0.7213 / (1 + (1.079 / Registers));
        var estimate = Alpha * Registers * Registers / sum;
        if (estimate <= 2.5 * Registers && empty > 0)
            estimate = Registers * Math.Log((double)Registers / empty);
        return new DistinctCount((long)Math.Round(estimate), Exact: false);
    }

    private void Estimate()
    {
        _registers = new byte[Registers];
        FindFloor();
        foreach (var hash in _exact!.ToArray())
            Register(hash);
        _exact.LetGo();
        _exact = null;
    }

    private void Register(ulong hash)
    {
        var rank = BitOperations.LeadingZeroCount((hash << IndexBits) | (1UL << (IndexBits - 1))) + 1;
        if (rank <= _floor)
            return;
        ref var register = ref _registers![hash >> (64 - IndexBits)];
        if (rank <= register)
            return;
        var wasOnFloor = register == _floor;
        register = (byte)rank;
        if (wasOnFloor && --_onFloor == 0)
            FindFloor();
    }

    private void FindFloor()
    {
        _floor = _registers!.Min();
        _onFloor = _registers.AsSpan().Count((byte)_floor);
    }

    /// <summary>A set of hashes: they are spread well already, so the low bits are the place, or the next one that is free.</summary>
    private sealed class HashTable
    {
        private ulong[] _places = Take(64);

        // Zero marks a free place.
        private bool _hasZero;

        public int Count { get; private set; }

        /// <summary>False when the set has the hash already.</summary>
        public bool Add(ulong hash)
        {
            if (hash == 0)
            {
                if (_hasZero)
                    return false;
                _hasZero = true;
                Count++;
                return true;
            }

            var places = _places;
            var mask = places.Length - 1;
            var place = (int)hash & mask;
            while (places[place] != 0)
            {
                if (places[place] == hash)
                    return false;
                place = (place + 1) & mask;
            }

            places[place] = hash;
            if (2 * ++Count > places.Length)
                Grow();
            return true;
        }

        public ulong[] ToArray()
        {
            var hashes = new ulong[Count];
            var length = 0;
            foreach (var hash in _places)
            {
                if (hash != 0)
                    hashes[length++] = hash;
            }

            return hashes;
        }

        /// <summary>Gives its memory to others; the set is not used any more.</summary>
        public void LetGo() => ArrayPool<ulong>.Shared.Return(_places);

        private void Grow()
        {
            var smaller = _places;
            _places = Take(2 * smaller.Length);
            foreach (var hash in smaller)
            {
                if (hash == 0)
                    continue;
                var place = (int)hash & (_places.Length - 1);
                while (_places[place] != 0)
                    place = (place + 1) & (_places.Length - 1);
                _places[place] = hash;
            }

            ArrayPool<ulong>.Shared.Return(smaller);
        }

        // The pool's arrays are as long as asked for where that is a power of two; new memory would cost more than what is done with it.
        private static ulong[] Take(int length)
        {
            var places = ArrayPool<ulong>.Shared.Rent(length);
            if (places.Length != length)
                places = new ulong[length];
            places.AsSpan().Clear();
            return places;
        }
    }
}
