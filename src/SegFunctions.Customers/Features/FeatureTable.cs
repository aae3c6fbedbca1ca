using SegFunctions.Learning.Explanation;
using static SegFunctions.Customers.Features.FeatureUnit;
using static SegFunctions.Customers.Features.FeatureUse;

namespace SegFunctions.Customers.Features;

/// <summary>All features, each declared once, in the order of the columns of a feature matrix.</summary>
/// <remarks>
/// All are facts of one customer's order lines before the as-of date. Orders and revenue are those of purchase lines; days are
/// UTC days. A value that does not exist is NaN: a customer without purchase has zero orders and revenue and no recency.
/// Clustering takes one feature an aspect of behaviour (how long ago, how often, how much, at what pace): two that say the same,
/// as revenue beside orders and basket, would count that aspect twice.
/// </remarks>
public static class FeatureTable
{
    /// <summary>Days that <see cref="RecentRevenueShare"/> looks back.</summary>
    public const int RecentDays = 90;

    // First of the fields: the declarations below register themselves in textual order.
    private static readonly List<Feature> Declared = [];

    public static readonly Feature RecencyDays = Declare("recencyDays", Days, Clustering | Churn,
        new("time since last order", "temps depuis la dernière commande"),
        new("Days from the day of the last order to the as-of day; does not exist without order.",
            "Jours entre le jour de la dernière commande et la date d'analyse ; n'existe pas sans commande."));

    public static readonly Feature Orders = Declare("orders", Count, Clustering | Churn,
        new("orders", "commandes"),
        new("Distinct purchase orders.", "Commandes d'achat distinctes."));

    public static readonly Feature Revenue = Declare("revenue", Money, Churn,
        new("revenue", "chiffre d'affaires"),
        new("Sum of all purchase amounts; returns are not taken off.", "Somme des montants achetés ; les retours ne sont pas déduits."), 2);

    public static readonly Feature TenureDays = Declare("tenureDays", Days, Churn,
        new("time since first order", "temps depuis la première commande"),
        new("Days from the day of the first order to the as-of day; does not exist without order.",
            "Jours entre le jour de la première commande et la date d'analyse ; n'existe pas sans commande."));

    public static readonly Feature GapMeanDays = Declare("gapMeanDays", Days, Clustering | Churn,
        new("usual gap between orders", "intervalle habituel entre commandes"),
        new("Mean number of days between successive order days; exists from two order days on.",
            "Nombre moyen de jours entre deux jours de commande ; existe à partir de deux jours de commande."));

    public static readonly Feature GapDeviationDays = Declare("gapDeviationDays", Days, Churn,
        new("spread of the gaps between orders", "dispersion des intervalles entre commandes"),
        new("Sample standard deviation (n - 1) of the days between successive order days; exists from three order days on.",
            "Écart type (n - 1) des jours entre deux jours de commande ; existe à partir de trois jours de commande."));

    public static readonly Feature AverageBasket = Declare("averageBasket", Money, Clustering | Churn,
        new("average basket", "panier moyen"),
        new("Revenue per order; does not exist without order.", "Chiffre d'affaires par commande ; n'existe pas sans commande."), 2);

    public static readonly Feature ItemsPerOrder = Declare("itemsPerOrder", Count, Profile,
        new("items per order", "articles par commande"),
        new("Pieces bought per order; does not exist without order.", "Pièces achetées par commande ; n'existe pas sans commande."), 1);

    public static readonly Feature DistinctProducts = Declare("distinctProducts", Count, Churn,
        new("different products", "produits différents"),
        new("Distinct products bought; lines that name no product are left out.",
            "Produits distincts achetés ; les lignes sans produit ne comptent pas."));

    public static readonly Feature ReturnShare = Declare("returnShare", Share, Churn,
        new("return share", "part des retours"),
        new("Value returned per value bought; above 1 when more came back than these data saw bought; does not exist without purchase.",
            "Valeur retournée rapportée à la valeur achetée ; peut dépasser 1 si des achats précèdent les données ; n'existe pas sans achat."));

    public static readonly Feature Returns = Declare("returns", Count, Profile,
        new("returns", "retours"),
        new("Distinct orders or credit notes with returned goods.", "Commandes ou avoirs distincts avec des articles retournés."));

