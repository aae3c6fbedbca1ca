using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Segments.Stage;

/// <summary>The stages of the life cycle; <see cref="StageModel"/> has the rule.</summary>
public static class Stages
{
    public static readonly SegmentDefinition Prospect = Declare("prospect",
        "Prospect", "Known, but without any purchase.",
        "Prospect", "Connu, mais sans aucun achat.");

    public static readonly SegmentDefinition New = Declare("new",
        "New", "Ordered on one day only, no longer ago than two usual gaps.",
        "Nouveau", "A commandé un seul jour, il y a au plus deux intervalles habituels.");

    public static readonly SegmentDefinition Active = Declare("active",
        "Active", "Ordered on several days, last no longer ago than two usual gaps.",
        "Actif", "A commandé plusieurs jours, le dernier il y a au plus deux intervalles habituels.");

    public static readonly SegmentDefinition Lapsing = Declare("lapsing",
        "Lapsing", "Last order between two and four usual gaps ago.",
        "En perte de vitesse", "Dernière commande il y a deux à quatre intervalles habituels.");

    public static readonly SegmentDefinition Lapsed = Declare("lapsed",
        "Lapsed", "Last order more than four usual gaps ago.",
        "Inactif", "Dernière commande il y a plus de quatre intervalles habituels.");

    /// <summary>All stages, in the order of life.</summary>
    public static IReadOnlyList<SegmentDefinition> All { get; } = [Prospect, New, Active, Lapsing, Lapsed];

    private static SegmentDefinition Declare(string id, string name, string description, string nameFr, string descriptionFr) =>
        new("stage:" + id, SegmentKind.Stage, new Bilingual(name, nameFr), new Bilingual(description, descriptionFr));
}
