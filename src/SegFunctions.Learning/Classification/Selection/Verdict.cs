using SegFunctions.Learning.Calibration;
using SegFunctions.Learning.Classification.Design;
using SegFunctions.Learning.Classification.Learners;
using SegFunctions.Learning.Evaluation;
using SegFunctions.Learning.Evaluation.Publication;
using SegFunctions.Learning.Explanation;
using SegFunctions.Learning.Linear;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Classification.Selection;

/// <summary>What the judged rows decide: the learner, its calibration, and whether it is used.</summary>
/// <param name="Calibration">Made on all judged rows.</param>
/// <param name="Probabilities">Of the judged rows, each by a choice and a calibration that its part had no say in.</param>
/// <param name="Publication">Against the share of positive rows.</param>
internal sealed record Verdict(JudgedRows Judged, ChosenLearner Chosen, ChosenCalibration Calibration, double[] Probabilities, PublicationVerdict Publication)
{
    private const int FoldsOfScores = 3;

    private static readonly Bilingual Model = new("the learned model", "le modèle appris");
    private static readonly Bilingual Share = new("the share of positive rows for everybody", "la part des lignes positives pour tous");

    public bool Published => !Chosen.IsPrior && Publication.Published;

    public static Verdict Of(JudgedRows judged, ClassificationOptions options, CancellationToken cancellationToken)
    {
        var probabilities = new double[judged.Rows];
        foreach (var part in judged.Parts.Distinct().Order())
        {
            int[] others = [.. Enumerable.Range(0, judged.Rows).Where(row => judged.Parts[row] != part)];
            var choice = LearnerChoice.Choose(judged, others);
            var odds = choice.LogOdds(judged);
            var map = Calibrate(choice, odds, judged.Positive, others, options.Seed).Calibration;
            for (var row = 0; row < probabilities.Length; row++)
            {
                if (judged.Parts[row] == part)
                    probabilities[row] = map.Apply(odds[row]);
            }
        }

        int[] all = [.. Enumerable.Range(0, judged.Rows)];
        var final = LearnerChoice.Choose(judged, all);
        var publication = PublicationRule.Decide(
            new ScoredModel(Model, probabilities), [new ScoredModel(Share, PriorOf(judged))], judged.Positive, options.Seed, options.Level, cancellationToken);
        return new Verdict(judged, final, Calibrate(final, final.LogOdds(judged), judged.Positive, all, options.Seed), probabilities, publication);
    }

    /// <summary>The findings with candidates, figures and decision.</summary>
    public ClassificationFindings Complete(ClassificationFindings findings, ClassificationOptions options, CancellationToken cancellationToken)
    {
        var terms = new ClassificationReportOptions { Profit = options.Profit, Level = options.Level, Seed = options.Seed, Threads = options.Threads };
        return findings with
        {
            Learner = Published ? Chosen.Name(Judged.Families) : ChosenLearner.Prior,
            Published = Published,
            Reason = Chosen.IsPrior ? NothingBetter : Publication.Reason,
            Candidates = CandidateTable.Of(Judged, Chosen),
            Figures = ClassificationReport.Of(Probabilities, Judged.Positive, default, terms, cancellationToken),
            Baseline = ClassificationReport.Of(PriorOf(Judged), Judged.Positive, default, terms with { Resamples = 0 }, cancellationToken),
            Gain = Publication.Gain,
            Calibration = Published ? Calibration : null,
        };
    }

    /// <summary>Fits what was chosen on all rows of the table.</summary>
    /// <param name="share">Rows whose share of positive ones is the prior.</param>
    /// <param name="scores">Of the rows, where every one was judged.</param>
    public ClassificationResult Finish(ClassificationFindings findings, Table table, bool[] positive, bool[] share, UsedColumns used, double[]? scores, ClassificationOptions options, CancellationToken cancellationToken)
    {
        if (!Published)
        {
            var prior = PriorScorer.Fit(share);
            double[] shares = [.. Enumerable.Repeat(Logistic.Probability(prior.BaseLogOdds), positive.Length)];
            return new ClassificationResult(new ClassificationModel(ChosenLearner.Prior, prior, UsedColumns.None, new LogOddsCalibration()), findings, shares);
        }

        var model = new ClassificationModel(findings.Learner, Fit(table, positive, used, cancellationToken), used, Calibration.Calibration);
        if (scores is null && options.ScoreEveryRow)
            scores = ScoreEveryRow(table, positive, used, options, cancellationToken);
        return new ClassificationResult(model, findings with { Drivers = Drivers.Of(model, table, options, cancellationToken) }, scores);
    }

    private double[] ScoreEveryRow(Table table, bool[] positive, UsedColumns used, ClassificationOptions options, CancellationToken cancellationToken)
    {
        var scores = new double[table.Rows];
        foreach (var split in JudgedSplit.Folds(table, positive, FoldsOfScores, options.Seed))
        {
            var odds = Fit(split.Train, split.TrainPositive, used, cancellationToken).LogOdds(split.Held, options.Threads, cancellationToken);
            for (var row = 0; row < odds.Length; row++)
                scores[split.Rows[row]] = Calibration.Calibration.Apply(odds[row]);
        }

        return scores;
    }

    private Scorer Fit(Table table, bool[] positive, UsedColumns used, CancellationToken cancellationToken)
    {
        if (!Chosen.IsBlend)
            return Fit(Chosen.Family);
        return new BlendScorer(Fit(0), Fit(1), Chosen.SecondShare);

        Scorer Fit(int family) => Judged.Families[family].Fit(table, positive, used, Chosen.Settings[family], cancellationToken);
    }

    /// <summary>One share for all: what folds differ by is no knowledge of rows.</summary>
    private static double[] PriorOf(JudgedRows judged) => [.. Enumerable.Repeat(judged.Prior.Average(Logistic.Probability), judged.Rows)];

    private static ChosenCalibration Calibrate(ChosenLearner choice, double[] odds, bool[] positive, int[] rows, long seed) => choice.IsPrior
        ? new ChosenCalibration(CalibrationMethod.None, new LogOddsCalibration(), [], new Bilingual("a share is a probability already", "une part est déjà une probabilité"))
        : CalibrationChoice.Fit(Array.ConvertAll(rows, row => odds[row]), TableRows.Take(positive, rows), default, new CalibrationOptions { Seed = seed });

    private static Bilingual NothingBetter { get; } = new(
        "the share of positive rows for everybody is used: nothing that was tried is better by more than one standard error",
        "retenu : la part des lignes positives pour tous ; rien de ce qui a été essayé n'est meilleur de plus d'une erreur type");
}
