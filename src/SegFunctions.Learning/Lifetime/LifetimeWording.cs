using SegFunctions.Learning.Explanation;

namespace SegFunctions.Learning.Lifetime;

/// <summary>What the lifetime models say of themselves, in English and French.</summary>
internal static class LifetimeWording
{
    public static Bilingual NoRepeats { get; } = new(
        "Nobody has ordered twice, so neither the rate of repeat orders nor drop-out can be learned; expected orders come from the time without any and are close to 0.",
        "Personne n’a commandé deux fois : ni le rythme des réachats ni l’abandon ne peuvent être appris ; les commandes attendues découlent du temps sans réachat et sont proches de 0.");

    public static Bilingual NoTime { get; } = new(
        "Every customer’s first order is on the last day, so there is no time in which anybody could have come back; choose an earlier start or a later end.",
        "La première commande de chaque client date du dernier jour : personne n’a eu le temps de revenir ; choisissez un début plus tôt ou une fin plus tard.");

    public static Bilingual NoSpend { get; } = new(
        "No repeat order has an amount above 0, so spend cannot be learned.",
        "Aucun réachat n’a un montant supérieur à 0 : la dépense ne peut pas être apprise.");

    public static Bilingual InfiniteMean { get; } = new(
        "So few customers spend so much more than the others that the model’s mean amount is infinite (q is 1 or less); the plain mean of the amounts stands in for customers without repeat orders.",
        "Si peu de clients dépensent tellement plus que les autres que le montant moyen du modèle est infini (q vaut 1 ou moins) ; la simple moyenne des montants le remplace pour les clients sans réachat.");

    public static Bilingual Converged(double iterations) => new(
        $"Converged after {Wording.Number(iterations).En} {(iterations == 1 ? "step" : "steps")}.",
        $"Convergence après {Wording.Number(iterations).Fr} pas.");

    public static Bilingual StillClimbing(double iterations) => new(
        $"The likelihood still rises after {Wording.Number(iterations).En} steps; the parameters are the best so far. Allow more iterations.",
        $"La vraisemblance croît encore après {Wording.Number(iterations).Fr} pas ; les paramètres sont les meilleurs trouvés. Autorisez plus d’itérations.");

    public static Bilingual NoDropout(PurchaseModelKind asked) => new(
        $"No drop-out is identifiable: {PurchaseModelNames.Title(asked)} fits no better, beyond what chance can do, than its limit in which nobody drops out. The NBD limit is used, and P(alive) is 1 for all.",
        $"Aucun abandon n’est identifiable : {PurchaseModelNames.Title(asked)} n’explique pas mieux les données, au-delà du hasard, que sa limite où personne n’abandonne. La limite NBD est utilisée et P(actif) vaut 1 pour tous.");

    public static Bilingual FewRepeaters(double repeaters) => new(
        $"Only {Wording.Number(repeaters).En} {(repeaters == 1 ? "customer has" : "customers have")} ordered more than once; the parameters are uncertain.",
        $"Seulement {Wording.Number(repeaters).Fr} {(repeaters < 2 ? "client a" : "clients ont")} commandé plus d’une fois ; les paramètres sont incertains.");

    public static Bilingual FaintDropout(double gain) => new(
        $"Drop-out is hardly visible: it raises the log-likelihood by {Wording.Number(gain, 2).En} only, which chance can do; P(alive) is uncertain.",
        $"L’abandon est à peine visible : il n’améliore la log-vraisemblance que de {Wording.Number(gain, 2).Fr}, ce que le hasard peut faire ; P(actif) est incertain.");

    public static Bilingual UniformRate(double rate) => new(
        $"All customers order at about the same rate ({Wording.Number(rate, 3).En} a unit of time): r and alpha are known by their ratio alone.",
        $"Tous les clients commandent à peu près au même rythme ({Wording.Number(rate, 3).Fr} par unité de temps) : r et alpha ne sont connus que par leur rapport.");

    public static Bilingual UniformDropout(PurchaseModelKind kind, double rate) => kind == PurchaseModelKind.ParetoNbd
        ? new(
            $"All customers drop out at about the same rate ({Wording.Number(rate, 4).En} a unit of time): s and beta are known by their ratio alone.",
            $"Tous les clients abandonnent à peu près au même rythme ({Wording.Number(rate, 4).Fr} par unité de temps) : s et beta ne sont connus que par leur rapport.")
        : new(
            $"All customers drop out with about the same probability after an order ({Wording.Percent(rate, 1).En}): a and b are known by their ratio alone.",
            $"Tous les clients abandonnent à peu près avec la même probabilité après une commande ({Wording.Percent(rate, 1).Fr}) : a et b ne sont connus que par leur rapport.");

    public static Bilingual FewSpenders(double customers) => new(
        $"Only {Wording.Number(customers).En} {(customers == 1 ? "customer has" : "customers have")} repeat orders with an amount; the parameters of spend are uncertain.",
        $"Seulement {Wording.Number(customers).Fr} {(customers < 2 ? "client a" : "clients ont")} des réachats avec un montant ; les paramètres de dépense sont incertains.");

