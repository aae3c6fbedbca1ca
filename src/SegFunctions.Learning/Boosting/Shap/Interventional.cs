using System.Runtime.InteropServices;

namespace SegFunctions.Learning.Boosting.Shap;

/// <summary>Columns that are not known take the values of background rows, each in turn.</summary>
internal sealed class Interventional : IShapMethod
{
    // All tables together; what does not fit is worked out row by row.
    private const long TableBytes = 256L << 20;

    // Beyond, a table has more patterns than a background of usual size, which can be looked through sooner than the table is made.
    private const int LargestTable = 10;

    private readonly int _features;
    private readonly BackgroundTree[] _trees;

    public Interventional(BoostedTrees model, Matrix background, int? threads, CancellationToken cancellationToken)
    {
        _features = model.Features;
        Expected = [.. model.BaseScores];
        var trees = model.Trees.Select((tree, number) => Readable(ShapTree.Of(tree), number)).ToArray();
        _trees = new BackgroundTree[trees.Length];
        using var team = new ChunkTeam(threads, cancellationToken);
        team.Run(new SortedBackground(trees, background, MostTabulated(trees), _trees), trees.Length);
        for (var i = 0; i < _trees.Length; i++)
            Expected[i % Expected.Length] += _trees[i].Expected;
    }

    public double[] Expected { get; }

    public ShapScratch MakeScratch() => new PatternScratch(_features, Expected.Length, _trees.Select(tree => tree.Tree.Nodes.Length).DefaultIfEmpty().Max());

    public void Add(ShapScratch scratch, int groups)
    {
        var room = (PatternScratch)scratch;
        var patterns = MemoryMarshal.Cast<double, ulong>(room.Patterns.Values);
        for (var i = 0; i < _trees.Length; i++)
        {
            var sums = room.Sums.Values[(i % Expected.Length * _features * ShapScratch.Rows)..];
            for (var group = 0; group < groups; group++)
                PatternKernel.Walk(_trees[i].Tree, ref room.ValuesOf(group), ref room.Reaching.First, ref room.PatternsOf(group));
            _trees[i].Add(patterns, sums, groups * LaneBuffer.Lanes, _features);
        }
    }

    /// <summary>The most columns of a path for which the tables of all leaves with as many or fewer find room.</summary>
    private static int MostTabulated(ShapTree[] trees)
    {
        var leaves = new long[PatternKernel.MostColumns + 1];
        foreach (var path in trees.SelectMany(tree => tree.Paths))
            leaves[path.Length]++;
        var (most, bytes) = (0, 0L);
        while (most < LargestTable && (bytes += leaves[most + 1] * (most + 1) * sizeof(double) << (most + 1)) <= TableBytes)
            most++;
        return most;
    }

    private static ShapTree Readable(ShapTree tree, int number) => tree.MostColumns <= PatternKernel.MostColumns
        ? tree
        : throw new ArgumentException(
            $"Tree {number} (counted from 0) asks about {tree.MostColumns} different columns on one path; against a background sample at most {PatternKernel.MostColumns} can be explained. Explain without one, or train shallower trees.",
            "model");

    /// <summary>Sorts the background rows by pattern, leaf by leaf; a chunk is a tree.</summary>
    private sealed class SortedBackground(ShapTree[] trees, Matrix background, int mostColumns, BackgroundTree[] sorted) : IChunkWork
    {
        public void Run(int chunk)
        {
            var tree = trees[chunk];
            var counts = new Dictionary<ulong, double>[tree.Leaves.Length];
            for (var leaf = 0; leaf < counts.Length; leaf++)
                counts[leaf] = [];
            var scratch = new PatternScratch(background.Columns, 1, tree.Nodes.Length);
            for (var first = 0; first < background.Rows; first += ShapScratch.Rows)
            {
                var rows = Math.Min(ShapScratch.Rows, background.Rows - first);
                scratch.Load(background.Values.Slice(first * background.Columns, rows * background.Columns));
                for (var group = 0; group * LaneBuffer.Lanes < rows; group++)
                    PatternKernel.Walk(tree, ref scratch.ValuesOf(group), ref scratch.Reaching.First, ref scratch.PatternsOf(group));
                Count(counts, MemoryMarshal.Cast<double, ulong>(scratch.Patterns.Values), rows);
            }

            sorted[chunk] = new BackgroundTree(tree, [.. counts.Select((patterns, leaf) => GameOf(tree, leaf, patterns))], mostColumns);
        }

        private static void Count(Dictionary<ulong, double>[] counts, ReadOnlySpan<ulong> patterns, int rows)
        {
            for (var leaf = 0; leaf < counts.Length; leaf++)
            {
                foreach (var pattern in patterns.Slice(leaf * ShapScratch.Rows, rows))
                    CollectionsMarshal.GetValueRefOrAddDefault(counts[leaf], pattern, out _)++;
            }
        }

        private LeafGame GameOf(ShapTree tree, int leaf, Dictionary<ulong, double> patterns) =>
            new(tree.Paths[leaf].Length, tree.Leaves[leaf], patterns.Select(pattern => KeyValuePair.Create(pattern.Key, pattern.Value / background.Rows)));
    }
}
