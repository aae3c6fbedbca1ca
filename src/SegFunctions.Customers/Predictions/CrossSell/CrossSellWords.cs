using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Predictions.CrossSell;

/// <summary>How the outcome of cross-selling is told, of products or of categories.</summary>
internal sealed class CrossSellWords
{
    private static readonly CrossSellWords Products = new("products", "produits", "les produits les plus achetés sont proposés", "d'autres ne sont pas sûrement meilleurs", "aucun produit n'a été acheté");
    private static readonly CrossSellWords Categories = new("categories", "catégories", "les catégories les plus achetées sont proposées", "d'autres ne sont pas sûrement meilleures", "aucune catégorie n'a été achetée");

    private readonly string _items;
    private readonly string _itemsFr;
    private readonly string _mostBoughtFr;
    private readonly string _othersFr;
    private readonly string _noneFr;

    private CrossSellWords(string items, string itemsFr, string mostBoughtFr, string othersFr, string noneFr)
    {
        _items = items;
        _itemsFr = itemsFr;
        _mostBoughtFr = mostBoughtFr;
        _othersFr = othersFr;
        _noneFr = noneFr;
    }

    public static CrossSellWords Of(ItemLevel level) => level == ItemLevel.Product ? Products : Categories;

    public Bilingual Unnamed => new($"nothing to propose: the orders name no {_items}", $"rien à proposer : les commandes ne nomment pas de {_itemsFr}");

    public Bilingual Unmeasured => new(
        $"the most bought {_items} are proposed: the history is too short to measure anything better",
        $"{_mostBoughtFr} : l'historique est trop court pour mesurer mieux");

    public Bilingual TooRare(int least) => new(
        $"nothing to propose: none of the {_items} was bought by {least} customers",
        $"rien à proposer : {_noneFr} par {least} clients");

    public Bilingual TooFew(int customers, int needed) => new(
        $"the most bought {_items} are proposed: {customers} customers with something to tell are too few to measure anything better, {needed} are needed",
        $"{_mostBoughtFr} : {customers} clients ne suffisent pas pour mesurer mieux, il en faut {needed}");

    public Bilingual Repeats(double? share, double norm)
    {
        if (share is not { } known)
            return new Bilingual("only what is new to a customer is proposed: nobody has come back yet", "seul ce qui est nouveau pour le client est proposé : personne n'est encore revenu");
        var percent = Wording.Percent(known);
        return known >= norm
            ? new Bilingual(
                $"what a customer bought already is proposed again: {percent.En} of what is bought on later order days had been bought before",
                $"ce que le client a déjà acheté est proposé à nouveau : {percent.Fr} de ce qui est acheté ensuite l'avait déjà été")
            : new Bilingual(
                $"only what is new to a customer is proposed: no more than {percent.En} of what is bought on later order days had been bought before",
                $"seul ce qui est nouveau pour le client est proposé : {percent.Fr} seulement de ce qui est acheté ensuite l'avait déjà été");
    }

    public Bilingual Better(CrossSellReport report)
    {
        var facts = Facts(report);
        return new Bilingual(
            $"{_items} that go with a customer's own purchases are proposed: {facts.En}",
            $"on propose les {_itemsFr} qui accompagnent les achats du client : {facts.Fr}");
    }

    public Bilingual NotBetter(CrossSellReport report)
    {
        var facts = Facts(report);
        return new Bilingual(
            $"the most bought {_items} are proposed, others are not surely better: {facts.En}",
            $"{_mostBoughtFr}, {_othersFr} : {facts.Fr}");
    }

    private static Bilingual Facts(CrossSellReport report)
    {
        var customers = Wording.Number((double)report.Customers!.Value);
        var related = Wording.Percent(report.HitRate!.Value, 1);
        var popular = Wording.Percent(report.PopularHitRate!.Value, 1);
        var lower = Wording.Number(report.Gain!.Lower * 100, 1);
        var upper = Wording.Number(report.Gain.Upper * 100, 1);
        var level = Wording.Percent(report.Gain.Level);
        var day = Wording.Date(report.Origin!.Value);
        return new Bilingual(
            $"with {report.Proposed} of them, {related.En} of {customers.En} customers bought one in the {report.HorizonDays} days from {day.En} on, against {popular.En} with the most popular ({level.En} interval of the gain {lower.En} to {upper.En} points)",
            $"avec {report.Proposed}, {related.Fr} de {customers.Fr} clients en ont acheté dans les {report.HorizonDays} jours à partir du {day.Fr}, contre {popular.Fr} avec les plus achetés (intervalle à {level.Fr} du gain : {lower.Fr} à {upper.Fr} points)");
    }
}
