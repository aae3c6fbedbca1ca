namespace SegFunctions.Learning.Clustering.Hierarchical;

/// <summary>
/// For every row the nearest of many given ones: exact, and of equally near ones the first in content order, so that the answer
/// depends on neither the order of the given rows nor the batch.
/// </summary>
/// <remarks>Scores find the nearest, and how much nearer it is than the second; where that is within their rounding, differences decide.</remarks>
internal sealed class NearestRow
{
    /// <summary>2⁻⁵², above the rounding of one operation.</summary>
    private const double Rounding = 1.0 / (1L << 52);

    private readonly DistinctRows _given;
    private readonly Matrix _distinct;
    private readonly double[] _offset;
    private readonly double[] _centres;
    private readonly double[] _halfNorms;
    private readonly double _greatestHalfNorm;

    /// <param name="given">Shape (m × d), m ≥ 1.</param>
    public NearestRow(Matrix given)
    {
        _given = DistinctRows.In(given);
        _distinct = new Matrix(_given.Count, _given.Columns, _given.Values);
        _offset = new double[given.Columns];
        for (var row = 0; row < _distinct.Rows; row++)
            Dot.AddScaled(_offset, _distinct.Row(row), 1.0 / _distinct.Rows);
        _centres = new double[_distinct.Values.Length];
        _halfNorms = new double[_distinct.Rows];
        CentredCentroids.Fill(_distinct.Values, _offset, _centres, _halfNorms);
        foreach (var halfNorm in _halfNorms)
            _greatestHalfNorm = Math.Max(_greatestHalfNorm, halfNorm);
    }

    /// <returns>For every row the number of the given row that is nearest.</returns>
    public int[] Of(Matrix rows, int? threads, CancellationToken cancellationToken)
    {
        // Below this, waking threads costs more than the work.
        var small = (double)rows.Rows * _distinct.Rows * rows.Columns < 1 << 18;
        using var team = new ChunkTeam(small ? 1 : threads, cancellationToken);
        var work = new Work(this, rows);
        team.Run(work, work.Chunks.Count);
        return work.Nearest;
    }

    private int Exactly(ReadOnlySpan<double> row)
    {
        // An equal row is nearest even where squares vanish or overflow.
        if (Equal(row) is var equal && equal >= 0)
            return equal;
        var (nearest, least) = (0, double.PositiveInfinity);
        for (var other = 0; other < _distinct.Rows; other++)
        {
            var squared = Distance.Squared(row, _distinct.Row(other));
            if (squared < least)
                (nearest, least) = (other, squared);
        }

        return nearest;
    }

    /// <returns>The equal row, −1 for none.</returns>
    private int Equal(ReadOnlySpan<double> row)
    {
        var (from, to) = (0, _distinct.Rows - 1);
        while (from <= to)
        {
            var middle = (from + to) / 2;
            var order = ContentOrder.Compare(_distinct.Row(middle), row);
            if (order == 0)
                return middle;
            if (order < 0)
                from = middle + 1;
            else
                to = middle - 1;
        }

        return -1;
    }

    private sealed class Work(NearestRow given, Matrix rows) : IChunkWork
    {
        public FixedChunks Chunks { get; } = FixedChunks.Of(rows.Rows, most: 1024, smallest: RowPanel.Rows);

        public int[] Nearest { get; } = new int[rows.Rows];

        public void Run(int chunk)
        {
            var columns = rows.Columns;
            var panel = new double[RowPanel.Rows * columns];
            Span<double> best = stackalloc double[RowPanel.Rows];
            Span<double> second = stackalloc double[RowPanel.Rows];
            Span<int> which = stackalloc int[RowPanel.Rows];
            Span<int> nearest = stackalloc int[RowPanel.Rows];
            var end = Chunks.End(chunk);
            for (var start = Chunks.Start(chunk); start < end; start += RowPanel.Rows)
            {
                var count = Math.Min(RowPanel.Rows, end - start);
                for (var lane = 0; lane < count; lane++)
                    which[lane] = start + lane;
                RowPanel.Pack(rows, which[..count], given._offset, panel);
                NearestCentroid.Find(panel, given._centres, given._halfNorms, best, second, nearest);
                for (var lane = 0; lane < count; lane++)
                {
                    // A score is half a squared distance and errs by less than 2 (d + 8) ε (‖x‖² + ‖c‖²) around the offset; two meet here.
                    var reach = Distance.Squared(rows.Row(start + lane), given._offset) + (2 * given._greatestHalfNorm);
                    var certain = second[lane] - best[lane] > 4 * (columns + 8) * Rounding * reach;
                    Nearest[start + lane] = given._given.First(certain ? nearest[lane] : given.Exactly(rows.Row(start + lane)));
                }
            }
        }
    }
}
