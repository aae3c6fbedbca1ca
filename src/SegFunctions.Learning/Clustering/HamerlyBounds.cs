namespace SegFunctions.Learning.Clustering;

/// <summary>
/// The bounds of Hamerly ("Making k-means even faster", 2010): of each row no less than its distance to its own centre and no more
/// than that to every other one, moved along as the centres move. A row whose bounds stay apart need not be looked at.
/// </summary>
/// <remarks>
/// Bounds give way by more than rounding can amount to (<see cref="_slack"/>). 16 bytes a row.
/// One lower bound a row, whatever the number of clusters: a bound for every group of sixteen centres (Yinyang, Ding et al. 2015)
/// spares two thirds of the distances from 100 clusters on, but looks at rows one by one, where sixteen together cost so little that it was
/// slower throughout: 65 against 45 ns a row and pass at 100 clusters × 16 columns, 95 against 72 at 200, 158 against 136 at 400, and
/// 840 against 397 at 64 × 200. Elkan's bound for every centre would be more of the same, at 8 k bytes a row.
/// </remarks>
internal sealed class HamerlyBounds
{
    /// <summary>
    /// Clusters from which a failed test is tried again with the true distance. Below, the sixteen-row kernel is so cheap that the
    /// lone distance costs more than it saves (measured at 16 and 32 clusters, 16 columns).
    /// </summary>
    private const int TightenFrom = 64;

    /// <summary>Units of rounding, 2⁻⁵² and 2⁻²³.</summary>
    public const double DoubleRounding = 2.220446049250313e-16;
    public const double SingleRounding = 1.1920928955078125e-7;

    private readonly Matrix _rows;
    private readonly double _rounding;
    private readonly CentredNorms _norms;
    private readonly double[] _upper;
    private readonly double[] _lower;
    private readonly double[] _halfSeparations;
    private int _farthestMoved;
    private double _greatestShift;
    private double _secondShift;

    /// <summary>More than all that rounding can add to or take from a distance or a bound.</summary>
    private double _slack;

    /// <param name="norms">Of the rows around what scores are taken around.</param>
    /// <param name="rounding">Unit of rounding of the scores.</param>
    public HamerlyBounds(Matrix rows, CentredNorms norms, int clusters, double rounding)
    {
        _rows = rows;
        _norms = norms;
        _rounding = rounding;
        _upper = new double[rows.Rows];
        _lower = new double[rows.Rows];
        _halfSeparations = new double[clusters];
    }

    /// <summary>What the bounds need to know of the centres: how far the farthest two moved, and half the way from each to its neighbour.</summary>
    /// <param name="centroids">Shape (clusters × columns).</param>
    /// <param name="shifts">How far each moved since the bounds were kept or moved.</param>
    /// <param name="halfNorms">Half of each centre's squared distance from the mean.</param>
    public void Prepare(ReadOnlySpan<double> centroids, ReadOnlySpan<double> shifts, ReadOnlySpan<double> halfNorms)
    {
        var columns = _rows.Columns;
        (_farthestMoved, _greatestShift, _secondShift) = (-1, 0, 0);
        var reach = 0.0;
        for (var cluster = 0; cluster < shifts.Length; cluster++)
        {
            if (shifts[cluster] > _greatestShift)
                (_farthestMoved, _greatestShift, _secondShift) = (cluster, shifts[cluster], _greatestShift);
            else if (shifts[cluster] > _secondShift)
                _secondShift = shifts[cluster];

            var nearest = double.PositiveInfinity;
            for (var other = 0; other < shifts.Length; other++)
            {
                if (other != cluster)
                    nearest = Math.Min(nearest, Distance.Squared(centroids.Slice(cluster * columns, columns), centroids.Slice(other * columns, columns)));
            }

            _halfSeparations[cluster] = Math.Sqrt(nearest) / 2;
            reach = Math.Max(reach, 2 * halfNorms[cluster]);
        }

        // A squared distance from scores errs by less than 4 (d + 8) ε (‖x‖² + ‖c‖²) around the mean, so a distance by less than its
        // root; three such errors can meet in one comparison, and the bounds' own additions are far smaller.
        reach += _norms.Greatest;
        _slack = 3 * Math.Sqrt(4 * (columns + 8) * _rounding * reach);
    }

    /// <summary>Moves the bounds of some rows by what the centres moved and lists those whose own centre may no longer be the nearest.</summary>
    /// <returns>How many there are.</returns>
    public int FindSuspects(int start, int end, ReadOnlySpan<int> labels, ReadOnlySpan<double> centroids, ReadOnlySpan<double> shifts, Span<int> suspects)
    {
        var found = 0;
        var columns = _rows.Columns;
        var tighten = shifts.Length >= TightenFrom;
        for (var row = start; row < end; row++)
        {
            var own = labels[row];
            var upper = _upper[row] + shifts[own];
            var lower = _lower[row] - (own == _farthestMoved ? _secondShift : _greatestShift);
            var certain = Math.Max(lower, _halfSeparations[own]) - _slack;
            _lower[row] = lower;
            if (upper >= certain && tighten)
            {
                // One true distance is cheaper than all of them, when there are many.
                upper = Math.Sqrt(Distance.Squared(_rows.Row(row), centroids.Slice(own * columns, columns)));
            }

            _upper[row] = upper;
            suspects[found] = row;
            found += upper >= certain ? 1 : 0;
        }

        return found;
    }

    /// <summary>Takes the least and the second least score of up to sixteen rows as their bounds; overwrites both.</summary>
    public void Keep(ReadOnlySpan<int> rows, Span<double> best, Span<double> second)
    {
        Span<double> squaredNorms = stackalloc double[RowPanel.Rows];
        for (var lane = 0; lane < rows.Length; lane++)
            squaredNorms[lane] = _norms[rows[lane]];
        NearestCentroid.ToDistances(squaredNorms, best);
        NearestCentroid.ToDistances(squaredNorms, second);
        for (var lane = 0; lane < rows.Length; lane++)
        {
            _upper[rows[lane]] = best[lane];
            _lower[rows[lane]] = second[lane];
        }
    }

    /// <summary>Lets the next pass look at a row again: its bounds spoke of another centre.</summary>
    public void Forget(int row)
    {
        _upper[row] = double.PositiveInfinity;
        _lower[row] = 0;
    }
}
