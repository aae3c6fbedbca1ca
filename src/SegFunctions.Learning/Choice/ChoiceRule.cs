using SegFunctions.Learning.Evaluation.Structure;

namespace SegFunctions.Learning.Choice;

/// <summary>
/// The one rule by which candidates of all families are compared; docs/clustering.md says it in words. No data set, no algorithm
/// and no number of segments is favoured but by the order of simplicity among equals.
/// </summary>
internal static class ChoiceRule
{
    /// <summary>A border follows a valley when it is this many standard errors deep; single Gaussian, uniform and heavy-tailed clouds stay below.</summary>
    public const double ValleyDepth = 2.2;

    /// <summary>Borders this deep leave no doubt, and the test of structure need not be asked.</summary>
    public const double ClearDepth = 3;

    /// <summary>Valleys short of <see cref="ClearDepth"/> are not believed where the test of structure sees as much in this share of tables without any.</summary>
    public const double HopelessPValue = 0.2;

    /// <summary>A partition that places more rows than this nowhere does not describe the table.</summary>
    public const double MostNoise = 0.35;

    /// <summary>What calling every row of a segment noise without ground costs, in segments.</summary>
    private const double NoiseWeight = 0.5;

    /// <summary>Supports this close are equal: less than a third of a segment.</summary>
    public const double SameSupport = 0.3;

    /// <summary>Costs this close are equal, and the simpler candidate wins.</summary>
    public const double SameCost = 0.001;

    /// <summary>In more dimensions than this neighbours no longer show valleys that are there.</summary>
    public const double DimensionsSeen = 3;

    /// <summary>Partitions whose adjusted Rand index reaches this are the same but for their edges.</summary>
    public const double Agreement = 0.9;

    /// <summary>Today's segments carry the earlier ones on when their adjusted Rand index on the rows in common reaches this.</summary>
    public const double SameAsBefore = 0.8;

    /// <summary>What another choice must gain over the segments of before: one segment's border, one standard error deeper.</summary>
    private const double ClearlyMoreSupport = 1;

    /// <summary>Candidates that are refitted to see whether they are stable.</summary>
    private const int MostFinalists = 6;

    private const double LeastShareOfSupport = 0.4;

    /// <summary>Hennig's bounds (2007) of a segment that is dissolved, one that is doubtful and a highly stable one.</summary>
    private const double DissolvedStability = 0.5;
    private const double DoubtfulStability = 0.6;
    private const double ValidStability = 0.75;
    private const double HighStability = 0.85;

    /// <summary>Every segment counts 1 when a valley surrounds it, −1 when none does, and between within one standard error; rows wrongly called noise weigh as segments.</summary>
    public static double Support(ReadOnlySpan<double> around, NoiseEvidence noise)
    {
        var support = 0.0;
        foreach (var depth in around)
            support += Math.Clamp(depth - ValleyDepth, -1, 1);
        return support - (NoiseWeight * around.Length * noise.Invented);
    }

    /// <summary>What breaks ties of support: rows near a border and rows misjudged as noise or not.</summary>
    public static double Cost(CandidateFigures figures) => figures.Crossing + figures.NoiseError;

    /// <summary>
    /// Who goes on to be refitted: for every number of segments the best candidate, as long as its support is two fifths of the greatest
    /// or equal to it; at most <see cref="MostFinalists"/>. Behind each come two of its equals, should it not come back.
    /// </summary>
    public static List<CandidateFigures[]> Finalists(IEnumerable<CandidateFigures> candidates)
    {
        var judged = candidates.Where(one => one.Judged).ToList();
        if (judged.Count == 0)
            return [];
        var most = judged.Max(one => one.Support);
        var finalists = judged
            .GroupBy(one => one.Segments)
            .Select(BestOfCount)
            .Where(ones => ones[0].Support >= Math.Min(LeastShareOfSupport * most, most - SameSupport))
            .OrderByDescending(ones => ones[0].Support)
            .ThenBy(ones => ones[0].Order)
            .Take(MostFinalists);
        return [.. finalists];
    }

