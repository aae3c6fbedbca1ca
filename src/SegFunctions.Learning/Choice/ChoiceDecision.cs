using SegFunctions.Learning.Evaluation;
using SegFunctions.Learning.Evaluation.Structure;

namespace SegFunctions.Learning.Choice;

/// <summary>From the figures of all candidates to the winner: finalists refitted, structure tested where valleys leave a doubt, the earlier segments heard.</summary>
/// <param name="dimension">Mean local dimension of the rows.</param>
internal sealed class ChoiceDecision(JudgedRows table, CandidateFigures[] figures, double dimension, AutoClusteringOptions options, CancellationToken cancellationToken)
{
    private const int StructureRows = 600;

    /// <summary>Writes into the figures of those it refits how stable they are.</summary>
    public ChoiceOutcome Decide()
    {
        var best = MostStable();
        if (best is null)
            return new ChoiceOutcome(null, ChoiceBasis.NoCandidate, ChoiceConfidence.None, null, false);
        var structure = ChoiceRule.IsSupported(best) && best.Separation >= ChoiceRule.ClearDepth ? null : StructureTest.Run(table.Rows, TestOptions(), cancellationToken);
        var outcome = WithoutPast(best, structure);
        if (table.Incumbent is not { } incumbent || incumbent.Heir(figures) is not { } heir || (outcome.Winner is { } winner && incumbent.IsCarriedOnBy(winner)))
            return outcome;
        heir = Refitted(heir);
        return ChoiceRule.IsKept(heir, outcome)
            ? Outcome(heir, ChoiceRule.IsSupported(heir) ? ChoiceBasis.Valleys : ChoiceBasis.LeastBad, structure) with { Kept = incumbent.Agreement(heir) }
            : outcome;
    }

    private ChoiceOutcome WithoutPast(CandidateFigures best, StructureTestResult? structure)
    {
        var basis = ChoiceRule.Basis(best, structure, dimension);
        if (basis == ChoiceBasis.NoStructure)
            return new ChoiceOutcome(null, basis, ChoiceConfidence.None, structure, false);
        return Outcome(basis == ChoiceBasis.Silhouette && ChoiceRule.MostCompact(figures) is { } compact ? Refitted(compact) : best, basis, structure);
    }

    private ChoiceOutcome Outcome(CandidateFigures winner, ChoiceBasis basis, StructureTestResult? structure)
    {
        var agreed = figures.Any(other => other.Judged && other.Fit.Clustering.Algorithm != winner.Fit.Clustering.Algorithm && AdjustedRandIndex.Of(other.Filled, winner.Filled) >= ChoiceRule.Agreement);
        return new ChoiceOutcome(winner, basis, ChoiceRule.Confidence(winner, basis, structure, agreed), structure, agreed);
    }

    private CandidateFigures? MostStable()
    {
        CandidateFigures? best = null;
        foreach (var equals in ChoiceRule.Finalists(figures))
        {
            foreach (var finalist in equals)
            {
                var refitted = Refitted(finalist);
                if (best is null || ChoiceRule.Beats(refitted, best))
                    best = refitted;
                if (!ChoiceRule.NeedsEquals(refitted))
                    break;
            }
        }

        return best;
    }

    private CandidateFigures Refitted(CandidateFigures one)
    {
        if (double.IsFinite(figures[one.Order].Stability))
            return figures[one.Order];
        var (segments, mean) = SegmentStability.Of(table.Rows, one.Fit, options, cancellationToken);
        figures[one.Order] = one with { Stability = mean, StableSupport = ChoiceRule.StableSupport(one, segments) };
        return figures[one.Order];
    }

    private StructureTestOptions TestOptions() => new() { SampleRows = StructureRows, Seed = options.Seed, Threads = options.Threads };
}
