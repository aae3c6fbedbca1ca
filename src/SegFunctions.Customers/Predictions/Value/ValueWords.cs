using SegFunctions.Learning.Explanation;
using SegFunctions.Learning.Lifetime;

namespace SegFunctions.Customers.Predictions.Value;

/// <summary>How customer value and the next order are told.</summary>
internal static class ValueWords
{
    public static Bilingual TooShort { get; } = new(
        "orders and value to come are not told: the history is too short to check them",
        "les commandes et la valeur à venir ne sont pas prédites : l'historique est trop court pour les vérifier");

    public static Bilingual UsualWait { get; } = new("expected one usual gap after the last order", "attendue un intervalle habituel après la dernière commande");

    public static Bilingual TooFew(int customers, int needed) => new(
        $"orders and value to come are not told: {customers} customers with a purchase are too few to check them, {needed} are needed",
        $"les commandes et la valeur à venir ne sont pas prédites : {customers} clients avec achat ne suffisent pas pour les vérifier, il en faut {needed}");

    public static Bilingual Outcome(bool published, PurchaseModelKind kind, ValueCheck check)
    {
        var title = PurchaseModelNames.Title(kind);
        var (error, rate, naive) = (Wording.Number(check.SquaredError, 3), Wording.Number(check.RateSquaredError, 3), Wording.Number(check.NaiveSquaredError, 3));
        var (lower, upper, level) = (Wording.Number(check.Gain.Lower, 3), Wording.Number(check.Gain.Upper, 3), Wording.Percent(check.Gain.Level));
        if (kind == PurchaseModelKind.Nbd)
        {
            return new Bilingual(
                $"everybody is taken to go on at a rate between the own one and that of all, as the data do not show that customers drop out: over {check.HorizonDays} days its squared error is {rate.En}, that of the own rate alone {naive.En}",
                $"on suppose que chacun continue à un rythme entre le sien et celui de tous, les données ne montrant pas que des clients partent : sur {check.HorizonDays} jours, son erreur quadratique est de {rate.Fr}, contre {naive.Fr} pour le seul rythme propre");
        }

        var facts = new Bilingual(
            $"over {check.HorizonDays} days its squared error is {error.En}, that of a rate between the own one and that of all {rate.En} ({level.En} interval of the gain {lower.En} to {upper.En}), of the own rate alone {naive.En}",
            $"sur {check.HorizonDays} jours, son erreur quadratique est de {error.Fr}, contre {rate.Fr} pour un rythme entre celui du client et celui de tous (intervalle à {level.Fr} du gain : {lower.Fr} à {upper.Fr}) et {naive.Fr} pour le seul rythme propre");
        return published
            ? new Bilingual($"{title} is used: {facts.En}", $"{title} est utilisé : {facts.Fr}")
            : new Bilingual($"everybody is taken to go on at a rate between the own one and that of all, {title} is not surely better: {facts.En}", $"on suppose que chacun continue à un rythme entre le sien et celui de tous, {title} n'étant pas sûrement meilleur : {facts.Fr}");
    }

    public static Bilingual TooFewOrdered(int customers, int needed) => new(
        $"last order + usual gap is used: {customers} customers who ordered again are too few to measure anything better, {needed} are needed",
        $"dernière commande + intervalle habituel : {customers} clients ayant recommandé ne suffisent pas pour mesurer mieux, il en faut {needed}");

    public static Bilingual NextOrder(GainInterval gain, double error, double naiveError)
    {
        var (own, naive) = (Wording.Number(error, 1), Wording.Number(naiveError, 1));
        var (lower, upper, level) = (Wording.Number(gain.Lower, 1), Wording.Number(gain.Upper, 1), Wording.Percent(gain.Level));
        var facts = new Bilingual(
            $"{own.En} days off in the mean, last order + usual gap {naive.En} ({level.En} interval of the gain {lower.En} to {upper.En})",
            $"{own.Fr} jours d'écart en moyenne, contre {naive.Fr} pour dernière commande + intervalle habituel (intervalle à {level.Fr} du gain : {lower.Fr} à {upper.Fr})");
        return gain.Lower > 0
            ? new Bilingual($"the model tells the day: {facts.En}", $"le modèle prédit le jour : {facts.Fr}")
            : new Bilingual($"last order + usual gap tells the day, the model is not surely better: {facts.En}", $"dernière commande + intervalle habituel, le modèle n'étant pas sûrement meilleur : {facts.Fr}");
    }

    public static Bilingual Habit(PurchaseHistory history)
    {
        var silence = Wording.Days((history.Age - history.Recency) * OrderDays.DaysPerWeek);
        if (history.Repeats == 0)
            return new Bilingual($"one order day, {silence.En} ago", $"un seul jour de commande, il y a {silence.Fr}");
        var days = Wording.Number(history.Repeats + 1.0);
        var age = Wording.Days(history.Age * OrderDays.DaysPerWeek);
        return new Bilingual($"{days.En} order days in {age.En}, the last {silence.En} ago", $"{days.Fr} jours de commande en {age.Fr}, le dernier il y a {silence.Fr}");
    }

    public static Bilingual Amount(double amount)
    {
        var number = Wording.Number(amount, amount < 1000 ? 2 : 0);
        return new Bilingual($"an order day is worth about {number.En}", $"un jour de commande vaut environ {number.Fr}");
    }

    public static Bilingual Wait(int horizonDays, double days)
    {
        var wait = Wording.Days(days);
        return new Bilingual(
            $"half of such customers who order within {horizonDays} days do so within {wait.En}",
            $"la moitié des clients semblables qui commandent sous {horizonDays} jours le font sous {wait.Fr}");
    }
}