    /// <summary>Every segment's count, less where it does not come back when half of the rows are left out: all from 0.75, nothing up to 0.5 (Hennig 2007).</summary>
    public static double StableSupport(CandidateFigures figures, double[] stability)
    {
        var support = 0.0;
        for (var segment = 0; segment < figures.Around.Length; segment++)
        {
            var count = Math.Clamp(figures.Around[segment] - ValleyDepth, -1, 1);
            var kept = Math.Clamp((stability[segment] - DissolvedStability) / (ValidStability - DissolvedStability), 0, 1);
            support += count > 0 ? count * kept : count;
        }

        return support - (NoiseWeight * figures.Around.Length * figures.Invented);
    }

    /// <summary>A finalist that comes back beats one that is not to be trusted, however many segments that one has; then the greater support of what comes back.</summary>
    public static bool Beats(CandidateFigures one, CandidateFigures other)
    {
        var (stable, otherStable) = (IsStable(one), IsStable(other));
        return stable != otherStable ? stable : one.StableSupport > other.StableSupport;
    }

    /// <summary>More segments come back with a valley around them than not.</summary>
    public static bool IsSupported(CandidateFigures refitted) => refitted.StableSupport > 0;

    /// <summary>On what grounds the best finalist, or another, stands.</summary>
    /// <param name="structure">Null when the borders leave no doubt.</param>
    public static ChoiceBasis Basis(CandidateFigures best, StructureTestResult? structure, double dimension) =>
        IsSupported(best) && structure is not { PValue: > HopelessPValue } ? ChoiceBasis.Valleys
        : structure is not { Structured: true } ? ChoiceBasis.NoStructure
        : dimension > DimensionsSeen ? ChoiceBasis.Silhouette
        : ChoiceBasis.LeastBad;

    /// <summary>
    /// Whether the segments of before stay. Today's rows refute them where they dissolve when rows are left out, or where what has no groups
    /// looks as grouped. Else another choice needs to be sure and better by more than chance moves a border.
    /// </summary>
    /// <param name="heir">Who carries them on, refitted.</param>
    /// <param name="today">What comes out without a past.</param>
    public static bool IsKept(CandidateFigures heir, ChoiceOutcome today)
    {
        if (!(heir.Stability >= DissolvedStability) || today.Structure is { PValue: > HopelessPValue })
            return false;
        return today.Confidence <= ChoiceConfidence.Weak || heir.StableSupport > today.Winner!.StableSupport - ClearlyMoreSupport;
    }

    private static bool IsStable(CandidateFigures finalist) => IsSupported(finalist) && finalist.Stability >= DoubtfulStability;

    /// <summary>A setting on the edge of those that find the same segments loses them when rows are left out; then the middle and the other end of its equals are asked.</summary>
    public static bool NeedsEquals(CandidateFigures refitted) => refitted.StableSupport < refitted.Support - SameSupport;

    /// <summary>Of the candidates best supported the one of least cost, the simplest among equals; then the equal in the middle, and the last.</summary>
    private static CandidateFigures[] BestOfCount(IEnumerable<CandidateFigures> candidates)
    {
        var judged = candidates.ToList();
        var most = judged.Max(one => one.Support);
        var best = judged.Where(one => one.Support >= most - SameSupport).ToList();
        var least = best.Min(Cost);
        var equals = best.Where(one => Cost(one) <= least + SameCost).ToList();
        return [.. ((int[])[0, equals.Count / 2, equals.Count - 1]).Distinct().Select(place => equals[place])];
    }

    /// <summary>Where valleys cannot be seen: the candidate of the greatest silhouette among those without noise.</summary>
    public static CandidateFigures? MostCompact(IEnumerable<CandidateFigures> candidates) =>
        candidates.Where(one => one.Judged && one.NoiseShare == 0 && double.IsFinite(one.Silhouette)).MaxBy(one => one.Silhouette);

    /// <summary>How far a winner is to be trusted.</summary>
    public static ChoiceConfidence Confidence(CandidateFigures winner, ChoiceBasis basis, StructureTestResult? structure, bool agreed)
    {
        if (basis != ChoiceBasis.Valleys || structure is { Structured: false } || !(winner.Stability >= DoubtfulStability) || winner.Separation < ValleyDepth)
            return ChoiceConfidence.Weak;
        return winner.Separation >= ClearDepth && winner.Stability >= HighStability && agreed ? ChoiceConfidence.Strong : ChoiceConfidence.Moderate;
    }
}
