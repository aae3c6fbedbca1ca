namespace SegFunctions.Learning.Clustering.Hierarchical;

/// <summary>One merge of two clusters.</summary>
/// <param name="Left">The lower number of the two: below the number of leaves a leaf, else leaves + the index of the merge that made it.</param>
/// <param name="Right">The higher number.</param>
/// <param name="Height">Their distance, in the units of the data.</param>
/// <param name="Size">Training rows below.</param>
public readonly record struct Merge(int Left, int Right, double Height, int Size);

/// <summary>
/// The tree of merges, numbered as scipy's linkage matrix: heights never fall, and merge i makes cluster leaves + i. Immutable.
/// </summary>
/// <remarks>Leaves are the training rows in their order, or micro-clusters where the model says so; equal rows merge first, at height 0.</remarks>
public sealed class Dendrogram
{
    private readonly Merge[] _merges;

    internal Dendrogram(Merge[] merges) => _merges = merges;

    /// <summary>How many there are: one more than merges.</summary>
    public int Leaves => _merges.Length + 1;

    /// <summary>Every merge, by rising height.</summary>
    public IReadOnlyList<Merge> Merges => _merges;

    /// <summary>The tree as CSV text, the columns of scipy's linkage matrix: <c>left,right,height,size</c>.</summary>
    public string ToCsv() => DendrogramText.Csv(this);

    /// <summary>The tree as JSON text: <c>{"leaves":n,"merges":[{"left":…,"right":…,"height":…,"size":…},…]}</c>. Flat, because chains are deeper than parsers allow.</summary>
    public string ToJson() => DendrogramText.Json(this);

    /// <summary>The tree in Newick's format, branches as long as heights differ: <c>((0:1,1:1):0.5,2:1.5);</c></summary>
    /// <param name="names">Of the leaves; quoted where they need it. Null for their numbers.</param>
    /// <exception cref="ArgumentException">Another number of names than leaves.</exception>
    public string ToNewick(IReadOnlyList<string>? names = null)
    {
        if (names is not null && names.Count != Leaves)
            throw new ArgumentException($"{names.Count} names were given for {Leaves} leaves; give one for each.", nameof(names));
        return DendrogramText.Newick(this, names);
    }

    /// <param name="weights">Training rows of every leaf.</param>
    internal static Dendrogram Load(ModelFile file, ReadOnlySpan<int> weights)
    {
        var leaves = weights.Length;
        var merges = new Merge[leaves - 1];
        var left = WholeNumbers.Read(file, "left", merges.Length, (2 * leaves) - 2);
        var right = WholeNumbers.Read(file, "right", merges.Length, (2 * leaves) - 2);
        var heights = file.Array("height", merges.Length);
        var merged = new bool[(2 * leaves) - 1];
        for (var i = 0; i < merges.Length; i++)
        {
            if (left[i] >= right[i] || right[i] >= leaves + i || merged[left[i]] || merged[right[i]] || !(heights[i] >= (i == 0 ? 0 : heights[i - 1])))
                throw new InvalidDataException($"Merge {i} of the stored tree joins {left[i]} and {right[i]} at {heights[i]}, which no tree does there; it is damaged.");
            (merged[left[i]], merged[right[i]]) = (true, true);
            merges[i] = new Merge(left[i], right[i], heights[i], Size(left[i], weights, merges) + Size(right[i], weights, merges));
        }

        return new Dendrogram(merges);
    }

    /// <summary>
    /// The cluster of every leaf when merges are made in order until <paramref name="count"/> clusters are left; merges at height 0
    /// are always made, so equal leaves never part. Numbers are arbitrary, from 0. Of merges at one height any may be the last one made.
    /// </summary>
    internal int[] GroupsByCount(int count) => Groups(Math.Max(Leaves - Math.Clamp(count, 1, Leaves), MergesUpTo(0)));

    /// <summary>The cluster of every leaf when all merges up to and including a height are made.</summary>
    internal int[] GroupsByHeight(double height) => Groups(MergesUpTo(height));

    private int MergesUpTo(double height)
    {
        var made = 0;
        while (made < _merges.Length && _merges[made].Height <= height)
            made++;
        return made;
    }

    private static int Size(int node, ReadOnlySpan<int> weights, Merge[] merges) => node < weights.Length ? weights[node] : merges[node - weights.Length].Size;

    private int[] Groups(int made)
    {
        // From the last merge made downwards a cluster hands its number to its parts; what has none begins one.
        var groups = new int[Leaves + made];
        Array.Fill(groups, -1);
        var next = 0;
        for (var node = groups.Length - 1; node >= 0; node--)
        {
            if (groups[node] < 0)
                groups[node] = next++;
            if (node < Leaves)
                continue;
            var merge = _merges[node - Leaves];
            groups[merge.Left] = groups[node];
            groups[merge.Right] = groups[node];
        }

        return groups[..Leaves];
    }
}
