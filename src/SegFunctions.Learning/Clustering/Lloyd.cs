using System.Numerics.Tensors;

namespace SegFunctions.Learning.Clustering;

/// <summary>
/// Lloyd's iteration (Lloyd 1982) from given centres, with the bounds of Hamerly ("Making k-means even faster", 2010): a row whose
/// distance to its own centre is certainly below that to every other one is not looked at again. Made once for all starts of a fit; a
/// pass allocates nothing.
/// </summary>
/// <remarks>
/// Labels are those of comparing every row with every centre: bounds give way by more than rounding can amount to
/// (<see cref="_slack"/>). Sums follow the rows that change cluster and are made anew every <see cref="RebuildEvery"/> passes, so that
/// rounding does not pile up. Memory 28 bytes a row.
/// </remarks>
internal sealed class Lloyd : IChunkWork
{
    /// <summary>Rows tested before those that failed the test are assigned: they are still in the nearest cache then.</summary>
    private const int BlockRows = 256;

    private const int RebuildEvery = 16;

    /// <summary>
    /// Clusters from which a failed test is tried again with the true distance. Below, the sixteen-row kernel is so cheap that the
    /// lone distance costs more than it saves (measured at 16 and 32 clusters, 16 columns).
    /// </summary>
    private const int TightenFrom = 64;

    /// <summary>Unit of rounding, 2⁻⁵².</summary>
    private const double Rounding = 2.220446049250313e-16;

    private readonly Matrix _rows;
    private readonly ChunkTeam _team;
    private readonly FixedChunks _chunks;
    private readonly double[] _mean;

    // Per row.
    private readonly int[] _labels;
    private readonly double[] _squaredNorms;
    private readonly double _greatestSquaredNorm;
    private readonly double[] _upper;
    private readonly double[] _lower;

    // Per chunk, added in chunk order.
    private readonly double[] _partialSums;
    private readonly int[] _partialCounts;
    private readonly int[] _changed;
    private readonly double[] _panels;

    // Per cluster.
    private readonly double[] _centroids;
    private readonly double[] _centres;
    private readonly double[] _halfNorms;
    private readonly double[] _sums;
    private readonly int[] _counts;
    private readonly double[] _shifts;
    private readonly double[] _halfSeparations;
    private int _clusters;

    // Of the pass that runs.
    private bool _keepBounds;
    private bool _boundsHold;
    private bool _rebuild;
    private int _farthestMoved;
    private double _greatestShift;
    private double _secondShift;

