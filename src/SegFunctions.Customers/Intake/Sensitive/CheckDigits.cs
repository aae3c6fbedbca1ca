namespace SegFunctions.Customers.Intake.Sensitive;

/// <summary>The checks by which numbers of cards, accounts and persons tell themselves from other digits.</summary>
/// <remarks>
/// All take the bare characters: no blanks, no dashes, letters in capitals. Sources: ISO/IEC 7812-1 (cards), ISO 13616 (IBAN), ISO 7064 (mod 97-10 and
/// mod 11,10), INSEE (NIR), § 139b AO (Steuer-ID), Orden INT/2058/2008 (DNI, NIE), D.M. 23 December 1976 (codice fiscale), RvIG (BSN).
/// </remarks>
internal static class CheckDigits
{
    private const string DniLetters = "TRWAGMYFPDXBNJZSQVHLCKE";

    // Value of a character in an odd place of a codice fiscale, 0-9 then A-Z.
    private static ReadOnlySpan<byte> OddValues =>
        [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

    /// <summary>Luhn's check over all digits.</summary>
    public static bool IsLuhn(ReadOnlySpan<byte> digits)
    {
        var sum = 0;
        for (var place = 0; place < digits.Length; place++)
        {
            var digit = digits[^(place + 1)] - '0';
            if (place % 2 == 1)
                digit = digit > 4 ? (2 * digit) - 9 : 2 * digit;
            sum += digit;
        }

        return sum % 10 == 0;
    }

    /// <summary>Digits that an issuer of payment cards may have given out: its range, its length, Luhn's check.</summary>
    public static bool IsCard(ReadOnlySpan<byte> digits)
    {
        if (digits.Length is < 13 or > 19)
            return false;
        var first = Number(digits[..4]);
        var isIssued = digits.Length switch
        {
            13 => first / 1000 == 4,
            14 => first is >= 3000 and <= 3059 || first / 100 is 36 or 38,
            15 => first / 100 is 34 or 37,
            16 => first / 1000 == 4 || first / 100 is >= 51 and <= 55 || first is >= 2221 and <= 2720 || first == 6011
                || first / 10 is >= 644 and <= 649 || first / 100 is 65 or 35 or 62 || first is 5018 or 5020 or 5038 or 5893 or 6304 or 6759 or 6761 or 6762 or 6763,
            _ => first / 100 == 62 || (digits.Length == 19 && first / 1000 == 4) || first is 5018 or 5020 or 5038 or 5893 or 6304 or 6759 or 6761 or 6762 or 6763,
        };
        return isIssued && digits.IndexOfAnyExcept(digits[0]) >= 0 && IsLuhn(digits);
    }

    /// <summary>An IBAN of a country that issues them, with the length of that country and the right check digits.</summary>
    public static bool IsIban(ReadOnlySpan<byte> text)
    {
        if (text.Length < 15 || IbanLength(text) != text.Length || !IsDigit(text[2]) || !IsDigit(text[3]))
            return false;
        var remainder = 0;
        for (var place = 0; place < text.Length; place++)
        {
            var character = text[(place + 4) % text.Length];
            if (IsDigit(character))
                remainder = ((remainder * 10) + character - '0') % 97;
            else if (IsCapital(character))
                remainder = ((remainder * 100) + character - 'A' + 10) % 97;
            else
                return false;
        }

        return remainder == 1;
    }

    /// <summary>The length of an IBAN that begins so, or 0 where no country does.</summary>
    public static int IbanLength(ReadOnlySpan<byte> text) => text.Length < 2 ? 0 : ((char)text[0], (char)text[1]) switch
    {
        ('N', 'O') => 15,
        ('B', 'E') => 16,
        ('D', 'K') or ('F', 'I') or ('N', 'L') or ('F', 'O') or ('G', 'L') => 18,
        ('M', 'K') or ('S', 'I') => 19,
        ('A', 'T') or ('B', 'A') or ('E', 'E') or ('K', 'Z') or ('L', 'T') or ('L', 'U') or ('X', 'K') => 20,
        ('C', 'H') or ('H', 'R') or ('L', 'I') or ('L', 'V') => 21,
        ('B', 'G') or ('B', 'H') or ('C', 'R') or ('D', 'E') or ('G', 'B') or ('G', 'E') or ('I', 'E') or ('M', 'E') or ('R', 'S') => 22,
        ('A', 'E') or ('G', 'I') or ('I', 'L') => 23,
        ('A', 'D') or ('C', 'Z') or ('E', 'S') or ('M', 'D') or ('P', 'K') or ('R', 'O') or ('S', 'A') or ('S', 'E') or ('S', 'K') or ('T', 'N') or ('V', 'G') => 24,
        ('P', 'T') => 25,
        ('I', 'S') or ('T', 'R') => 26,
        ('F', 'R') or ('G', 'R') or ('I', 'T') or ('M', 'C') or ('S', 'M') or ('M', 'R') => 27,
        ('A', 'L') or ('A', 'Z') or ('C', 'Y') or ('D', 'O') or ('G', 'T') or ('H', 'U') or ('L', 'B') or ('P', 'L') => 28,
        ('B', 'R') or ('P', 'S') or ('Q', 'A') or ('U', 'A') => 29,
        ('J', 'O') or ('K', 'W') or ('M', 'U') => 30,
        ('M', 'T') or ('S', 'C') => 31,
        _ => 0,
    };

    /// <summary>France: 13 characters and a key of two digits; A and B stand for Corsica.</summary>
    public static bool IsNir(ReadOnlySpan<byte> text)
    {
        if (text.Length != 15 || text[0] is not ((byte)'1' or (byte)'2' or (byte)'3' or (byte)'4' or (byte)'7' or (byte)'8'))
            return false;
        long number = 0;
        for (var place = 0; place < 13; place++)
        {
            var character = text[place];
            if (place == 6 && character is (byte)'A' or (byte)'B')
            {
                if (text[5] != '2')
                    return false;
                character = (byte)'0';
            }

            if (!IsDigit(character))
                return false;
            number = (number * 10) + character - '0';
        }

        // Corsica's departments count as 19 and 18: 2A is read as 20 less a million, 2B less two.
        number -= text[6] switch { (byte)'A' => 1_000_000, (byte)'B' => 2_000_000, _ => 0 };
        var month = ((text[3] - '0') * 10) + text[4] - '0';
        return month is (>= 1 and <= 12) or (>= 20 and <= 42) or (>= 50 and <= 99)
            && IsDigit(text[13]) && IsDigit(text[14])
            && 97 - (number % 97) == ((text[13] - '0') * 10) + text[14] - '0';
    }

    /// <summary>Germany: eleven digits; among the first ten one digit stands twice or three times, and no other does.</summary>
    public static bool IsSteuerId(ReadOnlySpan<byte> digits)
    {
        if (digits.Length != 11 || digits[0] == '0' || digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0)
            return false;
        Span<int> times = stackalloc int[10];
        times.Clear();
        var product = 10;
        foreach (var character in digits[..10])
        {
            times[character - '0']++;
            var sum = (character - '0' + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }

        var repeated = 0;
        foreach (var count in times)
        {
            if (count > 3)
                return false;
            repeated += count > 1 ? 1 : 0;
        }

        var check = 11 - product;
        return repeated == 1 && (check == 10 ? 0 : check) == digits[10] - '0';
    }

    /// <summary>Spain: DNI (eight digits and a letter) and NIE (X, Y or Z, seven digits and a letter).</summary>
    public static bool IsDni(ReadOnlySpan<byte> text)
    {
        if (text.Length != 9 || !IsCapital(text[8]))
            return false;
        var number = 0;
        for (var place = 0; place < 8; place++)
        {
            var character = place == 0 && text[0] is >= (byte)'X' and <= (byte)'Z' ? (byte)(text[0] - 'X' + '0') : text[place];
            if (!IsDigit(character))
                return false;
            number = (number * 10) + character - '0';
        }

        return DniLetters[number % 23] == text[8];
    }

    /// <summary>Italy: six letters, two digits, a letter of the month, two digits, a letter, three digits, a letter that checks all.</summary>
    public static bool IsCodiceFiscale(ReadOnlySpan<byte> text)
    {
        if (text.Length != 16 || !"ABCDEHLMPRST"u8.Contains(text[8]) || !IsCapital(text[15]) || !IsCapital(text[11]))
            return false;
        var sum = 0;
        for (var place = 0; place < 15; place++)
        {
            var character = text[place];
            var isLetter = IsCapital(character);
            // Digits may be replaced by letters where two people would have the same code.
            if ((place < 6 && !isLetter) || (!isLetter && !IsDigit(character)))
                return false;
            var value = isLetter ? character - 'A' + 10 : character - '0';
            sum += place % 2 == 0 ? OddValues[value] : isLetter ? character - 'A' : value;
        }

        return text[15] - 'A' == sum % 26;
    }

    /// <summary>The Netherlands: nine digits that pass the eleven test.</summary>
    public static bool IsBsn(ReadOnlySpan<byte> digits)
    {
        if (digits.Length != 9 || digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0 || digits.IndexOfAnyExcept((byte)'0') < 0)
            return false;
        var sum = -(digits[8] - '0');
        for (var place = 0; place < 8; place++)
            sum += (9 - place) * (digits[place] - '0');
        return sum % 11 == 0;
    }

    /// <summary>United Kingdom: two letters of those in use, six digits, A to D. It has no check digit.</summary>
    public static bool IsNino(ReadOnlySpan<byte> text) =>
        text.Length == 9 && IsCapital(text[0]) && IsCapital(text[1]) && !"DFIQUV"u8.Contains(text[0]) && !"DFIOQUV"u8.Contains(text[1])
        && text.Slice(2, 6).IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0 && text[8] is >= (byte)'A' and <= (byte)'D';

    /// <summary>United States: three, two and four digits with dashes between them, of those given out. It has no check digit.</summary>
    public static bool IsSsn(ReadOnlySpan<byte> text)
    {
        if (text.Length != 11 || text[3] != '-' || text[6] != '-' || text[0] == '9')
            return false;
        for (var place = 0; place < 11; place++)
        {
            if (place is not (3 or 6) && !IsDigit(text[place]))
                return false;
        }

        return !text.StartsWith("000"u8) && !text.StartsWith("666"u8) && !text.Slice(4, 2).SequenceEqual("00"u8) && !text[7..].SequenceEqual("0000"u8);
    }

    private static bool IsDigit(byte character) => character is >= (byte)'0' and <= (byte)'9';

    private static bool IsCapital(byte character) => character is >= (byte)'A' and <= (byte)'Z';

    private static int Number(ReadOnlySpan<byte> digits)
    {
        var number = 0;
        foreach (var digit in digits)
            number = (number * 10) + digit - '0';
        return number;
    }
}
