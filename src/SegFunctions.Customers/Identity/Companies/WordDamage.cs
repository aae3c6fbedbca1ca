using System.Collections.Frozen;
using System.Text;
using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Identity.Companies;

/// <summary>Counts letters of words that plainly came to harm: a mark, a digit or a capital where nobody writes one.</summary>
/// <remarks>"Gusik]wski", "7odkievicz", "ProhQsVa": such a letter may stand for any other, and where it stands is known.</remarks>
internal static class WordDamage
{
    // Marks that people put beside words, and into them: "O'Hara", "Yahoo!", "Toys*R*Us", "[x]", "Müller's".
    private const string UsualMarks = "'’‘`´!*@#&+\"“”„()[]®™©°§$€£%?";

    private const int ShortestWord = 3;

    // "McDonald", "LaSalle", "iPhone": a capital after one of these is none out of place.
    private static readonly FrozenSet<string> Prefixes = new[] { "mc", "mac", "de", "la", "le", "du", "di", "van", "von", "fitz", "o", "e", "i", "my", "d", "l" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, int> None = FrozenDictionary<string, int>.Empty;

    /// <summary>For each word of a name, as <see cref="CompanyWordReader"/> cuts it, how many of its letters came to harm; words without harm are left out.</summary>
    public static IReadOnlyDictionary<string, int> Of(string text)
    {
        Dictionary<string, int>? found = null;
        var plain = TextFolding.WithoutAccents(text);
        var word = new StringBuilder();
        var harm = 0;
        for (var at = 0; at <= plain.Length; at++)
        {
            if (at < plain.Length && char.IsLetterOrDigit(plain[at]))
            {
                harm += IsOutOfPlace(plain, at, word) ? 1 : 0;
                word.Append(char.ToLowerInvariant(plain[at]));
                continue;
            }

            var isOdd = at < plain.Length && IsOddMark(plain, at);
            if (at < plain.Length && CompanyWordReader.IsInsideWord(plain, at))
            {
                harm += isOdd || "[]()?".Contains(plain[at], StringComparison.Ordinal) ? 1 : 0;
                continue;
            }

            if (harm + (isOdd ? 1 : 0) > 0 && word.Length >= ShortestWord)
                (found ??= new Dictionary<string, int>(StringComparer.Ordinal))[word.ToString()] = harm + (isOdd ? 1 : 0);
            // A mark at the beginning of the next word is a letter of it.
            harm = isOdd && word.Length == 0 ? 1 : 0;
            word.Clear();
        }

        return found ?? (IReadOnlyDictionary<string, int>)None;
    }

    private static bool IsOddMark(string text, int at) =>
        !char.IsWhiteSpace(text[at]) && text[at] < 128 && !UsualMarks.Contains(text[at], StringComparison.Ordinal) && !".,;:-/".Contains(text[at], StringComparison.Ordinal);

    private static bool IsOutOfPlace(string text, int at, StringBuilder word)
    {
        var (before, after) = (at > 0 ? text[at - 1] : ' ', at + 1 < text.Length ? text[at + 1] : ' ');
        if (char.IsDigit(text[at]))
            return char.IsLetter(before) || char.IsLetter(after);
        return char.IsUpper(text[at]) && char.IsLower(before) && char.IsLower(after) && !Prefixes.Contains(word.ToString());
    }
}
