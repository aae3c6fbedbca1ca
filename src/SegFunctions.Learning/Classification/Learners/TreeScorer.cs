using SegFunctions.Learning.Boosting;
using SegFunctions.Learning.Classification.Design;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Classification.Learners;

/// <summary>Boosted trees on the tree design of the table, which has one column for each of it.</summary>
internal sealed class TreeScorer(TreeDesign design, BoostedTrees trees) : Scorer
{
    public override double BaseLogOdds { get; } = trees.BaseScores[0] + trees.Trees.Sum(tree => tree.Value[0]);

    public override double[] LogOdds(Table table, int? threads, CancellationToken cancellationToken) => trees.PredictRaw(design.Apply(table), threads, cancellationToken);

    public override double LogOdds(ReadOnlySpan<double> row)
    {
        var odds = trees.BaseScores[0];
        foreach (var tree in trees.Trees)
            odds += tree.Value[tree.LeafOf(row)];
        return odds;
    }

    public override void AddContributions(Table table, double weight, double[] target, int? threads, CancellationToken cancellationToken)
    {
        var rows = design.Apply(table);
        for (var row = 0; row < rows.Rows; row++)
            AddContributions(rows.Row(row), weight, target.AsSpan(row * design.Width, design.Width));
    }

    public override void AddContributions(ReadOnlySpan<double> row, double weight, Span<double> target)
    {
        foreach (var tree in trees.Trees)
        {
            for (var node = 0; tree.Feature[node] >= 0;)
            {
                var column = tree.Feature[node];
                var next = tree.GoesLeft(node, row[column]) ? tree.Left[node] : tree.Right[node];
                target[column] += weight * (tree.Value[next] - tree.Value[node]);
                node = next;
            }
        }
    }

    public override void Save(Stream stream)
    {
        design.Save(stream);
        trees.Save(stream);
    }

    public static TreeScorer Load(Stream stream)
    {
        var design = TreeDesign.Load(stream);
        var trees = BoostedTrees.Load(stream);
        if (trees.Features != design.Width || trees.Outputs != 1 || trees.Loss != BoostingLoss.Logistic)
            throw new InvalidDataException($"The stored model has trees of {trees.Features} columns for a table of {design.Width}; it is damaged.");
        return new TreeScorer(design, trees);
    }
}
