using System.Numerics.Tensors;

namespace SegFunctions.Learning.Evaluation.Structure;

/// <summary>
/// The log-concave density of greatest likelihood (Walther, "Detecting the presence of mixing with multiscale maximum likelihood", JASA 97,
/// 2002; Dümbgen &amp; Rufibach, Bernoulli 15, 2009): unimodal, with tails no heavier than exponential, and free of any bandwidth. Uniform, normal, skewed and
/// peaked columns are near their fit; two groups are not, since a valley cannot be log-concave.
/// </summary>
/// <remarks>
/// Its logarithm is piecewise linear with kinks at some of the values. They are found by an active set (Dümbgen, Hüsler &amp; Rufibach 2007): Newton for the
/// kinks at hand, a kink added where the likelihood would grow most, kinks dropped where the logarithm would cease to be concave.
/// </remarks>
internal sealed class LogConcaveDensity
{
    private const int MostPoints = 256;
    private const int MostKinks = 60;

    /// <summary>A kink that would add less than this to the mean log-likelihood per unit of slope is not worth having: the fit then is within about a thousandth of the greatest.</summary>
    private const double Tolerance = 1e-4;

    /// <summary>
    /// In standard errors of the mean. A kink in the middle of an even column gains by chance, per unit of slope, what E(t − x)⁺ errs by where location and slope are free:
    /// a deviation of √(1/192) / √n of the range, a quarter of that standard error. √2 times that is where a kink earns its place by Akaike's criterion (z² / 2 &gt; 1).
    /// </summary>
    private const double Doubt = 0.3535533905932738;

    private readonly double[] _at;
    private readonly double[] _logs;
    private readonly double[] _cumulative;

    private LogConcaveDensity(double[] at, double[] logs)
    {
        _at = at;
        _logs = logs;
        _cumulative = new double[at.Length];
        for (var i = 1; i < at.Length; i++)
            _cumulative[i] = _cumulative[i - 1] + ((at[i] - at[i - 1]) * Exponential.Mean(logs[i - 1], logs[i]));
    }

    /// <summary>Kinks, the ends included.</summary>
    public IReadOnlyList<double> Kinks => _at;

    /// <param name="sorted">Ascending, at least two different values.</param>
    public static LogConcaveDensity Fit(ReadOnlySpan<double> sorted) => Fit(sorted, noise: 0);

    /// <summary>
    /// The fit with no kink that the sample's noise may have made. The likelihood's own takes every kink, all of them concave, and so makes an even column a dome, of
    /// which draws are less spread to its ends than the column.
    /// </summary>
    /// <param name="sorted">Ascending, at least two different values.</param>
    public static LogConcaveDensity FitPlain(ReadOnlySpan<double> sorted)
    {
        var mean = TensorPrimitives.Average(sorted);
        var squares = 0.0;
        foreach (var value in sorted)
            squares += (value - mean) * (value - mean);
        return Fit(sorted, Math.Sqrt(squares) / sorted.Length);
    }

    /// <param name="sorted">Ascending, at least two different values.</param>
    /// <param name="noise">Standard error of the mean.</param>
    private static LogConcaveDensity Fit(ReadOnlySpan<double> sorted, double noise)
    {
        var (points, weights) = Condense(sorted);
        // In units of the range, so that tolerances mean the same for every column.
        var (origin, unit) = (points[0], points[^1] - points[0]);
        for (var i = 0; i < points.Length; i++)
            points[i] = (points[i] - origin) / unit;
        var (at, logs) = new LogConcaveFit(points, weights).Run(MostKinks, Math.Max(Tolerance, Doubt * noise / unit));
        for (var i = 0; i < at.Length; i++)
        {
            at[i] = origin + (unit * at[i]);
            logs[i] -= Math.Log(unit);
        }

        // Exactly: there and back costs the last digit, and the sample's own ends must lie inside.
        (at[0], at[^1]) = (sorted[0], sorted[^1]);
        return new LogConcaveDensity(at, logs);
    }

    public double LogDensity(double x)
    {
        if (x < _at[0] || x > _at[^1])
            return double.NegativeInfinity;
        var piece = Math.Max(1, Array.BinarySearch(_at, x) is var found && found >= 0 ? found : ~found);
        var share = (x - _at[piece - 1]) / (_at[piece] - _at[piece - 1]);
        return ((1 - share) * _logs[piece - 1]) + (share * _logs[piece]);
    }

    /// <summary>The x below which the share p of the mass lies.</summary>
    public double Quantile(double p)
    {
        var mass = p * _cumulative[^1];
        var piece = Array.BinarySearch(_cumulative, mass);
        piece = Math.Clamp(piece >= 0 ? piece : ~piece, 1, _at.Length - 1);
        var width = _at[piece] - _at[piece - 1];
        var share = Exponential.InverseMass(_logs[piece - 1], _logs[piece], (mass - _cumulative[piece - 1]) / width);
        return _at[piece - 1] + (width * Math.Clamp(share, 0, 1));
    }

    /// <summary>Distinct values and their shares; close ones are drawn together when there are very many.</summary>
    private static (double[] Points, double[] Weights) Condense(ReadOnlySpan<double> sorted)
    {
        var points = new List<double>();
        var weights = new List<double>();
        var width = (sorted[^1] - sorted[0]) / MostPoints;
        var distinct = 1;
        for (var i = 1; i < sorted.Length; i++)
            distinct += sorted[i] > sorted[i - 1] ? 1 : 0;
        if (distinct <= MostPoints)
            width = 0;
        var start = 0;
        while (start < sorted.Length)
        {
            var end = start + 1;
            var sum = sorted[start];
            // The ends stay where they are: they bound the density.
            while (end < sorted.Length && sorted[end] - sorted[start] <= (start == 0 || sorted[end] == sorted[^1] ? 0 : width))
                sum += sorted[end++];
            points.Add(sorted[start] == sorted[end - 1] ? sorted[start] : sum / (end - start));
            weights.Add((double)(end - start) / sorted.Length);
            start = end;
        }

        return ([.. points], [.. weights]);
    }
}
