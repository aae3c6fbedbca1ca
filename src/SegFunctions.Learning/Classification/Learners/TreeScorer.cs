using SegFunctions.Learning.Boosting;
using SegFunctions.Learning.Boosting.Shap;
using SegFunctions.Learning.Classification.Design;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Classification.Learners;

/// <summary>Boosted trees on the tree design of the table, which has one column for each of it; a column's share is its Shapley value.</summary>
internal sealed class TreeScorer(TreeDesign design, BoostedTrees trees) : Scorer
{
    private readonly TreeExplainer _explainer = TreeShap.For(trees);

    public override double BaseLogOdds => _explainer.Expected[0];

    public override double[] LogOdds(Table table, int? threads, CancellationToken cancellationToken) => trees.PredictRaw(design.Apply(table), threads, cancellationToken);

    public override void AddContributions(Table table, double weight, double[] target, int? threads, CancellationToken cancellationToken)
    {
        var width = design.Width;
        _explainer.Explain(design.Apply(table), AddBlock, threads, cancellationToken);

        void AddBlock(int firstRow, ReadOnlySpan<double> contributions)
        {
            for (var row = firstRow; !contributions.IsEmpty; row++, contributions = contributions[_explainer.Width..])
                Add(contributions[..width], weight, target.AsSpan(row * width, width));
        }
    }

    public override double LogOdds(ReadOnlySpan<double> row)
    {
        Span<double> prepared = design.Width <= 128 ? stackalloc double[design.Width] : new double[design.Width];
        TreeDesign.Apply(row, prepared);
        var odds = trees.BaseScores[0];
        foreach (var tree in trees.Trees)
            odds += tree.Value[tree.LeafOf(prepared)];
        return odds;
    }

    public override void AddContributions(ReadOnlySpan<double> row, double weight, Span<double> target)
    {
        Span<double> prepared = design.Width <= 128 ? stackalloc double[design.Width] : new double[design.Width];
        TreeDesign.Apply(row, prepared);
        Span<double> contributions = _explainer.Width <= 256 ? stackalloc double[_explainer.Width] : new double[_explainer.Width];
        _explainer.Explain(prepared, contributions);
        Add(contributions[..design.Width], weight, target);
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

    private static void Add(ReadOnlySpan<double> contributions, double weight, Span<double> target)
    {
        for (var column = 0; column < contributions.Length; column++)
            target[column] += weight * contributions[column];
    }
}
