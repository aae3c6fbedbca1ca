using System.Runtime.CompilerServices;

namespace SegFunctions.Learning.Clustering.Density;

/// <summary>Disjoint sets with path halving (Tarjan &amp; van Leeuwen 1984); the lower number leads, so the sets' names do not depend on sizes.</summary>
internal sealed class DisjointSets
{
    private readonly int[] _parents;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public DisjointSets(int count)
    {
        _parents = new int[count];
        for (var i = 0; i < count; i++)
            _parents[i] = i;
    }

    /// <summary>The lowest number of the set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Of(int member)
    {
        var parents = _parents;
        while (parents[member] != member)
        {
            parents[member] = parents[parents[member]];
            member = parents[member];
        }

        return member;
    }

    /// <returns>False when both were in one set already.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Join(int a, int b)
    {
        a = Of(a);
        b = Of(b);
        if (a == b)
            return false;
        _parents[Math.Max(a, b)] = Math.Min(a, b);
        return true;
    }
}
