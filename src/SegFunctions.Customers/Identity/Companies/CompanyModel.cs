namespace SegFunctions.Customers.Identity.Companies;

/// <summary>How names of companies are compared: what a table of them shows of common words and of how one company's name varies.</summary>
/// <remarks>
/// The rates at which words stay, suffer slips, merge or fall away, and legal forms stay or change, are learned without labels by
/// expectation–maximisation (A. Dempster, N. Laird, D. Rubin, JRSS B 39, 1977) over the pairs that share a word; a table too small to
/// show them keeps what is usual.
/// </remarks>
public sealed class CompanyModel
{
    private const int Rounds = 6;

    // Words of larger blocks are too common to be learned from, and enough pairs are enough.
    private const int LargestBlock = 40;
    private const int MostPairs = 60_000;

    private readonly CompanyComparer _comparer;

    internal CompanyModel(CompanyVocabulary vocabulary, WordRates rates)
    {
        Vocabulary = vocabulary;
        Rates = rates;
        _comparer = new CompanyComparer(vocabulary, rates);
    }

    /// <summary>How common words are.</summary>
    public CompanyVocabulary Vocabulary { get; }

    internal WordRates Rates { get; }

    /// <summary>Learns from the names of a table, one a row: a name that two rows hold counts twice.</summary>
    public static CompanyModel Learn(IReadOnlyList<CompanyName> names, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(names);
        var vocabulary = CompanyVocabulary.Learn(names);
        var profiles = names.Select(name => new CompanyProfile(name, vocabulary)).ToArray();
        var pairs = Pairs(profiles, cancellationToken);
        var model = new CompanyModel(vocabulary, new WordRates());
        var prior = 1.0 / Math.Max(2, names.Count);
        for (var round = 0; round < Rounds; round++)
        {
            var counts = new OutcomeCounts();
            var matches = 0.0;
            foreach (var (left, right) in pairs)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var weight = model._comparer.Compare(profiles[left], profiles[right], out var outcomes).Weight;
                var match = 1 / (1 + ((1 - prior) / prior * Math.Exp(-weight)));
                matches += match;
                counts.Add(outcomes, match);
            }

            // As if one pair in a hundred names were one company besides.
            prior = Math.Min(0.5, (matches + (0.01 * names.Count)) / Math.Max(1, 0.5 * names.Count * (names.Count - 1.0)));
            model = new CompanyModel(vocabulary, WordRates.From(counts));
        }

        return model;
    }

    /// <summary>Makes a name ready to be compared.</summary>
    public CompanyProfile Profile(CompanyName name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new CompanyProfile(name, Vocabulary);
    }

    /// <summary>What two names say about being one company; the same for both orders.</summary>
    public CompanyEvidence Compare(CompanyProfile left, CompanyProfile right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return _comparer.Compare(left, right);
    }

    /// <summary>Keys of a name: names of one company share at least one, nearly always.</summary>
    public static IReadOnlyList<ulong> Keys(CompanyProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        var keys = new List<ulong>();
        CompanyBlocking.AddKeys(profile, keys);
        return [.. keys.Distinct()];
    }

    /// <summary>Writes the model; <see cref="Load"/> reads it back bit for bit. It holds hashes of words, no name.</summary>
    public void Save(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Vocabulary.Save(writer);
        Rates.Save(writer);
    }

    /// <summary>Reads a model.</summary>
    /// <exception cref="EndOfStreamException">Cut short.</exception>
    public static CompanyModel Load(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return new CompanyModel(CompanyVocabulary.Load(reader), WordRates.Load(reader));
    }

    private static List<(int Left, int Right)> Pairs(CompanyProfile[] profiles, CancellationToken cancellationToken)
    {
        var entries = new List<(ulong Key, int Row)>();
        var keys = new List<ulong>();
        for (var row = 0; row < profiles.Length; row++)
        {
            keys.Clear();
            CompanyBlocking.AddKeys(profiles[row], keys);
            foreach (var key in keys.Distinct())
                entries.Add((key, row));
        }

        entries.Sort();
        var pairs = new HashSet<(int, int)>();
        for (var start = 0; start < entries.Count && pairs.Count < MostPairs;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var end = start + 1;
            while (end < entries.Count && entries[end].Key == entries[start].Key)
                end++;
            for (var left = start; end - start <= LargestBlock && left < end; left++)
            {
                for (var right = left + 1; right < end; right++)
                    pairs.Add((entries[left].Row, entries[right].Row));
            }

            start = end;
        }

        return [.. pairs.Order()];
    }
}
