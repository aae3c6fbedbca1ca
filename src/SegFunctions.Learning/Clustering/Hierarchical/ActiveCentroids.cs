using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SegFunctions.Learning.Clustering.Hierarchical;

/// <summary>
/// The clusters that a search for the nearest goes over, in single precision and side by side: an answer that is rough but names
/// every cluster that may be the nearest. Always compact: the last slot moves into one that falls free.
/// </summary>
/// <remarks>
/// Panels of 64 clusters, within a panel column after column, so that a lane is a cluster and nothing is added across lanes. Half the
/// bytes of doubles, and twice the lanes: the search is as fast as memory is, and the few clusters it names are measured in doubles.
/// </remarks>
internal sealed class ActiveCentroids : IChunkWork
{
    private const int PanelSlots = 64;
    private const int Lanes = 16;

    /// <summary>Panels of a chunk of work.</summary>
    private const int ChunkPanels = 32;

    /// <summary>Values from which on two threads pay for being woken (about 10 µs; single precision passes some 10 values a nanosecond).</summary>
    private const int ValuesWorthThreads = 1 << 20;

    private const double SingleRounding = 1.0 / (1 << 24);

    private readonly int _columns;
    private readonly ChunkTeam _team;
    private readonly float[] _offset;
    private readonly float[] _panels;
    private readonly float[] _sizes;
    private readonly float[] _scores;
    private readonly int[] _names;
    private readonly float[] _leastOfChunk;
    private readonly float[] _query;
    private readonly double _relativeError;
    private readonly double _positionError;
    private float _querySize;

    /// <param name="points">Shape (n × d), magnitudes of about 1: the hull within which all centroids stay.</param>
    public ActiveCentroids(Matrix points, ChunkTeam team)
    {
        _columns = points.Columns;
        _team = team;
        var panels = ((points.Rows - 1) / PanelSlots) + 1;
        _panels = new float[(long)panels * PanelSlots * _columns];
        _sizes = new float[panels * PanelSlots];
        _scores = new float[panels * PanelSlots];
        _names = new int[panels * PanelSlots];
        _leastOfChunk = new float[((panels - 1) / ChunkPanels) + 1];
        _query = new float[_columns];
        _offset = new float[_columns];
        // A lane without a cluster is infinitely far, by its first column.
        for (var panel = 0; panel < panels; panel++)
            _panels.AsSpan(panel * PanelSlots * _columns, PanelSlots).Fill(float.PositiveInfinity);
        Array.Fill(_sizes, 1);

        // Each coordinate is rounded by at most half a unit of its last place, on both sides of a difference; squares, sums, the
        // product with the sizes and the comparison round by less than d + 12 units together.
        _positionError = 2.01 * SingleRounding * Centre(points);
        _relativeError = 2 * (_columns + 12) * SingleRounding;
    }

    /// <summary>How many clusters there are; their slots are 0 to Count − 1.</summary>
    public int Count { get; private set; }

    public int NameAt(int slot) => _names[slot];

    public void Add(int name, ReadOnlySpan<double> centroid, double size)
    {
        var slot = Count++;
        _names[slot] = name;
        _sizes[slot] = (float)size;
        var at = At(slot);
        for (var column = 0; column < centroid.Length; column++)
            _panels[at + (column * PanelSlots)] = (float)(centroid[column] - _offset[column]);
    }

    public void RemoveAt(int slot)
    {
        var last = --Count;
        var from = At(last);
        var to = At(slot);
        for (var column = 0; column < _columns; column++)
            _panels[to + (column * PanelSlots)] = _panels[from + (column * PanelSlots)];
        _names[slot] = _names[last];
        _sizes[slot] = _sizes[last];
        _panels[from] = float.PositiveInfinity;
    }

    /// <summary>Scores every cluster against this one, which must not be among them: ab / (a + b) · ‖mean − mean‖², about.</summary>
    /// <returns>The least score; ∞ when there is no cluster.</returns>
    public float Score(ReadOnlySpan<double> centroid, double size)
    {
        for (var column = 0; column < centroid.Length; column++)
            _query[column] = (float)(centroid[column] - _offset[column]);
        _querySize = (float)size;
        var panels = ((Count - 1) / PanelSlots) + 1;
        if (Count == 0)
            return float.PositiveInfinity;
        if ((long)Count * _columns < ValuesWorthThreads)
            return Score(0, panels);

        var chunks = ((panels - 1) / ChunkPanels) + 1;
        _team.Run(this, chunks);
        var least = float.PositiveInfinity;
        for (var chunk = 0; chunk < chunks; chunk++)
            least = Math.Min(least, _leastOfChunk[chunk]);
        return least;
    }

