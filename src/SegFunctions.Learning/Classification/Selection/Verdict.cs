using SegFunctions.Learning.Calibration;
using SegFunctions.Learning.Classification.Design;
using SegFunctions.Learning.Classification.Learners;
using SegFunctions.Learning.Evaluation;
using SegFunctions.Learning.Explanation;
using SegFunctions.Learning.Linear;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Classification.Selection;

/// <summary>What the judged rows decide: the learner, its calibration, and whether it is used.</summary>
/// <param name="Calibration">Made on all judged rows; null for the prior.</param>
/// <param name="Probabilities">Of the judged rows, each by a choice and a calibration that its part had no say in.</param>
internal sealed record Verdict(JudgedRows Judged, ChosenLearner Chosen, ProbabilityCalibration? Calibration, double[] Probabilities, PairedInterval Gain)
{
    private const int FoldsOfScores = 3;

    public bool Published => Chosen is not { IsBlend: false, Family: < 0 } && Gain.Lower > 0;

    public static Verdict Of(JudgedRows judged, ClassificationOptions options, CancellationToken cancellationToken)
    {
        var probabilities = new double[judged.Rows];
        foreach (var part in judged.Parts.Distinct().Order())
        {
            int[] others = [.. Enumerable.Range(0, judged.Rows).Where(row => judged.Parts[row] != part)];
            var choice = LearnerChoice.Choose(judged, others);
            var odds = choice.LogOdds(judged);
            var map = Calibrate(choice, odds, judged.Positive, others);
            for (var row = 0; row < probabilities.Length; row++)
            {
                if (judged.Parts[row] == part)
                    probabilities[row] = map?.Apply(odds[row]) ?? Logistic.Probability(odds[row]);
            }
        }

        int[] all = [.. Enumerable.Range(0, judged.Rows)];
        var final = LearnerChoice.Choose(judged, all);
        var gain = PairedInterval.OfGain(judged.PriorLosses, LogLoss.PerRow(probabilities, judged.Positive), options.Seed, options.Level, cancellationToken);
        return new Verdict(judged, final, Calibrate(final, final.LogOdds(judged), judged.Positive, all), probabilities, gain);
    }

    /// <summary>The report with candidates, figures and decision.</summary>
    public ClassificationReport Complete(ClassificationReport report) => report with
    {
        Learner = Published ? Chosen.Name(Judged.Families) : ChosenLearner.Prior,
        Published = Published,
        Reason = Why(),
        Candidates = CandidateTable.Of(Judged, Chosen),
        Gain = Gain,
    };

    /// <summary>Fits what was chosen on all rows of the table.</summary>
    /// <param name="scores">Of the rows, where every one was judged.</param>
    public ClassificationResult Finish(ClassificationReport report, Table table, bool[] positive, UsedColumns used, double[]? scores, ClassificationOptions options, CancellationToken cancellationToken)
    {
        if (!Published)
        {
            var prior = PriorScorer.Fit(positive);
            double[] shares = [.. Enumerable.Repeat(Logistic.Probability(prior.BaseLogOdds), positive.Length)];
            return new ClassificationResult(new ClassificationModel(ChosenLearner.Prior, prior, UsedColumns.None, calibration: null), report, shares);
        }

        var model = new ClassificationModel(report.Learner, Fit(table, positive, used, cancellationToken), used, Calibration);
        if (scores is null && options.ScoreEveryRow)
            scores = ScoreEveryRow(table, positive, used, options, cancellationToken);
        return new ClassificationResult(model, report, scores);
    }

    private double[] ScoreEveryRow(Table table, bool[] positive, UsedColumns used, ClassificationOptions options, CancellationToken cancellationToken)
    {
        var scores = new double[table.Rows];
        foreach (var split in Split.Folds(table, positive, FoldsOfScores, options.Seed))
        {
            var odds = Fit(split.Train, split.TrainPositive, used, cancellationToken).LogOdds(split.Held, options.Threads, cancellationToken);
            for (var row = 0; row < odds.Length; row++)
                scores[split.Rows[row]] = Calibration?.Apply(odds[row]) ?? Logistic.Probability(odds[row]);
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

    private static PlattScaling? Calibrate(ChosenLearner choice, double[] odds, bool[] positive, int[] rows) => choice is { IsBlend: false, Family: < 0 }
        ? null
        : PlattScaling.Fit(Array.ConvertAll(rows, row => odds[row]), TableRows.Take(positive, rows));

    private Bilingual Why()
    {
        var (level, mean, lower, upper) = (Wording.Percent(Gain.Level), Wording.Number(Gain.Mean, 4), Wording.Number(Gain.Lower, 4), Wording.Number(Gain.Upper, 4));
        if (Published)
        {
            return new Bilingual(
                $"the learned model is used: its log-loss is {mean.En} lower than that of the share of positive rows ({level.En} interval {lower.En} to {upper.En})",
                $"le modèle appris est utilisé : sa perte logarithmique est inférieure de {mean.Fr} à celle de la part des lignes positives (intervalle à {level.Fr} : {lower.Fr} à {upper.Fr})");
        }

        return Chosen is { IsBlend: false, Family: < 0 }
            ? new Bilingual(
                "everybody gets the share of positive rows: nothing that was tried is better by more than one standard error",
                "chacun reçoit la part des lignes positives : rien de ce qui a été essayé n'est meilleur de plus d'une erreur type")
            : new Bilingual(
                $"everybody gets the share of positive rows: what was learned is not surely better (gain in log-loss {mean.En}, {level.En} interval {lower.En} to {upper.En})",
                $"chacun reçoit la part des lignes positives : ce qui a été appris n'est pas sûrement meilleur (gain de perte logarithmique {mean.Fr}, intervalle à {level.Fr} : {lower.Fr} à {upper.Fr})");
    }
}
