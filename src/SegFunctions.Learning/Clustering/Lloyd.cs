namespace SegFunctions.Learning.Clustering;

/// <summary>
/// Lloyd's iteration (Lloyd 1982) from given centres, with bounds that spare rows whose centre is certainly the nearest
/// (<see cref="HamerlyBounds"/>). Made once for all starts of a fit; a pass allocates nothing.
/// </summary>
/// <remarks>
/// Labels are those of comparing every row with every centre. Sums follow the rows that change cluster and are made anew every
/// <see cref="RebuildEvery"/> passes, so that rounding does not pile up. Memory 28 bytes a row.
/// </remarks>
internal sealed class Lloyd : IChunkWork
{
    /// <summary>Rows tested before those that failed the test are assigned: they are still in the nearest cache then.</summary>
    private const int BlockRows = 256;

    private const int RebuildEvery = 16;

    /// <summary>
    /// One row in so many changes its cluster when bounds begin to pay: before, centres move so far that hardly a row passes the test, and
    /// keeping them costs more than they save (measured on a million rows: 77 % failed at 1 in 33, 27 % at 1 in 160).
    /// </summary>
    private const int BoundsPayBelowOneIn = 50;

    private readonly Matrix _rows;
    private readonly ChunkTeam _team;
    private readonly FixedChunks _chunks;
    private readonly double[] _mean;
    private readonly RowWeights? _weights;
    private readonly int[] _labels;
    private readonly HamerlyBounds? _bounds;
    private readonly CentroidSums _sums;
    private readonly int[] _changed;

    // One a chunk.
    private readonly double[] _panels;
    private readonly float[] _singlePanels;

    // Per cluster.
    private readonly double[] _centroids;
    private readonly double[] _centres;
    private readonly double[] _halfNorms;
    private readonly float[] _singleCentres;
    private readonly float[] _singleHalfNorms;
    private readonly double[] _shifts;
    private readonly double[] _next;
    private int _clusters;

    // Of the pass that runs.
    private bool _keepBounds;
    private bool _boundsHold;
    private bool _rebuild;

    /// <param name="mean">Column means: scores are taken around them, so that a far-off origin costs no digits.</param>
    /// <param name="passes">The most passes a run will have; a lone one has no use for bounds.</param>
    public Lloyd(Matrix rows, double[] mean, int clusters, ChunkTeam team, RowWeights? weights = null, KMeansPrecision precision = KMeansPrecision.Double, int passes = int.MaxValue)
    {
        _rows = rows;
        _team = team;
        _mean = mean;
        _weights = weights;
        var width = clusters * rows.Columns;
        // Few chunks when centres are many and long: partial sums stay within 2²⁴ numbers.
        _chunks = FixedChunks.Of(rows.Rows, most: Math.Clamp((1 << 24) / width, 4, 64));
        var single = precision == KMeansPrecision.Single;
        _labels = new int[rows.Rows];
        if (passes > 1)
            _bounds = new HamerlyBounds(rows, new CentredNorms(rows, mean, _chunks, team), clusters, single ? HamerlyBounds.SingleRounding : HamerlyBounds.DoubleRounding);
        _sums = new CentroidSums(rows, weights, _chunks, clusters);
        _changed = new int[_chunks.Count];
        var panel = RowPanel.Rows * rows.Columns;
        _panels = single ? [] : new double[_chunks.Count * panel];
        _singlePanels = single ? new float[_chunks.Count * panel] : [];
        _centroids = new double[width];
        _centres = new double[width];
        _halfNorms = new double[clusters];
        _singleCentres = single ? new float[width] : [];
        _singleHalfNorms = single ? new float[clusters] : [];
        _shifts = new double[clusters];
        _next = new double[rows.Columns];
    }

    /// <summary>Bounds are kept once no more than one row in this many changes its cluster.</summary>
    public int BoundsBelowOneIn { get; init; } = BoundsPayBelowOneIn;

    /// <summary>The cluster of every row after the last run's last assignment.</summary>
    public ReadOnlySpan<int> Labels => _labels;

    /// <summary>Where the centres of the last run ended, shape (clusters × columns).</summary>
    public ReadOnlySpan<double> Centroids => _centroids.AsSpan(0, _clusters * _rows.Columns);

    private bool IsSingle => _singleCentres.Length > 0;

    /// <param name="initial">Centres to begin with, shape (clusters × columns).</param>
    /// <param name="tolerance">Summed squared shift of the centres at which to stop.</param>
    /// <param name="report">Called after each pass with the passes done.</param>
    public (int Iterations, bool Converged) Run(ReadOnlySpan<double> initial, int clusters, int maxIterations, double tolerance, Action<int>? report)
    {
        _clusters = clusters;
        _sums.Begin(clusters);
        initial.CopyTo(_centroids);
        Array.Fill(_labels, -1);
        _boundsHold = false;
        _keepBounds = false;
        for (var iteration = 1; iteration <= maxIterations; iteration++)
        {
            CentreOnMean();
            if (_keepBounds)
                _bounds!.Prepare(Centroids, _shifts.AsSpan(0, clusters), _halfNorms.AsSpan(0, clusters));
            _rebuild = iteration % RebuildEvery == 1;
            _team.Run(this, _chunks.Count);
            _boundsHold = _keepBounds;
            var changed = Changed();
            _sums.Total();
            changed += FillEmptyClusters();
            _keepBounds |= _bounds is not null && changed <= _rows.Rows / BoundsBelowOneIn;
            var shift = MoveCentres();
            report?.Invoke(iteration);
            if (changed == 0 || shift <= tolerance)
                return (iteration, true);
        }

        return (maxIterations, false);
    }

