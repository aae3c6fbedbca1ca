namespace SegFunctions.Customers.Identity.Normalisation;

/// <summary>An address line taken apart: house number, street in one spelling, flat.</summary>
/// <param name="text">The folded line; words are set apart by one blank.</param>
internal ref struct StreetForm(ReadOnlySpan<char> text)
{
    private static readonly Dictionary<string, string> Abbreviations = (
        "st>street str>street street>street strasse>street rd>road ave>avenue av>avenue avda>avenue avenida>avenue blvd>boulevard bd>boulevard boul>boulevard dr>drive ln>lane ct>court pl>place "
        + "cres>crescent cr>crescent cct>circuit hwy>highway pde>parade tce>terrace ter>terrace sq>square pkwy>parkway wy>way cl>close gr>grove gdns>gardens "
        + "r>rue rte>route ch>chemin all>allee imp>impasse fbg>faubourg sq>square pza>plaza c>calle calle>calle cl>close v>via pzza>piazza p.za>piazza cso>corso vle>viale "
        + "n>north s>south e>east w>west north>north south>south east>east west>west nord>north sud>south "
        + "sainte>saint ste>saint mt>mount dr>drive").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('>')).GroupBy(pair => pair[0], StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First()[1], StringComparer.Ordinal);

    private static readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Abbreviations.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly HashSet<string> FlatWords = new(StringComparer.Ordinal) { "apt", "apartment", "flat", "unit", "suite", "ste", "room", "appt", "appartement", "wohnung", "whg", "piso", "puerta", "interno", "int", "floor", "etage", "og", "bus", "apto", "apart", "no" };

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Flats = FlatWords.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly HashSet<string> NearbyWords = new(StringComparer.Ordinal) { "between", "near", "at", "corner", "opposite", "behind", "entre", "zwischen", "nahe", "ecke", "hinter", "angle", "presso", "esquina" };

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Nearby = NearbyWords.GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly ReadOnlySpan<char> _text = text;

    /// <summary>Takes the line apart.</summary>
    /// <param name="number">The house number with its letter, as <c>12b</c>; has room for the line.</param>
    /// <param name="street">Everything else; has room for three times the line.</param>
    /// <param name="flat">Number of the flat; has room for the line.</param>
    public readonly void Read(Span<char> number, out int numberLength, Span<char> street, out int streetLength, Span<char> flat, out int flatLength)
    {
        numberLength = streetLength = flatLength = 0;
        var rest = _text;
        var flatFollows = false;
        while (!rest.IsEmpty)
        {
            var blank = rest.IndexOf(' ');
            var word = blank < 0 ? rest : rest[..blank];
            rest = blank < 0 ? [] : rest[(blank + 1)..];
            if (streetLength > 0 && numberLength > 0 && Nearby.Contains(word))
            {
                // "84 Thomas St. between Church and Broadway": what follows describes the way.
                break;
            }

            if (flatFollows)
            {
                Append(word, flat, ref flatLength, separator: false);
                flatFollows = false;
            }
            else if (Flats.Contains(word) && !rest.IsEmpty && (streetLength > 0 || numberLength > 0 || char.IsAsciiDigit(rest[0])))
            {
                flatFollows = true;
            }
            else if (char.IsAsciiDigit(word[0]) && !IsOrdinal(word))
            {
                if (numberLength == 0)
                    Append(word, number, ref numberLength, separator: false);
                else
                    Append(word, flat, ref flatLength, separator: false);
            }
            else if (word.Length == 1 && numberLength > 0 && char.IsAsciiDigit(number[numberLength - 1]) && rest.IsEmpty && streetLength > 0)
            {
                // Hauptstraße 12 b
                Append(word, number, ref numberLength, separator: false);
            }
            else
            {
                AppendWord(word, street, ref streetLength);
            }
        }
    }

    private static void AppendWord(ReadOnlySpan<char> word, Span<char> street, ref int length)
    {
        if (Lookup.TryGetValue(word, out var whole))
        {
            Append(whole, street, ref length, separator: true);
            return;
        }

        // Hauptstr., Hauptstrasse; other languages write the kind of street apart.
        var stem = word.Length > 5 && word.EndsWith("str", StringComparison.Ordinal) ? word[..^3]
            : word.Length > 8 && word.EndsWith("strasse", StringComparison.Ordinal) ? word[..^7]
            : word.Length > 7 && word.EndsWith("straat", StringComparison.Ordinal) ? word[..^6] : word;
        Append(stem, street, ref length, separator: true);
        if (stem.Length < word.Length)
            Append("street", street, ref length, separator: true);
    }

    private static void Append(ReadOnlySpan<char> word, Span<char> target, ref int length, bool separator)
    {
        if (separator && length > 0)
            target[length++] = ' ';
        word.CopyTo(target[length..]);
        length += word.Length;
    }

    /// <summary>42nd Street: the number is its name.</summary>
    private static bool IsOrdinal(ReadOnlySpan<char> word) =>
        word.EndsWith("st", StringComparison.Ordinal) || word.EndsWith("nd", StringComparison.Ordinal) || word.EndsWith("rd", StringComparison.Ordinal) || word.EndsWith("th", StringComparison.Ordinal);
}
