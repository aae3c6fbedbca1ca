namespace SegFunctions.Customers.Identity.Normalisation;

/// <summary>Texts that people type where there is nothing to say; they must link nobody.</summary>
internal static class Placeholders
{
    private static readonly HashSet<string> Words = new(StringComparer.Ordinal)
    {
        "na", "n a", "none", "null", "nil", "nan", "unknown", "unk", "not known", "not available", "not applicable", "not provided", "not specified", "no data", "missing", "undefined",
        "test", "tester", "testing", "dummy", "fake", "xxx", "xx", "xxxx", "tbd", "tba", "anonymous", "anonym", "inconnu", "inconnue", "non renseigne", "unbekannt", "keine angabe", "k a", "desconocido",
        "sin datos", "sconosciuto", "onbekend", "nvt", "n v t", "guest", "customer", "deleted", "nobody", "default", "other", "1", "0",
    };

    /// <summary>Whether a folded text says that there is nothing.</summary>
    public static bool IsNobody(string folded) => folded.Length == 0 || Words.Contains(folded);

    /// <summary>The same for codes and numbers: also a single digit, a negative one, one letter repeated.</summary>
    public static bool IsNoCode(ReadOnlySpan<char> folded, string text) =>
        folded.Length < 2 || folded.IndexOfAnyExcept(folded[0]) < 0 || Words.Contains(folded.ToString()) || text.AsSpan().TrimStart().StartsWith("-", StringComparison.Ordinal);
}
