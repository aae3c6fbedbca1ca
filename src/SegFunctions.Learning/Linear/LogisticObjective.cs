namespace SegFunctions.Learning.Linear;

/// <summary>
/// Σ wᵢ (ln(1 + e^zᵢ) − yᵢ zᵢ) + L2/2 ‖β‖²; value, gradient and Hessian in one pass over the rows (Hastie, Tibshirani &amp; Friedman 2009,
/// eq. 4.20–4.25). zᵢ = β₀ + β·uᵢ with u = (value − mean)/unit for numbers and value/unit for levels. Coefficients: β₀ first, then one a column of
/// the design. A column of unit 0 is constant and stays out.
/// </summary>
/// <remarks>
/// The intercept is free, so centring changes nothing but β₀ and the condition of the Hessian; levels stay uncentred, because a centred
/// level is nowhere 0. The Hessian has three parts: numbers by numbers (dense products), levels by numbers (a row added to the line of each of its
/// levels) and levels by levels (a number added for each pair of its levels). All sums are kept by fixed chunks, which threads do not change.
/// </remarks>
internal sealed class LogisticObjective : IChunkWork
{
    /// <summary>Rows dealt with at a time: small enough for the nearest cache, enough to pay for the sums' way to memory.</summary>
    private const int Block = 64;

    private readonly LogisticDesign _design;
    private readonly double[] _labels;
    private readonly double[]? _weights;
    private readonly double[] _means;
    private readonly double[] _inverseUnits;
    private readonly double[] _levelUnits;
    private readonly double _l2;
    private readonly ChunkTeam _team;
    private readonly FixedChunks _chunks;
    private readonly int _width;
    private readonly Partial[] _partials;
    private readonly double[] _dense;
    private readonly double[] _levelBeta;
    private double[] _along = [];
    private double[] _levelAlong = [];
    private Sums _sums;

    public LogisticObjective(LogisticDesign design, double[] labels, double[]? weights, ColumnScales scales, double l2, ChunkTeam team)
    {
        _design = design;
        _labels = labels;
        _weights = weights;
        _means = scales.Means;
        _inverseUnits = [.. scales.Units.Select(unit => unit > 0 ? 1 / unit : 0)];
        _levelUnits = _inverseUnits[design.NumberCount..];
        _l2 = l2;
        _team = team;
        Size = design.Columns + 1;
        // Few chunks when the Hessian is large: all partial sums together stay within 2²¹ numbers, or eight Hessians.
        _chunks = FixedChunks.Of(design.Rows, most: Math.Clamp((1 << 21) / Math.Max(1, Size * Size), 8, 64));
        _partials = new Partial[_chunks.Count];
        // The intercept is the first number, constantly 1.
        _width = (design.NumberCount + 1 + 7) & ~7;
        _dense = new double[_width];
        _levelBeta = new double[design.LevelCount];
        Gradient = new double[Size];
    }

    /// <summary>Number of coefficients, the intercept included.</summary>
    public int Size { get; }

    /// <summary>The loss with the L2 penalty at the last point.</summary>
    public double Value { get; private set; }

    /// <summary>The loss alone at the last point.</summary>
    public double Loss { get; private set; }

    /// <summary>Least (2y − 1) z over the rows of positive weight at the last point: above 0 when every row lies on its side.</summary>
    public double SmallestMargin { get; private set; }

    /// <summary>Greatest |z| over the rows of positive weight at the last point.</summary>
    public double LargestLogOdds { get; private set; }

    /// <summary>Of <see cref="Value"/>.</summary>
    public double[] Gradient { get; }

    /// <summary>Of <see cref="Value"/>, shape (size × size), symmetric; valid after an evaluation with curvature.</summary>
    public double[] Hessian { get; private set; } = [];

    /// <summary>Whether a column bears a coefficient; counted with the intercept as 0.</summary>
    public bool IsFree(int coefficient) => coefficient == 0 || _inverseUnits[coefficient - 1] != 0;

    /// <summary>What a pass over the rows adds up.</summary>
    private enum Sums
    {
        Gradient,
        GradientAndHessian,
        Product,
    }

    public void Evaluate(double[] beta, bool curvature)
    {
        _sums = curvature ? Sums.GradientAndHessian : Sums.Gradient;
        Spread(beta, _dense, _levelBeta);
        _team.Run(this, _chunks.Count);
        Loss = 0;
        SmallestMargin = double.PositiveInfinity;
        LargestLogOdds = 0;
        Gradient.AsSpan().Clear();
        for (var chunk = 0; chunk < _chunks.Count; chunk++)
        {
            var partial = _partials[chunk];
            Loss += partial.Loss;
            SmallestMargin = Math.Min(SmallestMargin, partial.Margin);
            LargestLogOdds = Math.Max(LargestLogOdds, partial.LogOdds);
            AddSlopes(Gradient, partial);
        }

        Value = Loss;
        for (var j = 1; j < Size; j++)
        {
            Value += _l2 / 2 * beta[j] * beta[j];
            Gradient[j] = Unscaled(j, Gradient[j]) + (_l2 * beta[j]);
        }

        if (curvature)
            AddHessian();
    }

