using System.Globalization;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Explanation;

/// <summary>Turns what stands out in a column into parts of names.</summary>
internal sealed class NameWords
{
    /// <summary>Standard deviations from here on are very much, or very little.</summary>
    private const double VeryMuch = 1.5;

    /// <summary>Below, a difference is little more than none.</summary>
    private const double Hardly = 0.2;

    private static readonly HashSet<string> Fillers = new(StringComparer.OrdinalIgnoreCase)
    {
        "of", "the", "a", "an", "per", "in", "by", "de", "du", "des", "la", "le", "les", "par", "en", "d'", "l'",
    };

    private static readonly string[] Ordinals =
    [
        "", "", "second-", "third-", "fourth-", "fifth-", "sixth-", "seventh-", "eighth-", "ninth-", "tenth-",
    ];

    private readonly ColumnSpeech _speech;
    private readonly Dictionary<string, int> _positions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Bilingual> _labels = new(StringComparer.Ordinal);
    private readonly HashSet<string> _switches = new(StringComparer.Ordinal);
    private readonly HashSet<string> _dates = new(StringComparer.Ordinal);

    public NameWords(Table table, ColumnSpeech speech)
    {
        _speech = speech;
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < table.Columns.Count; i++)
        {
            var column = table.Columns[i];
            var label = speech.Label(column.Name);
            _positions.Add(column.Name, i);
            _labels.Add(column.Name, new Bilingual(Short(label.En, taken), Short(label.Fr, taken)));
            if (IsSwitch(column))
                _switches.Add(column.Name);
            if (column is DateColumn)
                _dates.Add(column.Name);
        }
    }

    public bool MayName(string column) => _speech.Words(column).Names;

    /// <summary>Much or little of a column.</summary>
    /// <param name="graded">Whether the part may say how much: very, fairly, average.</param>
    public NamePart Numeric(string column, double difference, bool graded)
    {
        var words = _speech.Words(column);
        if (_switches.Contains(column))
            return Switch(column, on: difference > 0);
        if (words.Much is { } much && words.Little is { } little && !(graded && Math.Abs(difference) < Hardly))
        {
            var adjective = difference > 0 ? much : little;
            var text = new Bilingual(Small(adjective.En), adjective.Fr);
            if (graded && Math.Abs(difference) >= VeryMuch)
                text = new Bilingual("very " + text.En, "très " + text.Fr);
            else if (graded && Math.Abs(difference) < ClusterNaming.StandsOut)
                text = new Bilingual("fairly " + text.En, "assez " + text.Fr);
            return Adjective(column, text);
        }

        var form = words.French;
        var (english, french) = (_dates.Contains(column), difference > 0) switch
        {
            (false, true) => ("high", "élevé" + form.Ending()),
            (false, false) => ("low", form.IsPlural() ? "faibles" : "faible"),
            (true, true) => ("late", Tardif(form)),
            _ => ("early", form.IsPlural() ? "précoces" : "précoce"),
        };
        if (graded && Math.Abs(difference) >= VeryMuch)
            (english, french) = ("very " + english, "très " + french);
        else if (graded && Math.Abs(difference) < Hardly)
            (english, french) = ("average", Average(form));
        else if (graded && Math.Abs(difference) < ClusterNaming.StandsOut)
            (english, french) = ("fairly " + english, "assez " + french);
        return Phrase(column, label => $"{english} {label}", label => $"{label} {french}");
    }

    /// <summary>A category that most members have; null where it has no words.</summary>
    public NamePart? Category(string column, string? level, double share)
    {
        if (level is null && _speech.Words(column).Unknown is { } adjective)
            return Adjective(column, new Bilingual(Small(adjective.En), adjective.Fr));
        if (level is null)
            return Phrase(column, label => "unknown " + label, label => $"{label} inconnu{_speech.Words(column).French.Ending()}");
        if (string.IsNullOrWhiteSpace(level))
            return null;
        var text = string.Join(' ', level.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (_switches.Contains(column) && Meaning(text) is { } on)
            return Switch(column, on);
        // A number says nothing without its column.
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) || Meaning(text) is not null)
            return Phrase(column, label => $"{label} {NamePart.Hyphenated(text)}", label => $"{label} {NamePart.Hyphenated(text)}");
        var (english, french) = share >= 0.5 ? ("mostly", "surtout") : ("often", "souvent");
        var joined = NamePart.Hyphenated(text);
        return new NamePart(
            _positions[column], Aspect(column), false, new Bilingual($"{english} {text}", $"{french} {text}"), new Bilingual($"{english} {joined}", $"{french} {joined}"));
    }

    /// <summary>The place of a cluster among all, by its mean in a column.</summary>
    /// <param name="rank">1 for the highest.</param>
    public NamePart Rank(string column, int rank, int of)
    {
        var form = _speech.Words(column).French;
        var fromTop = rank <= (of + 1) / 2;
        var (most, least) = _dates.Contains(column) ? ("latest", "earliest") : ("highest", "lowest");
        var english = Ordinal(fromTop ? rank : of - rank + 1) + (fromTop ? most : least);
        if (rank == 1 || rank == of)
        {
            var end = form switch
            {
                FrenchForm.Feminine => "ale",
                FrenchForm.MasculinePlural => "aux",
                FrenchForm.FemininePlural => "ales",
                _ => "al",
            };
            return Phrase(column, label => $"{english} {label}", label => $"{label} {(rank == 1 ? "maxim" : "minim")}{end}");
        }

        return Phrase(column, label => $"{english} {label}", label => $"{label}, {rank}e rang");
    }

    /// <summary>The place of a cluster among all, by size.</summary>
    public static Bilingual SizeRank(int rank)
    {
        var english = Ordinal(rank) + "largest group";
        return new Bilingual(char.ToUpperInvariant(english[0]) + english[1..], $"{(rank == 1 ? "1er" : rank.ToString(CultureInfo.InvariantCulture) + "e")} groupe par taille");
    }

    private static string Ordinal(int rank)
    {
        if (rank < Ordinals.Length)
            return Ordinals[rank];
        var ending = (rank % 100) is >= 11 and <= 13 ? "th" : (rank % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" };
        return $"{rank}{ending}-";
    }

    private static string Average(FrenchForm form) => form switch
    {
        FrenchForm.Feminine => "moyenne",
        FrenchForm.MasculinePlural => "moyens",
        FrenchForm.FemininePlural => "moyennes",
        _ => "moyen",
    };

    private static string Tardif(FrenchForm form) => form switch
    {
        FrenchForm.Feminine => "tardive",
        FrenchForm.MasculinePlural => "tardifs",
        FrenchForm.FemininePlural => "tardives",
        _ => "tardif",
    };

    private static string Small(string word) => char.ToLowerInvariant(word[0]) + word[1..];

    // At most three words: the fillers go, else all of it is one word.
    private static string Short(string label, HashSet<string> taken)
    {
        const int Most = 3;
        var words = label.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var text = string.Join(' ', words);
        if (words.Length > Most)
        {
            string[] telling = [.. words.Where(word => !Fillers.Contains(word))];
            text = telling.Length is > 0 and <= Most ? string.Join(' ', telling) : NamePart.Hyphenated(label);
        }

        // Both languages may say the same of one column, but no two columns.
        return taken.Add(text) || words.Length <= Most ? text : NamePart.Hyphenated(label);
    }

    private static bool IsSwitch(Column column)
    {
        if (column is NumericColumn numbers)
            return Array.TrueForAll(numbers.Values, value => value is 0 or 1 or double.NaN) && Array.IndexOf(numbers.Values, 1) >= 0 && Array.IndexOf(numbers.Values, 0) >= 0;
        var levels = ((TextColumn)column).Levels;
        return levels.Count == 2 && Meaning(levels[0]) is { } first && Meaning(levels[1]) == !first;
    }

    private static bool? Meaning(string level) => level.Trim().ToLowerInvariant() switch
    {
        "yes" or "true" or "oui" or "vrai" or "y" or "t" or "1" => true,
        "no" or "false" or "non" or "faux" or "n" or "f" or "0" => false,
        _ => null,
    };

    private NamePart Adjective(string column, Bilingual text) => new(_positions[column], Aspect(column), true, text, text);

    private NamePart Switch(string column, bool on) =>
        Phrase(column, label => (on ? "with " : "without ") + label, label => (on ? "avec " : "sans ") + label);

    private NamePart Phrase(string column, Func<string, string> english, Func<string, string> french)
    {
        var label = _labels[column];
        return new NamePart(
            _positions[column], Aspect(column), false, new Bilingual(english(label.En), french(label.Fr)),
            new Bilingual(english(NamePart.Hyphenated(label.En)), french(NamePart.Hyphenated(label.Fr))));
    }

    private string Aspect(string column) => _speech.Words(column).Aspect is { } aspect ? "aspect " + aspect : "column " + column;
}
