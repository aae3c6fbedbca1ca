using SegFunctions.Customers.Features;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Segments.Clusters;

/// <summary>Gives every cluster a name of two to four words that no other cluster has, from what sets it apart.</summary>
/// <remarks>
/// Each feature has one adjective for much and one for little. Features fall into aspects (when, how often, how much, what), and
/// a name takes at most one adjective an aspect, the strongest first: two where two stand out, else one. Where another cluster
/// has the name already, other pairs, single adjectives and triples are tried, the strongest first.
/// </remarks>
internal static class ClusterNaming
{
    // Standard deviations from the mean that stand out: the median customer of such a cluster is in the outer 30 %.
    private const double StandsOut = 0.5;

    private static readonly Bilingual Typical = new("Typical", "typiques");

    private static readonly Dictionary<string, Adjectives> Words = new(StringComparer.Ordinal)
    {
        [FeatureTable.RecencyDays.Name] = new(0, new("Lapsed", "inactifs"), new("Recent", "récents")),
        [FeatureTable.Orders.Name] = new(1, new("Frequent", "fréquents"), new("Occasional", "occasionnels")),
        [FeatureTable.GapMeanDays.Name] = new(1, new("Slow-paced", "espacés"), new("Fast-paced", "assidus")),
        [FeatureTable.Revenue.Name] = new(2, new("Valuable", "précieux"), new("Modest", "modestes")),
        [FeatureTable.AverageBasket.Name] = new(2, new("Big-basket", "dépensiers"), new("Small-basket", "économes")),
        [FeatureTable.ItemsPerOrder.Name] = new(2, new("Bulk", "volumineux"), new("Few-item", "parcimonieux")),
        [FeatureTable.DistinctProducts.Name] = new(3, new("Wide-range", "éclectiques"), new("Narrow-range", "sélectifs")),
    };

    private static readonly Bilingual Noun = new("buyers", "Acheteurs");

    /// <summary>One name a cluster, in the order given, for the traits of each (strongest first).</summary>
    public static Bilingual[] Name(IReadOnlyList<IReadOnlyList<ClusterTrait>> clusters)
    {
        var names = new Bilingual[clusters.Count];
        var taken = new HashSet<string>(StringComparer.Ordinal);
        for (var cluster = 0; cluster < names.Length; cluster++)
        {
            // The share of the last 90 days says again what recency says, and less surely: it names nobody.
            foreach (var name in Candidates([.. clusters[cluster].Where(trait => Words.ContainsKey(trait.Feature))]))
            {
                if (!taken.Contains(name.En) && !taken.Contains(name.Fr))
                {
                    names[cluster] = name;
                    break;
                }
            }

            // More clusters than adjectives can tell apart: the number does.
            names[cluster] ??= new Bilingual($"Typical buyers {cluster + 1}", $"Acheteurs typiques {cluster + 1}");
            taken.Add(names[cluster].En);
            taken.Add(names[cluster].Fr);
        }

        return names;
    }

    private static IEnumerable<Bilingual> Candidates(IReadOnlyList<ClusterTrait> traits)
    {
        var strong = traits.Where(trait => Math.Abs(trait.Difference) >= StandsOut).ToList();
        if (strong.Count == 0)
            yield return Compose([Typical]);
        if (strong.Count == 1)
            yield return Compose(Pick(strong[0]));
        foreach (var name in Combinations(strong))
            yield return name;
        foreach (var trait in strong)
            yield return Compose(Pick(trait));
        foreach (var name in Combinations(traits))
            yield return name;
    }

    // Pairs, then triples, of different aspects; the strongest first.
    private static IEnumerable<Bilingual> Combinations(IReadOnlyList<ClusterTrait> traits)
    {
        for (var a = 0; a < traits.Count; a++)
        {
            for (var b = a + 1; b < traits.Count; b++)
            {
                if (Aspect(traits[a]) != Aspect(traits[b]))
                    yield return Compose(Pick(traits[a], traits[b]));
            }
        }

        for (var a = 0; a < traits.Count; a++)
        {
            for (var b = a + 1; b < traits.Count; b++)
            {
                for (var c = b + 1; c < traits.Count; c++)
                {
                    if (Aspect(traits[a]) != Aspect(traits[b]) && Aspect(traits[a]) != Aspect(traits[c]) && Aspect(traits[b]) != Aspect(traits[c]))
                        yield return Compose(Pick(traits[a], traits[b], traits[c]));
                }
            }
        }
    }

    // By aspect, so that the same adjectives always make the same name.
    private static Bilingual[] Pick(params ClusterTrait[] traits) =>
        [.. traits.OrderBy(Aspect).Select(trait => trait.Difference > 0 ? Words[trait.Feature].Much : Words[trait.Feature].Little)];

    private static Bilingual Compose(Bilingual[] adjectives)
    {
        var english = string.Join(", ", adjectives.Select((word, i) => i == 0 ? word.En : word.En.ToLowerInvariant()));
        var french = string.Join(", ", adjectives.Select(word => word.Fr));
        return new Bilingual($"{english} {Noun.En}", $"{Noun.Fr} {french}");
    }

    private static int Aspect(ClusterTrait trait) => Words[trait.Feature].Aspect;

    private sealed record Adjectives(int Aspect, Bilingual Much, Bilingual Little);
}
