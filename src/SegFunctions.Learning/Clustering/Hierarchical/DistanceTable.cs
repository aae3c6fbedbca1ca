using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SegFunctions.Learning.Clustering.Hierarchical;

/// <summary>
/// The distances between clusters, each pair once: slot i has those to the slots below it side by side. Clusters that were merged
/// away leave an empty slot until <see cref="Compact"/>.
/// </summary>
internal sealed class DistanceTable
{
    private const int Lanes = 8;

    private readonly double[] _distances;
    private readonly Linkage _linkage;

    /// <summary>0 for a slot with a cluster, ∞ for one without: added to a distance, it takes the slot out of a search.</summary>
    private readonly double[] _absence;
    private readonly double[] _sizes;
    private readonly int[] _names;

    /// <param name="points">Shape (n × d).</param>
    /// <param name="weights">Rows of every point.</param>
    public DistanceTable(Matrix points, ReadOnlySpan<int> weights, Linkage linkage, ChunkTeam team)
    {
        Slots = points.Rows;
        Clusters = points.Rows;
        _linkage = linkage;
        _distances = new double[Start(points.Rows)];
        _absence = new double[points.Rows];
        _sizes = new double[points.Rows];
        _names = new int[points.Rows];
        for (var slot = 0; slot < Slots; slot++)
        {
            _sizes[slot] = weights[slot];
            _names[slot] = slot;
        }

        var chunks = FixedChunks.Of(points.Rows, most: 256, smallest: 16);
        team.Run(new FillWork(points, chunks, _distances), chunks.Count);
    }

    public int Slots { get; private set; }

    public int Clusters { get; private set; }

    /// <summary>What a table of so many points takes.</summary>
    public static long Bytes(int points) => sizeof(double) * Start(points);

    public static bool Fits(int points, long bytes) => Bytes(points) <= bytes && Start(points) <= Array.MaxLength;

    public int NameAt(int slot) => _names[slot];

    public bool HasCluster(int slot) => _absence[slot] == 0;

    /// <summary>The nearest cluster and its distance; the lowest slot among equals, −1 for none.</summary>
    public (int Slot, double Distance) Nearest(int slot)
    {
        var (nearest, least) = NearestBelow(slot);
        ref var distances = ref MemoryMarshal.GetArrayDataReference(_distances);
        ref var absence = ref MemoryMarshal.GetArrayDataReference(_absence);
        var at = (nint)Start(slot + 1) + slot;
        for (var other = slot + 1; other < Slots; other++)
        {
            var distance = Unsafe.Add(ref distances, at) + Unsafe.Add(ref absence, other);
            if (distance < least)
                (nearest, least) = (other, distance);
            at += other;
        }

        return (nearest, least);
    }

    /// <summary>Merges the clusters of two slots into the higher one, where more distances lie side by side.</summary>
    /// <remarks>Lance &amp; Williams 1967, so written that no new distance falls below the lesser of the two it comes from, not even by rounding.</remarks>
    public void Merge(int one, int two)
    {
        var (kept, other) = (Math.Max(one, two), Math.Min(one, two));
        _names[kept] = Math.Min(_names[kept], _names[other]);
        _absence[other] = double.PositiveInfinity;
        Clusters--;
        var share = _sizes[other] / (_sizes[kept] + _sizes[other]);
        _sizes[kept] += _sizes[other];
        for (var third = 0; third < Slots; third++)
        {
            if (third == kept || _absence[third] > 0)
                continue;
            ref var first = ref _distances[At(kept, third)];
            var second = _distances[At(other, third)];
            first = _linkage == Linkage.Complete
                ? Math.Max(first, second)
                : Math.Clamp(first + ((second - first) * share), Math.Min(first, second), Math.Max(first, second));
        }
    }

    /// <summary>Closes the gaps, in place and in order.</summary>
    /// <param name="moved">OUT for every old slot with a cluster its new one.</param>
    public void Compact(Span<int> moved)
    {
        var to = 0;
        for (var slot = 0; slot < Slots; slot++)
        {
            if (!HasCluster(slot))
                continue;
            moved[slot] = to;
            var row = Row(slot);
            var write = Start(to);
            for (var other = 0; other < row.Length; other++)
            {
                if (HasCluster(other))
                    _distances[write++] = row[other];
            }

            to++;
        }

        for (var slot = 0; slot < Slots; slot++)
        {
            if (HasCluster(slot))
                (_names[moved[slot]], _sizes[moved[slot]]) = (_names[slot], _sizes[slot]);
        }

        Slots = to;
        _absence.AsSpan(0, Slots).Clear();
    }

    /// <summary>The part of a search whose distances lie side by side.</summary>
    private (int Slot, double Distance) NearestBelow(int slot)
    {
        var row = Row(slot);
        ref var distances = ref MemoryMarshal.GetReference(row);
        ref var absence = ref MemoryMarshal.GetArrayDataReference(_absence);
        var lanes = Vector512.Create(double.PositiveInfinity);
        var other = 0;
        for (; other <= row.Length - Lanes; other += Lanes)
            lanes = Vector512.Min(lanes, Vector512.LoadUnsafe(ref distances, (nuint)other) + Vector512.LoadUnsafe(ref absence, (nuint)other));
        var least = double.PositiveInfinity;
        for (var lane = 0; lane < Lanes; lane++)
            least = Math.Min(least, lanes.GetElement(lane));
        for (; other < row.Length; other++)
            least = Math.Min(least, row[other] + _absence[other]);
        if (double.IsPositiveInfinity(least))
            return (-1, least);

        // Found again by its value: cheaper than to carry slots along.
        var nearest = row.IndexOf(least);
        while (!HasCluster(nearest))
            nearest += 1 + row[(nearest + 1)..].IndexOf(least);
        return (nearest, least);
    }

    private ReadOnlySpan<double> Row(int slot) => _distances.AsSpan((int)Start(slot), slot);

    private static long Start(int slot) => (long)slot * (slot - 1) / 2;

    private static long At(int a, int b) => a > b ? Start(a) + b : Start(b) + a;

    private sealed class FillWork(Matrix points, FixedChunks chunks, double[] distances) : IChunkWork
    {
        public void Run(int chunk)
        {
            for (var row = chunks.Start(chunk); row < chunks.End(chunk); row++)
            {
                var at = Start(row);
                for (var other = 0; other < row; other++)
                    distances[at++] = Math.Sqrt(Distance.Squared(points.Row(row), points.Row(other)));
            }
        }
    }
}
