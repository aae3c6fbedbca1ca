namespace SegFunctions.Learning;

/// <summary>Mean and variance of every column: two passes, partial sums by chunk, so that offsets cost no digits and threads no bytes.</summary>
/// <param name="Means">One a column.</param>
/// <param name="Variances">Population variances, one a column.</param>
internal sealed record ColumnMoments(double[] Means, double[] Variances)
{
    public double MeanVariance => Variances.Average();

    public static ColumnMoments Of(Matrix rows, ChunkTeam team) => Of(rows, default, rows.Rows, team);

    /// <summary>Weighted: a row of weight 2 counts as two.</summary>
    /// <param name="weights">One a row, 0 or more.</param>
    /// <param name="total">Their sum.</param>
    public static ColumnMoments Of(Matrix rows, ReadOnlyMemory<double> weights, double total, ChunkTeam team)
    {
        var work = new Work(rows, weights);
        var means = work.Sum(team);
        Divide(means, total);
        work.Means = means;
        var variances = work.Sum(team);
        Divide(variances, total);
        return new ColumnMoments(means, variances);
    }

    private static void Divide(Span<double> sums, double by)
    {
        foreach (ref var sum in sums)
            sum /= by;
    }

    private sealed class Work(Matrix rows, ReadOnlyMemory<double> weights) : IChunkWork
    {
        private readonly FixedChunks _chunks = FixedChunks.Of(rows.Rows);
        private readonly double[] _partial = new double[FixedChunks.Of(rows.Rows).Count * rows.Columns];

        public double[]? Means { get; set; }

        public double[] Sum(ChunkTeam team)
        {
            team.Run(this, _chunks.Count);
            var total = new double[rows.Columns];
            for (var chunk = 0; chunk < _chunks.Count; chunk++)
                Distance.AddTo(total, _partial.AsSpan(chunk * rows.Columns, rows.Columns));
            return total;
        }

        public void Run(int chunk)
        {
            var sums = _partial.AsSpan(chunk * rows.Columns, rows.Columns);
            sums.Clear();
            for (var row = _chunks.Start(chunk); row < _chunks.End(chunk); row++)
            {
                var values = rows.Row(row);
                var weight = weights.IsEmpty ? 1 : weights.Span[row];
                if (Means is null)
                    Dot.AddScaled(sums, values, weight);
                else
                    AddSquares(sums, values, Means, weight);
            }
        }

        private static void AddSquares(Span<double> sums, ReadOnlySpan<double> values, ReadOnlySpan<double> means, double weight)
        {
            for (var column = 0; column < values.Length; column++)
            {
                var difference = values[column] - means[column];
                sums[column] += weight * difference * difference;
            }
        }
    }
}
