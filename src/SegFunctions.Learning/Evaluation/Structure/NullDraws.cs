using System.Collections.Concurrent;

namespace SegFunctions.Learning.Evaluation.Structure;

/// <summary>The draws from one null shape, a chunk each, every one from a stream of its own.</summary>
internal sealed class NullDraws : IChunkWork
{
    /// <summary>
    /// After this many draws a table that stands no better than one in five of them is given up: were its true p-value at the level of
    /// 5 %, that would happen once in some thirty times, and it only ever costs power.
    /// </summary>
    private const int FirstLook = 19;

    private const double GiveUpAbove = 0.2;

    /// <summary>
    /// A table whose silhouette or gap in density lies this many standard deviations above the mean of the first draws needs no more of them. Its p-value is then bounded by
    /// Cantelli's inequality (1910), which holds for every distribution: P(X ≥ mean + z · deviation) ≤ 1 / (1 + z²).
    /// </summary>
    private const double BeyondDoubt = 8;

    /// <summary>
    /// A null shape is estimated from the very table it is held against, which costs a share of the level that ranks do not see: on uniform tables of two
    /// columns, the worst of those tried, about a third. So p-values are taken this much greater.
    /// </summary>
    internal const double ForEstimation = 1.5;

    private readonly NullSampler _sampler;
    private readonly ConcurrentBag<StructureMeter> _meters;
    private readonly Matrix _table;
    private readonly int _maxClusters;
    private readonly StructureTestOptions _options;
    private readonly StructureFigures[] _figures;
    private int _first;

    public NullDraws(NullSampler sampler, ConcurrentBag<StructureMeter> meters, Matrix table, int maxClusters, StructureTestOptions options)
    {
        _sampler = sampler;
        _meters = meters;
        _table = table;
        _maxClusters = maxClusters;
        _options = options;
        _figures = new StructureFigures[options.Draws];
    }

    public NullComparison Compare(StructureFigures found, ChunkTeam team)
    {
        var drawn = Math.Min(FirstLook, _figures.Length);
        team.Run(this, drawn);
        var ranks = new JointRanks(found, _figures.AsSpan(0, drawn));
        var pValue = ranks.PValue;
        var apart = Math.Max(
            Math.Max(Deviations(found, drawn, figure => figure.Silhouette), Deviations(found, drawn, figure => figure.PlaneSilhouette)),
            Deviations(found, drawn, figure => figure.DensityGap));
        var bound = 1 / (1 + (apart * apart));
        if (apart >= BeyondDoubt && ForEstimation * bound <= _options.Level)
        {
            pValue = Math.Min(pValue, bound);
        }
        else if (pValue <= GiveUpAbove && drawn < _figures.Length)
        {
            _first = drawn;
            team.Run(this, _figures.Length - drawn);
            drawn = _figures.Length;
            ranks = new JointRanks(found, _figures);
            pValue = ranks.PValue;
        }

        var (mean, deviation) = Moments(drawn, figure => figure.Silhouette);
        return new NullComparison(_sampler.Shape, drawn, Math.Min(1, ForEstimation * pValue), mean, deviation, ranks.DipPValue);
    }

    /// <returns>0 where a draw has no figure to speak of (many columns leave no gap in density at all): moments of such mean nothing.</returns>
    private double Deviations(StructureFigures found, int drawn, Func<StructureFigures, double> figure)
    {
        for (var draw = 0; draw < drawn; draw++)
        {
            if (!(figure(_figures[draw]) > 0))
                return 0;
        }

        var (mean, deviation) = Moments(drawn, figure);
        return deviation > 0 ? (figure(found) - mean) / deviation : 0;
    }

    private (double Mean, double Deviation) Moments(int drawn, Func<StructureFigures, double> figure)
    {
        var mean = 0.0;
        for (var draw = 0; draw < drawn; draw++)
            mean += figure(_figures[draw]) / drawn;
        var squares = 0.0;
        for (var draw = 0; draw < drawn; draw++)
            squares += (figure(_figures[draw]) - mean) * (figure(_figures[draw]) - mean);
        return (mean, Math.Sqrt(squares / (drawn - 1)));
    }

    public void Run(int chunk)
    {
        var draw = _first + chunk;
        if (!_meters.TryTake(out var meter))
            meter = new StructureMeter(_table.Rows, _table.Columns, _maxClusters);
        var random = new Xoshiro256(_options.Seed, ((long)_sampler.Shape << 32) + draw + 1);
        _figures[draw] = meter.Of(_sampler.Draw(random), _options.Seed);
        _meters.Add(meter);
    }
}
