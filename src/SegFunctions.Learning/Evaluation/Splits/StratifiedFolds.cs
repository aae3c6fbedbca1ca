namespace SegFunctions.Learning.Evaluation.Splits;

/// <summary>
/// Folds for cross-validation in which every class has its share: sizes of folds, and counts of each class in them, differ by at most one row.
/// The same labels and seed give the same folds.
/// </summary>
public sealed class StratifiedFolds
{
    private readonly int[][] _foldOf;

    private StratifiedFolds(int folds, int[][] foldOf) => (Folds, _foldOf) = (folds, foldOf);

    public int Folds { get; }

    public int Repeats => _foldOf.Length;

    public int Rows => _foldOf[0].Length;

    /// <param name="folds">At least 2, at most one a row.</param>
    /// <param name="repeats">How often all rows are dealt out again, at least 1.</param>
    /// <exception cref="ArgumentException">Fewer rows than folds.</exception>
    public static StratifiedFolds Of(ReadOnlySpan<bool> labels, int folds, long seed, int repeats = 1)
    {
        var classes = new int[labels.Length];
        for (var row = 0; row < classes.Length; row++)
            classes[row] = labels[row] ? 1 : 0;
        return Of(classes, folds, seed, repeats);
    }

    /// <param name="classes">One a row, any integers.</param>
    /// <inheritdoc cref="Of(ReadOnlySpan{bool}, int, long, int)"/>
    public static StratifiedFolds Of(ReadOnlySpan<int> classes, int folds, long seed, int repeats = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(repeats, 1);
        if (classes.Length < folds)
            throw new ArgumentException($"{classes.Length} rows cannot be dealt out to {folds} folds; take fewer folds.", nameof(classes));
        var own = classes.ToArray();
        var foldOf = new int[repeats][];
        for (var repeat = 0; repeat < repeats; repeat++)
        {
            var random = new Xoshiro256(seed, repeat);
            var order = new int[own.Length];
            for (var row = 0; row < order.Length; row++)
                order[row] = row;
            random.Shuffle(order.AsSpan());
            // A stable sort by class keeps the shuffled order within each; dealing on from class to class keeps the folds equally large.
            var dealt = order.OrderBy(row => own[row]).ToArray();
            foldOf[repeat] = new int[own.Length];
            for (var at = 0; at < dealt.Length; at++)
                foldOf[repeat][dealt[at]] = at % folds;
        }

        return new StratifiedFolds(folds, foldOf);
    }

    /// <summary>Which fold each row is tested in.</summary>
    public ReadOnlySpan<int> FoldOf(int repeat = 0) => _foldOf[repeat];

    /// <summary>One fold to measure on and all others to learn from.</summary>
    public Split Of(int fold, int repeat = 0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)fold, (uint)Folds, nameof(fold));
        var foldOf = _foldOf[repeat];
        var train = new List<int>(foldOf.Length);
        var test = new List<int>((foldOf.Length / Folds) + 1);
        for (var row = 0; row < foldOf.Length; row++)
            (foldOf[row] == fold ? test : train).Add(row);
        return new Split([.. train], [.. test]);
    }

    /// <summary>Every fold of every repeat.</summary>
    public IEnumerable<Split> All() =>
        from repeat in Enumerable.Range(0, Repeats) from fold in Enumerable.Range(0, Folds) select Of(fold, repeat);
}
