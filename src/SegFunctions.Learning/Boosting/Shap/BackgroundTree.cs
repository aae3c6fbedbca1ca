using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SegFunctions.Learning.Boosting.Shap;

/// <summary>
/// A tree with what each of its leaves gives to a row of any pattern, against a background sample: tables where there is room for them
/// (Yang 2021, "Fast TreeSHAP", version 2), else worked out row by row.
/// </summary>
internal sealed class BackgroundTree
{
    private readonly LeafGame[] _leaves;
    private readonly double[] _tables;

    // Where the table of a leaf begins; −1 without one.
    private readonly int[] _starts;

    // For every leaf with a table the columns of its path, as distances between sums.
    private readonly int[] _distances;

    /// <param name="mostColumns">Leaves with a longer path get no table.</param>
    public BackgroundTree(ShapTree tree, LeafGame[] leaves, int mostColumns)
    {
        Tree = tree;
        _leaves = leaves;
        _starts = new int[leaves.Length];
        var length = 0;
        for (var leaf = 0; leaf < leaves.Length; leaf++)
        {
            var columns = tree.Paths[leaf].Length;
            _starts[leaf] = columns <= mostColumns ? length : -1;
            length += columns <= mostColumns ? columns << columns : 0;
        }

        _tables = new double[length];
        _distances = [.. tree.Paths.Where(path => path.Length <= mostColumns).SelectMany(path => path).Select(column => column * LaneBuffer.Lanes)];
        for (var leaf = 0; leaf < leaves.Length; leaf++)
        {
            var columns = tree.Paths[leaf].Length;
            for (var pattern = 0; _starts[leaf] >= 0 && pattern < 1 << columns; pattern++)
                leaves[leaf].Weigh((ulong)pattern, _tables.AsSpan(_starts[leaf] + (pattern * columns), columns));
        }
    }

    public ShapTree Tree { get; }

    public double Expected => _leaves.Sum(leaf => leaf.Expected);

    /// <summary>Adds what the leaves give to a block of rows: leaf by leaf, so that a table is in the first-level cache when rows use it.</summary>
    /// <param name="patterns">Of the block, leaf by leaf <see cref="ShapScratch.Rows"/> of them.</param>
    /// <param name="sums">Group after group of eight rows, in each <paramref name="features"/> vectors.</param>
    /// <param name="rows">Rows of the block that count.</param>
    public void Add(ReadOnlySpan<ulong> patterns, Span<double> sums, int rows, int features)
    {
        ref var tables = ref MemoryMarshal.GetArrayDataReference(_tables);
        ref var distances = ref MemoryMarshal.GetArrayDataReference(_distances);
        ref var first = ref MemoryMarshal.GetReference(sums);
        for (var leaf = 0; leaf < _starts.Length; leaf++)
        {
            var columns = Tree.Paths[leaf].Length;
            var own = patterns.Slice(leaf * ShapScratch.Rows, rows);
            if (_starts[leaf] < 0)
            {
                for (var row = 0; row < own.Length; row++)
                    AddUntabulated(leaf, own[row], sums[ShapScratch.PlaceOf(row, features)..]);
                continue;
            }

            ref var table = ref Unsafe.Add(ref tables, _starts[leaf]);
            for (var row = 0; row < own.Length; row++)
            {
                ref var given = ref Unsafe.Add(ref table, (int)own[row] * columns);
                ref var sum = ref Unsafe.Add(ref first, ShapScratch.PlaceOf(row, features));
                for (var bit = 0; bit < columns; bit++)
                    Unsafe.Add(ref sum, Unsafe.Add(ref distances, bit)) += Unsafe.Add(ref given, bit);
            }

            distances = ref Unsafe.Add(ref distances, columns);
        }
    }

    private void AddUntabulated(int leaf, ulong pattern, Span<double> sums)
    {
        var columns = Tree.Paths[leaf];
        Span<double> given = stackalloc double[PatternKernel.MostColumns];
        given = given[..columns.Length];
        given.Clear();
        _leaves[leaf].Weigh(pattern, given);
        for (var bit = 0; bit < columns.Length; bit++)
            sums[columns[bit] * LaneBuffer.Lanes] += given[bit];
    }
}
