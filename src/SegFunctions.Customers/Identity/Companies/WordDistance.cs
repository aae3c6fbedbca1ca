using SegFunctions.Customers.Identity.Strings;

namespace SegFunctions.Customers.Identity.Companies;

/// <summary>How many letters two words differ by.</summary>
internal static class WordDistance
{
    /// <summary>The edit distance, or something larger than <paramref name="most"/>; only the first 64 letters are compared.</summary>
    public static int Between(string left, string right, int most)
    {
        if (Math.Abs(left.Length - right.Length) > most)
            return most + 1;
        Span<byte> bytes = stackalloc byte[2 * EqualBytes.Longest];
        var one = bytes[..EqualBytes.Longest];
        var other = bytes[EqualBytes.Longest..];
        return EditDistance.Between(ref one[0], Write(left, one), ref other[0], Write(right, other));
    }

    // Letters of other scripts by seven bits of their code, which is enough to tell neighbours in a word apart.
    private static int Write(string word, Span<byte> bytes)
    {
        var length = Math.Min(word.Length, bytes.Length);
        for (var at = 0; at < length; at++)
            bytes[at] = word[at] < 128 ? (byte)word[at] : (byte)(128 | (((word[at] * 0x9E3779B1u) >> 16) & 127));
        return length;
    }
}
