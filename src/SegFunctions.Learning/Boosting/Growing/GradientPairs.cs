using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
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
    private const int Lanes = 8;

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

    /// <summary>The derivatives of the rows as floats where their words will be, those of a piece as all its gradients and then all its curvatures, and their sums.</summary>
    private void Derive(int chunk)
    {
        Span<double> gradients = stackalloc double[Piece];
        Span<double> curvatures = stackalloc double[Piece];
        Span<double> weights = stackalloc double[Piece];
        weights.Fill(1);
        var (gradient, curvature, square) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
        var outputs = _loss.Outputs;
        for (var start = _chunks.Start(chunk); start < _chunks.End(chunk); start += Piece)
        {
            var count = Math.Min(Piece, _chunks.End(chunk) - start);
            _loss.Derive(_margins.AsSpan(start * outputs, count * outputs), _targets.Span.Slice(start, count), _output, gradients[..count], curvatures[..count]);
            _weights?.AsSpan(start, count).CopyTo(weights);
            // Rows that fill up the last vector weigh nothing.
            var full = (count + Lanes - 1) & -Lanes;
            gradients[count..full].Clear();
            curvatures[count..full].Clear();
            var floats = MemoryMarshal.Cast<long, float>(Words.AsSpan(start, count));
            for (var i = 0; i < full; i += Lanes)
            {
                var weight = Vector512.Create<double>(weights.Slice(i, Lanes));
                var (g, h) = (Vector512.Create<double>(gradients.Slice(i, Lanes)), Vector512.Create<double>(curvatures.Slice(i, Lanes)));
                // Of the unweighted gradients: a row of weight 2 scatters as two rows do.
                square += weight * g * g;
                var (narrowG, narrowH) = (Vector512.Narrow(g * weight, default).GetLower(), Vector512.Narrow(h * weight, default).GetLower());
                gradient += Vector512.Abs(Vector512.WidenLower(narrowG.ToVector512()));
                curvature += Vector512.WidenLower(narrowH.ToVector512());
                if (i + Lanes <= count)
                {
                    narrowG.CopyTo(floats[i..]);
                    narrowH.CopyTo(floats[(count + i)..]);
                    continue;
                }

                for (var row = i; row < count; row++)
                    (floats[row], floats[count + row]) = (narrowG[row - i], narrowH[row - i]);
            }
        }

        _partialGradient[chunk] = Vector512.Sum(gradient);
        _partialCurvature[chunk] = Vector512.Sum(curvature);
        _partialSquare[chunk] = Vector512.Sum(square);
    }

    private void Count(int chunk)
    {
        Span<float> floats = stackalloc float[2 * Piece];
        var (gradientScale, curvatureScale) = (Vector512.Create(_gradientScale), Vector512.Create(_curvatureScale));
        var sum = 0L;
        for (var start = _chunks.Start(chunk); start < _chunks.End(chunk); start += Piece)
        {
            var words = Words.AsSpan(start, Math.Min(Piece, _chunks.End(chunk) - start));
            MemoryMarshal.Cast<long, float>(words).CopyTo(floats);
            var gradients = floats[..words.Length];
            var curvatures = floats.Slice(words.Length, words.Length);
            var i = 0;
            var sums = Vector512<long>.Zero;
            for (; i <= words.Length - Lanes; i += Lanes)
            {
                var gradient = Whole(gradients.Slice(i, Lanes), gradientScale);
                var word = (gradient << 32) + Whole(curvatures.Slice(i, Lanes), curvatureScale);
                word.CopyTo(words[i..]);
                sums += word;
            }

            sum += Vector512.Sum(sums);
            for (; i < words.Length; i++)
            {
                words[i] = ((long)Math.Round(gradients[i] * _gradientScale) << 32) + (long)Math.Round(curvatures[i] * _curvatureScale);
                sum += words[i];
            }
        }

        _partialSum[chunk] = sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> Whole(ReadOnlySpan<float> values, Vector512<double> scale) =>
        Vector512.ConvertToInt64Native(Vector512.Round(Vector512.WidenLower(Vector256.Create(values).ToVector512()) * scale));
}
