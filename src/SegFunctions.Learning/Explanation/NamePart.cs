namespace SegFunctions.Learning.Explanation;

/// <summary>What a name says of one column.</summary>
/// <param name="Column">Position of the column: parts stand in this order, so that the same parts always make the same name.</param>
/// <param name="Aspect">A name takes one part of an aspect.</param>
/// <param name="IsAdjective">Whether it stands beside the vocabulary's noun; else it is a phrase of its own.</param>
/// <param name="Plain">The words, beginning in lower case where they may.</param>
/// <param name="Joined">The same in as few words as possible: labels of several words are hyphenated.</param>
internal sealed record NamePart(int Column, string Aspect, bool IsAdjective, Bilingual Plain, Bilingual Joined)
{
    public const int LeastWords = 2;

    public const int MostWords = 4;

    /// <summary>The name that parts make, or null where it has too many words or too few.</summary>
    public static Bilingual? Compose(IReadOnlyList<NamePart> parts, Bilingual? noun, bool joined)
    {
        for (var a = 0; a < parts.Count; a++)
        {
            for (var b = 0; b < a; b++)
            {
                if (string.Equals(parts[a].Aspect, parts[b].Aspect, StringComparison.Ordinal))
                    return null;
            }
        }

        var ordered = parts.OrderBy(part => part.Column).ToList();
        var adjectives = ordered.Where(part => part.IsAdjective).Select(part => joined ? part.Joined : part.Plain).ToList();
        var phrases = ordered.Where(part => !part.IsAdjective).Select(part => joined ? part.Joined : part.Plain).ToList();
        var english = phrases.Select(phrase => phrase.En).ToList();
        var french = phrases.Select(phrase => phrase.Fr).ToList();
        if (adjectives.Count > 0)
        {
            english.Insert(0, $"{string.Join(", ", adjectives.Select(word => word.En))} {noun!.En}");
            french.Insert(0, $"{noun.Fr} {string.Join(", ", adjectives.Select(word => word.Fr))}");
        }

        var name = new Bilingual(Capital(string.Join(", ", english)), Capital(string.Join(", ", french)));
        return Words(name.En) is >= LeastWords and <= MostWords && Words(name.Fr) is >= LeastWords and <= MostWords ? name : null;
    }

    public static int Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;

    public static string Hyphenated(string text) => string.Join('-', text.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
