namespace SegFunctions.Customers.Identity.Phonetics;

/// <summary>Digits for how a German name sounds.</summary>
/// <remarks>H. J. Postel, "Die Kölner Phonetik. Ein Verfahren zur Identifizierung von Personennamen auf der Grundlage der Gestaltanalyse", IBM-Nachrichten 19 (1969).</remarks>
internal static class ColognePhonetics
{
    /// <param name="name">Small letters without accents; everything else is passed over.</param>
    /// <param name="code">Room for twice the name.</param>
    /// <returns>Length of the code.</returns>
    public static int Encode(ReadOnlySpan<byte> name, Span<byte> code)
    {
        var written = 0;
        var previousDigit = (byte)0;
        for (var i = 0; i < name.Length; i++)
        {
            if (!IsLetter(name[i]))
                continue;
            var before = i > 0 ? name[i - 1] : (byte)0;
            var after = i + 1 < name.Length ? name[i + 1] : (byte)0;
            switch (name[i])
            {
                case (byte)'a' or (byte)'e' or (byte)'i' or (byte)'j' or (byte)'o' or (byte)'u' or (byte)'y':
                    Write('0', code, ref written, ref previousDigit);
                    break;
                case (byte)'b':
                    Write('1', code, ref written, ref previousDigit);
                    break;
                case (byte)'p':
                    Write(after == 'h' ? '3' : '1', code, ref written, ref previousDigit);
                    break;
                case (byte)'d' or (byte)'t':
                    Write(after is (byte)'c' or (byte)'s' or (byte)'z' ? '8' : '2', code, ref written, ref previousDigit);
                    break;
                case (byte)'f' or (byte)'v' or (byte)'w':
                    Write('3', code, ref written, ref previousDigit);
                    break;
                case (byte)'g' or (byte)'k' or (byte)'q':
                    Write('4', code, ref written, ref previousDigit);
                    break;
                case (byte)'c':
                    Write(IsHardC(written == 0 && !AnyLetter(name[..i]), before, after) ? '4' : '8', code, ref written, ref previousDigit);
                    break;
                case (byte)'x':
                    if (before is not ((byte)'c' or (byte)'k' or (byte)'q'))
                        Write('4', code, ref written, ref previousDigit);
                    Write('8', code, ref written, ref previousDigit);
                    break;
                case (byte)'l':
                    Write('5', code, ref written, ref previousDigit);
                    break;
                case (byte)'m' or (byte)'n':
                    Write('6', code, ref written, ref previousDigit);
                    break;
                case (byte)'r':
                    Write('7', code, ref written, ref previousDigit);
                    break;
                case (byte)'s' or (byte)'z':
                    Write('8', code, ref written, ref previousDigit);
                    break;
                default:
                    // h is silent and parts nothing.
                    break;
            }
        }

        return written;
    }

    private static bool IsHardC(bool first, byte before, byte after)
    {
        if (first)
            return after is (byte)'a' or (byte)'h' or (byte)'k' or (byte)'l' or (byte)'o' or (byte)'q' or (byte)'r' or (byte)'u' or (byte)'x';
        return before is not ((byte)'s' or (byte)'z') && after is (byte)'a' or (byte)'h' or (byte)'k' or (byte)'o' or (byte)'q' or (byte)'u' or (byte)'x';
    }

    /// <summary>One of equal digits in a row counts; vowels only at the beginning.</summary>
    private static void Write(char digit, Span<byte> code, ref int written, ref byte previous)
    {
        if (previous == digit)
            return;
        previous = (byte)digit;
        if (digit != '0' || written == 0)
            code[written++] = (byte)digit;
    }

    private static bool AnyLetter(ReadOnlySpan<byte> text)
    {
        foreach (var letter in text)
        {
            if (IsLetter(letter))
                return true;
        }

        return false;
    }

    private static bool IsLetter(byte letter) => letter is >= (byte)'a' and <= (byte)'z';
}
