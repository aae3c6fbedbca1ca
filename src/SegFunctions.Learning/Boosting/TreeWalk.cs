namespace SegFunctions.Learning.Boosting;

/// <summary>Scores rows by walking every tree, a block of rows at a time so that a tree stays in the cache while the block passes.</summary>
internal sealed class TreeWalk(BoostedTrees model, Matrix rows, double[] scores) : IChunkWork
{
    private const int BlockRows = 256;

    private readonly FixedChunks _chunks = new(rows.Rows, BlockRows);

    public int Chunks => _chunks.Count;

    public void Run(int chunk)
    {
        var outputs = model.Outputs;
        for (var row = _chunks.Start(chunk); row < _chunks.End(chunk); row++)
        {
            for (var output = 0; output < outputs; output++)
                scores[(row * outputs) + output] = model.BaseScores[output];
        }

        for (var tree = 0; tree < model.Trees.Count; tree++)
        {
            var walked = model.Trees[tree];
            var output = tree % outputs;
            for (var row = _chunks.Start(chunk); row < _chunks.End(chunk); row++)
                scores[(row * outputs) + output] += walked.Value[walked.LeafOf(rows.Row(row))];
        }
    }
}
