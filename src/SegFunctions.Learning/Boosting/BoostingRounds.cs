using SegFunctions.Learning.Boosting.Binning;
using SegFunctions.Learning.Boosting.Growing;
using SegFunctions.Learning.Boosting.Losses;

namespace SegFunctions.Learning.Boosting;

/// <summary>The rounds of a training, from checked rows to the model.</summary>
internal sealed class BoostingRounds
{
    private readonly BoostingRows _training;
    private readonly LossFunction _loss;
    private readonly BoostingOptions _options;
    private readonly ChunkTeam _team;
    private readonly ColumnBins[] _bins;
    private readonly double[] _baseScores;
    private readonly double[] _margins;
    private readonly GradientPairs _pairs;
    private readonly TreeGrower _grower;
    private readonly LeafSteps _steps;
    private readonly TreeWalk _walk;
    private readonly HeldOutLoss? _heldOut;
    private readonly bool[] _columns;
    private readonly int[] _sample;
    private readonly List<RegressionTree> _trees = [];

    public BoostingRounds(BoostingRows training, BoostingRows? heldOut, LossFunction loss, BoostingOptions options, ChunkTeam team)
    {
        _training = training;
        _loss = loss;
        _options = options;
        _team = team;
        _bins = BinBorders.Of(training.Features, training.Weights, options, team);
        // A column of one value, missing ones included, tells rows apart nowhere.
        var used = Enumerable.Range(0, _bins.Length).Where(column => _bins[column].Count > 1 || (_bins[column].Count == 1 && HasMissing(column))).ToArray();
        var table = BinnedTable.Of(training.Features, _bins, used, team);
        _baseScores = loss.Prior(training.Targets.Span, training.Weights);
        _margins = Repeated(_baseScores, training.Features.Rows);
        _pairs = new GradientPairs(loss, training.Targets, training.Weights, team);
        _grower = new TreeGrower(table, training.Weights, _pairs, options, team);
        _steps = new LeafSteps(_grower.Order, _margins, team);
        _walk = new TreeWalk(training.Features, _margins, loss.Outputs);
        _heldOut = heldOut is null ? null : new HeldOutLoss(heldOut, loss, Repeated(_baseScores, heldOut.Features.Rows), team);
        _columns = new bool[used.Length];
        _sample = new int[SampledRows(options, training.Features.Rows)];
    }

    public BoostedTrees Run(IProgress<BoostingProgress>? progress)
    {
        var losses = new List<double>();
        var best = 0;
        for (var round = 0; round < _options.Rounds; round++)
        {
            Round(round);
            if (_heldOut is not null)
            {
                losses.Add(_heldOut.After(_trees[^_loss.Outputs..]));
                if (losses[round] < losses[best])
                    best = round;
            }

            progress?.Report(new BoostingProgress(round + 1, _options.Rounds, _heldOut is null ? null : losses[round]));
            if (_heldOut is not null && round - best >= _options.EarlyStopping)
                break;
        }

        if (_heldOut is not null && _options.EarlyStopping is not null)
            _trees.RemoveRange((best + 1) * _loss.Outputs, _trees.Count - ((best + 1) * _loss.Outputs));
        var names = _options.FeatureNames.Count > 0 ? _options.FeatureNames.ToArray() : [.. _bins.Select((_, column) => $"column {column}")];
        return new BoostedTrees(_options.Loss, names, [.. _bins.Select(bins => bins.IsCategorical ? Math.Max(1, bins.Codes) : 0)], _baseScores, [.. _trees], [.. losses]);
    }

    private void Round(int round)
    {
        SampleRows(round);
        SampleColumns(round);
        for (var output = 0; output < _loss.Outputs; output++)
        {
            // The trees of a round all start from the margins before it.
            _pairs.Derive(_margins, output);
            _trees.Add(_grower.Grow(_sample, _columns));
        }

        if (_loss.Outputs == 1 && _sample.Length == 0)
            _steps.Add(_grower.Leaves, _trees[^1]);
        else
            _walk.Add(_trees[^_loss.Outputs..], _team);
    }

    /// <summary>0 when no row is left out.</summary>
    private static int SampledRows(BoostingOptions options, int rows)
    {
        var wanted = (int)Math.Ceiling(rows * options.RowShare);
        return wanted == rows ? 0 : wanted;
    }

    /// <summary>Every row has the same chance and the number of rows is fixed (Knuth 1969, algorithm S).</summary>
    private void SampleRows(int round)
    {
        var rows = _training.Features.Rows;
        var random = new Xoshiro256(_options.Seed, 2L * round);
        var taken = 0;
        for (var row = 0; taken < _sample.Length; row++)
        {
            if (random.NextDouble() * (rows - row) < _sample.Length - taken)
                _sample[taken++] = row;
        }
    }

    private void SampleColumns(int round)
    {
        var wanted = (int)Math.Ceiling(_columns.Length * _options.ColumnShare);
        Array.Fill(_columns, wanted == _columns.Length);
        if (wanted == _columns.Length)
            return;
        var order = Enumerable.Range(0, _columns.Length).ToArray();
        new Xoshiro256(_options.Seed, (2L * round) + 1).Shuffle(order.AsSpan());
        foreach (var column in order.AsSpan(0, wanted))
            _columns[column] = true;
    }

    private bool HasMissing(int column)
    {
        var features = _training.Features;
        for (var row = 0; row < features.Rows; row++)
        {
            if (double.IsNaN(features.Array[(row * features.Columns) + column]))
                return true;
        }

        return false;
    }

    private static double[] Repeated(double[] scores, int rows)
    {
        var margins = new double[rows * scores.Length];
        for (var start = 0; start < margins.Length; start += scores.Length)
            scores.CopyTo(margins, start);
        return margins;
    }
}
