using System.Runtime.CompilerServices;

namespace SegFunctions.Learning.Clustering;

/// <summary>
/// The numbering every clustering here gives: 0 for the largest cluster, ties by the first member; empty clusters get none.
/// </summary>
internal sealed class ClusterOrder
{
    private readonly int[] _newNumbers;

    private ClusterOrder(int[] oldNumbers, int[] newNumbers, int[] sizes) => (OldNumbers, _newNumbers, Sizes) = (oldNumbers, newNumbers, sizes);

    /// <summary>For every new number the old one.</summary>
    public int[] OldNumbers { get; }

    /// <summary>Rows of every cluster, in the new numbering.</summary>
    public int[] Sizes { get; }

    public bool IsIdentity => OldNumbers.Length == _newNumbers.Length && OldNumbers.AsSpan().SequenceEqual(Enumerable.Range(0, OldNumbers.Length).ToArray());

    /// <param name="labels">From 0 to clusters − 1; negative ones are noise and count for no cluster.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ClusterOrder BySize(ReadOnlySpan<int> labels, int clusters)
    {
        var sizes = new int[clusters];
        var first = new int[clusters];
        for (var row = 0; row < labels.Length; row++)
        {
            if (labels[row] < 0)
                continue;
            if (sizes[labels[row]]++ == 0)
                first[labels[row]] = row;
        }

        var old = Enumerable.Range(0, clusters).Where(cluster => sizes[cluster] > 0).ToArray();
        Array.Sort(old, (a, b) => sizes[a] != sizes[b] ? sizes[b].CompareTo(sizes[a]) : first[a].CompareTo(first[b]));
        var renumbered = new int[clusters];
        Array.Fill(renumbered, -1);
        for (var cluster = 0; cluster < old.Length; cluster++)
            renumbered[old[cluster]] = cluster;
        return new ClusterOrder(old, renumbered, [.. old.Select(cluster => sizes[cluster])]);
    }

    /// <summary>What there is of every cluster in the old numbering, in the new one.</summary>
    public int[] Taken(IReadOnlyList<int> ofOld) => [.. OldNumbers.Select(cluster => ofOld[cluster])];

    /// <summary>Rewrites labels in place; noise stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Renumber(Span<int> labels)
    {
        foreach (ref var label in labels)
        {
            if (label >= 0)
                label = _newNumbers[label];
        }
    }
}