    /// <summary>The Hessian of the point last evaluated times a vector, in one pass over the rows and without making it; <see cref="Value"/> and <see cref="Gradient"/> stay.</summary>
    /// <param name="vector">As long as the coefficients.</param>
    /// <param name="product">OUT, as long.</param>
    public void Multiply(double[] vector, double[] product)
    {
        _sums = Sums.Product;
        if (_along.Length == 0)
            (_along, _levelAlong) = (new double[_width], new double[_design.LevelCount]);
        Spread(vector, _along, _levelAlong);
        _team.Run(this, _chunks.Count);
        product.AsSpan().Clear();
        for (var chunk = 0; chunk < _chunks.Count; chunk++)
            AddSlopes(product, _partials[chunk]);
        for (var j = 1; j < Size; j++)
            product[j] = Unscaled(j, product[j]) + (_l2 * vector[j]);
    }

    public void Run(int chunk)
    {
        var partial = _partials[chunk] ??= new Partial(_width, _design.LevelCount, Block);
        partial.Clear(_sums == Sums.GradientAndHessian, _width, _design.LevelCount);
        for (var start = _chunks.Start(chunk); start < _chunks.End(chunk); start += Block)
            Add(partial, start, Math.Min(Block, _chunks.End(chunk) - start));
    }

    /// <summary>Coefficients as rows meet them: the numbers with room to spare, the levels in units of their columns.</summary>
    private void Spread(double[] coefficients, double[] numbers, double[] levels)
    {
        coefficients.AsSpan(0, _design.NumberCount + 1).CopyTo(numbers);
        for (var level = 0; level < levels.Length; level++)
            levels[level] = coefficients[_design.NumberCount + 1 + level] * _levelUnits[level];
    }

    private void AddSlopes(double[] sum, Partial partial)
    {
        Distance.AddTo(sum.AsSpan(0, _design.NumberCount + 1), partial.NumberGradient.AsSpan(0, _design.NumberCount + 1));
        Distance.AddTo(sum.AsSpan(_design.NumberCount + 1), partial.LevelGradient);
    }

    /// <summary>A sum over rows in the unit of its coefficient; 0 for a column that bears none.</summary>
    private double Unscaled(int coefficient, double sum) =>
        !IsFree(coefficient) ? 0 : coefficient > _design.NumberCount ? sum * _levelUnits[coefficient - 1 - _design.NumberCount] : sum;

    private void Add(Partial partial, int start, int count)
    {
        var numbers = partial.Numbers;
        for (var i = 0; i < count; i++)
        {
            var own = numbers.AsSpan(i * _width, _width);
            Scale(start + i, own);
            var codes = _design.CodesOf(start + i);
            var logOdds = Along(own, codes, _dense, _levelBeta);
            var weight = _weights is null ? 1 : _weights[start + i];
            var label = _labels[start + i];
            var (probability, softplus) = Logistic.Both(logOdds);
            var bend = weight * probability * (1 - probability);
            var residual = _sums == Sums.Product ? bend * Along(own, codes, _along, _levelAlong) : weight * (probability - label);
            partial.Bends[i] = bend;
            if (weight > 0)
            {
                partial.Loss += weight * (softplus - (label * logOdds));
                partial.Margin = Math.Min(partial.Margin, ((2 * label) - 1) * logOdds);
                partial.LogOdds = Math.Max(partial.LogOdds, Math.Abs(logOdds));
            }

            Dot.AddScaled(partial.NumberGradient, own, residual);
            for (var category = 0; category < codes.Length; category++)
            {
                if (codes[category] >= 0)
                    partial.LevelGradient[_design.Starts[category] + codes[category]] += residual;
            }
        }

        if (_sums == Sums.GradientAndHessian)
            AddCurvature(partial, start, count);
    }

    private double Along(ReadOnlySpan<double> own, ReadOnlySpan<int> codes, double[] numbers, double[] levels)
    {
        var sum = Dot.Of(own, numbers);
        for (var category = 0; category < codes.Length; category++)
        {
            if (codes[category] >= 0)
                sum += levels[_design.Starts[category] + codes[category]];
        }

        return sum;
    }

