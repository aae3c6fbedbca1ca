using System.Runtime.InteropServices;

namespace SegFunctions.Learning.Boosting.Shap;

/// <summary>Columns that are not known take the values of background rows, each in turn.</summary>
internal sealed class Interventional : IShapMethod
{
    // All tables together; what does not fit is worked out row by row.
    private const long TableBytes = 256L << 20;

    private readonly int _features;
    private readonly (ShapTree Tree, LeafGame[] Leaves, int Output)[] _trees;

    public Interventional(BoostedTrees model, Matrix background, int? threads, CancellationToken cancellationToken)
    {
        _features = model.Features;
        Expected = [.. model.BaseScores];
        _trees = new (ShapTree, LeafGame[], int)[model.Trees.Count];
        for (var i = 0; i < _trees.Length; i++)
            _trees[i] = (Readable(ShapTree.Of(model.Trees[i]), i), [], i % model.Outputs);
        var mostColumns = MostTabulated(_trees.SelectMany(tree => tree.Tree.Paths));
        using var team = new ChunkTeam(threads, cancellationToken);
        team.Run(new GamesOfTrees(this, background, mostColumns), _trees.Length);
        foreach (var (_, leaves, output) in _trees)
        {
            foreach (var leaf in leaves)
                Expected[output] += leaf.Expected;
        }
    }

    public double[] Expected { get; }

    public ShapScratch MakeScratch() => new PatternScratch(_features, Expected.Length, _trees.Select(tree => tree.Tree.Nodes.Length).DefaultIfEmpty().Max());

    public void Add(ShapScratch scratch, int groups)
    {
        var room = (PatternScratch)scratch;
        Span<double> weights = stackalloc double[PatternKernel.MostColumns];
        foreach (var (tree, leaves, output) in _trees)
        {
            var sums = room.Sums.Values[(output * _features * ShapScratch.Rows)..];
            for (var group = 0; group < groups; group++)
            {
                PatternKernel.Walk(tree, ref room.ValuesOf(group), ref room.Reaching.First, ref room.Patterns.First);
                var patterns = MemoryMarshal.Cast<double, ulong>(room.Patterns.Values);
                for (var leaf = 0; leaf < leaves.Length; leaf++)
                {
                    for (var lane = 0; lane < LaneBuffer.Lanes; lane++)
                        leaves[leaf].Add(patterns[(leaf * LaneBuffer.Lanes) + lane], sums[((group * LaneBuffer.Lanes) + lane)..], weights);
                }
            }
        }
    }

    /// <summary>The most columns of a path for which the tables of all leaves with as many or fewer find room.</summary>
    private static int MostTabulated(IEnumerable<int[]> paths)
    {
        var leaves = new long[PatternKernel.MostColumns + 1];
        foreach (var path in paths)
            leaves[path.Length]++;
        var (most, bytes) = (0, 0L);
        // From 25 columns on a single table is beyond the room for all.
        while (most + 1 < 25 && (bytes += leaves[most + 1] * (most + 1) * sizeof(double) << (most + 1)) <= TableBytes)
            most++;
        return most;
    }

    private static ShapTree Readable(ShapTree tree, int number) => tree.MostColumns <= PatternKernel.MostColumns
        ? tree
        : throw new ArgumentException(
            $"Tree {number} (counted from 0) asks about {tree.MostColumns} different columns on one path; against a background sample at most {PatternKernel.MostColumns} can be explained. Explain without one, or train shallower trees.",
            "model");

    /// <summary>Sorts the background rows by pattern, leaf by leaf; a chunk is a tree.</summary>
    private sealed class GamesOfTrees(Interventional owner, Matrix background, int mostColumns) : IChunkWork
    {
        public void Run(int chunk)
        {
            var (tree, _, output) = owner._trees[chunk];
            var counts = new Dictionary<ulong, double>[tree.Leaves.Length];
            for (var leaf = 0; leaf < counts.Length; leaf++)
                counts[leaf] = [];
            var scratch = new PatternScratch(owner._features, 1, tree.Nodes.Length);
            for (var first = 0; first < background.Rows; first += ShapScratch.Rows)
            {
                var rows = Math.Min(ShapScratch.Rows, background.Rows - first);
                scratch.Load(background.Values.Slice(first * background.Columns, rows * background.Columns));
                for (var row = 0; row < rows; row += LaneBuffer.Lanes)
                {
                    PatternKernel.Walk(tree, ref scratch.ValuesOf(row / LaneBuffer.Lanes), ref scratch.Reaching.First, ref scratch.Patterns.First);
                    Count(counts, MemoryMarshal.Cast<double, ulong>(scratch.Patterns.Values), Math.Min(LaneBuffer.Lanes, rows - row));
                }
            }

            owner._trees[chunk] = (tree, [.. counts.Select((patterns, leaf) => GameOf(tree, leaf, patterns))], output);
        }

        private static void Count(Dictionary<ulong, double>[] counts, ReadOnlySpan<ulong> patterns, int lanes)
        {
            for (var leaf = 0; leaf < counts.Length; leaf++)
            {
                foreach (var pattern in patterns.Slice(leaf * LaneBuffer.Lanes, lanes))
                    CollectionsMarshal.GetValueRefOrAddDefault(counts[leaf], pattern, out _)++;
            }
        }

        private LeafGame GameOf(ShapTree tree, int leaf, Dictionary<ulong, double> patterns)
        {
            var game = new LeafGame(tree.Paths[leaf], tree.Leaves[leaf], patterns.Select(pattern => KeyValuePair.Create(pattern.Key, pattern.Value / background.Rows)));
            if (tree.Paths[leaf].Length <= mostColumns)
                game.Tabulate();
            return game;
        }
    }
}
