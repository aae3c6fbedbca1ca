using SegFunctions.Learning.Evaluation;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Learning.Classification.Selection;

/// <summary>Tells of everything that was tried: its figures, and why it is used or not.</summary>
internal static class CandidateTable
{
    private static readonly Bilingual PriorText = new("the share of positive rows for everybody", "la part des lignes positives pour tous");

    public static IReadOnlyList<ClassificationCandidate> Of(JudgedRows judged, ChosenLearner choice)
    {
        int[] rows = [.. Enumerable.Range(0, judged.Rows)];
        var tried = new List<(string Learner, Bilingual Description, double[] LogOdds, double[] Losses, bool Chosen)>
        {
            (ChosenLearner.Prior, PriorText, judged.Prior, judged.PriorLosses, choice.IsPrior),
        };
        for (var family = 0; family < judged.Families.Count; family++)
        {
            var settings = judged.Families[family].Settings;
            foreach (var variant in Enumerable.Range(0, settings.Count).GroupBy(setting => settings[setting].Variant))
            {
                // Of settings that only go farther than each other, the one that would be taken.
                var shown = variant.Contains(choice.Settings[family]) ? choice.Settings[family] : variant.MinBy(setting => LearnerChoice.Mean(judged.LossesOf(family, setting), rows));
                tried.Add((
                    judged.Families[family].Name,
                    settings[shown].Description,
                    judged.LogOdds[family][shown],
                    judged.LossesOf(family, shown),
                    !choice.IsBlend && choice.Family == family && choice.Settings[family] == shown));
            }
        }

        if (judged.Families.Count == 2)
        {
            var share = choice.IsBlend ? choice.SecondShare : 0.5;
            var odds = ChosenLearner.Mix(judged.LogOdds[0][choice.Settings[0]], judged.LogOdds[1][choice.Settings[1]], share);
            var (first, second) = (judged.Families[0].Settings[choice.Settings[0]].Description, judged.Families[1].Settings[choice.Settings[1]].Description);
            var (a, b) = (Wording.Percent(1 - share), Wording.Percent(share));
            tried.Add((
                ChosenLearner.Blend,
                new Bilingual($"mean of the log-odds: {a.En} {first.En}, {b.En} {second.En}", $"moyenne des log-cotes : {a.Fr} {first.Fr}, {b.Fr} {second.Fr}"),
                odds,
                JudgedRows.Losses(odds, judged.Positive),
                choice.IsBlend));
        }

        var chosen = tried.First(one => one.Chosen).Losses;
        var best = tried.Min(one => LearnerChoice.Mean(one.Losses, rows));
        return
        [
            .. tried.Select(one =>
            {
                var (behind, error) = one.Chosen ? (0, 0) : LearnerChoice.Difference(one.Losses, chosen, rows);
                var loss = LearnerChoice.Mean(one.Losses, rows);
                return new ClassificationCandidate(
                    one.Learner, one.Description, loss, RocAuc.Of(one.LogOdds, judged.Positive) ?? double.NaN, behind, error, one.Chosen, Why(one.Chosen, behind, error, loss <= best));
            }).OrderBy(one => one.LogLoss),
        ];
    }

    private static Bilingual Why(bool chosen, double behind, double error, bool isBest)
    {
        if (chosen)
        {
            return isBest
                ? new Bilingual("chosen: it has the lowest log-loss", "retenu : la perte logarithmique la plus faible")
                : new Bilingual(
                    "chosen: the simplest of those that are not behind the best by more than one standard error",
                    "retenu : le plus simple de ceux qui ne sont pas derrière le meilleur de plus d'une erreur type");
        }

        var (far, about) = (Wording.Number(Math.Abs(behind), 4), Wording.Number(error, 4));
        return behind > 0
            ? new Bilingual($"its log-loss is {far.En} higher (standard error {about.En})", $"sa perte logarithmique est plus élevée de {far.Fr} (erreur type {about.Fr})")
            : new Bilingual(
                $"its log-loss is lower by {far.En} only (standard error {about.En}): the simpler one is preferred",
                $"sa perte logarithmique n'est inférieure que de {far.Fr} (erreur type {about.Fr}) : le plus simple est préféré");
    }
}
