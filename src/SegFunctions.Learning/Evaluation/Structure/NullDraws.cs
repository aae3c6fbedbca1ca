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
        if (ranks.PValue <= GiveUpAbove && drawn < _figures.Length)
        {
            _first = drawn;
            team.Run(this, _figures.Length - drawn);
            drawn = _figures.Length;
            ranks = new JointRanks(found, _figures);
        }

        var mean = 0.0;
        var squares = 0.0;
        for (var draw = 0; draw < drawn; draw++)
            mean += _figures[draw].Silhouette / drawn;
        for (var draw = 0; draw < drawn; draw++)
            squares += (_figures[draw].Silhouette - mean) * (_figures[draw].Silhouette - mean);
        return new NullComparison(_sampler.Shape, drawn, ranks.PValue, mean, Math.Sqrt(squares / (drawn - 1)), ranks.DipPValue);
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
