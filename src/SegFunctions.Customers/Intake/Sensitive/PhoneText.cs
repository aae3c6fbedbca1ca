namespace SegFunctions.Customers.Intake.Sensitive;

/// <summary>Tells telephone numbers from other digits by their form alone.</summary>
internal static class PhoneText
{
    private const int FewestDigits = 8;
    private const int MostDigits = 15;

    /// <summary>
    /// A number with the sign of a country (<c>+33 6 12 34 56 78</c>, <c>0033…</c> in groups), in groups after a zero (<c>06 12 34 56 78</c>), or as Americans group
    /// it (<c>(555) 123-4567</c>). Digits without any group or sign may be anything and are not taken for a telephone.
    /// </summary>
    /// <param name="text">Without blanks around it.</param>
    public static bool IsPhone(ReadOnlySpan<byte> text)
    {
        var digits = 0;
        var groups = 0;
        var points = 0;
        Span<int> lengths = stackalloc int[8];
        var length = 0;
        for (var place = 0; place <= text.Length; place++)
        {
            var character = place < text.Length ? text[place] : (byte)' ';
            if (char.IsAsciiDigit((char)character))
            {
                digits++;
                length++;
                continue;
            }

            if (character == '+' ? place > 0 : !" .-/()"u8.Contains(character))
                return false;
            points += character == '.' ? 1 : 0;
            if (length == 0)
                continue;
            if (groups == lengths.Length)
                return false;
            lengths[groups++] = length;
            length = 0;
        }

        if (digits is < FewestDigits or > MostDigits)
            return false;
        if (text[0] == '+')
            return true;
        lengths = lengths[..groups];
        if (groups == 3 && lengths[0] == 3 && lengths[1] == 3 && lengths[2] == 4)
            return true;
        if (text.StartsWith("00"u8) && groups >= 2 && points == 0)
            return true;

        // 05.12.2011 with an hour behind it is a date.
        if (groups >= 3 && lengths[0] == 2 && lengths[1] == 2 && lengths[2] == 4)
            return false;

        // Groups after a zero; numbers with a decimal point have fewer.
        return text.TrimStart((byte)'(')[0] == '0' && digits is >= 9 and <= 12 && groups >= 2 && (groups >= 3 || points == 0) && lengths.IndexOfAnyExceptInRange(2, 8) < 0;
    }
}
