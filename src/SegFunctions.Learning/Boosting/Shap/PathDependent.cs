namespace SegFunctions.Learning.Boosting.Shap;

/// <summary>Columns that are not known are decided by the training rows, node by node, in proportion to cover.</summary>
internal sealed class PathDependent : IShapMethod
{
    private readonly int _features;
    private readonly (PathTree Tree, int Output)[] _trees;

    public PathDependent(BoostedTrees model)
    {
        _features = model.Features;
        Expected = [.. model.BaseScores];
        var trees = new List<(PathTree, int)>(model.Trees.Count);
        for (var i = 0; i < model.Trees.Count; i++)
        {
            var output = i % model.Outputs;
            var tree = ShapTree.Of(model.Trees[i]);
            Expected[output] += tree.Expected;
            if (tree.Nodes.Length > 0)
                trees.Add((PathTree.Of(tree), output));
        }

        _trees = [.. trees];
    }

    public double[] Expected { get; }

    public ShapScratch MakeScratch() => new PathScratch(_features, Expected.Length, _trees.Select(tree => tree.Tree));

    public void Add(ShapScratch scratch, int groups)
    {
        var room = (PathScratch)scratch;
        foreach (var (tree, output) in _trees)
        {
            for (var group = 0; group < groups; group++)
                PathKernel.Add(tree, ref room.ValuesOf(group), ref room.SumsOf(output, group), room);
        }
    }
}
