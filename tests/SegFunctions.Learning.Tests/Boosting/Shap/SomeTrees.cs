using SegFunctions.Learning.Boosting;

namespace SegFunctions.Learning.Tests.Boosting.Shap;

/// <summary>Trees of every shape, decided by a seed: grown at random, not trained.</summary>
internal sealed class SomeTrees
{
    /// <summary>Columns from this on hold category codes in rows and trees alike.</summary>
    private readonly int _firstCategory;

    private readonly int _features;
    private readonly Xoshiro256 _random;

    private readonly bool _bare;

    private SomeTrees(long seed, int features, int categories, bool bare)
    {
        _bare = bare;
        _random = new Xoshiro256(seed);
        _features = features;
        _firstCategory = features - categories;
    }

    /// <summary>Codes are 0 to one less, and the trees know them all but the last ten.</summary>
    public const int Codes = 90;

    /// <param name="categories">How many of the features, the last ones, hold codes.</param>
    /// <param name="leaves">Greatest number of a tree's leaves.</param>
    /// <param name="bare">Whether there are sides that no training row took.</param>
    public static BoostedTrees Model(long seed, int features, int trees, int leaves, int outputs = 1, int categories = 0, bool bare = true)
    {
        var some = new SomeTrees(seed, features, categories, bare);
        return new BoostedTrees(
            outputs > 1 ? BoostingLoss.Softmax : BoostingLoss.Logistic,
            [.. Enumerable.Range(0, features).Select(feature => $"column {feature}")],
            [.. Enumerable.Range(0, features).Select(feature => feature < some._firstCategory ? 0 : Codes)],
            [.. Enumerable.Range(0, outputs).Select(_ => some._random.NextNormal())],
            [.. Enumerable.Range(0, trees * outputs).Select(_ => some.Tree(leaves))]);
    }

    /// <summary>Rows for such a model: one value in eight is missing, and numbers repeat thresholds now and then.</summary>
    public static Matrix Rows(long seed, int rows, int features, int categories = 0)
    {
        var random = new Xoshiro256(seed, stream: 1);
        var values = new double[rows * features];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = random.NextInt(8) == 0 ? double.NaN
                : i % features < features - categories ? random.NextInt(9) - 4
                : random.NextInt(Codes + 40);
        }

        return new Matrix(rows, features, values);
    }

    /// <summary>A tree in which every node but the last asks about another column and has one leaf: as deep as it has columns.</summary>
    public static RegressionTree Chain(int depth)
    {
        var some = new SomeTrees(1, depth, 0, bare: true);
        var draft = new Draft();
        var node = draft.Add(100);
        for (var level = 0; level < depth; level++)
        {
            some.Split(draft, node, level);
            node = draft.Right[node];
        }

        return draft.ToTree();
    }

    private RegressionTree Tree(int leaves)
    {
        var draft = new Draft();
        var open = new List<int> { draft.Add(100) };
        var wanted = 1 + _random.NextInt(leaves);
        while (open.Count < wanted)
        {
            var at = _random.NextInt(open.Count);
            var node = open[at];
            open.RemoveAt(at);
            Split(draft, node, _random.NextInt(_features));
            open.Add(draft.Left[node]);
            open.Add(draft.Right[node]);
        }

        foreach (var leaf in open)
            draft.Value[leaf] = _random.NextNormal();
        return draft.ToTree();
    }

    private void Split(Draft draft, int node, int feature)
    {
        draft.Feature[node] = feature;
        draft.MissingLeft[node] = _random.NextInt(2) == 0;
        if (feature < _firstCategory)
        {
            draft.Threshold[node] = _random.NextInt(9) - 4;
        }
        else
        {
            draft.Categories[node] = draft.Sets.Count;
            draft.Sets.Add([_random.NextUInt64(), (_random.NextUInt64() & 0xFFFF) | (draft.MissingLeft[node] ? ~0xFFFFUL : 0)]);
        }

        var share = _random.NextInt(20) == 0 && _bare ? 0 : _random.NextDouble();
        draft.Left[node] = draft.Add(draft.Cover[node] * share);
        draft.Right[node] = draft.Add(draft.Cover[node] * (1 - share));
        draft.Value[draft.Left[node]] = _random.NextNormal();
        draft.Value[draft.Right[node]] = _random.NextNormal();
    }

    private sealed class Draft
    {
        public List<int> Feature { get; } = [];

        public List<double> Threshold { get; } = [];

        public List<int> Categories { get; } = [];

        public List<ulong[]> Sets { get; } = [];

        public List<bool> MissingLeft { get; } = [];

        public List<int> Left { get; } = [];

        public List<int> Right { get; } = [];

        public List<double> Value { get; } = [];

        public List<double> Cover { get; } = [];

        public int Add(double cover)
        {
            Feature.Add(-1);
            Threshold.Add(0);
            Categories.Add(-1);
            MissingLeft.Add(false);
            Left.Add(-1);
            Right.Add(-1);
            Value.Add(0);
            Cover.Add(cover);
            return Feature.Count - 1;
        }

        public RegressionTree ToTree() => new()
        {
            Feature = [.. Feature],
            Threshold = [.. Threshold],
            Categories = [.. Categories],
            CategorySets = [.. Sets],
            MissingLeft = [.. MissingLeft],
            Left = [.. Left],
            Right = [.. Right],
            Value = [.. Value],
            Cover = [.. Cover],
        };
    }
}
