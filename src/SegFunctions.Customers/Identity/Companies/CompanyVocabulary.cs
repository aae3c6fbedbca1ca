using System.Runtime.InteropServices;
using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Identity.Companies;

/// <summary>How common the words of companies' names are: learned from the names of a table, with what is known of such names anyway.</summary>
/// <remarks>
/// A word's chance is the share of words that are this word, as a name drawn at random would show it. The two names that are being
/// compared are left out of the count, so a word that they alone have is rare, however small the table. Words are kept by their hash.
/// </remarks>
public sealed class CompanyVocabulary
{
    // A small table is mixed with a larger one of unknown names, in which some words are common.
    private const double BackgroundWords = 3000;
    private const double BackgroundCommon = 12;

    // As if so many names more had been read: half of them with a form, a third of one word.
    private const double BackgroundNames = 20;

    // A word nobody else has will be met again some day.
    private const double Unseen = 0.5;

    private readonly Dictionary<ulong, int> _words;
    private readonly SortedDictionary<string, int> _forms;
    private readonly int _formless;
    private readonly int _single;
    private readonly long _wordCount;

    private CompanyVocabulary(Dictionary<ulong, int> words, SortedDictionary<string, int> forms, int names, int formless, int single, long wordCount)
    {
        (_words, _forms, Names, _formless, _single, _wordCount) = (words, forms, names, formless, single, wordCount);
    }

    /// <summary>Names learned from.</summary>
    public int Names { get; }

    /// <summary>Chance in (0, 1) that a name has no legal form.</summary>
    public double FormlessChance => (_formless + (BackgroundNames / 2)) / (Names + BackgroundNames);

    /// <summary>Chance in (0, 1) that the core of a name is a single word.</summary>
    public double SingleWordChance => (_single + (BackgroundNames / 3)) / (Names + BackgroundNames);

    /// <summary>Counts the words of names.</summary>
    public static CompanyVocabulary Learn(IEnumerable<CompanyName> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        var words = new Dictionary<ulong, int>();
        var forms = new SortedDictionary<string, int>(StringComparer.Ordinal);
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
                foreach (var (text, kind) in part.Tokens)
                {
                    if (kind == CompanyTokenClass.Form)
                        forms[text] = forms.GetValueOrDefault(text) + 1;
                    else if (kind != CompanyTokenClass.Filler)
                        CollectionsMarshal.GetValueRefOrAddDefault(words, Hash(text), out _)++;
                }
            }
        }

        var count = words.Values.Sum(number => (long)number);
        // A word that one name has counts as little as one that none has.
        foreach (var (word, number) in words)
        {
            if (number == 1)
                words.Remove(word);
        }

        return new CompanyVocabulary(words, forms, read, formless, single, count);
    }

    /// <summary>How many times the names hold a word, if more than once; 0 otherwise.</summary>
    public int Count(string word) => _words.GetValueOrDefault(Hash(word));

    /// <summary>Chance in (0, 1) that a word of another name is this one.</summary>
    /// <param name="own">Times that the names being compared hold it, which are left out.</param>
    public double Chance(string word, int own) => Chance(Count(word), CompanyWords.Common.Contains(word), own);

    /// <summary>Chance in (0, 1) that another name bears a legal form.</summary>
    public double FormChance(string code) => Math.Min(1, (_forms.GetValueOrDefault(code) + 1.0) / (Names + BackgroundNames));

    internal double Chance(int count, bool isCommon, int own) =>
        (Math.Max(0, count - own) + Unseen + (isCommon ? BackgroundCommon : 0)) / (_wordCount + BackgroundWords);

    /// <summary>Chance in (0, 1) that another name bears a legal form from which one slip makes this word.</summary>
    internal double FormChanceNear(string word) =>
        Math.Min(1, _forms.Keys.Where(form => WordDistance.Between(form, word, 1) <= 1).Sum(FormChance) + (1 / (Names + BackgroundNames)));

    internal void Save(BinaryWriter writer)
    {
        writer.Write(Names);
        writer.Write(_formless);
        writer.Write(_single);
        writer.Write(_wordCount);
        writer.Write(_words.Count);
        foreach (var (word, count) in _words.OrderBy(pair => pair.Key))
        {
            writer.Write(word);
            writer.Write(count);
        }

        writer.Write(_forms.Count);
        foreach (var (form, count) in _forms)
        {
            writer.Write(form);
            writer.Write(count);
        }
    }

    internal static CompanyVocabulary Load(BinaryReader reader)
    {
        var (names, formless, single, count) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt64());
        var words = new Dictionary<ulong, int>();
        for (var left = reader.ReadInt32(); left > 0; left--)
            words.Add(reader.ReadUInt64(), reader.ReadInt32());
        var forms = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var left = reader.ReadInt32(); left > 0; left--)
            forms.Add(reader.ReadString(), reader.ReadInt32());
        return new CompanyVocabulary(words, forms, names, formless, single, count);
    }

    private static ulong Hash(string word) => ByteHash.Hash64(MemoryMarshal.AsBytes(word.AsSpan()));
}
