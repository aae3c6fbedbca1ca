using SegFunctions.Learning.Calibration;
using SegFunctions.Learning.Classification.Design;
using SegFunctions.Learning.Classification.Learners;
using SegFunctions.Learning.Classification.Selection;
using SegFunctions.Learning.Evaluation.Leakage;
using SegFunctions.Learning.Explanation;
using SegFunctions.Learning.Linear;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Classification;

/// <summary>What is known before anything is learned: the columns that may be used, and whether there is anything to learn.</summary>
internal sealed record Start(Table Table, UsedColumns Used, ClassificationFindings Findings, Bilingual? WhyNothing)
{
    public static Start Of(Table table, bool[] positive, ClassificationOptions options, CancellationToken cancellationToken)
    {
        var leaks = LeakageGuard.Find(table, positive, new LeakageOptions { AsOf = options.AsOf, Trusted = options.Trusted, Seed = options.Seed, Threads = options.Threads }, cancellationToken);
        var honest = table.Columns.Where(column => !leaks.Any(leak => leak.Column == column.Name)).ToList();
        var (used, leftOut) = honest.Count == 0 ? (UsedColumns.None, []) : UsedColumns.Of(new Table(honest), options.Kinds, options.Threads, cancellationToken);
        var findings = new ClassificationFindings
        {
            Learner = ChosenLearner.Prior,
            Published = false,
            Reason = new Bilingual("", ""),
            Rows = table.Rows,
            Positives = positive.Count(one => one),
            Method = new Bilingual("nothing was judged", "rien n'a été jugé"),
            LeftOut = leftOut,
            Leaks = leaks,
        };
        var kept = used.Names.Count == 0 ? table : TableRows.Select(table, used.Names);
        return new Start(kept, used, findings, TooFew(positive, options) ?? NoColumn(used));
    }

    public ClassificationResult PriorAlone(bool[] positive, Bilingual reason)
    {
        var prior = PriorScorer.Fit(positive);
        var model = new ClassificationModel(ChosenLearner.Prior, prior, UsedColumns.None, new LogOddsCalibration());
        return new ClassificationResult(model, Findings with { Reason = reason }, [.. Enumerable.Repeat(Logistic.Probability(prior.BaseLogOdds), positive.Length)]);
    }

    /// <summary>That a class has too few rows; null where both have enough.</summary>
    public static Bilingual? TooFew(bool[] positive, ClassificationOptions options)
    {
        var positives = positive.Count(one => one);
        var rarer = Math.Min(positives, positive.Length - positives);
        if (rarer >= options.FewestOfAClass)
            return null;
        var word = positives == rarer ? "positive" : "negative";
        var mot = positives == rarer ? "positive" : "négative";
        return new Bilingual(
            $"nothing can be learned: {rarer} {(rarer == 1 ? "row is" : "rows are")} {word}, {options.FewestOfAClass} are needed; everybody gets the share of positive rows",
            $"rien ne peut être appris : {rarer} {(rarer < 2 ? $"ligne est {mot}" : $"lignes sont {mot}s")}, il en faut {options.FewestOfAClass} ; chacun reçoit la part des lignes positives");
    }

    private static Bilingual? NoColumn(UsedColumns used) => used.Names.Count > 0
        ? null
        : new Bilingual(
            "nothing can be learned: no column tells rows apart; everybody gets the share of positive rows",
            "rien ne peut être appris : aucune colonne ne distingue les lignes ; chacun reçoit la part des lignes positives");
}
