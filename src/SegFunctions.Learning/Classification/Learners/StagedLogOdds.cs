using SegFunctions.Learning.Boosting;

namespace SegFunctions.Learning.Classification.Learners;

/// <summary>What boosted trees say after their first rounds, for several numbers of those in one walk.</summary>
internal sealed class StagedLogOdds : IChunkWork
{
    private readonly BoostedTrees _trees;
    private readonly Matrix _rows;
    private readonly int[] _checkpoints;
    private readonly double[][] _odds;
    private readonly FixedChunks _chunks;

    private StagedLogOdds(BoostedTrees trees, Matrix rows, int[] checkpoints)
    {
        _trees = trees;
        _rows = rows;
        _checkpoints = checkpoints;
        _odds = [.. checkpoints.Select(_ => new double[rows.Rows])];
        _chunks = FixedChunks.Of(rows.Rows, smallest: 256);
    }

    /// <param name="checkpoints">Rounds, rising; one beyond the last round stands for that.</param>
    /// <returns>(checkpoints)(rows).</returns>
    public static double[][] Of(BoostedTrees trees, Matrix rows, int[] checkpoints, int? threads, CancellationToken cancellationToken)
    {
        var work = new StagedLogOdds(trees, rows, checkpoints);
        using var team = new ChunkTeam(threads, cancellationToken);
        team.Run(work, work._chunks.Count);
        return work._odds;
    }

    public void Run(int chunk)
    {
        var (start, end) = (_chunks.Start(chunk), _chunks.End(chunk));
        var sums = new double[end - start];
        Array.Fill(sums, _trees.BaseScores[0]);
        var round = 0;
        for (var checkpoint = 0; checkpoint < _checkpoints.Length; checkpoint++)
        {
            for (; round < Math.Min(_checkpoints[checkpoint], _trees.Rounds); round++)
            {
                var tree = _trees.Trees[round];
                for (var row = start; row < end; row++)
                    sums[row - start] += tree.Value[tree.LeafOf(_rows.Row(row))];
            }

            sums.CopyTo(_odds[checkpoint].AsSpan(start));
        }
    }
}
