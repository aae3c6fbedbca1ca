namespace SegFunctions.Learning.Boosting.Scoring;

/// <summary>All trees of a model laid out for scoring, and the columns they look at.</summary>
internal sealed class TreePrograms
{
    private TreePrograms(TreeProgram[] trees, int[] used, ScoringColumn[] columns) => (Trees, Used, Columns) = (trees, used, columns);

    public TreeProgram[] Trees { get; }

    /// <summary>The columns some tree splits on, ascending.</summary>
    public int[] Used { get; }

    /// <summary>One a used column.</summary>
    public ScoringColumn[] Columns { get; }

    /// <summary>Splits by category of the tree that has most of them.</summary>
    public int MostSets => Trees.Length == 0 ? 0 : Trees.Max(tree => tree.Sets.Length);

    /// <summary>Splits of the largest tree.</summary>
    public int MostSplits => Trees.Length == 0 ? 0 : Trees.Max(tree => tree.Turns.Length);

    /// <returns>null when the trees cannot be put in bytes: too many leaves, thresholds or told-apart categories; then they are walked.</returns>
    public static TreePrograms? Of(IReadOnlyList<RegressionTree> trees, int features)
    {
        var thresholds = new List<double>?[features];
        var sets = new List<(RegressionTree Tree, int Node)>?[features];
        foreach (var tree in trees)
        {
            // Of n nodes n / 2 + 1 are leaves.
            if ((tree.Nodes / 2) + 1 > TreeProgram.MostLeaves)
                return null;
            for (var node = 0; node < tree.Nodes; node++)
            {
                if (tree.Feature[node] is var column and >= 0)
                {
                    if (tree.Categories[node] >= 0)
                        (sets[column] ??= []).Add((tree, node));
                    else
                        (thresholds[column] ??= []).Add(tree.Threshold[node]);
                }
            }
        }

        var places = new int[features];
        var used = new List<int>();
        var columns = new List<ScoringColumn>();
        for (var column = 0; column < features; column++)
        {
            if (thresholds[column] is null && sets[column] is null)
                continue;
            if (thresholds[column] is not null && sets[column] is not null)
                return null;
            if ((sets[column] is { } own ? ScoringColumn.Categorical(own) : ScoringColumn.Numeric([.. thresholds[column]!.Distinct().Order()])) is not { } scoring)
                return null;
            places[column] = used.Count;
            used.Add(column);
            columns.Add(scoring);
        }

        ScoringColumn[] all = [.. columns];
        return new TreePrograms([.. trees.Select(tree => new TreeProgram(tree, places, all))], [.. used], all);
    }
}