    /// <summary>More than all that rounding can add to or take from a distance or a bound.</summary>
    private double _slack;

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
        _squaredNorms = new double[rows.Rows];
        _upper = new double[rows.Rows];
        _lower = new double[rows.Rows];
        _partialSums = new double[_chunks.Count * width];
        _partialCounts = new int[_chunks.Count * clusters];
        _changed = new int[_chunks.Count];
        _panels = new double[_chunks.Count * NearestCentroid.PanelRows * rows.Columns];
        _centroids = new double[width];
        _centres = new double[width];
        _halfNorms = new double[clusters];
        _sums = new double[width];
        _counts = new int[clusters];
        _shifts = new double[clusters];
        _halfSeparations = new double[clusters];
        team.Run(new NormsWork(this), _chunks.Count);
        _greatestSquaredNorm = TensorPrimitives.Max<double>(_squaredNorms);
    }

    /// <summary>
    /// Bounds are kept once no more than one row in this many changes its cluster: before, centres move so far that hardly a row
    /// passes the test, and keeping them costs more than they save (measured on a million rows: 77 % failed at 1 in 33, 27 % at 1 in 160).
    /// </summary>
    public int BoundsBelowOneIn { get; init; } = 50;

    /// <summary>The cluster of every row after the last run's last assignment.</summary>
    public ReadOnlySpan<int> Labels => _labels;

    /// <summary>Where the centres of the last run ended, shape (clusters × columns).</summary>
    public ReadOnlySpan<double> Centroids => _centroids.AsSpan(0, _clusters * _rows.Columns);

    /// <param name="initial">Centres to begin with, shape (clusters × columns).</param>
    /// <param name="tolerance">Summed squared shift of the centres at which to stop.</param>
    /// <param name="report">Called after each pass with the passes done.</param>
    public (int Iterations, bool Converged) Run(ReadOnlySpan<double> initial, int clusters, int maxIterations, double tolerance, Action<int>? report)
    {
        _clusters = clusters;
        initial.CopyTo(_centroids);
        Array.Fill(_labels, -1);
        _boundsHold = false;
        _keepBounds = false;
        for (var iteration = 1; iteration <= maxIterations; iteration++)
        {
            CentredCentroids.Fill(Centroids, _mean, _centres.AsSpan(0, Centroids.Length), _halfNorms.AsSpan(0, clusters));
            if (_keepBounds)
                PrepareBounds();
            _rebuild = iteration % RebuildEvery == 1;
            _team.Run(this, _chunks.Count);
            _boundsHold = _keepBounds;
            var changed = AddPartials();
            changed += FillEmptyClusters();
            _keepBounds |= changed <= _rows.Rows / BoundsBelowOneIn;
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
        {
            Sums(chunk).Clear();
            Counts(chunk).Clear();
        }

        Span<int> suspects = stackalloc int[BlockRows];
        var changed = 0;
        for (var start = _chunks.Start(chunk); start < _chunks.End(chunk); start += BlockRows)
        {
            var end = Math.Min(start + BlockRows, _chunks.End(chunk));
            var found = FindSuspects(start, end, suspects);
            for (var at = 0; at < found; at += NearestCentroid.PanelRows)
                changed += Assign(suspects[at..Math.Min(found, at + NearestCentroid.PanelRows)], chunk);
            if (_rebuild)
                AddRows(start, end, chunk);
        }

        _changed[chunk] = changed;
    }

    /// <summary>Moves every bound by what the centres moved and lists the rows whose own centre may no longer be the nearest.</summary>
    private int FindSuspects(int start, int end, Span<int> suspects)
    {
        var found = 0;
        if (!_boundsHold)
        {
            for (var row = start; row < end; row++)
                suspects[found++] = row;
            return found;
        }

        var tighten = _clusters >= TightenFrom;
        for (var row = start; row < end; row++)
        {
            var own = _labels[row];
            var upper = _upper[row] + _shifts[own];
            var lower = _lower[row] - (own == _farthestMoved ? _secondShift : _greatestShift);
            var certain = Math.Max(lower, _halfSeparations[own]) - _slack;
            _lower[row] = lower;
            if (upper >= certain && tighten)
            {
                // One true distance is cheaper than all of them, when there are many.
                upper = Math.Sqrt(Distance.Squared(_rows.Row(row), Centre(own)));
            }

            _upper[row] = upper;
            suspects[found] = row;
            found += upper >= certain ? 1 : 0;
        }

        return found;
    }

    /// <summary>Gives up to sixteen rows their nearest centre and fresh bounds.</summary>
    /// <returns>How many changed cluster.</returns>
    private int Assign(ReadOnlySpan<int> rows, int chunk)
    {
        var columns = _rows.Columns;
        var panel = _panels.AsSpan(chunk * NearestCentroid.PanelRows * columns, NearestCentroid.PanelRows * columns);
        Span<double> best = stackalloc double[NearestCentroid.PanelRows];
        Span<double> second = stackalloc double[NearestCentroid.PanelRows];
        Span<int> nearest = stackalloc int[NearestCentroid.PanelRows];
        for (var lane = 0; lane < NearestCentroid.PanelRows; lane++)
            NearestCentroid.PackRow(_rows.Row(rows[lane < rows.Length ? lane : 0]), _mean, lane, panel);
        NearestCentroid.Find(panel, _centres.AsSpan(0, _clusters * columns), _halfNorms.AsSpan(0, _clusters), best, second, nearest);
        if (_keepBounds)
            KeepBounds(rows, best, second);
        var changed = 0;
        for (var lane = 0; lane < rows.Length; lane++)
        {
            var row = rows[lane];
            if (_labels[row] == nearest[lane])
                continue;
            if (!_rebuild)
                Move(row, _labels[row], nearest[lane], chunk);
            _labels[row] = nearest[lane];
            changed++;
        }

        return changed;
    }

    private void KeepBounds(ReadOnlySpan<int> rows, Span<double> best, Span<double> second)
    {
        Span<double> squaredNorms = stackalloc double[NearestCentroid.PanelRows];
        for (var lane = 0; lane < rows.Length; lane++)
            squaredNorms[lane] = _squaredNorms[rows[lane]];
        NearestCentroid.ToDistances(squaredNorms, best);
        NearestCentroid.ToDistances(squaredNorms, second);
        for (var lane = 0; lane < rows.Length; lane++)
        {
            _upper[rows[lane]] = best[lane];
            _lower[rows[lane]] = second[lane];
        }
    }

    private void AddRows(int start, int end, int chunk)
    {
        var columns = _rows.Columns;
        var sums = Sums(chunk);
        var counts = Counts(chunk);
        for (var row = start; row < end; row++)
        {
            counts[_labels[row]]++;
            Distance.AddTo(sums.Slice(_labels[row] * columns, columns), _rows.Row(row));
        }
    }

    private void Move(int row, int from, int to, int chunk)
    {
        var columns = _rows.Columns;
        var values = _rows.Row(row);
        var sums = Sums(chunk);
        var counts = Counts(chunk);
        counts[from]--;
        counts[to]++;
        Dot.AddScaled(sums.Slice(from * columns, columns), values, -1);
        Distance.AddTo(sums.Slice(to * columns, columns), values);
        // What is left of an emptied sum is rounding.
        if (counts[from] == 0)
            sums.Slice(from * columns, columns).Clear();
    }

    /// <summary>What the bounds need to know of the centres: how far the farthest two moved, and half the way from each to its neighbour.</summary>
    private void PrepareBounds()
    {
        (_farthestMoved, _greatestShift, _secondShift) = (-1, 0, 0);
        var reach = 0.0;
        for (var cluster = 0; cluster < _clusters; cluster++)
        {
            if (_shifts[cluster] > _greatestShift)
                (_farthestMoved, _greatestShift, _secondShift) = (cluster, _shifts[cluster], _greatestShift);
            else if (_shifts[cluster] > _secondShift)
                _secondShift = _shifts[cluster];

            var nearest = double.PositiveInfinity;
            for (var other = 0; other < _clusters; other++)
            {
                if (other != cluster)
                    nearest = Math.Min(nearest, Distance.Squared(Centre(cluster), Centre(other)));
            }

            _halfSeparations[cluster] = Math.Sqrt(nearest) / 2;
            reach = Math.Max(reach, 2 * _halfNorms[cluster]);
        }

        // A squared distance from scores errs by less than 4 (d + 8) ε (‖x‖² + ‖c‖²) around the mean, so a distance by less than its
        // root; three such errors can meet in one comparison, and the bounds' own additions are far smaller.
        reach += _greatestSquaredNorm;
        _slack = 3 * Math.Sqrt(4 * (_rows.Columns + 8) * Rounding * reach);
    }

    private int AddPartials()
    {
        var sums = _sums.AsSpan(0, _clusters * _rows.Columns);
        sums.Clear();
        var counts = _counts.AsSpan(0, _clusters);
        counts.Clear();
        var changed = 0;
        for (var chunk = 0; chunk < _chunks.Count; chunk++)
        {
            Distance.AddTo(sums, Sums(chunk));
            var own = Counts(chunk);
            for (var cluster = 0; cluster < _clusters; cluster++)
                counts[cluster] += own[cluster];
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
            var farthest = FarthestRow();
            if (farthest < 0)
                break;
            Move(farthest, _labels[farthest], empty, farthest / _chunks.Size);
            _labels[farthest] = empty;
            // Its bounds spoke of another centre; these let the next pass look at it again.
            _upper[farthest] = double.PositiveInfinity;
            _lower[farthest] = 0;
            moved++;
            AddPartials();
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
            if (_counts[own] < 2)
                continue;
            var distance = Distance.Squared(_rows.Row(row), Centre(own));
            if (distance > greatest)
                (greatest, farthest) = (distance, row);
        }

        return farthest;
    }

    /// <returns>Σ ‖new − old‖² over the centres.</returns>
    private double MoveCentres()
    {
        var sum = 0.0;
        var columns = _rows.Columns;
        for (var cluster = 0; cluster < _clusters; cluster++)
        {
            _shifts[cluster] = 0;
            if (_counts[cluster] == 0)
                continue;
            var next = _sums.AsSpan(cluster * columns, columns);
            foreach (ref var value in next)
                value /= _counts[cluster];
            var squared = Distance.Squared(next, Centre(cluster));
            _shifts[cluster] = Math.Sqrt(squared);
            sum += squared;
            next.CopyTo(_centroids.AsSpan(cluster * columns));
        }

        return sum;
    }

    private ReadOnlySpan<double> Centre(int cluster) => _centroids.AsSpan(cluster * _rows.Columns, _rows.Columns);

    private Span<double> Sums(int chunk) => _partialSums.AsSpan(chunk * _clusters * _rows.Columns, _clusters * _rows.Columns);

    private Span<int> Counts(int chunk) => _partialCounts.AsSpan(chunk * _clusters, _clusters);

    private sealed class NormsWork(Lloyd lloyd) : IChunkWork
    {
        public void Run(int chunk)
        {
            for (var row = lloyd._chunks.Start(chunk); row < lloyd._chunks.End(chunk); row++)
                lloyd._squaredNorms[row] = Distance.Squared(lloyd._rows.Row(row), lloyd._mean);
        }
    }
}
