using SegFunctions.Customers.Features;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Segments.Clusters;

/// <summary>Writes the one sentence that describes a cluster.</summary>
internal static class ClusterDescription
{
    private const int TraitsTold = 3;

    /// <param name="traits">Strongest first.</param>
    public static Bilingual Of(IReadOnlyList<ClusterTrait> traits, double share, double revenueShare)
    {
        var told = traits.Select(Tell).OfType<Bilingual>().Take(TraitsTold).ToList();
        var size = Wording.Percent(share);
        var revenue = Wording.Percent(revenueShare);
        if (told.Count == 0)
            return new Bilingual($"Like customers at large; {size.En} of the customers bring {revenue.En} of the revenue.", $"Semblables à l'ensemble des clients ; {size.Fr} des clients apportent {revenue.Fr} du chiffre d'affaires.");
        return new Bilingual(
            $"Stand out by {string.Join(", ", told.Select(trait => trait.En))}; {size.En} of the customers bring {revenue.En} of the revenue.",
            $"Se distinguent par {string.Join(", ", told.Select(trait => trait.Fr))} ; {size.Fr} des clients apportent {revenue.Fr} du chiffre d'affaires.");
    }

    /// <summary>A trait with its typical value and that of everybody; null where the two read the same.</summary>
    private static Bilingual? Tell(ClusterTrait trait)
    {
        var feature = FeatureTable.Named(trait.Feature);
        var own = feature.Print(trait.Typical);
        var all = feature.Print(trait.TypicalOfAll);
        if (own.En == all.En)
            return null;
        return new Bilingual($"{feature.Label.En} {own.En} (all: {all.En})", $"{feature.Label.Fr} {own.Fr} (tous : {all.Fr})");
    }
}
