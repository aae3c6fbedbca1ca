namespace SegFunctions.Customers.Identity.Normalisation;

/// <summary>A name taken apart: given, family, and what tells a son from his father.</summary>
/// <param name="Generation">1 for the elder (Sr), 2 for the younger (Jr, II), 3 and more as counted; 0 when not told.</param>
internal readonly record struct PersonName(string Given, string Family, int Generation)
{
    private static readonly HashSet<string> Titles = new(StringComparer.Ordinal)
    {
        "mr", "mrs", "ms", "miss", "mister", "dr", "prof", "professor", "sir", "madam", "mme", "mlle", "monsieur", "madame", "mademoiselle", "herr", "frau", "sr", "sra", "srta", "senor", "senora",
        "sig", "sigra", "signor", "signora", "dhr", "mevr", "mw", "dipl", "ing", "phd", "md", "msc", "bsc", "mba",
    };

    private static readonly HashSet<string> Particles = new(StringComparer.Ordinal)
    {
        "van", "von", "de", "der", "den", "del", "della", "di", "da", "du", "des", "dos", "das", "la", "le", "ten", "ter", "zu", "zum", "zur", "vom", "af", "al", "el", "bin", "ibn", "mac", "mc", "st", "san", "saint", "o", "y", "e",
    };

    /// <summary>Reads a folded given name: without titles, with the generation taken off.</summary>
    public static string GivenOf(string folded, out int generation)
    {
        var words = new List<string>(folded.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        generation = TakeGeneration(words);
        while (words.Count > 1 && Titles.Contains(words[0]))
            words.RemoveAt(0);
        return string.Join(' ', words);
    }

    /// <summary>Reads a folded family name; particles are left out, for they come and go: "van der Berg", "Vandenberg", "Berg".</summary>
    public static string FamilyOf(string folded, out int generation)
    {
        var words = new List<string>(folded.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        generation = TakeGeneration(words);
        var first = 0;
        while (first < words.Count - 1 && Particles.Contains(words[first]))
            first++;
        return string.Join(' ', words.Skip(first));
    }

    /// <summary>Reads a whole name; a comma says that the family name stands first.</summary>
    /// <param name="fold">Folds a text to small words apart by blanks.</param>
    public static PersonName Whole(string text, Func<string, string> fold)
    {
        var comma = text.IndexOf(',', StringComparison.Ordinal);
        if (comma > 0)
        {
            var family = FamilyOf(fold(text[..comma]), out var one);
            var rest = fold(text[(comma + 1)..]);
            var given = GivenOf(rest, out var other);
            // "John Smith, Jr." has its comma elsewhere.
            if (given.Length > 0 && GenerationOf(rest) == 0)
                return new PersonName(given, family, Math.Max(one, other));
            text = text[..comma] + " " + text[(comma + 1)..];
        }

        var words = new List<string>(fold(text).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        var generation = TakeGeneration(words);
        while (words.Count > 1 && Titles.Contains(words[0]))
            words.RemoveAt(0);
        if (words.Count == 0)
            return new PersonName("", "", generation);
        if (words.Count == 1)
            return new PersonName("", words[0], generation);
        var start = words.Count - 1;
        while (start > 1 && Particles.Contains(words[start - 1]))
            start--;
        return new PersonName(string.Join(' ', words.Take(start)), words[^1], generation);
    }

    private static int GenerationOf(string word) => word switch
    {
        "sr" or "snr" or "senior" or "pere" or "i" => 1,
        "jr" or "jnr" or "junior" or "fils" or "ii" or "2nd" => 2,
        "iii" or "3rd" => 3,
        "iv" or "4th" => 4,
        _ => 0,
    };

    private static int TakeGeneration(List<string> words)
    {
        if (words.Count < 2)
            return 0;
        var generation = GenerationOf(words[^1]);
        if (generation > 0)
            words.RemoveAt(words.Count - 1);
        return generation;
    }
}
