using System.Runtime.InteropServices;
using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Identity.Companies;

/// <summary>Keys that names of one company share, so that not every name need be compared with every other.</summary>
/// <remarks>
/// A word makes a key for each letter left out, so that words one slip apart meet (T. Bocek, E. Hunt, B. Stiller, "Fast Similarity
/// Search in Large Dictionaries", 2007), one for its beginning and one for its end, for words that lost more. Words that every table is
/// full of make none, as long as the name has another.
/// </remarks>
internal static class CompanyBlocking
{
    private const int EdgeLetters = 5;
    private const int LongestWord = 40;

    /// <summary>Adds the keys of a name, each once a word at most.</summary>
    public static void AddKeys(CompanyProfile profile, List<ulong> keys)
    {
        for (var part = profile; part is not null; part = part.TradingAs)
        {
            var core = part.Name.Core;
            if (core.Count == 0)
                continue;
            keys.Add(Key('c', string.Concat(core.Order(StringComparer.Ordinal))));
            foreach (var word in core)
            {
                if (!CompanyWords.Common.Contains(word))
                    AddWord(word, keys);
            }

            // A word cut in two meets the whole.
            for (var at = 1; at < core.Count; at++)
                keys.Add(Key('w', core[at - 1] + core[at]));

            if (core.Count >= 3)
                keys.Add(Key('i', string.Concat(core.Select(word => word[0]))));
            else if (core.Count == 1 && core[0].Length is >= 3 and <= 6)
                keys.Add(Key('i', core[0]));
        }
    }

    private static void AddWord(string word, List<ulong> keys)
    {
        keys.Add(Key('w', word));
        if (word.Length > LongestWord)
            return;
        Span<char> rest = stackalloc char[LongestWord];
        for (var left = 0; word.Length >= 4 && left < word.Length; left++)
        {
            // Of equal neighbours either may be left out.
            if (left > 0 && word[left] == word[left - 1])
                continue;
            word.AsSpan(0, left).CopyTo(rest);
            word.AsSpan(left + 1).CopyTo(rest[left..]);
            keys.Add(Key('w', rest[..(word.Length - 1)]));
        }

        if (word.Length < EdgeLetters)
            return;
        keys.Add(Key('b', word.AsSpan(0, EdgeLetters)));
        keys.Add(Key('e', word.AsSpan(word.Length - EdgeLetters)));
    }

    private static ulong Key(char kind, ReadOnlySpan<char> text) => ByteHash.Hash64(MemoryMarshal.AsBytes(text), kind);
}
