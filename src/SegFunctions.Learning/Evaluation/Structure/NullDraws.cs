using System.Collections.Concurrent;

namespace SegFunctions.Learning.Evaluation.Structure;

/// <summary>The draws from one null shape, a chunk each, every one from a stream of its own.</summary>
internal sealed class NullDraws : IChunkWork
{
    /// <summary>
    /// A null shape is estimated from the very table it is held against, and errs. Of uniform and log-normal tables of 20 columns, the worst of those tried, twice as many
    /// stand among the highest 3 of 100 as should, as if figures spread a quarter wider than the draws say; here they are taken to spread √2 times as wide, as they
    /// would if the shape erred as much as the table. A table must then stand among the highest 2 of 200 to be called structured at 5 %.
    /// </summary>
    private const double Spread = 1.4142135623730951;

    /// <summary>
    /// A table this far beyond the draws (<see cref="JointStanding.Margin"/>) needs no more of them. Shapes being estimated, a margin of 1
    /// beyond 19 draws is reached by one uniform table of 20 columns in forty, one of 2 by none of 120.
    /// </summary>
    internal const double BeyondDoubt = 2;

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

    /// <summary>Whether the table lies so far beyond the draws so far that no more are needed.</summary>
    public bool IsRefuted(StructureFigures found) =>
        Drawn > 0 && new JointStanding(found, _figures.AsSpan(0, Drawn)).Margin >= BeyondDoubt && Compare(found).PValue <= _options.Level;

    /// <summary>The table held against the draws so far.</summary>
    public NullComparison Compare(StructureFigures found)
    {
        var standing = new JointStanding(found, _figures.AsSpan(0, Drawn));
        var (mean, deviation) = Silhouettes();
        var pValue = (1.0 + standing.Above) / (1 + Drawn);
        if (standing.Margin >= BeyondDoubt)
            pValue = Math.Min(pValue, StructureFigures.Count * Math.Pow(Drawn, -standing.Margin) / (1 + Drawn));
        return new NullComparison(_sampler.Shape, Drawn, standing.Above, Widened(pValue), mean, deviation, standing.DipPValue);
    }

    /// <summary>The most of all draws that may stand above a table called structured; −1 where there are too few for that.</summary>
    public static int MostAbove(StructureTestOptions options) => (int)Math.Floor((Narrowed(options.Level) * (1 + options.Draws)) + 1e-9) - 1;

    /// <summary>The fewest draws that can reach a level.</summary>
    public static int Fewest(double level) => (int)Math.Ceiling((1 / Narrowed(level)) - 1e-9) - 1;

    private static double Widened(double pValue) => pValue >= 1 ? 1 : NormalDistribution.Cumulative(NormalDistribution.Quantile(pValue) / Spread);

    private static double Narrowed(double level) => NormalDistribution.Cumulative(NormalDistribution.Quantile(level) * Spread);

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
