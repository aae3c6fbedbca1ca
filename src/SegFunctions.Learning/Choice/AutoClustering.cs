using SegFunctions.Learning.Clustering;

namespace SegFunctions.Learning.Choice;

/// <summary>
/// Chooses a clustering: runs the algorithms of every family over their settings, compares all of them by the valleys in density that
/// their borders follow, and says which won, why each other lost and how sure that is — or that nothing is worth choosing.
/// </summary>
/// <remarks>
/// The rule stands in docs/clustering.md and in <see cref="ChoiceRule"/>. Columns weigh as their units say: prepare them first. The same
/// rows, options and seed give the same bytes on any number of threads, and in any order the same segments and figures: everything is
/// drawn, fitted and judged in the order of the rows' content. Cost O(s² · d) for s = <see cref="AutoClusteringOptions.ChoiceRows"/>
/// rows judged, times about a hundred candidates; larger tables are judged on a sample and the winner is extended to every row.
/// </remarks>
public static class AutoClustering
{
    private const double FitsDone = 0.8;

    private const double JudgingDone = 0.88;

    private const double ConfidenceDone = 0.96;

    /// <param name="rows">Shape (n × d), n ≥ 1, finite.</param>
    /// <param name="progress">Told before every step, on the calling thread.</param>
    /// <exception cref="ArgumentException">No rows, a value that is not finite (row and column named), or options out of range (all listed).</exception>
    /// <exception cref="OperationCanceledException">Cancelled between pieces of work.</exception>
    public static ChoiceResult Choose(Matrix rows, AutoClusteringOptions? options = null, IProgress<ClusteringProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        options ??= new AutoClusteringOptions();
        options.Validate(rows.Rows);
        rows.RequireRows(nameof(rows));
        rows.RequireFinite(nameof(rows));
        cancellationToken.ThrowIfCancellationRequested();

        var table = JudgedRows.Of(rows, options);
        var judged = table.Rows;
        var smallest = SmallestJudged(rows.Rows, judged.Rows, options);
        if (judged.Rows < 2 * Math.Max(2, smallest))
            return TooFew(rows.Rows, smallest);

        var fits = CandidateFits.Of(judged, table.Incumbent, options, (step, share) => Tell(step, share * FitsDone), cancellationToken);
        Tell("comparing the candidates", FitsDone);
        CandidateFigures[] figures;
        double dimension;
        using (var team = new ChunkTeam(options.Threads, cancellationToken))
        {
            var graph = NeighbourGraph.Of(judged, team);
            dimension = graph.Dimension;
            figures = CandidateJudge.Judge(judged, graph, fits, smallest, options, team);
        }

        Tell("testing the winner", JudgingDone);
        var outcome = new ChoiceDecision(table, figures, dimension, options, cancellationToken).Decide();
        Tell("extending the winner to every row", ConfidenceDone);
        var model = outcome.Winner is null ? null : ExtendedFit.Of(outcome.Winner.Fit, rows, table, options, cancellationToken);
        var result = ChoiceWording.Of(outcome, figures, smallest, options, rows.Rows, judged.Rows) with { Model = model };
        Tell("done", 1);
        return result;

        void Tell(string step, double share)
        {
            progress?.Report(new ClusteringProgress(step, share));
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>The least rows of a segment among those judged: its share of them, but never fewer than density can be told of.</summary>
    private static int SmallestJudged(int rows, int judged, AutoClusteringOptions options)
    {
        const int FewestOfSample = 10;
        var smallest = options.SmallestSize(rows);
        return rows == judged ? smallest : (int)Math.Max(FewestOfSample, Math.Ceiling((double)smallest * judged / rows));
    }

    private static ChoiceResult TooFew(int rows, int smallest) => new()
    {
        Model = null,
        Confidence = ChoiceConfidence.None,
        Candidates = [],
        Sentences = [ChoiceWording.TooFewRows(rows, smallest)],
        Structure = null,
        KeptAsBefore = false,
        Rows = rows,
        RowsJudged = rows,
    };
}
