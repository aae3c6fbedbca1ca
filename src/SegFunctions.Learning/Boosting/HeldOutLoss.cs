using SegFunctions.Learning.Boosting.Losses;

namespace SegFunctions.Learning.Boosting;

/// <summary>The mean loss on rows held out, kept up to date round by round.</summary>
internal sealed class HeldOutLoss(BoostingRows rows, LossFunction loss, double[] margins, ChunkTeam team) : IChunkWork
{
    private readonly TreeWalk _walk = new(rows.Features, margins, loss.Outputs);
    private readonly FixedChunks _chunks = FixedChunks.Of(rows.Features.Rows);
    private readonly double[] _sums = new double[FixedChunks.Of(rows.Features.Rows).Count];
    private readonly double _weight = rows.Total;

    /// <summary>The weighted mean loss once the trees of another round are added.</summary>
    public double After(IReadOnlyList<RegressionTree> trees)
    {
        _walk.Add(trees, team);
        team.Run(this, _chunks.Count);
        return _sums.Sum() / _weight;
    }

    public void Run(int chunk)
    {
        var sum = 0.0;
        var targets = rows.Targets.Span;
        for (var row = _chunks.Start(chunk); row < _chunks.End(chunk); row++)
            sum += (rows.Weights is null ? 1 : rows.Weights[row]) * loss.Of(margins.AsSpan(row * loss.Outputs, loss.Outputs), targets[row]);
        _sums[chunk] = sum;
    }
}