    public static Bilingual UniformSpend { get; } = new(
        "Every customer’s amounts are about the same: p, q and gamma are known by the mean alone.",
        "Les montants de tous les clients sont à peu près les mêmes : p, q et gamma ne sont connus que par la moyenne.");

    public static Bilingual SteadySpend { get; } = new(
        "A customer’s amounts hardly vary from order to order: p and gamma are known by their product alone.",
        "Les montants d’un même client ne varient guère d’une commande à l’autre : p et gamma ne sont connus que par leur produit.");

    public static Bilingual EqualSpenders { get; } = new(
        "Customers hardly differ in what they spend an order on average: q and gamma are known by their ratio alone, and everybody is expected to spend about the same.",
        "Les clients ne diffèrent guère par leur dépense moyenne par commande : q et gamma ne sont connus que par leur rapport, et la dépense attendue est à peu près la même pour tous.");

    public static Bilingual OddSpend { get; } = new(
        "The amounts lie so far apart that a parameter of spend stands at its limit; the value of a customer is rough.",
        "Les montants sont si dispersés qu’un paramètre de dépense est à sa limite ; la valeur d’un client est approximative.");

    public static Bilingual FewAmounts(double mean, double median) => new(
        $"A few amounts are so large that the customers’ mean ({Wording.Number(mean, 2).En}) is {Wording.Number(mean / median).En} times their median ({Wording.Number(median, 2).En}), and the value of everybody rests on them. Check them.",
        $"Quelques montants sont si élevés que la moyenne des clients ({Wording.Number(mean, 2).Fr}) vaut {Wording.Number(mean / median).Fr} fois leur médiane ({Wording.Number(median, 2).Fr}), et la valeur de tous en dépend. Vérifiez-les.");

    public static Bilingual LeftOut(double customers) => new(
        $"{Wording.Number(customers).En} {(customers == 1 ? "customer" : "customers")} with repeat orders but a mean amount of 0 or less left out of the model of spend.",
        $"{Wording.Number(customers).Fr} {(customers < 2 ? "client" : "clients")} avec réachats mais un montant moyen nul ou négatif, hors du modèle de dépense.");

    public static Bilingual Correlated(double correlation) => new(
        $"Spend and number of orders go together (correlation {Wording.Number(correlation, 2).En}), which Gamma-Gamma assumes they do not: the value of {(correlation > 0 ? "frequent customers is understated" : "frequent customers is overstated")}.",
        $"La dépense et le nombre de commandes sont liés (corrélation {Wording.Number(correlation, 2).Fr}), alors que Gamma-Gamma les suppose indépendants : la valeur des clients fréquents est {(correlation > 0 ? "sous-estimée" : "surestimée")}.");

    public static Bilingual PoorFit(double distance) => new(
        $"The model does not suit these data: it puts {Wording.Percent(distance, 1).En} of the customers at another number of repeat orders than they have. Treat its figures as rough.",
        $"Le modèle ne convient pas à ces données : il attribue à {Wording.Percent(distance, 1).Fr} des clients un autre nombre de réachats que le leur. Prenez ses chiffres comme des ordres de grandeur.");

    public static Bilingual NoneIdentifiable { get; } = new(
        "None of the models with drop-out fits better than the one without, so that one (NBD) is used.",
        "Aucun modèle avec abandon n’explique mieux les données que celui sans abandon : celui-ci (NBD) est utilisé.");

    public static Bilingual ByLikelihood(PurchaseModelKind chosen, PurchaseModelKind next, double lead) => new(
        $"{PurchaseModelNames.Title(chosen)} explains the orders best: its log-likelihood is {Wording.Number(lead, 1).En} above that of {PurchaseModelNames.Title(next)}.",
        $"{PurchaseModelNames.Title(chosen)} explique le mieux les commandes : sa log-vraisemblance dépasse de {Wording.Number(lead, 1).Fr} celle de {PurchaseModelNames.Title(next)}.");

    public static Bilingual ByHoldout(PurchaseModelKind chosen, double error) => new(
        $"The best models explain the orders about equally well; {PurchaseModelNames.Title(chosen)} foretells those of the holdout best (root mean squared error {Wording.Number(error, 3).En} orders a customer).",
        $"Les meilleurs modèles expliquent les commandes à peu près aussi bien ; {PurchaseModelNames.Title(chosen)} prévoit le mieux celles de la période de contrôle (erreur quadratique moyenne {Wording.Number(error, 3).Fr} commande par client).");

    public static Bilingual Equal(PurchaseModelKind chosen) => new(
        $"The best models explain the orders about equally well; {PurchaseModelNames.Title(chosen)} is the simplest of them.",
        $"Les meilleurs modèles expliquent les commandes à peu près aussi bien ; {PurchaseModelNames.Title(chosen)} est le plus simple.");
}