    private void AddCurvature(Partial partial, int start, int count)
    {
        var numbers = partial.Numbers;
        for (var i = 0; i < count; i++)
        {
            var weighted = partial.Weighted.AsSpan(i * _width, _width);
            weighted.Clear();
            Dot.AddScaled(weighted, numbers.AsSpan(i * _width, _width), partial.Bends[i]);
        }

        WeightedProducts.AddLower(partial.Weighted, numbers, count, _width, partial.ByNumbers);
        var levels = _design.LevelCount;
        for (var i = 0; i < count; i++)
        {
            var codes = _design.CodesOf(start + i);
            var weighted = partial.Weighted.AsSpan(i * _width, _width);
            var bend = partial.Bends[i];
            for (var category = 0; category < codes.Length; category++)
            {
                if (codes[category] < 0)
                    continue;
                var level = _design.Starts[category] + codes[category];
                Distance.AddTo(partial.LevelsByNumbers.AsSpan(level * _width, _width), weighted);
                var line = partial.ByLevels.AsSpan(level * levels, levels);
                for (var other = 0; other <= category; other++)
                {
                    if (codes[other] >= 0)
                        line[_design.Starts[other] + codes[other]] += bend;
                }
            }
        }
    }

    private void Scale(int row, Span<double> own)
    {
        own[0] = 1;
        if (_design.Numbers is null)
            return;
        var values = _design.Numbers.Row(row);
        for (var column = 0; column < values.Length; column++)
            own[column + 1] = (values[column] - _means[column]) * _inverseUnits[column];
    }

    private void AddHessian()
    {
        if (Hessian.Length == 0)
            Hessian = new double[Size * Size];
        var first = _partials[0];
        for (var chunk = 1; chunk < _chunks.Count; chunk++)
        {
            Distance.AddTo(first.ByNumbers, _partials[chunk].ByNumbers);
            Distance.AddTo(first.LevelsByNumbers, _partials[chunk].LevelsByNumbers);
            Distance.AddTo(first.ByLevels, _partials[chunk].ByLevels);
        }

        var levels = _design.LevelCount;
        var numbers = _design.NumberCount + 1;
        for (var j = 0; j < numbers; j++)
            first.ByNumbers.AsSpan(j * _width, j + 1).CopyTo(Hessian.AsSpan(j * Size));
        for (var level = 0; level < levels; level++)
        {
            var line = Hessian.AsSpan((numbers + level) * Size, Size);
            var unit = _levelUnits[level];
            for (var k = 0; k < numbers; k++)
                line[k] = first.LevelsByNumbers[(level * _width) + k] * unit;
            for (var other = 0; other <= level; other++)
                line[numbers + other] = first.ByLevels[(level * levels) + other] * unit * _levelUnits[other];
        }

        for (var j = 0; j < Size; j++)
        {
            if (j > 0)
                Hessian[(j * Size) + j] += _l2;
            // A constant column bends nothing; a 1 on the diagonal keeps its coefficient at 0.
            if (!IsFree(j))
                Hessian[(j * Size) + j] = 1;
            for (var i = 0; i < j; i++)
                Hessian[(i * Size) + j] = Hessian[(j * Size) + i];
        }
    }

    /// <summary>The sums of one chunk and the room it works in.</summary>
    private sealed class Partial(int width, int levels, int block)
    {
        public double Loss { get; set; }

        public double Margin { get; set; }

        public double LogOdds { get; set; }

        public double[] NumberGradient { get; } = new double[width];

        public double[] LevelGradient { get; } = new double[levels];

        public double[] ByNumbers { get; private set; } = [];

        /// <summary>Shape (levels × width).</summary>
        public double[] LevelsByNumbers { get; private set; } = [];

        /// <summary>Shape (levels × levels), on and below the diagonal.</summary>
        public double[] ByLevels { get; private set; } = [];

        /// <summary>Shape (block × width); what lies beyond the numbers stays 0.</summary>
        public double[] Numbers { get; } = new double[block * width];

        public double[] Weighted { get; private set; } = [];

        public double[] Bends { get; } = new double[block];

        public void Clear(bool curvature, int width, int levels)
        {
            Loss = 0;
            Margin = double.PositiveInfinity;
            LogOdds = 0;
            NumberGradient.AsSpan().Clear();
            LevelGradient.AsSpan().Clear();
            if (!curvature)
                return;
            if (ByNumbers.Length == 0)
            {
                ByNumbers = new double[width * width];
                LevelsByNumbers = new double[levels * width];
                ByLevels = new double[levels * levels];
                Weighted = new double[Numbers.Length];
                return;
            }

            ByNumbers.AsSpan().Clear();
            LevelsByNumbers.AsSpan().Clear();
            ByLevels.AsSpan().Clear();
        }
    }
}