    public void Run(int chunk) =>
        _leastOfChunk[chunk] = Score(chunk * ChunkPanels, Math.Min((chunk + 1) * ChunkPanels, ((Count - 1) / PanelSlots) + 1));

    /// <summary>A score is never above this when the true value is at most <paramref name="value"/>, and the other way round.</summary>
    /// <param name="size">Rows of the cluster that was scored against.</param>
    public double Widened(double value, double size)
    {
        // √score and √value differ by the error of the positions, times √(ab / (a + b)) ≤ √a, and relatively by the roundings.
        var root = (Math.Sqrt(value) * (1 + _relativeError)) + (_positionError * Math.Sqrt(size));
        return root * root * (1 + _relativeError);
    }

    /// <summary>The first slot from <paramref name="slot"/> on that was scored at most <paramref name="limit"/>; −1 for none.</summary>
    public int NextWithin(int slot, float limit)
    {
        ref var scores = ref MemoryMarshal.GetArrayDataReference(_scores);
        var limits = Vector512.Create(limit);
        while (slot < Count)
        {
            var at = slot & -Lanes;
            var hits = Vector512.LessThanOrEqual(Vector512.LoadUnsafe(ref scores, (nuint)at), limits).ExtractMostSignificantBits() & (ulong.MaxValue << (slot - at));
            if (hits != 0)
                return at + BitOperations.TrailingZeroCount(hits);
            slot = at + Lanes;
        }

        return -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private float Score(int panel, int end)
    {
        ref var query = ref MemoryMarshal.GetArrayDataReference(_query);
        var least = Vector512.Create(float.PositiveInfinity);
        for (; panel < end; panel++)
        {
            ref var values = ref _panels[panel * PanelSlots * _columns];
            var a = Vector512<float>.Zero;
            var b = Vector512<float>.Zero;
            var c = Vector512<float>.Zero;
            var d = Vector512<float>.Zero;
            for (nint column = 0; column < _columns; column++)
            {
                var own = Vector512.Create(Unsafe.Add(ref query, column));
                var at = (nuint)(column * PanelSlots);
                var toA = Vector512.LoadUnsafe(ref values, at) - own;
                var toB = Vector512.LoadUnsafe(ref values, at + Lanes) - own;
                var toC = Vector512.LoadUnsafe(ref values, at + (2 * Lanes)) - own;
                var toD = Vector512.LoadUnsafe(ref values, at + (3 * Lanes)) - own;
                a = Vector512.MultiplyAddEstimate(toA, toA, a);
                b = Vector512.MultiplyAddEstimate(toB, toB, b);
                c = Vector512.MultiplyAddEstimate(toC, toC, c);
                d = Vector512.MultiplyAddEstimate(toD, toD, d);
            }

            var slot = panel * PanelSlots;
            least = Vector512.Min(least, Weigh(a, slot));
            least = Vector512.Min(least, Weigh(b, slot + Lanes));
            least = Vector512.Min(least, Weigh(c, slot + (2 * Lanes)));
            least = Vector512.Min(least, Weigh(d, slot + (3 * Lanes)));
        }

        var found = float.PositiveInfinity;
        for (var lane = 0; lane < Lanes; lane++)
            found = Math.Min(found, least.GetElement(lane));
        return found;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<float> Weigh(Vector512<float> squared, int slot)
    {
        var sizes = Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(_sizes), (nuint)slot);
        var own = Vector512.Create(_querySize);
        var score = squared * (own * sizes / (own + sizes));
        score.StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(_scores), (nuint)slot);
        return score;
    }

    private int At(int slot) => ((slot / PanelSlots) * PanelSlots * _columns) + (slot % PanelSlots);

    /// <summary>Takes the middle of every column for zero, so that single precision has the digits where the points are.</summary>
    /// <returns>The greatest distance from there that a centroid can have.</returns>
    private double Centre(Matrix points)
    {
        var sum = 0.0;
        for (var column = 0; column < _columns; column++)
        {
            var least = double.PositiveInfinity;
            var greatest = double.NegativeInfinity;
            for (var row = 0; row < points.Rows; row++)
            {
                least = Math.Min(least, points.Row(row)[column]);
                greatest = Math.Max(greatest, points.Row(row)[column]);
            }

            _offset[column] = (float)((least / 2) + (greatest / 2));
            var farthest = Math.Max(greatest - _offset[column], _offset[column] - least);
            sum += farthest * farthest;
        }

        return Math.Sqrt(sum);
    }
}
