namespace SegFunctions.Customers.Identity.Normalisation;

/// <summary>Telephone numbers as the digits one dials within the country, so that +44 20 7946 0958 and (020) 7946-0958 are one.</summary>
/// <remarks>Calling codes by ITU-T E.164. The country itself is left out: it is missing in one record and there in the next.</remarks>
internal static class PhoneForm
{
    /// <summary>Room that <see cref="Write"/> needs.</summary>
    public const int Longest = 20;

    private const int Shortest = 6;

    private static readonly HashSet<int> OneAndTwo = [1, 7, 20, 27, 30, 31, 32, 33, 34, 36, 39, 40, 41, 43, 44, 45, 46, 47, 48, 49, 51, 52, 53, 54, 55, 56, 57, 58, 60, 61, 62, 63, 64, 65, 66, 81, 82, 84, 86, 90, 91, 92, 93, 94, 95, 98];

    /// <summary>Writes the digits; 0 when the text is no number that anybody has.</summary>
    /// <param name="target">At least <see cref="Longest"/>.</param>
    public static int Write(ReadOnlySpan<char> text, Span<char> target)
    {
        Span<char> digits = stackalloc char[Longest];
        var length = 0;
        var isInternational = false;
        var started = false;
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            if (char.IsAsciiDigit(letter))
            {
                if (length < Longest)
                    digits[length++] = letter;
                started = true;
            }
            else if (letter == '+' && !started)
            {
                isInternational = true;
            }
            else if (char.IsLetter(letter) && started && length >= Shortest)
            {
                // An extension follows.
                break;
            }
            else if (letter == '(' && isInternational && text[i..].StartsWith("(0)", StringComparison.Ordinal))
            {
                // +49 (0)30 …: nobody dials both.
                i += 2;
            }
        }

        ReadOnlySpan<char> number = digits[..length];
        if (!isInternational && number.StartsWith("00", StringComparison.Ordinal))
        {
            isInternational = true;
            number = number[2..];
        }

        // A number that its code would leave too short begins with zeros for another reason.
        if (isInternational && number.Length - CodeLength(number) > Shortest)
            number = number[CodeLength(number)..];
        else if (number.Length == 11 && number[0] == '1')
            number = number[1..];
        number = number.TrimStart('0');
        if (number.Length < Shortest || IsNobodys(number))
            return 0;
        number.CopyTo(target);
        return number.Length;
    }

    private static int CodeLength(ReadOnlySpan<char> number)
    {
        if (number.Length < Shortest)
            return 0;
        var first = number[0] - '0';
        if (first is 1 or 7)
            return 1;
        return OneAndTwo.Contains((first * 10) + number[1] - '0') ? 2 : 3;
    }

    /// <summary>One digit alone, or digits in their order.</summary>
    private static bool IsNobodys(ReadOnlySpan<char> number)
    {
        if (number.IndexOfAnyExcept(number[0]) < 0 || number[1..].IndexOfAnyExcept(number[1]) < 0)
            return true;
        for (var i = 1; i < number.Length; i++)
        {
            if ((number[i] - number[i - 1] + 10) % 10 != 1)
                return false;
        }

        return true;
    }
}
