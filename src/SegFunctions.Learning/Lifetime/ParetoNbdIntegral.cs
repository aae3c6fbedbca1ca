using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SegFunctions.Learning.Lifetime;

/// <summary>
/// The Pareto/NBD likelihood of one customer, split by whether the customer still buys. A customer who dropped out did so at some
/// moment τ between the last order and the end, so with c = r + x (Fader &amp; Hardie, "A note on deriving the Pareto/NBD model", 2005)
/// <code>L = Γ(c)/Γ(r) · α^−x · [ α^c β^s ((α + T)^−c (β + T)^−s + s ∫ (α + τ)^−c (β + τ)^−(s+1) dτ) ].</code>
/// The paper writes the integral as a difference of two hypergeometric functions. Here it is integrated as it stands: every term is
/// positive, so nothing cancels whatever the parameters, and its derivatives are weighted means over τ. In ln(min(α, β) + τ) the
/// integrand has no singularity nearer than π, and 32 Gauss–Legendre nodes leave no error above rounding; where it has fallen by
/// e⁻⁴⁰ the range is cut.
/// </summary>
internal readonly struct ParetoNbdIntegral(double r, double alpha, double s, double beta)
{
    private const double Negligible = 40;

    /// <summary>ln of what stands in the brackets, and the probability that the first of its two terms is the true one.</summary>
    public (double Log, double Alive) Of(PurchaseHistory history)
    {
        var range = new Range(this, history);
        var dead = Vector512<double>.Zero;
        for (var node = 0; node < range.Nodes; node += Vector512<double>.Count)
            dead += range.At(node).Term;
        var sum = range.Alive + Distance.Sum(dead);
        return (range.Reference + Math.Log(sum), range.Alive / sum);
    }

    /// <summary>ln of what stands in the brackets; adds weight × its derivatives.</summary>
    /// <param name="gradient">IN/OUT: by r, α, s, β.</param>
    /// <param name="hessian">IN/OUT: the ten of the upper half, by rows.</param>
    public double Add(PurchaseHistory history, double weight, Span<double> gradient, Span<double> hessian)
    {
        // Each term is the exponential of a log whose derivatives are simple: the gradient of the log of the sum is the mean of the
        // gradients, its Hessian the mean of the Hessians plus the covariance of the gradients. By α and β the powers in front are left out here.
        var power = r + history.Repeats;
        Span<double> sums = stackalloc double[15];
        var range = new Range(this, history);
        AddDead(in range, power, sums);
        var total = range.Alive + sums[14];
        var alive = range.Alive / total;
        Span<double> ended =
        [
            -GammaFunctions.LogOnePlus(history.Age / alpha),
            -power / (alpha + history.Age),
            -GammaFunctions.LogOnePlus(history.Age / beta),
            -s / (beta + history.Age),
        ];
        Span<double> mean = stackalloc double[4];
        for (var i = 0; i < 4; i++)
            mean[i] = (sums[i] / total) + (alive * ended[i]);
        var at = 0;
        for (var i = 0; i < 4; i++)
        {
            gradient[i] += weight * mean[i];
            for (var j = i; j < 4; j++, at++)
                hessian[at] += weight * ((sums[4 + at] / total) + (alive * ended[i] * ended[j]) - (mean[i] * mean[j]));
        }

        // The mean Hessian in terms of the same sums: ∂²/∂r∂α = −1/(α + τ) = (∂/∂α)/c, ∂²/∂α² = (∂/∂α)²/c, and so for s and β.
        hessian[1] += weight * mean[1] / power;
        hessian[4] += weight * ((sums[8] / total) + (alive * ended[1] * ended[1])) / power;
        hessian[7] -= weight * (1 - alive) / (s * s);
        hessian[8] += weight * ((sums[3] / total / (s + 1)) + (alive * ended[3] / s));
        hessian[9] += weight * ((sums[13] / total / (s + 1)) + (alive * ended[3] * ended[3] / s));
        return range.Reference + Math.Log(total);
    }

    /// <summary>Over the second term: Σ of the gradient (4), Σ of its products (10), Σ (1).</summary>
    private void AddDead(in Range range, double power, Span<double> sums)
    {
        var zero = Vector512<double>.Zero;
        var (m0, m1, m2, m3, all) = (zero, zero, zero, zero, zero);
        var (m00, m01, m02, m03, m11, m12, m13, m22, m23, m33) = (zero, zero, zero, zero, zero, zero, zero, zero, zero, zero);
        for (var node = 0; node < range.Nodes; node += Vector512<double>.Count)
        {
            var (term, logAlpha, inverseAlpha, logBeta, inverseBeta) = range.At(node);
            var g0 = -logAlpha;
            var g1 = inverseAlpha * -power;
            var g2 = Vector512.Create(1 / s) - logBeta;
            var g3 = inverseBeta * -(s + 1);
            all += term;
            var (t0, t1, t2, t3) = (term * g0, term * g1, term * g2, term * g3);
            m0 += t0;
            m1 += t1;
            m2 += t2;
            m3 += t3;
            m00 = Vector512.FusedMultiplyAdd(t0, g0, m00);
            m01 = Vector512.FusedMultiplyAdd(t0, g1, m01);
            m02 = Vector512.FusedMultiplyAdd(t0, g2, m02);
            m03 = Vector512.FusedMultiplyAdd(t0, g3, m03);
            m11 = Vector512.FusedMultiplyAdd(t1, g1, m11);
            m12 = Vector512.FusedMultiplyAdd(t1, g2, m12);
            m13 = Vector512.FusedMultiplyAdd(t1, g3, m13);
            m22 = Vector512.FusedMultiplyAdd(t2, g2, m22);
            m23 = Vector512.FusedMultiplyAdd(t2, g3, m23);
            m33 = Vector512.FusedMultiplyAdd(t3, g3, m33);
        }

        (sums[0], sums[1], sums[2], sums[3]) = (Distance.Sum(m0), Distance.Sum(m1), Distance.Sum(m2), Distance.Sum(m3));
        (sums[4], sums[5], sums[6], sums[7]) = (Distance.Sum(m00), Distance.Sum(m01), Distance.Sum(m02), Distance.Sum(m03));
        (sums[8], sums[9], sums[10]) = (Distance.Sum(m11), Distance.Sum(m12), Distance.Sum(m13));
        (sums[11], sums[12], sums[13], sums[14]) = (Distance.Sum(m22), Distance.Sum(m23), Distance.Sum(m33), Distance.Sum(all));
    }

    /// <summary>The moments τ at which the second term is weighed, eight at a time. Both terms are divided by e^Reference, the first term at T = t_x.</summary>
    private readonly struct Range
    {
        private readonly bool _alphaFirst;
        private readonly double _length;
        private readonly double _small;
        private readonly double _large;
        private readonly double _logSmall;
        private readonly double _logLarge;
        private readonly double _powerSmall;
        private readonly double _powerLarge;
        private readonly double _factor;
        private readonly double[] _nodes = GaussLegendre.ThirtyTwo.Nodes;
        private readonly double[] _weights = GaussLegendre.ThirtyTwo.Weights;

        public Range(in ParetoNbdIntegral model, PurchaseHistory history)
        {
            var (r, alpha, s, beta) = model.Parameters;
            var power = r + history.Repeats;
            var (startAlpha, startBeta) = (alpha + history.Recency, beta + history.Recency);
            var (logAlpha, logBeta) = (GammaFunctions.LogOnePlus(history.Recency / alpha), GammaFunctions.LogOnePlus(history.Recency / beta));
            Reference = -(power * logAlpha) - (s * logBeta);
            Alive = Math.Exp(-(power * Math.Log((alpha + history.Age) / startAlpha)) - (s * Math.Log((beta + history.Age) / startBeta)));

            // u = ln((m + τ)/(m + t_x)), m the smaller of α and β, M the other; dτ = (m + τ) du, and the second term has one power of
            // (β + τ) more than the first.
            _alphaFirst = alpha <= beta;
            (_small, _large) = _alphaFirst ? (startAlpha, startBeta) : (startBeta, startAlpha);
            (_logSmall, _logLarge) = _alphaFirst ? (logAlpha, logBeta) : (logBeta, logAlpha);
            (_powerSmall, _powerLarge) = _alphaFirst ? (power - 1, s + 1) : (s, power);
            _length = Math.Log((_small + (history.Age - history.Recency)) / _small);
            // At u = 0 it falls slowest.
            var fall = _powerSmall + (_powerLarge * _small / _large);
            if (fall * _length > Negligible)
                _length = Negligible / fall;
            _factor = s * _length * (_alphaFirst ? _small / _large : 1);
            Nodes = _length > 0 ? _nodes.Length : 0;
        }

        public double Alive { get; }

        public double Reference { get; }

        public int Nodes { get; }

        /// <summary>The weighed terms at eight moments, with ln((α + τ)/α) and 1/(α + τ), and so for β.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public (Vector512<double> Term, Vector512<double> LogAlpha, Vector512<double> InverseAlpha, Vector512<double> LogBeta, Vector512<double> InverseBeta) At(int node)
        {
            var u = Vector512.Create<double>(_nodes.AsSpan(node)) * _length;
            var small = Vector512.Exp(u) * _small;
            var large = small + Vector512.Create(_large - _small);
            var v = Vector512.Log(large * (1 / _large));
            var term = Vector512.Create<double>(_weights.AsSpan(node)) * _factor * Vector512.Exp(-((u * _powerSmall) + (v * _powerLarge)));
            var (logSmall, inverseSmall) = (u + Vector512.Create(_logSmall), Vector512<double>.One / small);
            var (logLarge, inverseLarge) = (v + Vector512.Create(_logLarge), Vector512<double>.One / large);
            return _alphaFirst ? (term, logSmall, inverseSmall, logLarge, inverseLarge) : (term, logLarge, inverseLarge, logSmall, inverseSmall);
        }
    }

    private (double R, double Alpha, double S, double Beta) Parameters => (r, alpha, s, beta);
}