    public static readonly Feature RecentRevenueShare = Declare("recentRevenueShare", Share, Churn,
        new("share of revenue in the last 90 days", "part du chiffre d'affaires des 90 derniers jours"),
        new("Revenue of the 90 days before the as-of date per revenue of all time; does not exist without revenue.",
            "Chiffre d'affaires des 90 jours avant la date d'analyse rapporté au total ; n'existe pas sans chiffre d'affaires."));

    /// <summary>Share of the orders placed on each day of the week, Monday first.</summary>
    public static readonly IReadOnlyList<Feature> Weekdays =
    [
        Weekday("monday", "Monday", "lundi"),
        Weekday("tuesday", "Tuesday", "mardi"),
        Weekday("wednesday", "Wednesday", "mercredi"),
        Weekday("thursday", "Thursday", "jeudi"),
        Weekday("friday", "Friday", "vendredi"),
        Weekday("saturday", "Saturday", "samedi"),
        Weekday("sunday", "Sunday", "dimanche"),
    ];

    /// <summary>Share of the orders placed in each part of the day: from 0, 6, 12 and 18 o'clock UTC.</summary>
    public static readonly IReadOnlyList<Feature> DayParts =
    [
        DayPart("night", "at night", "la nuit", "0–6"),
        DayPart("morning", "in the morning", "le matin", "6–12"),
        DayPart("afternoon", "in the afternoon", "l'après-midi", "12–18"),
        DayPart("evening", "in the evening", "le soir", "18–24"),
    ];

    public static readonly Feature FirstOrder = Declare("firstOrder", Date, Profile,
        new("first order", "première commande"),
        new("When the first order was placed; does not exist without order.", "Date de la première commande ; n'existe pas sans commande."));

    public static readonly Feature LastOrder = Declare("lastOrder", Date, Profile,
        new("last order", "dernière commande"),
        new("When the last order was placed; does not exist without order.", "Date de la dernière commande ; n'existe pas sans commande."));

    /// <summary>Every feature by column.</summary>
    public static IReadOnlyList<Feature> All { get; } = Declared.ToArray();

    /// <summary>Features that enter the clustering, by column.</summary>
    public static IReadOnlyList<Feature> ForClustering { get; } = Using(Clustering);

    /// <summary>Features that enter the churn model, by column.</summary>
    public static IReadOnlyList<Feature> ForChurn { get; } = Using(Churn);

    /// <summary>Columns of a feature matrix.</summary>
    public static int Columns { get; } = Declared.Count;

    /// <summary>The feature of that name.</summary>
    /// <exception cref="KeyNotFoundException">No feature has the name; the message lists those that exist.</exception>
    public static Feature Named(string name)
    {
        foreach (var feature in All)
        {
            if (feature.Name == name)
                return feature;
        }

        throw new KeyNotFoundException($"No feature is named '{name}'. Features are: {string.Join(", ", All.Select(feature => feature.Name))}.");
    }

    private static Feature[] Using(FeatureUse use) => Declared.Where(feature => feature.Use.HasFlag(use)).ToArray();

    private static Feature Weekday(string name, string english, string french) => Declare(name + "Share", Share, Profile,
        new($"orders on {english}", $"commandes le {french}"),
        new($"Share of the orders placed on a {english} (UTC); does not exist without order.",
            $"Part des commandes passées un {french} (UTC) ; n'existe pas sans commande."));

    private static Feature DayPart(string name, string english, string french, string hours) => Declare(name + "Share", Share, Profile,
        new($"orders {english}", $"commandes {french}"),
        new($"Share of the orders placed {english} ({hours} o'clock UTC), among those whose time of day is known; a time of exactly midnight is a date without time.",
            $"Part des commandes passées {french} ({hours} h UTC) parmi celles dont l'heure est connue ; minuit pile vaut date sans heure."));

    private static Feature Declare(string name, FeatureUnit unit, FeatureUse use, Bilingual label, Bilingual description, int decimals = 0)
    {
        var feature = new Feature
        {
            Column = Declared.Count,
            Name = name,
            Unit = unit,
            Label = label,
            Description = description,
            Use = use,
            Decimals = decimals,
        };
        Declared.Add(feature);
        return feature;
    }
}
