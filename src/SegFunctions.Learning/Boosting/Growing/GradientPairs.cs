using System.Runtime.InteropServices;
using SegFunctions.Learning.Boosting.Losses;

namespace SegFunctions.Learning.Boosting.Growing;

/// <summary>
/// Gradient and curvature of every row as whole numbers in one word: gradient · 2³² + curvature. Words add like the pairs they hold,
/// exactly and in any order, so a histogram needs one addition a value, siblings subtract without error, and threads cannot change a
/// bit. Units are powers of two, so small that the rows together fill 31 and 32 bits: far finer than the 2 to 5 bits that Shi et al.
/// ("Quantized training of gradient boosting decision trees", 2022) found to be enough.
/// </summary>
internal sealed class GradientPairs : IChunkWork
{
    private const int Piece = 512;

    private readonly LossFunction _loss;
    private readonly BorrowedNumbers _targets;
    private readonly double[]? _weights;
    private readonly ChunkTeam _team;
    private readonly FixedChunks _chunks;
    private readonly double[] _partialGradient;
    private readonly double[] _partialCurvature;
    private readonly double[] _partialSquare;
    private readonly long[] _partialSum;
    private double[] _margins = [];
    private int _output;
    private bool _counting;
    private double _gradientScale;
    private double _curvatureScale;

    /// <param name="weights">One a row; null for 1 each.</param>
    public GradientPairs(LossFunction loss, BorrowedNumbers targets, double[]? weights, ChunkTeam team)
    {
        _loss = loss;
        _targets = targets;
        _weights = weights;
        _team = team;
        _chunks = FixedChunks.Of(targets.Length);
        _partialGradient = new double[_chunks.Count];
        _partialCurvature = new double[_chunks.Count];
        _partialSquare = new double[_chunks.Count];
        _partialSum = new long[_chunks.Count];
        Words = new long[targets.Length];
    }

    /// <summary>One a row.</summary>
    public long[] Words { get; }

    /// <summary>The sum of all words.</summary>
    public long Sum { get; private set; }

    /// <summary>What a gradient of 1 in a word is worth.</summary>
    public double GradientUnit { get; private set; }

    /// <summary>What a curvature of 1 in a word is worth.</summary>
    public double CurvatureUnit { get; private set; }

    /// <summary>Σ w g² / Σ w h: how much more gradients scatter than their curvature says; about 1 for a calibrated logistic or Poisson model, the residual variance for squared error.</summary>
    public double Dispersion { get; private set; }

    public static long GradientOf(long word) => word >> 32;

    public static long CurvatureOf(long word) => word & 0xFFFF_FFFFL;

    /// <param name="margins">Rows × outputs.</param>
    public void Derive(double[] margins, int output)
    {
        _margins = margins;
        _output = output;
        _counting = false;
        _team.Run(this, _chunks.Count);
        var (gradient, curvature, square) = (0.0, 0.0, 0.0);
        for (var chunk = 0; chunk < _chunks.Count; chunk++)
        {
            gradient += _partialGradient[chunk];
            curvature += _partialCurvature[chunk];
            square += _partialSquare[chunk];
        }

        if (!double.IsFinite(gradient) || !double.IsFinite(curvature))
            throw new ArithmeticException("The gradients of the loss have grown beyond all numbers. Scale the target, or take a smaller LearningRate or MaxStep.");
        Dispersion = curvature > 0 ? square / curvature : 0;
        // Rounding moves a row by up to half a unit; room for that is kept.
        GradientUnit = Unit(gradient, int.MaxValue - (_targets.Length / 2.0) - 1);
        CurvatureUnit = Unit(curvature, uint.MaxValue - (_targets.Length / 2.0) - 1);
        (_gradientScale, _curvatureScale) = (1 / GradientUnit, 1 / CurvatureUnit);
        _counting = true;
        _team.Run(this, _chunks.Count);
        Sum = 0;
        foreach (var sum in _partialSum)
            Sum += sum;
    }

    public void Run(int chunk)
    {
        if (_counting)
            Count(chunk);
        else
            Derive(chunk);
    }

    /// <summary>The least power of two of which the sum is not more than <paramref name="most"/>.</summary>
    private static double Unit(double sum, double most) => sum > 0 ? Math.Max(Math.ScaleB(1, (int)Math.Ceiling(Math.Log2(sum / most))), 1e-300) : 1;

    /// <summary>Each row's derivatives as two floats where its word will be, and their sums.</summary>
    private void Derive(int chunk)
    {
        Span<double> gradients = stackalloc double[Piece];
        Span<double> curvatures = stackalloc double[Piece];
        var pairs = MemoryMarshal.Cast<long, float>(Words.AsSpan());
        var (gradient, curvature, square) = (0.0, 0.0, 0.0);
        var outputs = _loss.Outputs;
        for (var start = _chunks.Start(chunk); start < _chunks.End(chunk); start += Piece)
        {
            var count = Math.Min(Piece, _chunks.End(chunk) - start);
            _loss.Derive(_margins.AsSpan(start * outputs, count * outputs), _targets.Span.Slice(start, count), _output, gradients[..count], curvatures[..count]);
            for (var i = 0; i < count; i++)
            {
                var weight = _weights is null ? 1 : _weights[start + i];
                var (g, h) = ((float)(gradients[i] * weight), (float)(curvatures[i] * weight));
                pairs[2 * (start + i)] = g;
                pairs[(2 * (start + i)) + 1] = h;
                gradient += Math.Abs(g);
                curvature += h;
                // Of the unweighted gradients: a row of weight 2 scatters as two rows do.
                square += weight * gradients[i] * gradients[i];
            }
        }

        _partialGradient[chunk] = gradient;
        _partialCurvature[chunk] = curvature;
        _partialSquare[chunk] = square;
    }

    private void Count(int chunk)
    {
        var pairs = MemoryMarshal.Cast<long, float>(Words.AsSpan());
        var sum = 0L;
        for (var row = _chunks.Start(chunk); row < _chunks.End(chunk); row++)
        {
            var gradient = (long)Math.Round(pairs[2 * row] * _gradientScale);
            var curvature = (long)Math.Round(pairs[(2 * row) + 1] * _curvatureScale);
            var word = (gradient << 32) + curvature;
            Words[row] = word;
            sum += word;
        }

        _partialSum[chunk] = sum;
    }
}
