using SegFunctions.Learning.Explanation;

namespace SegFunctions.Learning.Clustering.Hierarchical;

/// <summary>What a tree is built over: the training rows, or centres that stand for them.</summary>
/// <param name="Rows">Shape (leaves × columns).</param>
/// <param name="Weights">Training rows of every leaf, at least one.</param>
/// <param name="First">The first training row of every leaf.</param>
/// <param name="OfRows">The leaf of every training row; null for a loaded model.</param>
/// <param name="Micro">Why these are not the rows themselves; null when they are.</param>
internal sealed record Leaves(Matrix Rows, int[] Weights, int[] First, int[]? OfRows, MicroClustering? Micro)
{
    private readonly Lazy<NearestRow> _nearest = new(() => new NearestRow(Rows));

    /// <summary>Finds the nearest leaf; made when first asked for, once for all cuts of a tree.</summary>
    public NearestRow Nearest => _nearest.Value;

    /// <summary>Each row a leaf.</summary>
    public static Leaves Of(Matrix rows)
    {
        var weights = new int[rows.Rows];
        Array.Fill(weights, 1);
        var numbers = Enumerable.Range(0, rows.Rows).ToArray();
        return new Leaves(rows, weights, numbers, numbers, null);
    }

    public static Leaves Load(ModelFile file)
    {
        var count = file.Field<int>("leaves");
        var columns = file.Field<int>("columns");
        if (count < 1 || columns < 1 || (long)count * columns > Array.MaxLength)
            throw new InvalidDataException($"The stored tree claims {count} leaves of {columns} columns; it is damaged.");
        var rows = new Matrix(count, columns, file.Array("rows", count * columns));
        var weights = WholeNumbers.Read(file, "weights", count, int.MaxValue);
        if (weights.Sum(weight => (long)weight) > int.MaxValue || weights.Contains(0))
            throw new InvalidDataException("The stored tree has leaves without a row, or with more than there can be; it is damaged.");
        return new Leaves(rows, weights, WholeNumbers.Read(file, "first", count, int.MaxValue), null, LoadMicro(file, count));
    }

    /// <summary>Numbers clusters by falling training rows, ties by the first of them.</summary>
    /// <param name="groups">The cluster of every leaf, from 0 to leaves − 1, in any numbering.</param>
    /// <returns>The cluster of every leaf in that numbering, and the training rows of every cluster.</returns>
    public (int[] Labels, int[] Sizes) Number(int[] groups)
    {
        var sizes = new int[groups.Length];
        var first = new int[groups.Length];
        Array.Fill(first, int.MaxValue);
        for (var leaf = 0; leaf < groups.Length; leaf++)
        {
            sizes[groups[leaf]] += Weights[leaf];
            first[groups[leaf]] = Math.Min(first[groups[leaf]], First[leaf]);
        }

        var order = Enumerable.Range(0, sizes.Length).Where(group => sizes[group] > 0).ToArray();
        Array.Sort(order, (a, b) => sizes[a] != sizes[b] ? sizes[b].CompareTo(sizes[a]) : first[a].CompareTo(first[b]));
        var numbers = new int[groups.Length];
        for (var cluster = 0; cluster < order.Length; cluster++)
            numbers[order[cluster]] = cluster;
        return ([.. groups.Select(group => numbers[group])], [.. order.Select(group => sizes[group])]);
    }

    private static MicroClustering? LoadMicro(ModelFile file, int count) => file.Field<bool>("gathered")
        ? new MicroClustering(count, file.Field<int>("rows"), new Bilingual(file.Field<string>("reasonEn"), file.Field<string>("reasonFr")))
        : null;
}
