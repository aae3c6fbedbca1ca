using SegFunctions.Learning.Explanation;

namespace SegFunctions.Cli.Churn;

/// <summary>Words of the report and the screen of <c>churn</c>.</summary>
internal static class ChurnWords
{
    public static readonly Bilingual Title = new("Prediction of", "Prédiction de");
    public static readonly Bilingual Rows = new("rows", "lignes");
    public static readonly Bilingual Figures = new("How good it is", "Ce qu'il vaut");
    public static readonly Bilingual Figure = new("figure", "mesure");
    public static readonly Bilingual Learned = new("learned", "appris");
    public static readonly Bilingual Baseline = new("share for everybody", "part pour tous");
    public static readonly Bilingual Test = new("test file", "fichier de test");
    public static readonly Bilingual Precision = new("average precision", "précision moyenne");
    public static readonly Bilingual LogLoss = new("log-loss", "perte logarithmique");
    public static readonly Bilingual Calibration = new("calibration error", "erreur de calibrage");
    public static readonly Bilingual Candidates = new("What was tried", "Ce qui a été essayé");
    public static readonly Bilingual Candidate = new("candidate", "candidat");
    public static readonly Bilingual Why = new("why", "pourquoi");
    public static readonly Bilingual Warnings = new("Before you use it", "Avant de s'en servir");
    public static readonly Bilingual Leakage = new("Columns that give the outcome away", "Colonnes qui trahissent le résultat");
    public static readonly Bilingual LeftOut = new("Columns left out", "Colonnes écartées");
    public static readonly Bilingual Drivers = new("What moves the score", "Ce qui fait bouger le score");
    public static readonly Bilingual Column = new("column", "colonne");
    public static readonly Bilingual Strength = new("mean change of the log-odds", "variation moyenne de la log-cote");
    public static readonly Bilingual HowCalibrated = new("How scores become probabilities", "Comment les scores deviennent des probabilités");

    public static readonly Bilingual ProfitAtThreshold = new("profit a customer, contacted from there on", "profit par client, contactés à partir de là");
    public static readonly Bilingual ProfitAtBest = new("best threshold in hindsight", "meilleur seuil après coup");
    public static readonly Bilingual ProfitOfAll = new("profit a customer, all contacted", "profit par client, tous contactés");

    /// <summary>From which score on a contact pays, and how that comes about.</summary>
    public static Bilingual Pays(ContactCosts costs)
    {
        var (cost, value, rate) = (Amount(costs.ContactCost), Amount(costs.SaveValue), Wording.Percent(costs.SaveRate));
        var (en, fr) = costs.Threshold > 1
            ? ("A contact never pays for itself", "Un contact ne se rembourse jamais")
            : ($"A contact pays for itself from a score of {Wording.Number(costs.Threshold, 3).En} on", $"Un contact se rembourse à partir d'un score de {Wording.Number(costs.Threshold, 3).Fr}");
        return new Bilingual(
            $"{en}: it costs {cost.En}, and keeps {rate.En} of those who would leave, worth {value.En} each.",
            $"{fr} : il coûte {cost.Fr} et retient {rate.Fr} de ceux qui partiraient, d'une valeur de {value.Fr} chacun.");
    }

    public static Bilingual Lift(double share) => new($"lift in the top {Wording.Percent(share).En}", $"lift des premiers {Wording.Percent(share).Fr}");

    public static Bilingual Leaving(int positives, int rows, string label, string positive) => new(
        $"{Wording.Number((double)positives).En} ({Wording.Percent((double)positives / rows, 1).En}) with {label} = {positive}",
        $"{Wording.Number((double)positives).Fr} ({Wording.Percent((double)positives / rows, 1).Fr}) où {label} = {positive}");

    /// <summary>What the scores are of.</summary>
    /// <param name="test">Name of the scored file; null for the training file.</param>
    /// <param name="outOfFold">Whether rows of the training file have scores by models that did not learn from them.</param>
    public static Bilingual Scored(string? test, bool outOfFold) => test is not null
        ? new Bilingual($"scores are of {test}, by a model of all labelled rows", $"les scores portent sur {test}, par un modèle de toutes les lignes connues")
        : outOfFold
            ? new Bilingual(
                "scores are of the training rows, each by models that did not learn from it; rows without a label by the model of all others",
                "les scores portent sur les lignes d'apprentissage, chacune notée par des modèles qui ne l'ont pas vue ; celles sans valeur par le modèle de toutes les autres")
            : new Bilingual(
                "nothing was scored but the rows behind the figures; name --out or --test for scores",
                "seules les lignes des mesures ont été notées ; indiquez --out ou --test pour des scores");

    /// <summary>Money: whole where it is whole.</summary>
    private static Bilingual Amount(double value) => Wording.Number(value, value == Math.Floor(value) ? 0 : 2);
}
