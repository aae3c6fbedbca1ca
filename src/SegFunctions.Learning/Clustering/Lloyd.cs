namespace SegFunctions.Learning.Clustering;

/// <summary>
/// Lloyd's iteration (Lloyd 1982; Forgy 1965) from given centres. Made once for all starts of a fit; a pass allocates nothing.
/// </summary>
internal sealed class Lloyd : IChunkWork
{
    private readonly Matrix _rows;
    private readonly ChunkTeam _team;
    private readonly FixedChunks _chunks;
    private readonly double[] _mean;
    private readonly int[] _labels;

    // Per chunk, added in chunk order.
    private readonly double[] _partialSums;
    private readonly int[] _partialCounts;
    private readonly int[] _changed;
    private readonly double[] _panels;

    private readonly double[] _centroids;
    private readonly double[] _centres;
    private readonly double[] _halfNorms;
    private readonly double[] _sums;
    private readonly int[] _counts;
    private int _clusters;

    /// <param name="mean">Column means: scores are taken around them, so that a far-off origin costs no digits.</param>
    public Lloyd(Matrix rows, double[] mean, int clusters, ChunkTeam team)
    {
        _rows = rows;
        _team = team;
        _mean = mean;
        var width = clusters * rows.Columns;
        // Few chunks when centres are many and long: partial sums stay within 2²⁴ numbers.
        _chunks = FixedChunks.Of(rows.Rows, most: Math.Clamp((1 << 24) / width, 4, 64));
        _labels = new int[rows.Rows];
        _partialSums = new double[_chunks.Count * width];
        _partialCounts = new int[_chunks.Count * clusters];
        _changed = new int[_chunks.Count];
        _panels = new double[_chunks.Count * NearestCentroid.PanelRows * rows.Columns];
        _centroids = new double[width];
        _centres = new double[width];
        _halfNorms = new double[clusters];
        _sums = new double[width];
        _counts = new int[clusters];
    }

    /// <summary>Where the centres of the last run ended, shape (clusters × columns).</summary>
    public ReadOnlySpan<double> Centroids => _centroids.AsSpan(0, _clusters * _rows.Columns);

    /// <param name="initial">Centres to begin with, shape (clusters × columns).</param>
    /// <param name="tolerance">Summed squared shift of the centres at which to stop.</param>
    /// <param name="report">Called after each pass with passes done and the shift.</param>
    public (int Iterations, bool Converged) Run(ReadOnlySpan<double> initial, int clusters, int maxIterations, double tolerance, Action<int, double>? report)
    {
        _clusters = clusters;
        initial.CopyTo(_centroids);
        Array.Fill(_labels, -1);
        for (var iteration = 1; iteration <= maxIterations; iteration++)
        {
            CentredCentroids.Fill(Centroids, _mean, _centres.AsSpan(0, Centroids.Length), _halfNorms.AsSpan(0, clusters));
            _team.Run(this, _chunks.Count);
            var changed = AddPartials();
            changed += FillEmptyClusters();
            var shift = MoveCentres();
            report?.Invoke(iteration, shift);
            if (changed == 0 || shift <= tolerance)
                return (iteration, true);
        }

        return (maxIterations, false);
    }

    public void Run(int chunk)
    {
        var columns = _rows.Columns;
        var width = _clusters * columns;
        var sums = _partialSums.AsSpan(chunk * width, width);
        var counts = _partialCounts.AsSpan(chunk * _clusters, _clusters);
        sums.Clear();
        counts.Clear();
        var panel = _panels.AsSpan(chunk * NearestCentroid.PanelRows * columns, NearestCentroid.PanelRows * columns);
        Span<double> best = stackalloc double[NearestCentroid.PanelRows];
        Span<double> second = stackalloc double[NearestCentroid.PanelRows];
        Span<int> nearest = stackalloc int[NearestCentroid.PanelRows];
        var changed = 0;
        var end = _chunks.End(chunk);
        for (var row = _chunks.Start(chunk); row < end; row += NearestCentroid.PanelRows)
        {
            var count = Math.Min(NearestCentroid.PanelRows, end - row);
            var values = _rows.Values.Slice(row * columns, count * columns);
            NearestCentroid.Pack(values, _mean, count, panel);
            NearestCentroid.Find(panel, _centres.AsSpan(0, width), _halfNorms.AsSpan(0, _clusters), best, second, nearest);
            for (var lane = 0; lane < count; lane++)
            {
                var cluster = nearest[lane];
                if (_labels[row + lane] != cluster)
                {
                    _labels[row + lane] = cluster;
                    changed++;
                }

                counts[cluster]++;
                Distance.AddTo(sums.Slice(cluster * columns, columns), values.Slice(lane * columns, columns));
            }
        }

        _changed[chunk] = changed;
    }

    private int AddPartials()
    {
        var width = _clusters * _rows.Columns;
        var sums = _sums.AsSpan(0, width);
        sums.Clear();
        var counts = _counts.AsSpan(0, _clusters);
        counts.Clear();
        var changed = 0;
        for (var chunk = 0; chunk < _chunks.Count; chunk++)
        {
            Distance.AddTo(sums, _partialSums.AsSpan(chunk * width, width));
            for (var cluster = 0; cluster < _clusters; cluster++)
                counts[cluster] += _partialCounts[(chunk * _clusters) + cluster];
            changed += _changed[chunk];
        }

        return changed;
    }

    /// <summary>
    /// A cluster that lost its last row takes the row farthest from its own centre, the first among equals; clusters of one row
    /// give none. Where every row sits on its centre there is nothing to gain and the cluster stays empty.
    /// </summary>
    /// <returns>Rows moved.</returns>
    private int FillEmptyClusters()
    {
        var moved = 0;
        for (var empty = 0; empty < _clusters; empty++)
        {
            if (_counts[empty] != 0)
                continue;
            var farthest = -1;
            var greatest = 0.0;
            for (var row = 0; row < _rows.Rows; row++)
            {
                var own = _labels[row];
                if (_counts[own] < 2)
                    continue;
                var distance = Distance.Squared(_rows.Row(row), Centre(own));
                if (distance > greatest)
                    (greatest, farthest) = (distance, row);
            }

            if (farthest < 0)
                return moved;
            var values = _rows.Row(farthest);
            var from = _labels[farthest] * _rows.Columns;
            for (var column = 0; column < values.Length; column++)
            {
                _sums[from + column] -= values[column];
                _sums[(empty * values.Length) + column] = values[column];
            }

            _counts[_labels[farthest]]--;
            _counts[empty] = 1;
            _labels[farthest] = empty;
            moved++;
        }

        return moved;
    }

    /// <returns>Σ ‖new − old‖² over the centres.</returns>
    private double MoveCentres()
    {
        var shift = 0.0;
        var columns = _rows.Columns;
        for (var cluster = 0; cluster < _clusters; cluster++)
        {
            if (_counts[cluster] == 0)
                continue;
            for (var column = 0; column < columns; column++)
            {
                ref var value = ref _centroids[(cluster * columns) + column];
                var next = _sums[(cluster * columns) + column] / _counts[cluster];
                shift += (next - value) * (next - value);
                value = next;
            }
        }

        return shift;
    }

    private ReadOnlySpan<double> Centre(int cluster) => _centroids.AsSpan(cluster * _rows.Columns, _rows.Columns);
}
