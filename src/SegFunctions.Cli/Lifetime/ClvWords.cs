using System.Globalization;
using SegFunctions.Learning.Explanation;
using SegFunctions.Learning.Lifetime;

namespace SegFunctions.Cli.Lifetime;

/// <summary>The words around figures.</summary>
internal static class ClvWords
{
    public static readonly Bilingual Title = new("Customer lifetime value of", "Valeur vie client de");
    public static readonly Bilingual Customers = new("customers", "clients");
    public static readonly Bilingual Orders = new("orders", "commandes");
    public static readonly Bilingual Period = new("learned from", "appris du");
    public static readonly Bilingual To = new("to", "au");
    public static readonly Bilingual Horizon = new("horizon", "horizon");
    public static readonly Bilingual Warnings = new("Before you use it", "Avant de s’en servir");
    public static readonly Bilingual Models = new("Models", "Modèles");
    public static readonly Bilingual Model = new("model", "modèle");
    public static readonly Bilingual Parameters = new("parameters (± standard error; weeks)", "paramètres (± erreur type ; semaines)");
    public static readonly Bilingual LogLikelihood = new("log-likelihood", "log-vraisemblance");
    public static readonly Bilingual Outcome = new("outcome", "issue");
    public static readonly Bilingual Forecast = new("What is expected", "Ce qui est attendu");
    public static readonly Bilingual ExpectedOrders = new("expected orders", "commandes attendues");
    public static readonly Bilingual Value = new("value, discounted", "valeur, actualisée");
    public static readonly Bilingual MeanAlive = new("mean P(alive)", "P(actif) moyenne");
    public static readonly Bilingual Deciles = new("Who brings the value", "Qui apporte la valeur");
    public static readonly Bilingual Decile = new("tenth", "dixième");
    public static readonly Bilingual Share = new("share", "part");
    public static readonly Bilingual Fit = new("Does the model suit the data", "Le modèle convient-il aux données");
    public static readonly Bilingual Holdout = new("Check on orders that the fit has not seen", "Contrôle sur des commandes hors apprentissage");
    public static readonly Bilingual NoHoldout = new(
        "There are no orders after the end of the calibration. Name an earlier --calibration-end to check the model on what came after.",
        "Aucune commande ne suit la fin de l’apprentissage. Indiquez un --calibration-end plus tôt pour contrôler le modèle sur la suite.");
    public static readonly Bilingual Error = new("mean absolute error a customer", "erreur absolue moyenne par client");
    public static readonly Bilingual SquaredError = new("root mean squared error", "erreur quadratique moyenne");
    public static readonly Bilingual Naive = new("own rate so far", "rythme propre passé");
    public static readonly Bilingual Correlation = new("correlation of expected and actual", "corrélation attendu-réel");
    public static readonly Bilingual Total = new("orders in all", "commandes en tout");
    public static readonly Bilingual Actual = new("actual", "réel");
    public static readonly Bilingual Beats = new("The model foretells better than each customer’s own rate so far.", "Le modèle prévoit mieux que le rythme passé de chaque client.");
    public static readonly Bilingual DoesNotBeat = new(
        "The model does not foretell better than each customer’s own rate so far in both measures; use its figures with care.",
        "Le modèle ne prévoit pas mieux que le rythme passé de chaque client sur les deux mesures ; servez-vous-en avec prudence.");
    public static readonly Bilingual Interval = new(
        "In brackets: where the total would lie with 90 % probability were the parameters others that the data allow. It does not cover the chance in single customers’ futures, nor a wrong model.",
        "Entre crochets : où se trouverait le total avec une probabilité de 90 % si les paramètres étaient d’autres que les données permettent. Ni le hasard propre à chaque client ni un modèle inadéquat n’y sont compris.");
    public static readonly Bilingual Spend = new("Spend (Gamma-Gamma)", "Dépense (Gamma-Gamma)");
    public static readonly Bilingual SpendCorrelation = new("correlation of orders and amount", "corrélation commandes-montant");
    public static readonly Bilingual MeanAmount = new("mean amount of the model", "montant moyen du modèle");

    /// <summary>French parts a colon from its word by a space that does not break.</summary>
    public static readonly Bilingual Colon = new(": ", "\u00a0: ");

    public static Bilingual AskedFor(PurchaseModelKind kind) => new($"{PurchaseModelNames.Title(kind)} was asked for.", $"{PurchaseModelNames.Title(kind)} a été demandé.");

    public static Bilingual Suits(RepeatCountFit fit) => new(
        $"{Wording.Percent(fit.Distance, 1).En} of the customers stand in another class than the model has them (χ² {Wording.Number(fit.ChiSquare, 1).En}, {fit.Freedom} degrees of freedom, p {Wording.Number(fit.Probability, 3).En}; among many customers p is small for every model).",
        $"{Wording.Percent(fit.Distance, 1).Fr} des clients sont dans une autre classe que selon le modèle (χ² {Wording.Number(fit.ChiSquare, 1).Fr}, {fit.Freedom} degrés de liberté, p {Wording.Number(fit.Probability, 3).Fr} ; avec beaucoup de clients, p est petit pour tout modèle).");

    /// <summary>A day counted from 1970-01-01.</summary>
    public static string Day(int day) => DateTime.UnixEpoch.AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
