using SegFunctions.Customers.Identity.Records;
using SegFunctions.Customers.Identity.Strings;

namespace SegFunctions.Customers.Identity.Comparing;

/// <summary>Tells e-mail addresses that are made of nothing but the bearer's name: <c>ann.smith@</c>, <c>smitha@</c>.</summary>
internal sealed class NamedLocals(TextPool names, CodeColumn given, CodeColumn family)
{
    /// <summary>Whether two people of one name bear an address that follows from it.</summary>
    /// <param name="local">What stands before the @ of both.</param>
    public bool IsName(int left, int right, ReadOnlySpan<byte> local)
    {
        if (given[left] < 0 || family[left] < 0 || given[left] != given[right] || family[left] != family[right])
            return false;
        var one = names[given[left]];
        var other = names[family[left]];
        return IsMadeOf(local, one, other) || IsMadeOf(local, other, one) || IsMadeOf(local, one[..1], other) || IsMadeOf(local, other, one[..1]);
    }

    /// <summary>One text after the other, marks and blanks aside.</summary>
    private static bool IsMadeOf(ReadOnlySpan<byte> local, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        var at = 0;
        return Starts(local, first, ref at) && Starts(local, second, ref at) && at == local.Length;
    }

    private static bool Starts(ReadOnlySpan<byte> local, ReadOnlySpan<byte> part, ref int at)
    {
        foreach (var letter in part)
        {
            if (letter == (byte)' ')
                continue;
            while (at < local.Length && local[at] is (byte)'.' or (byte)'-' or (byte)'_')
                at++;
            if (at == local.Length || local[at++] != letter)
                return false;
        }

        return true;
    }
}
