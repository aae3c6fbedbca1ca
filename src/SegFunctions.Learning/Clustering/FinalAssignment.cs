namespace SegFunctions.Learning.Clustering;

/// <summary>
/// Rows to their nearest centres, as training ends and as prediction begins: one computation from the stored centroids alone,
/// so that a model loaded elsewhere labels the training rows as the fit did.
/// </summary>
internal sealed class FinalAssignment : IChunkWork
{
    private readonly Matrix _rows;
    private readonly Matrix _centroids;
    private readonly RowWeights? _weights;
    private readonly int[] _labels;
    private readonly double[] _offset;
    private readonly double[] _centres;
    private readonly double[] _halfNorms;
    private readonly double[] _inertia;
    private readonly FixedChunks _chunks;

    /// <param name="labels">OUT one a row.</param>
    /// <param name="weights">Of the rows, for the inertia.</param>
    public FinalAssignment(Matrix rows, Matrix centroids, int[] labels, RowWeights? weights = null)
    {
        _rows = rows;
        _weights = weights;
        _centroids = centroids;
        _labels = labels;
        _chunks = FixedChunks.Of(rows.Rows);
        _inertia = new double[_chunks.Count];
        // Scores near the origin keep their digits; the mean of the centres is near enough and travels with the model.
        _offset = new double[centroids.Columns];
        for (var centre = 0; centre < centroids.Rows; centre++)
            Distance.AddTo(_offset, centroids.Row(centre));
        foreach (ref var value in _offset.AsSpan())
            value /= centroids.Rows;
        _centres = new double[centroids.Values.Length];
        _halfNorms = new double[centroids.Rows];
        CentredCentroids.Fill(centroids.Values, _offset, _centres, _halfNorms);
    }

    /// <returns>The inertia: exact squared distances by weight, added in row order within chunks and then in chunk order.</returns>
    public double Run(ChunkTeam team)
    {
        team.Run(this, _chunks.Count);
        var sum = 0.0;
        foreach (var part in _inertia)
            sum += part;
        return sum;
    }

    public void Run(int chunk)
    {
        var columns = _rows.Columns;
        var panel = new double[RowPanel.Rows * columns];
        Span<int> which = stackalloc int[RowPanel.Rows];
        Span<double> best = stackalloc double[RowPanel.Rows];
        Span<double> second = stackalloc double[RowPanel.Rows];
        Span<int> nearest = stackalloc int[RowPanel.Rows];
        var inertia = 0.0;
        var end = _chunks.End(chunk);
        for (var row = _chunks.Start(chunk); row < end; row += RowPanel.Rows)
        {
            var count = Math.Min(RowPanel.Rows, end - row);
            for (var lane = 0; lane < count; lane++)
                which[lane] = row + lane;
            RowPanel.Pack(_rows, which[..count], _offset, panel);
            NearestCentroid.Find(panel, _centres, _halfNorms, best, second, nearest);
            nearest[..count].CopyTo(_labels.AsSpan(row));
            for (var lane = 0; lane < count; lane++)
                inertia += Distance.Squared(_rows.Row(row + lane), _centroids.Row(nearest[lane])) * (_weights is null ? 1 : _weights.Values[row + lane]);
        }

        _inertia[chunk] = inertia;
    }
}
