using SegFunctions.Learning.Boosting.Losses;
using SegFunctions.Learning.Boosting.Scoring;

namespace SegFunctions.Learning.Boosting;

/// <summary>
/// Trained boosted trees: margin = base score + the leaf of every tree; the loss says what the margin means. Immutable; made by
/// <see cref="GradientBoosting"/> or <see cref="Load"/>.
/// </summary>
public sealed class BoostedTrees
{
    private readonly double[] _baseScores;
    private readonly string[] _featureNames;
    private readonly int[] _categoryCounts;
    private readonly double[] _validationLosses;
    private readonly RegressionTree[] _trees;
    private readonly Lazy<TreePrograms?> _programs;

    /// <param name="featureNames">One a column.</param>
    /// <param name="categoryCounts">One a column: number of codes, 0 for a numeric column.</param>
    /// <param name="baseScores">One an output: more than one with softmax only.</param>
    /// <param name="trees">Rounds × outputs, round after round.</param>
    internal BoostedTrees(BoostingLoss loss, string[] featureNames, int[] categoryCounts, double[] baseScores, RegressionTree[] trees, double[]? validationLosses = null)
    {
        Loss = loss;
        _featureNames = featureNames;
        _categoryCounts = categoryCounts;
        _baseScores = baseScores;
        _trees = trees;
        _validationLosses = validationLosses ?? [];
        _programs = new Lazy<TreePrograms?>(() => TreePrograms.Of(_trees, Features));
    }

    public BoostingLoss Loss { get; }

    /// <summary>Columns of the rows it scores.</summary>
    public int Features => _featureNames.Length;

    /// <summary>Names of the columns; <c>column 0</c> and so on where training was told none.</summary>
    public IReadOnlyList<string> FeatureNames => _featureNames;

    /// <summary>One a column: the number of codes of a categorical column, 0 for a numeric one.</summary>
    public IReadOnlyList<int> CategoryCounts => _categoryCounts;

    /// <summary>Margin before the first tree, one an output: the prior.</summary>
    public IReadOnlyList<double> BaseScores => _baseScores;

    /// <summary>Margins a row: 1, or the number of classes with softmax.</summary>
    public int Outputs => _baseScores.Length;

    /// <summary>Rounds the model holds; after early stopping, those up to the best.</summary>
    public int Rounds => _trees.Length / Outputs;

    /// <summary>Mean held-out loss after each round that was trained, those cut off again included; empty without a validation set.</summary>
    public IReadOnlyList<double> ValidationLosses => _validationLosses;

    /// <summary>Rounds × outputs, round after round.</summary>
    internal IReadOnlyList<RegressionTree> Trees => _trees;

    /// <summary>
    /// Probability (logistic, softmax) or mean (the others) of every row, shape (rows × features) in, (rows × outputs) out, row after
    /// row. NaN is missing. Cost O(rows · trees · depth).
    /// </summary>
    /// <param name="threads">Threads to use; null for one per processor. Never changes a result.</param>
    /// <exception cref="ArgumentException">Another number of columns than in training, an infinite value, or a category that is not a whole number of 0 or more (row and column named).</exception>
    public double[] Predict(Matrix rows, int? threads = null, CancellationToken cancellationToken = default)
    {
        var scores = PredictRaw(rows, threads, cancellationToken);
        LossFunction.Of(new BoostingOptions { Loss = Loss }, Outputs).Respond(scores);
        return scores;
    }

    /// <summary>The margins of every row, shape (rows × features) in, (rows × outputs) out, row after row: log-odds, log of the mean, or class scores.</summary>
    /// <inheritdoc cref="Predict"/>
    public double[] PredictRaw(Matrix rows, int? threads = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        rows.RequireColumns(Features, nameof(rows));
        rows.RequireFinite(nameof(rows), missingAllowed: true);
        Categories.Require(rows, _categoryCounts, nameof(rows));
        var margins = new double[rows.Rows * Outputs];
        for (var start = 0; start < margins.Length; start += Outputs)
            _baseScores.CopyTo(margins, start);
        using var team = new ChunkTeam(threads, cancellationToken);
        if (_programs.Value is { } programs)
            new BlockScoring(programs, rows, margins, Outputs).Add(team);
        else
            new TreeWalk(rows, margins, Outputs).Add(_trees, team);
        return margins;
    }

    /// <summary>Writes the model. The stream stays open.</summary>
    public void Save(Stream stream) => BoostedTreesFile.Save(this, stream);

    /// <exception cref="InvalidDataException">The stream holds no boosted trees, a newer version, or damaged ones.</exception>
    public static BoostedTrees Load(Stream stream) => BoostedTreesFile.Load(stream);
}