    public void Run(int chunk)
    {
        if (_rebuild)
            _sums.Clear(chunk);
        Span<int> suspects = stackalloc int[BlockRows];
        var changed = 0;
        for (var start = _chunks.Start(chunk); start < _chunks.End(chunk); start += BlockRows)
        {
            var end = Math.Min(start + BlockRows, _chunks.End(chunk));
            var found = _boundsHold ? _bounds!.FindSuspects(start, end, _labels, Centroids, _shifts.AsSpan(0, _clusters), suspects) : All(start, end, suspects);
            for (var at = 0; at < found; at += RowPanel.Rows)
                changed += Assign(suspects[at..Math.Min(found, at + RowPanel.Rows)], chunk);
            if (_rebuild)
                _sums.Add(start, end, _labels, chunk);
        }

        _changed[chunk] = changed;
    }

    private static int All(int start, int end, Span<int> suspects)
    {
        for (var row = start; row < end; row++)
            suspects[row - start] = row;
        return end - start;
    }

    /// <summary>Gives up to sixteen rows their nearest centre and fresh bounds.</summary>
    /// <returns>How many changed cluster.</returns>
    private int Assign(ReadOnlySpan<int> rows, int chunk)
    {
        Span<double> best = stackalloc double[RowPanel.Rows];
        Span<double> second = stackalloc double[RowPanel.Rows];
        Span<int> nearest = stackalloc int[RowPanel.Rows];
        var (width, length) = (_clusters * _rows.Columns, RowPanel.Rows * _rows.Columns);
        if (IsSingle)
        {
            var panel = _singlePanels.AsSpan(chunk * length, length);
            RowPanel.Pack(_rows, rows, _mean, panel);
            NearestCentroidSingle.Find(panel, _singleCentres.AsSpan(0, width), _singleHalfNorms.AsSpan(0, _clusters), best, second, nearest);
        }
        else
        {
            var panel = _panels.AsSpan(chunk * length, length);
            RowPanel.Pack(_rows, rows, _mean, panel);
            NearestCentroid.Find(panel, _centres.AsSpan(0, width), _halfNorms.AsSpan(0, _clusters), best, second, nearest);
        }

        if (_keepBounds)
            _bounds!.Keep(rows, best, second);
        var changed = 0;
        for (var lane = 0; lane < rows.Length; lane++)
        {
            var row = rows[lane];
            if (_labels[row] == nearest[lane])
                continue;
            if (!_rebuild)
                _sums.Move(row, _labels[row], nearest[lane], chunk);
            _labels[row] = nearest[lane];
            changed++;
        }

        return changed;
    }

    private void CentreOnMean()
    {
        CentredCentroids.Fill(Centroids, _mean, _centres.AsSpan(0, Centroids.Length), _halfNorms.AsSpan(0, _clusters));
        if (!IsSingle)
            return;
        for (var i = 0; i < Centroids.Length; i++)
            _singleCentres[i] = (float)_centres[i];
        for (var cluster = 0; cluster < _clusters; cluster++)
            _singleHalfNorms[cluster] = (float)_halfNorms[cluster];
    }

    private int Changed()
    {
        var changed = 0;
        foreach (var part in _changed)
            changed += part;
        return changed;
    }

    /// <summary>
    /// A cluster that lost its last row takes the row farthest from its own centre, of equally far ones that of the lesser values;
    /// clusters of one row give none. Where every row sits on its centre there is nothing to gain and the cluster stays empty.
    /// </summary>
    /// <returns>Rows moved.</returns>
    private int FillEmptyClusters()
    {
        var moved = 0;
        for (var empty = 0; empty < _clusters; empty++)
        {
            if (_sums.Count(empty) != 0)
                continue;
            var farthest = FarthestRow();
            if (farthest < 0)
                break;
            _sums.Move(farthest, _labels[farthest], empty, farthest / _chunks.Size);
            _labels[farthest] = empty;
            _bounds?.Forget(farthest);
            moved++;
            _sums.Total();
        }

        return moved;
    }

    private int FarthestRow()
    {
        var farthest = -1;
        var greatest = 0.0;
        for (var row = 0; row < _rows.Rows; row++)
        {
            var own = _labels[row];
            if (_sums.Count(own) < 2 || (_weights is not null && _weights.Values[row] == 0))
                continue;
            var distance = Distance.Squared(_rows.Row(row), Centre(own));
            if (distance > greatest || (distance == greatest && farthest >= 0 && _rows.Row(row).SequenceCompareTo(_rows.Row(farthest)) < 0))
                (greatest, farthest) = (distance, row);
        }

        return farthest;
    }

    /// <returns>Σ ‖new − old‖² over the centres.</returns>
    private double MoveCentres()
    {
        var sum = 0.0;
        for (var cluster = 0; cluster < _clusters; cluster++)
        {
            _shifts[cluster] = 0;
            if (_sums.Count(cluster) == 0)
                continue;
            _sums.Mean(cluster, _next);
            var squared = Distance.Squared(_next, Centre(cluster));
            _shifts[cluster] = Math.Sqrt(squared);
            sum += squared;
            _next.CopyTo(_centroids.AsSpan(cluster * _rows.Columns));
        }

        return sum;
    }

    private ReadOnlySpan<double> Centre(int cluster) => _centroids.AsSpan(cluster * _rows.Columns, _rows.Columns);
}
