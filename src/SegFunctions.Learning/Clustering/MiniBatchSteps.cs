namespace SegFunctions.Learning.Clustering;

/// <summary>The steps of mini-batch k-means: draw, assign, move. A step allocates nothing.</summary>
internal sealed class MiniBatchSteps : IChunkWork
{
    private readonly Matrix _rows;
    private readonly MiniBatchKMeansOptions _options;
    private readonly ChunkTeam _team;
    private readonly FixedChunks _chunks;
    private readonly int[] _batch;
    private readonly double[] _offset;
    private readonly double[] _centroids;
    private readonly double[] _centres;
    private readonly double[] _halfNorms;

    /// <summary>Rows that each centre is the mean of.</summary>
    private readonly double[] _met;
    private readonly int[] _idle;

    // Per chunk of the batch.
    private readonly double[] _panels;
    private readonly double[] _sums;
    private readonly int[] _counts;
    private readonly double[] _inertia;

    private readonly double _smoothing;
    private double _smoothed;
    private double _least = double.PositiveInfinity;
    private int _withoutImprovement;
    private long _sinceReassigned;

    /// <param name="first">Where the centres begin, and of how many rows each is the mean.</param>
    public MiniBatchSteps(Matrix rows, KMeansModel first, MiniBatchKMeansOptions options, ChunkTeam team)
    {
        _rows = rows;
        _options = options;
        _team = team;
        Clusters = first.Clusters;
        _batch = new int[Math.Min(options.BatchSize, rows.Rows)];
        _chunks = FixedChunks.Of(_batch.Length, most: 16);
        _centroids = first.Centroids.Values.ToArray();
        _met = [.. first.Sizes.Select(size => (double)size)];
        _idle = new int[Clusters];
        _centres = new double[_centroids.Length];
        _halfNorms = new double[Clusters];
        _panels = new double[_chunks.Count * RowPanel.Rows * rows.Columns];
        _sums = new double[_chunks.Count * _centroids.Length];
        _counts = new int[_chunks.Count * Clusters];
        _inertia = new double[_chunks.Count];
        _smoothing = Math.Min(1, 2.0 * _batch.Length / (rows.Rows + 1.0));
        // Scores are taken around the first centres' mean, which keeps the digits of tables far from zero.
        _offset = new double[rows.Columns];
        for (var cluster = 0; cluster < Clusters; cluster++)
            Dot.AddScaled(_offset, first.Centroids.Row(cluster), 1.0 / Clusters);
    }

    public int Clusters { get; }

    /// <summary>Steps done.</summary>
    public int Done { get; private set; }

    /// <summary>Shape (clusters × columns).</summary>
    public ReadOnlySpan<double> Centroids => _centroids;

    /// <returns>Whether the smoothed inertia has ceased to fall.</returns>
    public bool Step(Xoshiro256 random)
    {
        foreach (ref var row in _batch.AsSpan())
            row = random.NextInt(_rows.Rows);
        CentredCentroids.Fill(_centroids, _offset, _centres, _halfNorms);
        _team.Run(this, _chunks.Count);
        var inertia = 0.0;
        foreach (var part in _inertia)
            inertia += part;
        MoveCentres();
        Reassign(random);
        Done++;
        return HasSettled(inertia / _batch.Length);
    }

    public void Run(int chunk)
    {
        var columns = _rows.Columns;
        var sums = _sums.AsSpan(chunk * _centroids.Length, _centroids.Length);
        var counts = _counts.AsSpan(chunk * Clusters, Clusters);
        sums.Clear();
        counts.Clear();
        var panel = _panels.AsSpan(chunk * RowPanel.Rows * columns, RowPanel.Rows * columns);
        Span<double> best = stackalloc double[RowPanel.Rows];
        Span<double> second = stackalloc double[RowPanel.Rows];
        Span<int> nearest = stackalloc int[RowPanel.Rows];
        var inertia = 0.0;
        for (var at = _chunks.Start(chunk); at < _chunks.End(chunk); at += RowPanel.Rows)
        {
            var rows = _batch.AsSpan(at, Math.Min(RowPanel.Rows, _chunks.End(chunk) - at));
            RowPanel.Pack(_rows, rows, _offset, panel);
            NearestCentroid.Find(panel, _centres, _halfNorms, best, second, nearest);
            for (var lane = 0; lane < rows.Length; lane++)
            {
                var row = _rows.Row(rows[lane]);
                var cluster = nearest[lane];
                counts[cluster]++;
                Distance.AddTo(sums.Slice(cluster * columns, columns), row);
                inertia += Distance.Squared(row, _centroids.AsSpan(cluster * columns, columns));
            }
        }

        _inertia[chunk] = inertia;
    }

    /// <summary>Each centre becomes the mean of all the rows it has met (Sculley 2010, algorithm 1).</summary>
    private void MoveCentres()
    {
        var columns = _rows.Columns;
        for (var cluster = 0; cluster < Clusters; cluster++)
        {
            var centroid = _centroids.AsSpan(cluster * columns, columns);
            for (var chunk = 0; chunk < _chunks.Count; chunk++)
            {
                var count = _counts[(chunk * Clusters) + cluster];
                if (count == 0)
                    continue;
                _met[cluster] += count;
                var sum = _sums.AsSpan((chunk * _centroids.Length) + (cluster * columns), columns);
                for (var column = 0; column < columns; column++)
                    centroid[column] += (sum[column] - (count * centroid[column])) / _met[cluster];
            }
        }
    }

    /// <summary>
    /// Centres that met too few rows begin again at a row of the batch, with the count of the idlest that stays (scikit-learn's rule; it
    /// is asked again after ten rows a cluster, and moves at most one centre for two rows of the batch).
    /// </summary>
    private void Reassign(Xoshiro256 random)
    {
        _sinceReassigned += _batch.Length;
        if (_options.ReassignBelow == 0 || _sinceReassigned < 10L * Clusters)
            return;
        _sinceReassigned = 0;
        var busiest = 0.0;
        foreach (var met in _met)
            busiest = Math.Max(busiest, met);
        var idle = 0;
        var fewestThatStays = double.PositiveInfinity;
        for (var cluster = 0; cluster < Clusters; cluster++)
        {
            if (_met[cluster] < _options.ReassignBelow * busiest && idle < _batch.Length / 2)
                _idle[idle++] = cluster;
            else
                fewestThatStays = Math.Min(fewestThatStays, _met[cluster]);
        }

        for (var i = 0; i < idle; i++)
        {
            _rows.Row(_batch[random.NextInt(_batch.Length)]).CopyTo(_centroids.AsSpan(_idle[i] * _rows.Columns));
            _met[_idle[i]] = fewestThatStays;
        }
    }

    private bool HasSettled(double inertia)
    {
        _smoothed = Done == 1 ? inertia : (_smoothed * (1 - _smoothing)) + (inertia * _smoothing);
        if (_smoothed < _least)
        {
            _least = _smoothed;
            _withoutImprovement = 0;
            return false;
        }

        return ++_withoutImprovement >= _options.MaxNoImprovement;
    }
}
