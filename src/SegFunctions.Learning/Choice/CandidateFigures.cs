using SegFunctions.Learning.Evaluation;

namespace SegFunctions.Learning.Choice;

/// <summary>What the rule knows of a candidate. The figures after <see cref="Unfit"/> are taken only where that is null.</summary>
internal sealed record CandidateFigures
{
    public required CandidateFit Fit { get; init; }

    /// <summary>Place in the list, simplest first.</summary>
    public required int Order { get; init; }

    public required int Smallest { get; init; }

    public required double NoiseShare { get; init; }

    /// <summary>What rules it out without further questions; null for nothing.</summary>
    public CandidateVerdict? Unfit { get; init; }

    /// <summary>The earlier candidate with the same labels; null for none.</summary>
    public CandidateFigures? Twin { get; init; }

    /// <summary>The labels with every noise row in its nearest segment.</summary>
    public int[] Filled { get; init; } = [];

    /// <summary>For every segment the shallowest valley around it, in standard errors.</summary>
    public double[] Around { get; init; } = [];

    public double Support { get; init; }

    public double Crossing { get; init; }

    public double NoiseError { get; init; }

    public double Invented { get; init; }

    /// <summary>Mean Jaccard similarity of the segments under resampling; NaN when it was not a finalist.</summary>
    public double Stability { get; init; } = double.NaN;

    /// <summary>Support of the segments that come back; NaN as for <see cref="Stability"/>.</summary>
    public double StableSupport { get; init; } = double.NaN;

    public double Silhouette { get; init; } = double.NaN;

    public int Segments => Fit.Model.Clusters;

    public bool Judged => Unfit is null;

    public double Separation => Around.Length == 0 ? double.NaN : Around.Min();
}

/// <summary>Takes the figures of every candidate, several at a time.</summary>
internal sealed class CandidateJudge : IChunkWork
{
    /// <summary>The scale at which borders are counted.</summary>
    private const int CrossingScale = 2;

    private const int SilhouetteSample = 500;

    private readonly Matrix _rows;
    private readonly NeighbourGraph _graph;
    private readonly AutoClusteringOptions _options;
    private readonly CandidateFigures[] _figures;

    private CandidateJudge(Matrix rows, NeighbourGraph graph, AutoClusteringOptions options, CandidateFigures[] figures) =>
        (_rows, _graph, _options, _figures) = (rows, graph, options, figures);

    /// <param name="smallest">Rows a segment must hold, of the rows judged.</param>
    public static CandidateFigures[] Judge(Matrix rows, NeighbourGraph graph, List<CandidateFit> fits, int smallest, AutoClusteringOptions options, ChunkTeam team)
    {
        var figures = new CandidateFigures[fits.Count];
        var seen = new Dictionary<string, CandidateFigures>(StringComparer.Ordinal);
        for (var order = 0; order < figures.Length; order++)
        {
            figures[order] = Begin(fits[order], order, rows.Rows, smallest, options.MaxSegments);
            if (!figures[order].Judged)
                continue;
            var key = string.Join(',', fits[order].Model.Labels);
            if (seen.TryGetValue(key, out var twin))
                figures[order] = figures[order] with { Unfit = CandidateVerdict.SameSegments, Twin = twin };
            else
                seen.Add(key, figures[order]);
        }

        team.Run(new CandidateJudge(rows, graph, options, figures), figures.Length);
        return figures;
    }

    public void Run(int chunk)
    {
        var begun = _figures[chunk];
        if (!begun.Judged)
            return;
        int[] labels = [.. begun.Fit.Model.Labels];
        var filled = begun.NoiseShare > 0 ? FilledLabels.Of(_rows, _graph, labels) : labels;
        var around = Valleys.Around(_graph, filled, begun.Segments);
        var noise = NoiseEvidence.Of(_graph, labels, filled, begun.Segments);
        _figures[chunk] = begun with
        {
            Filled = filled,
            Around = around,
            Support = ChoiceRule.Support(around, noise),
            Crossing = Crossing(filled),
            NoiseError = noise.Error,
            Invented = noise.Invented,
            Silhouette = Silhouette.Sampled(_rows, labels, SilhouetteSample, _options.Seed, threads: 1)?.Value ?? double.NaN,
        };
    }

    private static CandidateFigures Begin(CandidateFit fit, int order, int rows, int smallest, int mostSegments)
    {
        var least = fit.Model.Sizes.Count == 0 ? 0 : fit.Model.Sizes.Min();
        var noise = 1 - (fit.Model.Sizes.Sum() / (double)rows);
        return new CandidateFigures
        {
            Fit = fit,
            Order = order,
            Smallest = least,
            NoiseShare = noise,
            Unfit = fit.Model.Clusters < 2 ? CandidateVerdict.NoSegments
                : fit.Model.Clusters > mostSegments ? CandidateVerdict.TooManySegments
                : least < smallest ? CandidateVerdict.SegmentTooSmall
                : noise > ChoiceRule.MostNoise ? CandidateVerdict.TooMuchNoise
                : null,
        };
    }

    /// <summary>Share of the pairs of near neighbours that lie in different segments.</summary>
    private double Crossing(int[] labels)
    {
        var count = _graph.Count(CrossingScale);
        var parted = 0;
        for (var row = 0; row < labels.Length; row++)
        {
            foreach (var neighbour in _graph.Neighbours(row)[..count])
                parted += labels[neighbour] == labels[row] ? 0 : 1;
        }

        return (double)parted / ((long)labels.Length * count);
    }
}
