using SegFunctions.Learning.Classification.Design;
using SegFunctions.Learning.Classification.Learners;
using SegFunctions.Learning.Classification.Selection;
using SegFunctions.Learning.Explanation;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Classification;

/// <summary>
/// Learns a yes-or-no outcome from any table. Tried are the share of positive rows for everybody, logistic regressions of several
/// penalties, boosted trees of several shapes and lengths, and the weighted mean of the log-odds of both; preparation, settings,
/// weight and calibration are chosen on rows that were not learned from, by log-loss and for the simpler where they hardly differ.
/// </summary>
/// <remarks>
/// Each row is judged by models of the other folds; the figures of a fold come from a choice and a calibration that the other folds
/// made (Tibshirani &amp; Tibshirani 2009 on the bias otherwise). What was learned is used when the lower end of the interval of its gain in log-loss over the
/// share of positive rows is above 0; otherwise that share is, and the report says so. The same table, options and seed give the same
/// bytes on any number of threads.
/// </remarks>
public static class BinaryClassification
{
    /// <param name="table">Columns to predict by; the outcome itself is not among them; ids and sentences may be, and are left out. Not changed.</param>
    /// <param name="positive">One a row.</param>
    /// <exception cref="ArgumentException">No rows, another number of outcomes, options out of range (all listed), or a cell that cannot be used: place and cure named.</exception>
    public static ClassificationResult Fit(Table table, bool[] positive, ClassificationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(positive);
        options ??= new ClassificationOptions();
        options.Validate(table);
        Require(table, positive);
        var start = Start.Of(table, positive, options, cancellationToken);
        if (start.WhyNothing is { } reason)
            return start.PriorAlone(positive, reason);

        var rarer = Math.Min(start.Findings.Positives, table.Rows - start.Findings.Positives);
        var isHoldout = table.Rows >= options.HoldoutFromRows;
        var folds = Math.Min(options.Folds, rarer);
        var splits = isHoldout ? [JudgedSplit.Holdout(start.Table, positive, options.Seed)] : JudgedSplit.Folds(start.Table, positive, folds, options.Seed);
        var (judged, rows) = Judging.Run(splits, LearnerFamilies.For(table.Rows, options), start.Used, cancellationToken);
        var verdict = Verdict.Of(judged, options, cancellationToken);
        var findings = verdict.Complete(start.Findings with { Method = isHoldout ? Held(rows.Length, table.Rows) : Dealt(folds) }, options, cancellationToken);
        var scores = isHoldout ? null : InOrder(verdict.Probabilities, rows);
        return verdict.Finish(findings, start.Table, positive, positive, start.Used, scores, options, cancellationToken);
    }

    /// <summary>
    /// Learns from earlier rows; chooses and calibrates on later ones, which may have another share of positive rows. How good the model is
    /// shows on rows later still, which the caller keeps.
    /// </summary>
    /// <param name="earlier">Rows to learn from. Columns as in <see cref="Fit(Table, bool[], ClassificationOptions?, CancellationToken)"/>.</param>
    /// <param name="later">Rows with the same columns, by name; of more than 100,000, so many take part, drawn evenly.</param>
    /// <returns>The model, of the earlier rows; no scores.</returns>
    /// <exception cref="ArgumentException">As above, or the later rows lack a column.</exception>
    public static ClassificationResult Fit(
        Table earlier, bool[] earlierPositive, Table later, bool[] laterPositive, ClassificationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        ArgumentNullException.ThrowIfNull(earlierPositive);
        ArgumentNullException.ThrowIfNull(later);
        ArgumentNullException.ThrowIfNull(laterPositive);
        options ??= new ClassificationOptions();
        options.Validate(earlier);
        Require(earlier, earlierPositive);
        Require(later, laterPositive);
        var start = Start.Of(earlier, earlierPositive, options, cancellationToken);
        var whyNothing = start.WhyNothing ?? Start.TooFew(laterPositive, options);
        if (whyNothing is not null)
            return start.PriorAlone(laterPositive, whyNothing) with { Scores = null };

        var split = JudgedSplit.Later(start.Table, earlierPositive, TableRows.Select(later, start.Used.Names), laterPositive, options.Seed);
        var (judged, rows) = Judging.Run([split], LearnerFamilies.For(earlier.Rows, options), start.Used, cancellationToken);
        var verdict = Verdict.Of(judged, options, cancellationToken);
        var findings = verdict.Complete(start.Findings with { Method = Forward(earlier.Rows, rows.Length) }, options, cancellationToken);
        return verdict.Finish(findings, start.Table, earlierPositive, laterPositive, start.Used, scores: null, options with { ScoreEveryRow = false }, cancellationToken) with { Scores = null };
    }

    private static void Require(Table table, bool[] positive)
    {
        if (table.Rows == 0)
            throw new ArgumentException("The table has no rows; at least one is needed.", nameof(table));
        if (positive.Length != table.Rows)
            throw new ArgumentException($"There are {positive.Length} outcomes for {table.Rows} rows.", nameof(positive));
    }

    private static double[] InOrder(double[] probabilities, int[] rows)
    {
        var scores = new double[rows.Length];
        for (var i = 0; i < rows.Length; i++)
            scores[rows[i]] = probabilities[i];
        return scores;
    }

    private static Bilingual Dealt(int folds) => new(
        $"every row judged by what the other {folds - 1} of {folds} parts teach; choice and calibration made without its part",
        $"chaque ligne jugée par ce qu'enseignent les {folds - 1} autres des {folds} parts ; choix et calibrage faits sans sa part");

    private static Bilingual Held(int held, int rows) => new(
        $"{Wording.Number((double)held).En} of {Wording.Number((double)rows).En} rows held out and judged; choice and calibration of each half made on the other",
        $"{Wording.Number((double)held).Fr} des {Wording.Number((double)rows).Fr} lignes mises de côté et jugées ; choix et calibrage de chaque moitié faits sur l'autre");

    private static Bilingual Forward(int earlier, int later) => new(
        $"learned from {Wording.Number((double)earlier).En} earlier rows, judged on {Wording.Number((double)later).En} later ones; choice and calibration of each half made on the other",
        $"appris de {Wording.Number((double)earlier).Fr} lignes antérieures, jugé sur {Wording.Number((double)later).Fr} lignes ultérieures ; choix et calibrage de chaque moitié faits sur l'autre");
}
