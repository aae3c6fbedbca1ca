using System.Text;
using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Intake.Quality;

/// <summary>Counts the words of a column of few words, and gives up on a column of many.</summary>
/// <remarks>Merging is commutative: whether it gives up depends on the set of words only.</remarks>
internal sealed class CategoryCounter
{
    /// <summary>Distinct words of a column that still has few.</summary>
    public const int MostWords = 64;

    private const int LongestWord = 64;
    private const int PlaceBits = 8;

    private Dictionary<ulong, CountedWord>? _words = [];

    // Short words are found again by their bytes, each in one of two places; what finds no room is looked up by its hash.
    private Place[]? _places;

    /// <summary>The column has more words than can be counted, or longer ones.</summary>
    public bool HasMany => _words is null;

    /// <summary>Counts a word that was counted before; null when it was not, or cannot be told at a glance.</summary>
    public CountedWord? AddKnown(ReadOnlySpan<byte> value)
    {
        if (_places is not { } places || value.Length is 0 or > ShortText.Longest)
            return null;
        var text = ShortText.Of(value);
        var index = (int)(text.Mixed >> (64 - PlaceBits));
        ref var place = ref places[index];
        if (place.Text != text)
        {
            place = ref places[index ^ 1];
            if (place.Text != text)
                return null;
        }

        place.Word!.Count++;
        return place.Word;
    }

    /// <summary>Counts a word; null when the column has too many, or another word of the same hash.</summary>
    /// <param name="hash">Of <paramref name="value"/>, 64 bits.</param>
    public CountedWord? Add(ReadOnlySpan<byte> value, ulong hash)
    {
        if (_words is null)
            return null;
        if (!_words.TryGetValue(hash, out var word))
        {
            if (value.Length > LongestWord || _words.Count == MostWords)
            {
                GiveUp();
                return null;
            }

            _words[hash] = word = new CountedWord(hash, value.ToArray());
            Remember(word);
        }

        word.Count++;

        // Whoever chooses the texts can make two hashes meet: what is made of a word is made of its bytes.
        return value.SequenceEqual(word.Word) ? word : null;
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

                _words[hash] = mine = new CountedWord(hash, theirs.Word);
            }

            mine.Count += theirs.Count;
        }
    }

    /// <summary>The words, most frequent first; empty where there were too many.</summary>
    public IReadOnlyList<CategoryCount> ToReport() => _words is null
        ? []
        : [.. _words.Values.Select(word => new CategoryCount(Encoding.UTF8.GetString(word.Word), word.Count)).OrderByDescending(word => word.Count).ThenBy(word => word.Value, StringComparer.Ordinal)];

    private void Remember(CountedWord word)
    {
        if (word.Word.Length is 0 or > ShortText.Longest)
            return;
        _places ??= new Place[1 << PlaceBits];
        var text = ShortText.Of(word.Word);
        var index = (int)(text.Mixed >> (64 - PlaceBits));
        ref var place = ref _places[_places[index].Word is null ? index : index ^ 1];
        if (place.Word is null)
            place = new Place { Text = text, Word = word };
    }

    private void GiveUp()
    {
        _words = null;
        _places = null;
    }

    private struct Place
    {
        public ShortText Text;
        public CountedWord? Word;
    }
}
