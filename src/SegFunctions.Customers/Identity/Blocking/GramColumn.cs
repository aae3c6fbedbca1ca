using System.Runtime.InteropServices;
using SegFunctions.Customers.Identity.Records;
using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Identity.Blocking;

/// <summary>The rarest letters in a row of each text: two texts that are alike share some of them.</summary>
/// <remarks>Prefix filtering after S. Chaudhuri, V. Ganti, R. Kaushik, "A Primitive Operator for Similarity Joins in Data Cleaning", ICDE (2006).</remarks>
/// <param name="column">Which text each record has.</param>
/// <param name="tag">Keeps columns apart.</param>
internal sealed class GramColumn(CodeColumn column, ulong tag)
{
    private const int Letters = 4;
    private const int Kept = 8;

    private readonly List<ulong[]> _rarest = [];

    /// <summary>How many texts hold each gram; what no text held counts nothing.</summary>
    public Dictionary<ulong, int> Counts { get; private set; } = [];

    public ReadOnlySpan<ulong> Rarest(int row) => column[row] < 0 ? [] : _rarest[column[row]];

    public void Learn(IReadOnlyList<string> texts)
    {
        Counts = [];
        Span<ulong> grams = stackalloc ulong[256];
        foreach (var text in texts)
        {
            foreach (var gram in grams[..Write(text, grams)])
                CollectionsMarshal.GetValueRefOrAddDefault(Counts, gram, out _)++;
        }

        Extend(texts);
    }

    public void Take(Dictionary<ulong, int> counts) => Counts = counts;

    /// <summary>Finds the rarest grams of the texts that have come since.</summary>
    public void Extend(IReadOnlyList<string> texts)
    {
        Span<ulong> grams = stackalloc ulong[256];
        for (var code = _rarest.Count; code < texts.Count; code++)
        {
            var count = Write(texts[code], grams);
            _rarest.Add([.. grams[..count].ToArray().OrderBy(gram => Counts.GetValueOrDefault(gram)).ThenBy(gram => gram).Take(Kept)]);
        }
    }

    /// <summary>Writes the distinct grams of a text without its blanks.</summary>
    private int Write(string text, Span<ulong> grams)
    {
        Span<char> letters = stackalloc char[256];
        var length = 0;
        foreach (var letter in text)
        {
            if (letter != ' ' && length < letters.Length)
                letters[length++] = letter;
        }

        var count = 0;
        var size = Math.Min(Letters, length);
        for (var at = 0; at + size <= length && size > 0 && count < grams.Length; at++)
        {
            var gram = ByteHash.Hash64(MemoryMarshal.AsBytes(letters.Slice(at, size)), tag);
            if (!grams[..count].Contains(gram))
                grams[count++] = gram;
        }

        return count;
    }
}
