using System.Text;

namespace SegFunctions.Customers.Intake.Quality;

/// <summary>Counts the words of a column of few words, and gives up on a column of many.</summary>
/// <remarks>Merging is commutative: whether it gives up depends on the set of words only.</remarks>
internal sealed class CategoryCounter
{
    /// <summary>Distinct words of a column that still has few.</summary>
    public const int MostWords = 64;

    private const int LongestWord = 64;

    private Dictionary<ulong, Entry>? _words = [];
    private Entry? _last;

    /// <summary>The column has more words than can be counted, or longer ones.</summary>
    public bool HasMany => _words is null;

    /// <param name="hash">Of <paramref name="value"/>, 64 bits.</param>
    public void Add(ReadOnlySpan<byte> value, ulong hash)
    {
        if (_words is null)
            return;
        if (_last is { } last && last.Hash == hash)
        {
            last.Count++;
            return;
        }

        if (!_words.TryGetValue(hash, out var entry))
        {
            if (value.Length > LongestWord || _words.Count == MostWords)
            {
                GiveUp();
                return;
            }

            _words[hash] = entry = new Entry(hash, value.ToArray());
        }

        entry.Count++;
        _last = entry;
    }

    public void Merge(CategoryCounter other)
    {
        if (other._words is null)
            GiveUp();
        if (_words is null)
            return;
        foreach (var (hash, theirs) in other._words!)
        {
            if (!_words.TryGetValue(hash, out var mine))
            {
                if (_words.Count == MostWords)
                {
                    GiveUp();
                    return;
                }

                _words[hash] = mine = new Entry(hash, theirs.Word);
            }

            mine.Count += theirs.Count;
        }
    }

    /// <summary>The words, most frequent first; empty where there were too many.</summary>
    public IReadOnlyList<CategoryCount> ToReport() => _words is null
        ? []
        : [.. _words.Values.Select(entry => new CategoryCount(Encoding.UTF8.GetString(entry.Word), entry.Count)).OrderByDescending(word => word.Count).ThenBy(word => word.Value, StringComparer.Ordinal)];

    private void GiveUp()
    {
        _words = null;
        _last = null;
    }

    private sealed class Entry(ulong hash, byte[] word)
    {
        public ulong Hash { get; } = hash;

        public byte[] Word { get; } = word;

        public long Count { get; set; }
    }
}
