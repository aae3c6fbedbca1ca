namespace SegFunctions.Learning.Lifetime;

/// <summary>
/// The log-likelihoods of three models in which orders come as a Poisson process whose rate is gamma(r, α) over customers: without
/// drop-out (NBD, Ehrenberg 1959), with drop-out after each repeat order with a probability that is beta(a, b) over customers
/// (BG/NBD: Fader, Hardie &amp; Lee, Marketing Science 24, 2005, eq. 6), and with drop-out after the first order too (MBG/NBD: Batislam,
/// Denizel &amp; Filiztekin, International Journal of Research in Marketing 24, 2007; Hoppe &amp; Wagner 2007). Exact gradient and
/// Hessian; a pass costs four transcendental functions a distinct history.
/// </summary>
/// <remarks>
/// With y the chances to drop out (x, or x + 1 when the first order is one too), for y &gt; 0
/// <code>L = B(a, b + y)/B(a, b) · Γ(r + x)/Γ(r) · α^r (α + T)^−(r+x) · (1 + a/(b + y − 1) · ((α + T)/(α + t_x))^(r+x)),</code>
/// and without the last factor for y = 0. Factors without parameters are left out, as in the papers.
/// </remarks>
internal sealed class BetaGeometricLikelihood : ILikelihood, IChunkWork
{
    private readonly GroupedHistories _histories;
    private readonly PurchaseModelKind _kind;
    private readonly ChunkTeam _team;
    private readonly RunChunks _chunks;
    private readonly TimingSums[] _sums;
    private double _r;
    private double _alpha;
    private double _a;
    private double _b;

    /// <param name="kind">Nbd (parameters r, α), BgNbd or MbgNbd (r, α, a, b).</param>
    public BetaGeometricLikelihood(GroupedHistories histories, PurchaseModelKind kind, ChunkTeam team)
    {
        _histories = histories;
        _kind = kind;
        _team = team;
        _chunks = new RunChunks(histories);
        _sums = new TimingSums[_chunks.Parts];
    }

    public int Size => _kind == PurchaseModelKind.Nbd ? 2 : 4;

    public double Customers => _histories.Customers;

    public double Evaluate(ReadOnlySpan<double> parameters, Span<double> gradient, Span<double> hessian)
    {
        (_r, _alpha) = (parameters[0], parameters[1]);
        if (Size == 4)
            (_a, _b) = (parameters[2], parameters[3]);
        _team.Run(this, _chunks.Batches);

        gradient.Clear();
        hessian.Clear();
        var value = 0.0;
        for (var part = 0; part < _chunks.Parts; part++)
            value += Add(_histories.Runs[_chunks.Part(part).Run].Repeats, in _sums[part], gradient, hessian);
        for (var i = 0; i < Size; i++)
        {
            for (var j = 0; j < i; j++)
                hessian[(i * Size) + j] = hessian[(j * Size) + i];
        }

        return value;
    }

    void IChunkWork.Run(int chunk)
    {
        var (start, end) = _chunks.Batch(chunk);
        for (var part = start; part < end; part++)
        {
            var (run, from, to) = _chunks.Part(part);
            var x = _histories.Runs[run].Repeats;
            var age = _histories.Age.AsSpan(from, to - from);
            var weight = _histories.Weight.AsSpan(from, to - from);
            _sums[part] = Chances(x) == 0
                ? TimingSums.WithoutDropout(age, weight, _alpha)
                : TimingSums.WithDropout(_histories.Recency.AsSpan(from, to - from), age, weight, _alpha, _r + x, Math.Log(_a) - Math.Log(_b + Chances(x) - 1));
        }
    }

    /// <summary>How often a customer of x repeat orders could have dropped out: y.</summary>
    private int Chances(int x) => _kind switch
    {
        PurchaseModelKind.BgNbd => x,
        PurchaseModelKind.MbgNbd => x + 1,
        _ => 0,
    };

    /// <summary>Adds what customers of one x contribute to the gradient and to the upper half of the Hessian; returns their log-likelihood.</summary>
    private double Add(int x, in TimingSums sums, Span<double> gradient, Span<double> hessian)
    {
        var n = sums.Customers;
        var power = _r + x;
        var orders = GammaFunctions.Rise(_r, x);
        // α^r (α + T)^−(r+x) = α^−x ((α + T)/α)^−(r+x): nothing cancels when r and α grow together.
        gradient[0] += (n * orders.Psi) - sums.LogAge + sums.WD;
        gradient[1] += (n * _r / _alpha) - (power * sums.InverseAge) + (power * sums.WE);
        hessian[0] += (n * orders.Trigamma) + sums.VDD;
        hessian[1] += (n / _alpha) - sums.InverseAge + sums.WE + (power * sums.VDE);
        hessian[Size + 1] += (-n * _r / (_alpha * _alpha)) + (power * sums.SquareAge) + (power * sums.WF) + (power * power * sums.VEE);
        var value = (n * (orders.Log - (x * Math.Log(_alpha)))) - (power * sums.LogAge) + sums.LogOdds;
        var y = Chances(x);
        return y == 0 ? value : value + AddDropout(y, power, in sums, gradient, hessian);
    }

    private double AddDropout(int y, double power, in TimingSums sums, Span<double> gradient, Span<double> hessian)
    {
        var n = sums.Customers;
        var stayed = GammaFunctions.Rise(_b, y);
        var all = GammaFunctions.Rise(_a + _b, y);
        var (byA, byB) = (1 / _a, -1 / (_b + y - 1));
        gradient[2] += (-n * all.Psi) + (byA * sums.W);
        gradient[3] += (n * (stayed.Psi - all.Psi)) + (byB * sums.W);
        hessian[2] += byA * sums.VD;
        hessian[3] += byB * sums.VD;
        hessian[6] += power * byA * sums.VE;
        hessian[7] += power * byB * sums.VE;
        hessian[10] += (-n * all.Trigamma) - (byA * byA * sums.W) + (byA * byA * sums.V);
        hessian[11] += (-n * all.Trigamma) + (byA * byB * sums.V);
        hessian[15] += (n * (stayed.Trigamma - all.Trigamma)) + (byB * byB * sums.W) + (byB * byB * sums.V);
        return n * (stayed.Log - all.Log);
    }
}
