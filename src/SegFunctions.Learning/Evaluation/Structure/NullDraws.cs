using System.Collections.Concurrent;

namespace SegFunctions.Learning.Evaluation.Structure;

/// <summary>The draws from one null shape, a chunk each, every one from a stream of its own.</summary>
internal sealed class NullDraws : IChunkWork
{
    /// <summary>
    /// A null shape is estimated from the very table it is held against, which costs a share of the level that ranks do not see, and two looks are taken at the draws.
    /// So p-values are taken this much greater: a table must stand above all of 39 draws, or among the highest 2 of 100, to be called structured at 5 %.
    /// </summary>
    internal const double ForEstimation = 2;

    private readonly NullSampler _sampler;
    private readonly ConcurrentBag<StructureMeter> _meters;
    private readonly Matrix _table;
    private readonly int _maxClusters;
    private readonly StructureTestOptions _options;
    private readonly StructureFigures[] _figures;

    public NullDraws(NullSampler sampler, ConcurrentBag<StructureMeter> meters, Matrix table, int maxClusters, StructureTestOptions options)
    {
        _sampler = sampler;
        _meters = meters;
        _table = table;
        _maxClusters = maxClusters;
        _options = options;
        _figures = new StructureFigures[options.Draws];
    }

    public int Drawn { get; private set; }

    /// <summary>Draws until there are as many.</summary>
    public void DrawUpTo(int count, ChunkTeam team)
    {
        team.Run(this, count - Drawn);
        Drawn = count;
    }

    /// <summary>The table held against the draws so far.</summary>
    public NullComparison Compare(StructureFigures found)
    {
        var standing = new JointStanding(found, _figures.AsSpan(0, Drawn));
        var (mean, deviation) = Silhouettes();
        return new NullComparison(_sampler.Shape, Drawn, standing.Above, PValue(standing.Above, Drawn), mean, deviation, standing.DipPValue);
    }

    public static double PValue(int above, int drawn) => Math.Min(1, ForEstimation * (1 + above) / (1 + drawn));

    private (double Mean, double Deviation) Silhouettes()
    {
        var mean = 0.0;
        foreach (var figures in _figures.AsSpan(0, Drawn))
            mean += figures.Silhouette / Drawn;
        var squares = 0.0;
        foreach (var figures in _figures.AsSpan(0, Drawn))
            squares += (figures.Silhouette - mean) * (figures.Silhouette - mean);
        return (mean, Math.Sqrt(squares / (Drawn - 1)));
    }

    public void Run(int chunk)
    {
        var draw = Drawn + chunk;
        if (!_meters.TryTake(out var meter))
            meter = new StructureMeter(_table.Rows, _table.Columns, _maxClusters);
        var random = new Xoshiro256(_options.Seed, ((long)_sampler.Shape << 32) + draw + 1);
        _figures[draw] = meter.Of(_sampler.Draw(random), _options.Seed);
        _meters.Add(meter);
    }
}
