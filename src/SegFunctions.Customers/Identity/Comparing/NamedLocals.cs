using System.Buffers;
using SegFunctions.Customers.Identity.Records;
using SegFunctions.Customers.Identity.Strings;

namespace SegFunctions.Customers.Identity.Comparing;

/// <summary>Tells what e-mail addresses that are made of their bearers' names say beyond the names: <c>ann.smith@</c>, <c>smitha7@</c>, <c>ann@</c>.</summary>
internal sealed class NamedLocals(TextPool names, CodeColumn given, CodeColumn family)
{
    // A digit that somebody chose: a year or a 1 more often than others.
    private const float BitsPerDigit = 2.5f;

    // "vandenberg" of a Berg, "juergen" of a Jurgen.
    private const double Similar = 0.88;

    private static readonly SearchValues<byte> Digits = SearchValues.Create("0123456789"u8);

    /// <summary>Bits that the local can be worth at most: of one that is the bearer's name, those of its digits.</summary>
    /// <param name="local">What stands before the @ of both.</param>
    public float Bits(int left, int right, ReadOnlySpan<byte> local)
    {
        Span<byte> letters = stackalloc byte[EqualBytes.Longest];
        var length = 0;
        var digits = 0;
        foreach (var letter in local)
        {
            if (Digits.Contains(letter))
                digits++;
            else if (letter is not ((byte)'.' or (byte)'-' or (byte)'_'))
                letters[length++] = letter;
        }

        return IsName(left, letters[..length]) || IsName(right, letters[..length]) ? digits * BitsPerDigit : float.MaxValue;
    }

    private bool IsName(int row, ReadOnlySpan<byte> letters)
    {
        var one = given[row] < 0 ? [] : names[given[row]];
        var other = family[row] < 0 ? [] : names[family[row]];
        return IsMadeOf(letters, one, other) || IsMadeOf(letters, other, one) || IsMadeOf(letters, one, []) || IsMadeOf(letters, other, [])
            || (!one.IsEmpty && IsMadeOf(letters, one[..1], other)) || (!other.IsEmpty && IsMadeOf(letters, other[..1], one)) || (!one.IsEmpty && IsMadeOf(letters, other, one[..1])) || (!other.IsEmpty && IsMadeOf(letters, one, other[..1]));
    }

    /// <summary>One text after the other, blanks aside, in about these letters.</summary>
    private static bool IsMadeOf(ReadOnlySpan<byte> letters, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        Span<byte> whole = stackalloc byte[EqualBytes.Longest];
        var length = 0;
        foreach (var letter in first)
            Append(letter, whole, ref length);
        foreach (var letter in second)
            Append(letter, whole, ref length);
        return length > 0 && (letters.SequenceEqual(whole[..length]) || JaroWinkler.Similarity(letters, whole[..length]) >= Similar);
    }

    private static void Append(byte letter, Span<byte> whole, ref int length)
    {
        if (letter != (byte)' ' && length < whole.Length)
            whole[length++] = letter;
    }
}
