using System.Globalization;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Explanation;

/// <summary>Gives every cluster a name of two to four words that no other cluster has, in either language, from what sets it apart.</summary>
/// <remarks>
/// Clusters choose in the order of their labels. Each takes the first of its candidates that is free: what stands out
/// most with another thing that does, or alone with its degree; the same from the next strongest on; triples; pairs with hyphenated labels; the same with whatever differs
/// at all; its rank among the clusters in a column; its rank by size. So a name is never false, and never a number.
/// </remarks>
internal static class ClusterNaming
{
    /// <summary>Standard deviations from the others that stand out.</summary>
    public const double StandsOut = 0.5;

    // A name says at most this many things; more candidates than these columns make are not worth looking through.
    private const int MostParts = 12;

    public static Bilingual[] Name(IReadOnlyList<NamedProfile> clusters, Table table, ColumnSpeech speech, ExplanationOptions options)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (label, name) in options.KeptNames)
        {
            if (label < 0 || label >= clusters.Count)
                throw new ArgumentException($"KeptNames has a name for cluster {label}; there are clusters 0 to {clusters.Count - 1}.", nameof(options));
            if (!Free(taken, name))
                throw new ArgumentException($"KeptNames gives '{name.En}' / '{name.Fr}' to two clusters.", nameof(options));
            Take(taken, name);
        }

        foreach (var name in options.TakenNames)
            Take(taken, name);
        var words = new NameWords(table, speech);
        var numeric = table.Columns.OfType<NumericColumn>().Select(column => column.Name).ToArray();
        var names = new Bilingual[clusters.Count];
        for (var cluster = 0; cluster < names.Length; cluster++)
        {
            if (!options.KeptNames.TryGetValue(cluster, out var name))
            {
                name = Candidates(clusters, cluster, numeric, words, options.Vocabulary).First(candidate => Free(taken, candidate));
                Take(taken, name);
            }

            names[cluster] = name;
        }

        return names;
    }

    private static bool Free(HashSet<string> taken, Bilingual name) => !taken.Contains(name.En) && !taken.Contains(name.Fr);

    private static void Take(HashSet<string> taken, Bilingual name)
    {
        taken.Add(name.En);
        taken.Add(name.Fr);
    }

    private static IEnumerable<Bilingual> Candidates(
        IReadOnlyList<NamedProfile> clusters, int cluster, string[] numeric, NameWords words, NamingVocabulary vocabulary)
    {
        var profile = clusters[cluster];
        var strong = Strong(profile, words, graded: false);
        var graded = Strong(profile, words, graded: true);
        if (strong.Count == 0)
            yield return vocabulary.Typical;
        for (var first = 0; first < strong.Count; first++)
        {
            foreach (var name in Composed([.. PairsWith(strong, first), [graded[first]], [strong[first]]], vocabulary.Noun, joined: false))
                yield return name;
        }

        foreach (var name in Composed(Triples(strong), vocabulary.Noun, joined: false))
            yield return name;
        foreach (var name in Composed(Singles(strong).Concat(Pairs(strong)), vocabulary.Noun, joined: true))
            yield return name;

        // Nothing that stands out is left to say; now whatever is true.
        List<NamePart> any = [.. graded, .. Weak(profile, numeric, words)];
        foreach (var name in Composed(Pairs(any).Concat(Singles(any)).Concat(Triples(any)), vocabulary.Noun, joined: false))
            yield return name;
        foreach (var name in Composed(Singles(any).Concat(Pairs(any)), vocabulary.Noun, joined: true))
            yield return name;
        foreach (var name in Composed(Singles(Ranks(clusters, cluster, numeric, words)), vocabulary.Noun, joined: true))
            yield return name;
        yield return NameWords.SizeRank(cluster + 1);
        for (var number = 1; ; number++)
        {
            var letters = Letters(number);
            yield return new Bilingual("Group " + letters, "Groupe " + letters);
        }
    }

    /// <summary>What stands out, the strongest first.</summary>
    private static List<NamePart> Strong(NamedProfile profile, NameWords words, bool graded)
    {
        var features = profile.Features
            .Where(trait => Math.Abs(trait.Difference) >= StandsOut && words.MayName(trait.Column))
            .Select(trait => (Strength: Math.Abs(trait.Difference), Part: (NamePart?)words.Numeric(trait.Column, trait.Difference, graded)));
        var categories = profile.Categories
            .Where(trait => trait.Strength >= StandsOut && trait.Share >= 0.5 && words.MayName(trait.Column))
            .Select(trait => (trait.Strength, Part: words.Category(trait.Column, trait.Level, trait.Share)));
        return [.. features.Concat(categories).OrderByDescending(trait => trait.Strength).Select(trait => trait.Part).OfType<NamePart>().Take(MostParts)];
    }

    /// <summary>What differs without standing out: frequent categories, then numbers.</summary>
    private static IEnumerable<NamePart> Weak(NamedProfile profile, string[] numeric, NameWords words)
    {
        var categories = profile.Categories
            .Where(trait => trait.Strength > 0 && (trait.Strength < StandsOut || trait.Share < 0.5) && words.MayName(trait.Column))
            .Select(trait => words.Category(trait.Column, trait.Level, trait.Share))
            .OfType<NamePart>();
        var numbers = Enumerable.Range(0, numeric.Length)
            .Where(column => profile.Differences[column] is { } difference && Math.Abs(difference) < StandsOut && words.MayName(numeric[column]))
            .OrderByDescending(column => Math.Abs(profile.Differences[column]!.Value))
            .Select(column => words.Numeric(numeric[column], profile.Differences[column]!.Value, graded: true));
        return categories.Concat(numbers).Take(MostParts);
    }

    private static List<NamePart> Ranks(IReadOnlyList<NamedProfile> clusters, int cluster, string[] numeric, NameWords words)
    {
        var parts = new List<NamePart>();
        var own = clusters[cluster];
        foreach (var column in Enumerable.Range(0, numeric.Length).OrderByDescending(column => Math.Abs(own.Differences[column] ?? 0)))
        {
            if (own.Means[column] is not { } mean || !words.MayName(numeric[column]))
                continue;
            // A rank that two clusters share names neither.
            var means = clusters.Select(other => other.Means[column]).OfType<double>().ToList();
            if (means.Count > 1 && means.Count(other => other == mean) == 1)
                parts.Add(words.Rank(numeric[column], 1 + means.Count(other => other > mean), means.Count));
        }

        return parts;
    }

    private static IEnumerable<Bilingual> Composed(IEnumerable<NamePart[]> choices, Bilingual? noun, bool joined) =>
        choices.Select(parts => NamePart.Compose(parts, noun, joined)).OfType<Bilingual>();

    private static IEnumerable<NamePart[]> Singles(IReadOnlyList<NamePart> parts) => parts.Select(part => new[] { part });

    private static IEnumerable<NamePart[]> Pairs(IReadOnlyList<NamePart> parts) => Enumerable.Range(0, parts.Count).SelectMany(first => PairsWith(parts, first));

    private static IEnumerable<NamePart[]> PairsWith(IReadOnlyList<NamePart> parts, int first) => parts.Skip(first + 1).Select(second => new[] { parts[first], second });

    private static IEnumerable<NamePart[]> Triples(IReadOnlyList<NamePart> parts)
    {
        for (var a = 0; a < parts.Count; a++)
        {
            for (var b = a + 1; b < parts.Count; b++)
            {
                for (var c = b + 1; c < parts.Count; c++)
                    yield return [parts[a], parts[b], parts[c]];
            }
        }
    }

    private static string Letters(int number)
    {
        var text = "";
        for (; number > 0; number = (number - 1) / 26)
            text = ((char)('A' + ((number - 1) % 26))).ToString(CultureInfo.InvariantCulture) + text;
        return text;
    }
}
