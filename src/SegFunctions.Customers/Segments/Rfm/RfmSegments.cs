using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Segments.Rfm;

/// <summary>The eleven usual names of RFM segments, and the grid of recency × (F + M) / 2 that gives every score one of them.</summary>
/// <remarks>
/// <code>
///        (F+M)/2   1                  2                     3                     4                5
/// R = 5            New Customers      Potential Loyalists   Potential Loyalists   Champions        Champions
/// R = 4            Promising          Potential Loyalists   Potential Loyalists   Loyal Customers  Loyal Customers
/// R = 3            About To Sleep     About To Sleep        Need Attention        Loyal Customers  Loyal Customers
/// R = 2            Hibernating        Hibernating           At Risk               At Risk          Can't Lose Them
/// R = 1            Lost               Hibernating           At Risk               At Risk          Can't Lose Them
/// </code>
/// </remarks>
public static class RfmSegments
{
    public static readonly SegmentDefinition Champions = Declare("champions",
        "Champions", "Ordered most recently, and order most often and for most.",
        "Champions", "Ont commandé tout récemment, et commandent le plus souvent et le plus.");

    public static readonly SegmentDefinition LoyalCustomers = Declare("loyal-customers",
        "Loyal Customers", "Order often and spend well, with their last order not long ago.",
        "Clients fidèles", "Commandent souvent et dépensent bien ; leur dernière commande n'est pas loin.");

    public static readonly SegmentDefinition PotentialLoyalists = Declare("potential-loyalists",
        "Potential Loyalists", "Ordered recently, with middling frequency and spending that may grow.",
        "Fidèles potentiels", "Ont commandé récemment, à une fréquence et pour des montants moyens qui peuvent croître.");

    public static readonly SegmentDefinition NewCustomers = Declare("new-customers",
        "New Customers", "Ordered most recently, but seldom and for little so far.",
        "Nouveaux clients", "Ont commandé tout récemment, mais encore rarement et pour peu.");

    public static readonly SegmentDefinition Promising = Declare("promising",
        "Promising", "Ordered rather recently, but seldom and for little.",
        "Prometteurs", "Ont commandé assez récemment, mais rarement et pour peu.");

    public static readonly SegmentDefinition NeedAttention = Declare("need-attention",
        "Need Attention", "Middling in recency, frequency and spending: may turn either way.",
        "À surveiller", "Moyens en récence, fréquence et dépense : peuvent basculer d'un côté ou de l'autre.");

    public static readonly SegmentDefinition AboutToSleep = Declare("about-to-sleep",
        "About To Sleep", "Order seldom and for little, and the last order is some time ago.",
        "Bientôt endormis", "Commandent rarement et pour peu, et la dernière commande commence à dater.");

    public static readonly SegmentDefinition AtRisk = Declare("at-risk",
        "At Risk", "Used to order and spend well, but not for a long time.",
        "À risque", "Commandaient et dépensaient bien, mais plus depuis longtemps.");

    public static readonly SegmentDefinition CantLoseThem = Declare("cant-lose-them",
        "Can't Lose Them", "Among the best in frequency and spending once, but silent for a long time.",
        "À ne pas perdre", "Parmi les meilleurs en fréquence et en dépense, mais silencieux depuis longtemps.");

    public static readonly SegmentDefinition Hibernating = Declare("hibernating",
        "Hibernating", "Ordered seldom and for little, and a long time ago.",
        "En hibernation", "Ont commandé rarement et pour peu, il y a longtemps.");

    public static readonly SegmentDefinition Lost = Declare("lost",
        "Lost", "Lowest in recency, frequency and spending.",
        "Perdus", "Au plus bas en récence, fréquence et dépense.");

    /// <summary>All eleven, the best first.</summary>
    public static IReadOnlyList<SegmentDefinition> All { get; } =
    [
        Champions, LoyalCustomers, PotentialLoyalists, NewCustomers, Promising, NeedAttention, AboutToSleep, AtRisk, CantLoseThem, Hibernating, Lost,
    ];

    /// <summary>The segment of a score.</summary>
    public static SegmentDefinition Of(RfmScore score) => (score.Recency, score.Value) switch
    {
        (5, >= 4) => Champions,
        (5, 1) => NewCustomers,
        (4, 1) => Promising,
        (4 or 5, 2 or 3) => PotentialLoyalists,
        (3 or 4, >= 4) => LoyalCustomers,
        (3, 3) => NeedAttention,
        (3, _) => AboutToSleep,
        (_, 5) => CantLoseThem,
        (_, 3 or 4) => AtRisk,
        (1, 1) => Lost,
        _ => Hibernating,
    };

    private static SegmentDefinition Declare(string id, string name, string description, string nameFr, string descriptionFr) =>
        new("rfm:" + id, SegmentKind.Rfm, new Bilingual(name, nameFr), new Bilingual(description, descriptionFr));
}
