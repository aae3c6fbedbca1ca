using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Explanation;

/// <summary>The work of one explanation: column by column, then cluster by cluster, each piece on whatever thread is free.</summary>
internal sealed class ExplanationWork
{
    private readonly Table _table;
    private readonly ClusterMembers _members;
    private readonly ExplanationOptions _options;
    private readonly CancellationToken _cancellationToken;
    private readonly ColumnSpeech _speech;
    private readonly NumericSummary?[] _numbers;
    private readonly LevelSummary?[] _categories;

    public ExplanationWork(Table table, ClusterMembers members, ExplanationOptions options, CancellationToken cancellationToken)
    {
        _table = table;
        _members = members;
        _options = options;
        _cancellationToken = cancellationToken;
        _speech = new ColumnSpeech(table, options.Vocabulary);
        _numbers = new NumericSummary?[table.Columns.Count];
        _categories = new LevelSummary?[table.Columns.Count];
    }

    public ClusterExplanation Run(ChunkTeam team)
    {
        team.Run(new Pieces(Summarise), _table.Columns.Count);
        var numbers = _numbers.OfType<NumericSummary>().ToArray();
        var categories = _categories.OfType<LevelSummary>().ToArray();
        var traits = new ClusterTraits(numbers, categories, _members, _speech, _options.Confidence);
        var drafts = new Draft[_members.Clusters];
        team.Run(new Pieces(cluster => drafts[cluster] = Explain(cluster, numbers, categories, traits)), drafts.Length);

        var names = ClusterNaming.Name([.. drafts.Select(draft => draft.Profile)], _table, _speech, _options);
        var clusters = drafts.Select((draft, label) => new ExplainedCluster
        {
            Label = label,
            Name = names[label],
            Summary = ClusterSummary.Of(draft.Features, draft.Categories, _members.Size(label), _members.Rows, _options.Vocabulary.Rows),
            Size = _members.Size(label),
            Share = (double)_members.Size(label) / _members.Rows,
            Features = draft.Features,
            Categories = draft.Categories,
            Differences = draft.Profile.Differences,
            Rule = draft.Rule,
            TypicalRow = draft.TypicalRow,
        });
        return new ClusterExplanation(
            _members.Rows, _members.Noise, _options.Confidence,
            [.. numbers.Select(column => column.Column.Name)], [.. numbers.Select(column => _speech.Label(column.Column.Name))], [.. clusters]);
    }

    private void Summarise(int column)
    {
        if (_table.Columns[column] is NumericColumn numbers)
            _numbers[column] = NumericSummary.Of(numbers, _members, _options.SkewnessForLogScale);
        else
            _categories[column] = LevelSummary.Of((TextColumn)_table.Columns[column], _members);
    }

    private Draft Explain(int cluster, NumericSummary[] numbers, LevelSummary[] categories, ClusterTraits traits)
    {
        var features = traits.Numeric(cluster);
        var levels = traits.Categories(cluster);
        var typical = _options.Prepared is { } prepared
            ? TypicalMembers.Nearest(prepared, _members.Of(cluster))
            : TypicalMembers.Nearest(numbers, categories, _members.Of(cluster), cluster);
        var differences = numbers.Select(column => traits.Difference(column, cluster)).ToArray();
        var means = numbers.Select(column => column.Counts[cluster] > 0 ? column.Means[cluster] : (double?)null).ToArray();
        return new Draft(features, levels, Rule(cluster), typical, new NamedProfile(features, levels, differences, means));
    }

    private ClusterRule? Rule(int cluster)
    {
        var size = _members.Size(cluster);
        if (size == _members.Rows)
            return null;
        var bins = _table.Columns.Select((_, column) => _numbers[column]?.Bins ?? _categories[column]!.Bins).ToArray();
        // As the rows are, and with the cluster weighing as much as all others: which rule is better cannot be said before.
        IReadOnlyList<FittedCondition> best = [];
        var count = default(RuleCount);
        foreach (var weight in (ReadOnlySpan<double>)[1, (double)(_members.Rows - size) / size])
        {
            var path = RuleTree.BestPath(bins, _members.Slots, cluster, size, weight, _options.RuleDepth, _cancellationToken);
            if (path.Count == 0)
                continue;
            var fitted = RuleFit.Of(_table, bins, _members.Slots, cluster, size, path, _options.RoundingLoss);
            if (best.Count == 0 || fitted.Count.F1(size) > count.F1(size))
                (best, count) = fitted;
        }

        if (best.Count == 0 || count.Members == 0)
            return null;
        var byName = _numbers.OfType<NumericSummary>().ToDictionary(column => column.Column.Name, StringComparer.Ordinal);
        var wording = new RuleWording(_table, byName, _speech);
        return new ClusterRule(
            [.. best.Select(wording.ToPublic)], wording.Write(best), count.Rows,
            (double)count.Members / count.Rows, (double)count.Members / size, count.F1(size));
    }

    private sealed record Draft(NumericTrait[] Features, CategoryTrait[] Categories, ClusterRule? Rule, int TypicalRow, NamedProfile Profile);

    private sealed class Pieces(Action<int> piece) : IChunkWork
    {
        public void Run(int chunk) => piece(chunk);
    }
}

/// <summary>What a cluster's name is made of.</summary>
/// <param name="Features">That set it apart, the strongest first.</param>
/// <param name="Categories">That set it apart, the strongest first.</param>
/// <param name="Differences">In every numeric column, telling or not.</param>
/// <param name="Means">In every numeric column, on its scale of comparison; null without a value.</param>
internal sealed record NamedProfile(
    IReadOnlyList<NumericTrait> Features, IReadOnlyList<CategoryTrait> Categories, IReadOnlyList<double?> Differences, IReadOnlyList<double?> Means);
