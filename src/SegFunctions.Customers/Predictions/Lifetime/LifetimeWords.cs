using SegFunctions.Learning.Evaluation;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Predictions.Lifetime;

/// <summary>Why lifetime value is published or not.</summary>
internal static class LifetimeWords
{
    public static Bilingual NoOrders { get; } = new(
        "there is no purchase before the as-of date, so nothing can be learned",
        "aucun achat ne précède la date d’observation : rien ne peut être appris");

    public static Bilingual Unmeasured(int days, int customers) => new(
        $"the history is too short to hold a third of it back for a check ({days} days and {customers} customers are needed), so nothing shows that the model foretells better than each customer’s own rate",
        $"l’historique est trop court pour en réserver un tiers au contrôle ({days} jours et {customers} clients sont nécessaires) : rien ne montre que le modèle prévoit mieux que le rythme propre de chaque client");

    public static Bilingual Better(PairedInterval gain) => new(
        $"on orders it had not seen, the model’s squared error is lower than that of each customer’s own rate by {Range(gain).En} a customer",
        $"sur des commandes hors apprentissage, l’erreur quadratique du modèle est inférieure à celle du rythme propre de chaque client de {Range(gain).Fr} par client");

    public static Bilingual NotBetter(PairedInterval gain) => new(
        $"on orders it had not seen, the model is not surely better than each customer’s own rate (gain in squared error {Range(gain).En})",
        $"sur des commandes hors apprentissage, le modèle n’est pas sûrement meilleur que le rythme propre de chaque client (gain d’erreur quadratique {Range(gain).Fr})");

    private static Bilingual Range(PairedInterval gain)
    {
        var (mean, lower, upper) = (Wording.Number(gain.Mean, 3), Wording.Number(gain.Lower, 3), Wording.Number(gain.Upper, 3));
        return new Bilingual($"{mean.En} [{lower.En} to {upper.En}]", $"{mean.Fr} [{lower.Fr} à {upper.Fr}]");
    }
}
