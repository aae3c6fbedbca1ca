namespace SegFunctions.Customers.Identity.Companies;

/// <summary>Tells which word of a name is what.</summary>
internal static class CompanyNameParser
{
    // What one reading joins ("A. B." to "ab") a second may read anew; names settle after two.
    private const int MostReadings = 6;

    /// <summary>The names in a text, the registered one first, each as its parts.</summary>
    public static IReadOnlyList<IReadOnlyList<CompanyToken>> Parse(string text)
    {
        var parts = Split(CompanyWordReader.Read(text)).ConvertAll(Classify);
        for (var reading = 1; reading < MostReadings; reading++)
        {
            var again = Split(CompanyWordReader.Read(string.Join(" dba ", parts.Select(Write)))).ConvertAll(Classify);
            if (again.Count == parts.Count && again.Zip(parts).All(pair => pair.First.SequenceEqual(pair.Second)))
                break;
            parts = again;
        }

        return parts;
    }

    public static string Write(IEnumerable<CompanyToken> tokens) => string.Join(' ', tokens.Select(token => token.Text));

    private static List<List<string>> Split(List<string> words)
    {
        var names = new List<List<string>>();
        var from = 0;
        for (var at = 1; at < words.Count - 1; at++)
        {
            var phrase = CompanyWords.TradingAs.FirstOrDefault(phrase => at + phrase.Length < words.Count && words.Skip(at).Take(phrase.Length).SequenceEqual(phrase));
            if (phrase is null || at == from)
                continue;
            names.Add(words[from..at]);
            from = at + phrase.Length;
            at = from;
        }

        names.Add(words[from..]);
        return names;
    }

    private static List<CompanyToken> Classify(List<string> all)
    {
        // Forms and places are found as if fillers were not there: "GmbH & Co. KG", "GmbH u. Co KG".
        var fillers = all.Select((_, at) => CompanyWordReader.IsFiller(all, at)).ToArray();
        if (fillers.All(filler => filler))
            Array.Clear(fillers);
        var sources = Enumerable.Range(0, all.Count).Where(at => !fillers[at]).ToArray();
        var words = Array.ConvertAll(sources, at => all[at]);
        var parts = new CompanyToken?[words.Length];
        var lengths = new int[words.Length];
        MarkForms(words, parts, lengths, edges: false);
        MarkPlaces(words, parts, lengths);
        MarkForms(words, parts, lengths, edges: true);
        var tokens = new List<CompanyToken>(all.Count);
        var source = 0;
        for (var at = 0; at < words.Length; at += lengths[at])
        {
            for (; source < sources[at]; source++)
                tokens.Add(Filler(all[source]));
            if (parts[at] is null)
                lengths[at] = LettersFrom(words, parts, at);
            tokens.Add(parts[at] ?? Word(string.Concat(words.AsSpan(at, lengths[at]))));
            source = sources[at + lengths[at] - 1] + 1;
        }

        for (; source < all.Count; source++)
            tokens.Add(Filler(all[source]));
        return WithCore(tokens);
    }

    private static CompanyToken Filler(string word) => new(CompanyWords.Connectives.Contains(word) ? "and" : word, CompanyTokenClass.Filler);

    private static CompanyToken Word(string word)
    {
        if (CompanyWords.Number(word) is { } number)
            return new CompanyToken(number, CompanyTokenClass.Number);
        var standard = CompanyWords.Standard(word);
        return new CompanyToken(standard, CompanyWords.Descriptors.Contains(standard) ? CompanyTokenClass.Descriptor : CompanyTokenClass.Core);
    }

    /// <summary>Letters alone that follow each other are the initials of one word: "I.B.M.", "J. P. Morgan".</summary>
    private static int LettersFrom(string[] words, CompanyToken?[] parts, int at)
    {
        var length = 0;
        while (at + length < words.Length && parts[at + length] is null && words[at + length] is { Length: 1 } word && char.IsLetter(word[0]))
            length++;
        return Math.Max(1, length);
    }

    private static void MarkForms(string[] words, CompanyToken?[] parts, int[] lengths, bool edges)
    {
        for (var at = 0; at < words.Length; at++)
        {
            if (lengths[at] > 0)
                continue;
            for (var length = Math.Min(LegalForms.LongestSpelling, words.Length - at); length >= 1; length--)
            {
                if (lengths.AsSpan(at, length).ContainsAnyExcept(0) || (edges && length > 1 && IsPartOfInitials(words, at, length)))
                    continue;
                var atEdge = edges && (!parts.AsSpan(0, at).ContainsNull() || !parts.AsSpan(at + length).ContainsNull());
                if (LegalForms.Find(words.AsSpan(at, length), atEdge) is not { } form || length == Free(lengths))
                    continue;
                Mark(parts, lengths, at, length, new CompanyToken(form.Code, CompanyTokenClass.Form));
                break;
            }
        }
    }

    // "A.B.C. Bau" begins with no Aktiebolag.
    private static bool IsPartOfInitials(string[] words, int at, int length) =>
        (at > 0 && words[at - 1].Length == 1) || (at + length < words.Length && words[at + length].Length == 1);

    private static void MarkPlaces(string[] words, CompanyToken?[] parts, int[] lengths)
    {
        for (var at = 0; at < words.Length; at++)
        {
            for (var length = Math.Min(CompanyPlaces.LongestName, words.Length - at); length >= 1; length--)
            {
                if (lengths.AsSpan(at, length).ContainsAnyExcept(0) || CompanyPlaces.Find(string.Join(' ', words, at, length)) is not { } place)
                    continue;
                Mark(parts, lengths, at, length, new CompanyToken(place, CompanyTokenClass.Place));
                break;
            }
        }
    }

    private static void Mark(CompanyToken?[] parts, int[] lengths, int at, int length, CompanyToken token)
    {
        // The other words of a part are skipped by its length; they are no free words any more.
        parts.AsSpan(at, length).Fill(token);
        lengths.AsSpan(at, length).Fill(length);
    }

    private static int Free(int[] lengths) => lengths.Count(length => length == 0);

    private static bool ContainsNull(this Span<CompanyToken?> parts)
    {
        foreach (var part in parts)
        {
            if (part is null)
                return true;
        }

        return false;
    }

    /// <summary>A name that consists of such words alone is named by them: "Holding Group AG", "Paris SA", "3".</summary>
    private static List<CompanyToken> WithCore(List<CompanyToken> tokens)
    {
        ReadOnlySpan<CompanyTokenClass> order = [CompanyTokenClass.Core, CompanyTokenClass.Descriptor, CompanyTokenClass.Place, CompanyTokenClass.Number, CompanyTokenClass.Form];
        foreach (var kind in order)
        {
            if (tokens.Exists(token => token.Class == kind))
                return tokens.ConvertAll(token => token.Class == kind ? token with { Class = CompanyTokenClass.Core } : token);
        }

        return tokens;
    }
}
