using System.Collections.Frozen;

namespace SegFunctions.Customers.Identity.Companies;

/// <summary>How common the words of companies' names are: learned from the names of a table, with what is known of such names anyway.</summary>
/// <remarks>
/// A word's chance is the share of words that are this word, as a name drawn at random would show it. The two names that are being
/// compared are left out of the count, so a word that they alone have is rare, however small the table.
/// </remarks>
public sealed class CompanyVocabulary
{
    // A small table is mixed with a larger one of unknown names, in which some words are common.
    private const double BackgroundWords = 3000;
    private const double BackgroundCommon = 12;

    // A word nobody else has will be met again some day.
    private const double Unseen = 0.5;

    private readonly FrozenDictionary<string, int> _words;
    private readonly FrozenDictionary<string, int> _forms;
    private readonly double _wordCount;
    private readonly int _formless;
    private readonly int _single;

    private CompanyVocabulary(Dictionary<string, int> words, Dictionary<string, int> forms, int names, int formless, int single)
    {
        (_formless, _single) = (formless, single);
        _words = words.ToFrozenDictionary(StringComparer.Ordinal);
        _forms = forms.ToFrozenDictionary(StringComparer.Ordinal);
        _wordCount = words.Values.Sum(count => (double)count) + BackgroundWords;
        Names = names;
        // As if twenty names more had been read: half of them with a form, a third of one word.
        FormlessChance = (formless + 10.0) / (names + 20.0);
        SingleWordChance = (single + 7.0) / (names + 20.0);
    }

    /// <summary>Names learned from.</summary>
    public int Names { get; }

    /// <summary>Share of names without legal form.</summary>
    public double FormlessChance { get; }

    /// <summary>Share of names whose core is a single word.</summary>
    public double SingleWordChance { get; }

    /// <summary>Counts the words of names.</summary>
    public static CompanyVocabulary Learn(IEnumerable<CompanyName> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        var words = new Dictionary<string, int>(StringComparer.Ordinal);
        var forms = new Dictionary<string, int>(StringComparer.Ordinal);
        var (read, formless, single) = (0, 0, 0);
        foreach (var name in names)
        {
            read++;
            if (name.Core.Count == 1)
                single++;
            if (name.Forms.Count == 0)
                formless++;
            for (var part = name; part is not null; part = part.TradingAs)
            {
                foreach (var token in part.Tokens)
                {
                    var counts = token.Class == CompanyTokenClass.Form ? forms : words;
                    counts[token.Text] = counts.GetValueOrDefault(token.Text) + 1;
                }
            }
        }

        return new CompanyVocabulary(words, forms, read, formless, single);
    }

    /// <summary>Writes what was learned, in an order that depends on it alone.</summary>
    internal void Save(BinaryWriter writer)
    {
        writer.Write(Names);
        writer.Write(_formless);
        writer.Write(_single);
        foreach (var counts in new[] { _words, _forms })
        {
            writer.Write(counts.Count);
            foreach (var (text, count) in counts.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                writer.Write(text);
                writer.Write(count);
            }
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    internal static CompanyVocabulary Load(BinaryReader reader)
    {
        var (names, formless, single) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        return new CompanyVocabulary(Counts(reader), Counts(reader), names, formless, single);
    }

    private static Dictionary<string, int> Counts(BinaryReader reader)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var left = reader.ReadInt32(); left > 0; left--)
            counts.Add(reader.ReadString(), reader.ReadInt32());
        return counts;
    }

    /// <summary>How many times the names hold a word.</summary>
    public int Count(string word) => _words.GetValueOrDefault(word);

    /// <summary>Chance in (0, 1) that a word of another name is this one.</summary>
    /// <param name="own">Times that the names being compared hold it, which are left out.</param>
    public double Chance(string word, int own) =>
        (Math.Max(0, Count(word) - own) + Unseen + (CompanyWords.Common.Contains(word) ? BackgroundCommon : 0)) / _wordCount;

    /// <summary>Chance in (0, 1) that another name bears a legal form.</summary>
    public double FormChance(string code) => Math.Min(1, (_forms.GetValueOrDefault(code) + 1.0) / (Names + 20.0));
}
