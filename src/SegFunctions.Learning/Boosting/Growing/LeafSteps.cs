namespace SegFunctions.Learning.Boosting.Growing;

/// <summary>Adds the leaves of a tree to the margins of the rows that grew it: where each row fell is known, nothing is walked.</summary>
internal sealed class LeafSteps(RowOrder order, double[] margins, ChunkTeam team) : IChunkWork
{
    private const int PieceRows = 1 << 14;

    private readonly List<(int Begin, int End, double Value)> _pieces = [];

    public void Add(IReadOnlyList<GrowingNode> leaves, RegressionTree tree)
    {
        _pieces.Clear();
        foreach (var leaf in leaves)
        {
            for (var begin = leaf.Begin; begin < leaf.End; begin += PieceRows)
                _pieces.Add((begin, Math.Min(leaf.End, begin + PieceRows), tree.Value[leaf.Id]));
        }

        team.Run(this, _pieces.Count);
    }

    public void Run(int chunk)
    {
        var (begin, end, value) = _pieces[chunk];
        foreach (var row in order.Rows(begin, end))
            margins[row] += value;
    }
}
