namespace SegFunctions.Learning.Boosting;

/// <summary>Adds trees to the margins of rows by walking them, a block of rows at a time so that a tree stays in the cache while the block passes.</summary>
internal sealed class TreeWalk(Matrix rows, double[] margins, int outputs) : IChunkWork
{
    private const int BlockRows = 256;

    private readonly FixedChunks _chunks = new(rows.Rows, BlockRows);
    private IReadOnlyList<RegressionTree> _trees = [];

    /// <param name="trees">Rounds × outputs, round after round.</param>
    public void Add(IReadOnlyList<RegressionTree> trees, ChunkTeam team)
    {
        _trees = trees;
        team.Run(this, _chunks.Count);
    }

    public void Run(int chunk)
    {
        for (var at = 0; at < _trees.Count; at++)
        {
            var (tree, output) = (_trees[at], at % outputs);
            for (var row = _chunks.Start(chunk); row < _chunks.End(chunk); row++)
                margins[(row * outputs) + output] += tree.Value[tree.LeafOf(rows.Row(row))];
        }
    }
}
