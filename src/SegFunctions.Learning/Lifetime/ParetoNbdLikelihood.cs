namespace SegFunctions.Learning.Lifetime;

/// <summary>
/// The log-likelihood of the Pareto/NBD model (Schmittlein, Morrison &amp; Colombo, Management Science 33, 1987): Poisson orders of a
/// gamma(r, α) rate until a moment that is exponential with a gamma(s, β) rate. Parameters r, α, s, β; exact gradient and Hessian;
/// a pass costs 32 evaluations of the integrand of <see cref="ParetoNbdIntegral"/> a distinct history.
/// </summary>
internal sealed class ParetoNbdLikelihood : ILikelihood, IChunkWork
{
    // Value, gradient and the upper half of the Hessian of a batch.
    private const int Figures = 15;

    private readonly GroupedHistories _histories;
    private readonly ChunkTeam _team;
    private readonly RunChunks _chunks;
    private readonly double[] _sums;
    private double _r;
    private double _alpha;
    private ParetoNbdIntegral _integral;

    public ParetoNbdLikelihood(GroupedHistories histories, ChunkTeam team)
    {
        _histories = histories;
        _team = team;
        _chunks = new RunChunks(histories);
        _sums = new double[_chunks.Batches * Figures];
    }

    public int Size => 4;

    public double Customers => _histories.Customers;

    public double Evaluate(ReadOnlySpan<double> parameters, Span<double> gradient, Span<double> hessian)
    {
        (_r, _alpha) = (parameters[0], parameters[1]);
        var (s, beta) = (parameters[2], parameters[3]);
        _integral = new ParetoNbdIntegral(_r, _alpha, s, beta);
        _sums.AsSpan().Clear();
        _team.Run(this, _chunks.Batches);

        Span<double> sums = stackalloc double[Figures];
        sums.Clear();
        for (var batch = 0; batch < _chunks.Batches; batch++)
        {
            for (var figure = 0; figure < Figures; figure++)
                sums[figure] += _sums[(batch * Figures) + figure];
        }

        // By α and β the derivatives of α^r β^s, the same for every customer.
        var n = Customers;
        sums[2] += n * _r / _alpha;
        sums[4] += n * s / beta;
        sums[6] += n / _alpha;
        sums[9] -= n * _r / (_alpha * _alpha);
        sums[13] += n / beta;
        sums[14] -= n * s / (beta * beta);
        sums[1..5].CopyTo(gradient);
        var at = 5;
        for (var i = 0; i < 4; i++)
        {
            for (var j = i; j < 4; j++, at++)
                hessian[(i * 4) + j] = hessian[(j * 4) + i] = sums[at];
        }

        return sums[0];
    }

    void IChunkWork.Run(int chunk)
    {
        var sums = _sums.AsSpan(chunk * Figures, Figures);
        var (start, end) = _chunks.Batch(chunk);
        for (var part = start; part < end; part++)
        {
            var (run, from, to) = _chunks.Part(part);
            var x = _histories.Runs[run].Repeats;
            var customers = 0.0;
            for (var row = from; row < to; row++)
            {
                var weight = _histories.Weight[row];
                customers += weight;
                sums[0] += weight * _integral.Add(new PurchaseHistory(x, _histories.Recency[row], _histories.Age[row]), weight, sums[1..5], sums[5..]);
            }

            var orders = GammaFunctions.Rise(_r, x);
            sums[0] += customers * (orders.Log - (x * Math.Log(_alpha)));
            sums[1] += customers * orders.Psi;
            sums[5] += customers * orders.Trigamma;
        }
    }
}
