using System.Text;
using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Intake.Values;

/// <summary>Codes by their names in English, French, German, Spanish, Italian and Dutch, and by their other codes; compared folded.</summary>
internal sealed class KnownNames
{
    private readonly Dictionary<string, byte[]> _codes = new(StringComparer.Ordinal);

    private KnownNames(string resource)
    {
        // A line a code: the code, its longer forms, its names.
        using var stream = typeof(KnownNames).Assembly.GetManifestResourceStream(resource)!;
        using var lines = new StreamReader(stream, Encoding.UTF8);
        while (lines.ReadLine() is { } line)
        {
            var parts = line.Split('\t');
            var code = Encoding.UTF8.GetBytes(parts[0]);
            foreach (var name in parts[1].Split('|').Concat(parts[2].Split('|')).Prepend(parts[0]))
                _codes.TryAdd(TextFolding.Key(name), code);
        }
    }

    /// <summary>ISO 3166-1 alpha-2 by alpha-2, alpha-3 and name (names: Unicode CLDR).</summary>
    public static KnownNames Countries { get; } = new("Countries.tsv");

    /// <summary>ISO 639-1 by its code, ISO 639-2 and name, in these languages and its own (names: Unicode CLDR).</summary>
    public static KnownNames Languages { get; } = new("Languages.tsv");

    /// <summary>The code, or null when the name is not known.</summary>
    public byte[]? Find(string name) => _codes.GetValueOrDefault(TextFolding.Key(name));

    /// <summary>A language with or without region, as <c>fr</c> or <c>fr-CA</c>, from a name, a code or a locale such as <c>fr_CA.UTF-8</c>.</summary>
    public static byte[]? FindLocale(string name)
    {
        if (Languages.Find(name) is { } language)
            return language;
        var parts = name.Split('.', '@')[0].Split('-', '_');
        if (parts.Length is not (2 or 3) || parts[0].Length is < 2 or > 3 || Languages.Find(parts[0]) is not { } first || parts[^1].Length != 2 || Countries.Find(parts[^1]) is not { } region)
            return null;
        return [.. first, (byte)'-', .. region];
    }
}
