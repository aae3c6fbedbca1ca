using System.Runtime.Intrinsics;

namespace SegFunctions.Learning.Lifetime;

/// <summary>
/// The log-likelihood of the Gamma-Gamma model of spend (Fader &amp; Hardie, "The Gamma-Gamma model of monetary value", 2013, eq. 1a):
/// an order's amount is gamma(p, ν), ν is gamma(q, γ) over customers. For a customer whose x orders have a mean of m
/// <code>ln L = ln Γ(px + q) − ln Γ(px) − ln Γ(q) + q ln γ + (px − 1) ln m + px ln x − (px + q) ln(γ + mx).</code>
/// Parameters p, q, γ; exact gradient and Hessian; a pass costs a logarithm and a division a customer.
/// </summary>
internal sealed class GammaGammaLikelihood : ILikelihood, IChunkWork
{
    private readonly GroupedSpend _spend;
    private readonly ChunkTeam _team;
    private readonly FixedChunks _chunks;
    private readonly (double Log, double Inverse, double Square)[] _sums;
    private double _p;
    private double _q;
    private double _gamma;

    public GammaGammaLikelihood(GroupedSpend spend, ChunkTeam team)
    {
        _spend = spend;
        _team = team;
        _chunks = new FixedChunks(spend.Parts.Length, 4);
        _sums = new (double, double, double)[spend.Parts.Length];
    }

    public int Size => 3;

    public double Customers => _spend.Customers;

    public double Evaluate(ReadOnlySpan<double> parameters, Span<double> gradient, Span<double> hessian)
    {
        (_p, _q, _gamma) = (parameters[0], parameters[1], parameters[2]);
        _team.Run(this, _chunks.Count);
        gradient.Clear();
        hessian.Clear();
        var n = Customers;
        var all = GammaFunctions.At(_q);
        var logGamma = Math.Log(_gamma);
        var value = n * ((_q * logGamma) - all.Log);
        gradient[1] = n * (logGamma - all.Psi);
        gradient[2] = n * _q / _gamma;
        hessian[4] = -n * all.Trigamma;
        hessian[5] = n / _gamma;
        hessian[8] = -n * _q / (_gamma * _gamma);
        for (var part = 0; part < _sums.Length; part++)
            value += Add(_spend.Parts[part], _sums[part], gradient, hessian);
        (hessian[3], hessian[6], hessian[7]) = (hessian[1], hessian[2], hessian[5]);
        return value;
    }

    void IChunkWork.Run(int chunk)
    {
        for (var part = _chunks.Start(chunk); part < _chunks.End(chunk); part++)
        {
            var totals = _spend.Totals.AsSpan(_spend.Parts[part].Start, _spend.Parts[part].Customers);
            var gammas = Vector512.Create(_gamma);
            var (log, inverse, square) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
            var row = 0;
            for (; row <= totals.Length - Vector512<double>.Count; row += Vector512<double>.Count)
            {
                var sum = Vector512.Create<double>(totals[row..]) + gammas;
                var one = Vector512<double>.One / sum;
                log += Vector512.Log(sum);
                inverse += one;
                square = Vector512.FusedMultiplyAdd(one, one, square);
            }

            var found = (Log: Distance.Sum(log), Inverse: Distance.Sum(inverse), Square: Distance.Sum(square));
            for (; row < totals.Length; row++)
            {
                var sum = totals[row] + _gamma;
                found.Log += Math.Log(sum);
                found.Inverse += 1 / sum;
                found.Square += 1 / (sum * sum);
            }

            _sums[part] = found;
        }
    }

    private double Add(SpendPart part, (double Log, double Inverse, double Square) sums, Span<double> gradient, Span<double> hessian)
    {
        double n = part.Customers;
        double x = part.Repeats;
        var shape = _p * x;
        var all = shape + _q;
        var own = GammaFunctions.At(shape);
        var rise = GammaFunctions.Rise(shape, _q);
        var psi = own.Psi + rise.Psi;
        var trigamma = own.Trigamma + rise.Trigamma;
        // Σ (px − 1) ln m + px ln x, with ln(mx) summed once before.
        var logTotal = part.LogTotal;
        gradient[0] += x * ((n * rise.Psi) + logTotal - sums.Log);
        gradient[1] += (n * psi) - sums.Log;
        gradient[2] -= all * sums.Inverse;
        hessian[0] += n * x * x * rise.Trigamma;
        hessian[1] += n * x * trigamma;
        hessian[2] -= x * sums.Inverse;
        hessian[4] += n * trigamma;
        hessian[5] -= sums.Inverse;
        hessian[8] += all * sums.Square;
        return (n * rise.Log) + (shape * logTotal) - (logTotal - (n * Math.Log(x))) - (all * sums.Log);
    }
}
