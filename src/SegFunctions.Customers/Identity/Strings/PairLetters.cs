using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Identity.Strings;

/// <summary>Long texts as the set of their neighbouring letters, so that words in another order are alike too.</summary>
/// <remarks>Similarity after L. Dice, "Measures of the Amount of Ecologic Association Between Species", Ecology 26 (1945), on pairs of letters within words.</remarks>
internal sealed class PairLetters
{
    private readonly List<ushort[]> _sets = [];

    /// <summary>Adds the text of the next number.</summary>
    public void Add(ReadOnlySpan<char> text)
    {
        var set = new SortedSet<ushort>();
        for (var i = 0; i + 1 < text.Length; i++)
        {
            if (text[i] != ' ' && text[i + 1] != ' ')
                set.Add((ushort)ByteHash.Hash64([(byte)text[i], (byte)(text[i] >> 8), (byte)text[i + 1], (byte)(text[i + 1] >> 8)]));
        }

        _sets.Add([.. set]);
    }

    public int Count(int code) => _sets[code].Length;

    /// <summary>Twice what is common over what there is; in [0, 1].</summary>
    public double Dice(int left, int right)
    {
        ReadOnlySpan<ushort> one = _sets[left];
        ReadOnlySpan<ushort> other = _sets[right];
        var common = 0;
        for (int i = 0, j = 0; i < one.Length && j < other.Length;)
        {
            var (a, b) = (one[i], other[j]);
            common += a == b ? 1 : 0;
            i += a <= b ? 1 : 0;
            j += b <= a ? 1 : 0;
        }

        return one.Length + other.Length == 0 ? 0 : 2.0 * common / (one.Length + other.Length);
    }
}
