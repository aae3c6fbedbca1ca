namespace SegFunctions.Learning.Linear;

/// <summary>
/// Σ wᵢ (ln(1 + e^zᵢ) − yᵢ zᵢ) + L2/2 ‖β‖² with zᵢ = β₀ + β·(xᵢ − mean)/scale; value, gradient and Hessian in one pass over the rows
/// (Hastie, Tibshirani &amp; Friedman 2009, eq. 4.20–4.25). Coefficients: β₀ first, then one a column. A column of scale 0 is constant and stays out.
/// </summary>
internal sealed class LogisticObjective : IChunkWork
{
    private readonly Matrix _rows;
    private readonly double[] _labels;
    private readonly double[]? _weights;
    private readonly double[] _means;
    private readonly double[] _inverseScales;
    private readonly double _l2;
    private readonly ChunkTeam _team;
    private readonly FixedChunks _chunks;
    private readonly double[] _partialGradient;
    private readonly double[] _partialHessian;
    private readonly double[] _partialValue;
    private readonly double[] _partialMargin;
    private double[] _beta = [];
    private bool _curvature;

    public LogisticObjective(Matrix rows, double[] labels, double[]? weights, double[] means, double[] scales, double l2, ChunkTeam team)
    {
        _rows = rows;
        _labels = labels;
        _weights = weights;
        _means = means;
        _inverseScales = [.. scales.Select(scale => scale > 0 ? 1 / scale : 0)];
        _l2 = l2;
        _team = team;
        Size = rows.Columns + 1;
        // Few chunks when the Hessian is large: its partial sums stay within 2²³ numbers.
        _chunks = FixedChunks.Of(rows.Rows, most: Math.Clamp((1 << 23) / (Size * Size), 4, 64));
        _partialGradient = new double[_chunks.Count * Size];
        _partialHessian = new double[_chunks.Count * Size * Size];
        _partialValue = new double[_chunks.Count];
        _partialMargin = new double[_chunks.Count];
        Gradient = new double[Size];
        Hessian = new double[Size * Size];
    }

    /// <summary>Number of coefficients, the intercept included.</summary>
    public int Size { get; }

    /// <summary>The penalised loss at the last point.</summary>
    public double Value { get; private set; }

    /// <summary>The loss without the penalty at the last point.</summary>
    public double Loss { get; private set; }

    /// <summary>Least (2y − 1) z over the rows of positive weight at the last point: above 0 when every row lies on its side.</summary>
    public double SmallestMargin { get; private set; }

    public double[] Gradient { get; }

    /// <summary>Shape (size × size), symmetric; valid after an evaluation with curvature.</summary>
    public double[] Hessian { get; }

    public void Evaluate(double[] beta, bool curvature)
    {
        _beta = beta;
        _curvature = curvature;
        _team.Run(this, _chunks.Count);
        Loss = 0;
        SmallestMargin = double.PositiveInfinity;
        Gradient.AsSpan().Clear();
        for (var chunk = 0; chunk < _chunks.Count; chunk++)
        {
            Loss += _partialValue[chunk];
            SmallestMargin = Math.Min(SmallestMargin, _partialMargin[chunk]);
            Distance.AddTo(Gradient, _partialGradient.AsSpan(chunk * Size, Size));
        }

        Value = Loss;
        for (var j = 1; j < Size; j++)
        {
            Value += _l2 / 2 * beta[j] * beta[j];
            Gradient[j] += _l2 * beta[j];
        }

        if (curvature)
            AddHessian();
    }

    public void Run(int chunk)
    {
        var gradient = _partialGradient.AsSpan(chunk * Size, Size);
        gradient.Clear();
        var hessian = _partialHessian.AsSpan(chunk * Size * Size, Size * Size);
        if (_curvature)
            hessian.Clear();
        var z = new double[Size];
        z[0] = 1;
        var value = 0.0;
        var margin = double.PositiveInfinity;
        for (var row = _chunks.Start(chunk); row < _chunks.End(chunk); row++)
        {
            var weight = _weights is null ? 1 : _weights[row];
            if (weight == 0)
                continue;
            Standardise(_rows.Row(row), z);
            var logOdds = Dot.Of(z, _beta);
            var label = _labels[row];
            var probability = Logistic.Probability(logOdds);
            value += weight * (Logistic.Softplus(logOdds) - (label * logOdds));
            margin = Math.Min(margin, ((2 * label) - 1) * logOdds);
            Dot.AddScaled(gradient, z, weight * (probability - label));
            if (!_curvature)
                continue;
            var bend = weight * probability * (1 - probability);
            for (var j = 0; j < Size; j++)
                Dot.AddScaled(hessian.Slice(j * Size, j + 1), z.AsSpan(0, j + 1), bend * z[j]);
        }

        _partialValue[chunk] = value;
        _partialMargin[chunk] = margin;
    }

    private void Standardise(ReadOnlySpan<double> row, Span<double> z)
    {
        for (var column = 0; column < row.Length; column++)
            z[column + 1] = (row[column] - _means[column]) * _inverseScales[column];
    }

    private void AddHessian()
    {
        Hessian.AsSpan().Clear();
        for (var chunk = 0; chunk < _chunks.Count; chunk++)
            Distance.AddTo(Hessian, _partialHessian.AsSpan(chunk * Size * Size, Size * Size));
        for (var j = 0; j < Size; j++)
        {
            if (j > 0)
                Hessian[(j * Size) + j] += _l2;
            // A constant column bends nothing; a 1 on the diagonal keeps its coefficient at 0.
            if (j > 0 && _inverseScales[j - 1] == 0)
                Hessian[(j * Size) + j] = 1;
            for (var i = 0; i < j; i++)
                Hessian[(i * Size) + j] = Hessian[(j * Size) + i];
        }
    }
}
