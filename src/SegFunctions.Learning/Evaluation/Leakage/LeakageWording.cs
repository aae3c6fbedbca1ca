using SegFunctions.Learning.Explanation;

namespace SegFunctions.Learning.Evaluation.Leakage;

/// <summary>Why a column is left out, in words.</summary>
internal static class LeakageWording
{
    public static Bilingual Value(string column, double auc) => new(
        $"\"{column}\" is left out: alone it predicts the outcome almost perfectly (AUC {Wording.Number(auc, 3).En}), as columns do that are written when the outcome is known. If it was known before, name it as trusted.",
        $"« {column} » est écartée : à elle seule, elle prédit le résultat presque parfaitement (AUC {Wording.Number(auc, 3).Fr}), comme le font les colonnes remplies une fois le résultat connu. Si elle était connue avant, déclarez-la fiable.");

    public static Bilingual Missingness(string column, double auc, bool filledMeansPositive)
    {
        var (english, french) = filledMeansPositive ? ("filled almost only where the event happened", "n'est presque remplie que là où l'événement a eu lieu") : ("empty almost only where the event happened", "n'est presque vide que là où l'événement a eu lieu");
        return new Bilingual(
            $"\"{column}\" is left out: it is {english} (AUC {Wording.Number(auc, 3).En}), so it seems to be written when the outcome is known. If it was known before, name it as trusted.",
            $"« {column} » est écartée : elle {french} (AUC {Wording.Number(auc, 3).Fr}), et semble donc remplie une fois le résultat connu. Si elle était connue avant, déclarez-la fiable.");
    }

    public static Bilingual AfterAsOf(string column, int rows, DateTime asOf) => new(
        $"\"{column}\" is left out: {Wording.Number((double)rows).En} {(rows == 1 ? "row holds a day" : "rows hold days")} after {Wording.Date(asOf).En}, when the prediction had to be made. If such days are planned beforehand, name it as trusted.",
        $"« {column} » est écartée : {Wording.Number((double)rows).Fr} {(rows < 2 ? "ligne porte une date postérieure" : "lignes portent des dates postérieures")} au {Wording.Date(asOf).Fr}, jour de la prévision. Si ces dates sont prévues d'avance, déclarez-la fiable.");
}
