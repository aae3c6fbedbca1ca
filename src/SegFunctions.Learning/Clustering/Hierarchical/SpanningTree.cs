using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SegFunctions.Learning.Clustering.Density;

namespace SegFunctions.Learning.Clustering.Hierarchical;

/// <summary>
/// Single linkage: its merges are the edges of a minimum spanning tree (Gower &amp; Ross 1969), here grown from one point by always
/// taking the point nearest to the tree (Prim 1957). O(n² · d) time, O(n · d) memory, no table of distances.
/// </summary>
/// <remarks>
/// Points not yet in the tree lie side by side, a point a lane, and stay compact: the last moves into the place of the one taken.
/// Nothing is allocated on the way.
/// </remarks>
internal sealed class SpanningTree : IChunkWork
{
    private const int PanelSlots = 16;
    private const int Lanes = 8;
    private const int ChunkPanels = 64;

    /// <summary>Values from which on two threads pay for being woken (about 10 µs).</summary>
    private const int ValuesWorthThreads = 1 << 19;

    private readonly Matrix _points;
    private readonly ChunkTeam _team;
    private readonly double[] _panels;

    /// <summary>Squared distance from the tree, and the point of the tree that is so near, as a double of the mask's width.</summary>
    private readonly double[] _distances;
    private readonly double[] _nearest;
    private readonly int[] _names;
    private readonly double[] _leastOfChunk;
    private int _count;
    private int _taken;

    /// <param name="points">Shape (n × d), n ≥ 1.</param>
    public SpanningTree(Matrix points, ChunkTeam team)
    {
        _points = points;
        _team = team;
        var panels = ((points.Rows - 1) / PanelSlots) + 1;
        _panels = new double[(long)panels * PanelSlots * points.Columns];
        _distances = new double[panels * PanelSlots];
        _nearest = new double[panels * PanelSlots];
        _names = new int[panels * PanelSlots];
        _leastOfChunk = new double[((panels - 1) / ChunkPanels) + 1];
        // A lane without a point is infinitely far, by its first column.
        Array.Fill(_distances, double.PositiveInfinity);
        for (var slot = 0; slot < _names.Length; slot++)
            _panels[At(slot)] = double.PositiveInfinity;
        // The first point is the tree to begin with.
        for (var point = 1; point < points.Rows; point++)
        {
            var slot = _count++;
            _names[slot] = point;
            for (int column = 0, at = At(slot); column < points.Columns; column++, at += PanelSlots)
                _panels[at] = points.Row(point)[column];
        }
    }

    /// <summary>Adds the edges by rising length, as merges of the clusters they join.</summary>
    public void Run(MergeList merges, MergeProgress progress)
    {
        var edges = new (int From, int To, double Squared)[_points.Rows - 1];
        Grow(edges, progress);
        var order = new int[edges.Length];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        Array.Sort(order, (a, b) => edges[a].Squared != edges[b].Squared ? edges[a].Squared.CompareTo(edges[b].Squared) : a.CompareTo(b));

        var sets = new DisjointSets(_points.Rows);
        foreach (var edge in order)
        {
            merges.Add(sets.Of(edges[edge].From), sets.Of(edges[edge].To), Math.Sqrt(edges[edge].Squared));
            sets.Join(edges[edge].From, edges[edge].To);
        }
    }

    /// <summary>OUT edges in the order in which the tree takes them, with their squared lengths.</summary>
    internal void Grow(Span<(int From, int To, double Squared)> edges, MergeProgress progress)
    {
        Debug.Assert(edges.Length == _count);
        for (var made = 0; made < edges.Length; made++)
        {
            progress.Made(made);
            var least = Reach();
            var slot = _distances.AsSpan(0, _count).IndexOf(least);
            _taken = _names[slot];
            edges[made] = ((int)_nearest[slot], _taken, least);
            RemoveAt(slot);
        }
    }

    public void Run(int chunk) =>
        _leastOfChunk[chunk] = Reach(chunk * ChunkPanels, Math.Min((chunk + 1) * ChunkPanels, ((_count - 1) / PanelSlots) + 1));

    /// <summary>Measures every point from the one just taken, and keeps the lesser distance.</summary>
    /// <returns>The least distance from the tree.</returns>
    private double Reach()
    {
        var panels = ((_count - 1) / PanelSlots) + 1;
        if ((long)_count * _points.Columns < ValuesWorthThreads)
            return Reach(0, panels);

        var chunks = ((panels - 1) / ChunkPanels) + 1;
        _team.Run(this, chunks);
        var least = double.PositiveInfinity;
        for (var chunk = 0; chunk < chunks; chunk++)
            least = Math.Min(least, _leastOfChunk[chunk]);
        return least;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Reach(int panel, int end)
    {
        var taken = Vector512.Create((double)_taken);
        var columns = _points.Columns;
        ref var point = ref MemoryMarshal.GetReference(_points.Row(_taken));
        var least = Vector512.Create(double.PositiveInfinity);
        for (; panel < end; panel++)
        {
            ref var values = ref _panels[panel * PanelSlots * columns];
            var a = Vector512<double>.Zero;
            var b = Vector512<double>.Zero;
            for (nint column = 0; column < columns; column++)
            {
                var own = Vector512.Create(Unsafe.Add(ref point, column));
                var toA = Vector512.LoadUnsafe(ref values, (nuint)(column * PanelSlots)) - own;
                var toB = Vector512.LoadUnsafe(ref values, (nuint)((column * PanelSlots) + Lanes)) - own;
                a = Vector512.FusedMultiplyAdd(toA, toA, a);
                b = Vector512.FusedMultiplyAdd(toB, toB, b);
            }

            least = Vector512.Min(least, Keep(a, taken, panel * PanelSlots));
            least = Vector512.Min(least, Keep(b, taken, (panel * PanelSlots) + Lanes));
        }

        var found = double.PositiveInfinity;
        for (var lane = 0; lane < Lanes; lane++)
            found = Math.Min(found, least.GetElement(lane));
        return found;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<double> Keep(Vector512<double> squared, Vector512<double> taken, int slot)
    {
        ref var distances = ref MemoryMarshal.GetArrayDataReference(_distances);
        ref var nearest = ref MemoryMarshal.GetArrayDataReference(_nearest);
        var before = Vector512.LoadUnsafe(ref distances, (nuint)slot);
        var nearer = Vector512.LessThan(squared, before);
        var kept = Vector512.ConditionalSelect(nearer, squared, before);
        kept.StoreUnsafe(ref distances, (nuint)slot);
        Vector512.ConditionalSelect(nearer, taken, Vector512.LoadUnsafe(ref nearest, (nuint)slot)).StoreUnsafe(ref nearest, (nuint)slot);
        return kept;
    }

    private void RemoveAt(int slot)
    {
        var last = --_count;
        for (int column = 0, from = At(last), to = At(slot); column < _points.Columns; column++, from += PanelSlots, to += PanelSlots)
            _panels[to] = _panels[from];
        _distances[slot] = _distances[last];
        _nearest[slot] = _nearest[last];
        _names[slot] = _names[last];
        _distances[last] = double.PositiveInfinity;
        _panels[At(last)] = double.PositiveInfinity;
    }

    private int At(int slot) => (slot / PanelSlots * PanelSlots * _points.Columns) + (slot % PanelSlots);
}
