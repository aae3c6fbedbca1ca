using System.Text;
using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Identity.Companies;

/// <summary>Cuts a name into folded words: which marks separate, which belong to a word, and which words are mere glue.</summary>
internal static class CompanyWordReader
{
    private const int ShortestGlued = 4;

    /// <summary>Whether a character belongs to a script that sets no blanks between words.</summary>
    public static bool IsGlyph(char character) => character is >= '\u2E80' and <= '\uD7FF' or >= '\uF900' and <= '\uFAFF';

    /// <summary>The words of a name in their order, small and without accents.</summary>
    public static List<string> Read(string text)
    {
        foreach (var (glyphs, code) in LegalForms.Glyphs)
            text = text.Replace(glyphs, " " + code + " ", StringComparison.Ordinal);
        return Cut(text, IsKnown);
    }

    /// <summary>The words of a spelling of a legal form, without fillers.</summary>
    public static string[] ReadSpelling(string text)
    {
        var words = Cut(text, null);
        return [.. words.Where((_, at) => !IsFiller(words, at))];
    }

    /// <summary>Whether a word is a connective or an article where it stands.</summary>
    public static bool IsFiller(List<string> words, int at)
    {
        var word = words[at];
        if (CompanyWords.Connectives.Contains(word) || CompanyWords.Particles.Contains(word))
            return true;
        return CompanyWords.ShortConnectives.Contains(word)
            && at > 0 && words[at - 1].Length > 1
            && at + 1 < words.Count && words[at + 1].Length > 1;
    }

    /// <summary>A word that is worth cutting off from the one that it is glued to.</summary>
    private static bool IsKnown(string word) =>
        LegalForms.IsSpelling(word) || (word.Length >= ShortestGlued && (CompanyWords.Common.Contains(CompanyWords.Standard(word)) || CompanyPlaces.Find(word) is not null));

    private static List<string> Cut(string text, Func<string, bool>? isKnown)
    {
        var plain = TextFolding.WithoutAccents(text);
        var words = new List<string>();
        var word = new StringBuilder();
        for (var at = 0; at < plain.Length; at++)
        {
            var character = plain[at];
            if (char.IsLetterOrDigit(character) || char.IsSurrogate(character))
            {
                if (word.Length > 0 && isKnown is not null && StartsGlued(plain, at, isKnown))
                    Close(words, word);
                word.Append(char.ToLowerInvariant(character));
            }
            else if (character is '&' or '+')
            {
                Close(words, word);
                words.Add("and");
            }
            else if (!IsInsideWord(plain, at))
            {
                Close(words, word);
            }
        }

        Close(words, word);
        return words;
    }

    /// <summary>
    /// A mark that separates no words, between two letters, is dropped: "O'Hara", "Yahoo!Japan", and "Gusik]wski", whose letter came to
    /// harm. Its neighbours stay together.
    /// </summary>
    public static bool IsInsideWord(string text, int at) =>
        text[at] is not (' ' or '\t' or '\n' or '\r' or ',' or '.' or '-' or '/' or ';' or ':' or '(' or ')' or '"' or '\u00A0' or '–' or '—' or '·' or '«' or '»')
        && !char.IsWhiteSpace(text[at])
        && at > 0 && char.IsLetterOrDigit(text[at - 1])
        && at + 1 < text.Length && char.IsLetterOrDigit(text[at + 1]);

    /// <summary>"SchummPLC", "TordanImmobilien": a small letter or a digit, then a capital with which a known word begins that goes to the end.</summary>
    private static bool StartsGlued(string text, int at, Func<string, bool> isKnown)
    {
        if (!char.IsUpper(text[at]) || char.IsUpper(text[at - 1]))
            return false;
        var end = at;
        while (end < text.Length && char.IsLetter(text[end]))
            end++;
        return end - at >= 2 && (end == text.Length || !char.IsLetterOrDigit(text[end])) && isKnown(text[at..end].ToLowerInvariant());
    }

    private static void Close(List<string> words, StringBuilder word)
    {
        if (word.Length > 0)
            words.Add(word.ToString());
        word.Clear();
    }
}
