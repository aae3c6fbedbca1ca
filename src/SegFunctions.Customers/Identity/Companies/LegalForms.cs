using System.Collections.Frozen;

namespace SegFunctions.Customers.Identity.Companies;

/// <summary>Finds legal forms by any of their spellings.</summary>
public static class LegalForms
{
    // Two letters are a word or an initial more often than a form, except these.
    private static readonly FrozenSet<string> SureTwoLetters = new[] { "ag", "kg", "bv", "nv", "sa", "sl", "oy", "kk" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly (FrozenDictionary<string, Spelling> Spellings, (string Text, string Code)[] Glyphs, LegalForm[] Forms) Table = Read(LegalFormTable.Text);

    /// <summary>Every form known, in the order of the table.</summary>
    public static IReadOnlyList<LegalForm> All => Table.Forms;

    /// <summary>The forms by <see cref="LegalForm.Code"/>.</summary>
    internal static FrozenDictionary<string, LegalForm> ByCode { get; } = Table.Forms.ToFrozenDictionary(form => form.Code, StringComparer.Ordinal);

    /// <summary>Words in the longest spelling.</summary>
    internal static int LongestSpelling { get; } = Table.Spellings.Values.Max(spelling => Math.Max(spelling.Words.Length, 6));

    /// <summary>Spellings of scripts that set no blanks between words, longest first, with the code of their form.</summary>
    internal static IReadOnlyList<(string Text, string Code)> Glyphs => Table.Glyphs;

    /// <summary>The form that some words of a name spell, or null.</summary>
    /// <param name="words">Folded words in their order.</param>
    /// <param name="atEdge">Whether the words begin or end the name; a form that may be a word as well counts there alone.</param>
    internal static LegalForm? Find(ReadOnlySpan<string> words, bool atEdge)
    {
        var joined = words.Length == 1 ? words[0] : string.Concat(words);
        if (!Table.Spellings.TryGetValue(joined, out var spelling) || (spelling.OnlyAtEdge && !atEdge))
            return null;
        return words.Length == 1 || AreInitials(words) || words.SequenceEqual(spelling.Words) ? spelling.Form : null;
    }

    /// <summary>Whether the letters of one word spell a form.</summary>
    internal static bool IsSpelling(string word) => Table.Spellings.ContainsKey(word);

    // "s p z o o" or "ges m b h": too short to be the words of a name that happens to read so.
    private static bool AreInitials(ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (word.Length > 4)
                return false;
        }

        return true;
    }

    private static (FrozenDictionary<string, Spelling>, (string, string)[], LegalForm[]) Read(string table)
    {
        var spellings = new Dictionary<string, Spelling>(StringComparer.Ordinal);
        var glyphs = new List<(string Text, string Code)>();
        var forms = new List<LegalForm>();
        foreach (var line in table.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var cells = line.Split('|');
            var form = new LegalForm(cells[0], Enum.Parse<LegalFormKind>(cells[1]), cells[2].Split(' '));
            forms.Add(form);
            foreach (var text in cells[3].Split(';'))
            {
                if (text.Any(CompanyWordReader.IsGlyph))
                    glyphs.Add((text, form.Code));
                else
                    Add(spellings, form, text.TrimStart('~'), text[0] == '~');
            }

            Add(spellings, form, form.Code, false);
        }

        return (spellings.ToFrozenDictionary(StringComparer.Ordinal), [.. glyphs.OrderByDescending(glyph => glyph.Text.Length)], [.. forms]);
    }

    private static void Add(Dictionary<string, Spelling> spellings, LegalForm form, string text, bool onlyAtEdge)
    {
        var words = CompanyWordReader.ReadSpelling(text);
        var joined = string.Concat(words);
        // The first line that claims a spelling keeps it: ambiguous letters ("SRL", "SAS") stand for the form of the larger economy.
        spellings.TryAdd(joined, new Spelling(form, words, onlyAtEdge || (joined.Length <= 2 && !SureTwoLetters.Contains(joined))));
    }

    private sealed record Spelling(LegalForm Form, string[] Words, bool OnlyAtEdge);
}
