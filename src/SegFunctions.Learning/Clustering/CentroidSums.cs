namespace SegFunctions.Learning.Clustering;

/// <summary>
/// Sums, counts and weights of every cluster's rows: kept by chunk, so that chunks run at the same time, and added in chunk order.
/// They follow rows that change cluster. Rows of weight 0 are in no sum and no count.
/// </summary>
internal sealed class CentroidSums
{
    private readonly Matrix _rows;
    private readonly RowWeights? _weights;
    private readonly FixedChunks _chunks;
    private readonly double[] _partialSums;
    private readonly int[] _partialCounts;
    private readonly double[] _partialWeights;
    private readonly double[] _sums;
    private readonly int[] _counts;
    private readonly double[] _weightSums;
    private int _clusters;

    public CentroidSums(Matrix rows, RowWeights? weights, FixedChunks chunks, int clusters)
    {
        _rows = rows;
        _weights = weights;
        _chunks = chunks;
        var width = clusters * rows.Columns;
        _partialSums = new double[chunks.Count * width];
        _partialCounts = new int[chunks.Count * clusters];
        _partialWeights = weights is null ? [] : new double[chunks.Count * clusters];
        _sums = new double[width];
        _counts = new int[clusters];
        _weightSums = weights is null ? [] : new double[clusters];
        _clusters = clusters;
    }

    /// <summary>For how many clusters the next sums are; every chunk must be made anew then.</summary>
    public void Begin(int clusters) => _clusters = clusters;

    /// <summary>Rows of weight above 0 in a cluster, as <see cref="Total"/> found them.</summary>
    public int Count(int cluster) => _counts[cluster];

    /// <summary>OUT: the (weighted) mean of a cluster's rows, as <see cref="Total"/> found them. The cluster must have a row.</summary>
    public void Mean(int cluster, Span<double> mean)
    {
        var columns = _rows.Columns;
        var weight = _weights is null ? _counts[cluster] : _weightSums[cluster];
        var sum = _sums.AsSpan(cluster * columns, columns);
        for (var column = 0; column < columns; column++)
            mean[column] = sum[column] / weight;
    }

    /// <summary>Empties a chunk's sums.</summary>
    public void Clear(int chunk)
    {
        Sums(chunk).Clear();
        Counts(chunk).Clear();
        if (_weights is not null)
            Weights(chunk).Clear();
    }

    /// <summary>Adds rows of one chunk to the clusters they are labelled with.</summary>
    public void Add(int start, int end, ReadOnlySpan<int> labels, int chunk)
    {
        var columns = _rows.Columns;
        var sums = Sums(chunk);
        var counts = Counts(chunk);
        if (_weights is null)
        {
            for (var row = start; row < end; row++)
            {
                counts[labels[row]]++;
                Distance.AddTo(sums.Slice(labels[row] * columns, columns), _rows.Row(row));
            }

            return;
        }

        var values = _weights.Values;
        var weights = Weights(chunk);
        for (var row = start; row < end; row++)
        {
            if (values[row] == 0)
                continue;
            counts[labels[row]]++;
            weights[labels[row]] += values[row];
            Dot.AddScaled(sums.Slice(labels[row] * columns, columns), _rows.Row(row), values[row]);
        }
    }

    /// <summary>A row of the chunk leaves a cluster for another.</summary>
    public void Move(int row, int from, int to, int chunk)
    {
        var columns = _rows.Columns;
        var values = _rows.Row(row);
        var weight = 1.0;
        if (_weights is not null)
        {
            weight = _weights.Values[row];
            if (weight == 0)
                return;
            Weights(chunk)[from] -= weight;
            Weights(chunk)[to] += weight;
        }

        var sums = Sums(chunk);
        var counts = Counts(chunk);
        counts[from]--;
        counts[to]++;
        Dot.AddScaled(sums.Slice(from * columns, columns), values, -weight);
        Dot.AddScaled(sums.Slice(to * columns, columns), values, weight);
        // What is left of an emptied sum is rounding.
        if (counts[from] == 0)
        {
            sums.Slice(from * columns, columns).Clear();
            if (_weights is not null)
                Weights(chunk)[from] = 0;
        }
    }

    /// <summary>Adds up the chunks.</summary>
    public void Total()
    {
        var sums = _sums.AsSpan(0, _clusters * _rows.Columns);
        sums.Clear();
        Array.Clear(_counts);
        Array.Clear(_weightSums);
        for (var chunk = 0; chunk < _chunks.Count; chunk++)
        {
            Distance.AddTo(sums, Sums(chunk));
            var counts = Counts(chunk);
            for (var cluster = 0; cluster < _clusters; cluster++)
                _counts[cluster] += counts[cluster];
            if (_weights is not null)
                Distance.AddTo(_weightSums.AsSpan(0, _clusters), Weights(chunk));
        }
    }

    private Span<double> Sums(int chunk) => _partialSums.AsSpan(chunk * _clusters * _rows.Columns, _clusters * _rows.Columns);

    private Span<int> Counts(int chunk) => _partialCounts.AsSpan(chunk * _clusters, _clusters);

    private Span<double> Weights(int chunk) => _partialWeights.AsSpan(chunk * _clusters, _clusters);
}
