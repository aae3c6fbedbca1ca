using System.Buffers;
using System.Text;
using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Privacy.Erasure;

/// <summary>Finds a person in running text: in what others wrote, in names of products and campaigns, in web addresses.</summary>
/// <remarks>
/// Looked for are e-mail addresses, whole names, streets and ids with letters as whole words, whatever case, accents and signs between them; and telephone
/// numbers by their last <see cref="PhoneDigits"/> digits, however they are grouped and whether the country stands before them. Immutable, safe for many threads.
/// </remarks>
public sealed class PersonMentions
{
    /// <summary>What stands in a text where the person was named.</summary>
    public const string Mark = "[erased]";

    /// <summary>Fewest letters and digits of something that tells of one person.</summary>
    private const int FewestLetters = 6;

    /// <summary>Digits from which a number is searched, and by which it is compared: country and trunk prefix stand before them.</summary>
    private const int PhoneDigits = 8;

    /// <summary>Digits of country and region that may stand before them without a gap.</summary>
    private const int MostPrefixDigits = 7;

    /// <summary>Digits of country or region that stand before them as a group: they go along.</summary>
    private const int MostPrefixGroup = 4;

    /// <summary>Letters from which a cell of one word may be packed text.</summary>
    private const int ShortestPacked = 12;

    private readonly string[] _phrases;
    private readonly string[] _numbers;
    private readonly SearchValues<string> _search;
    private readonly int _shortest;

    /// <param name="texts">Folded texts that tell of the person; those that may be anybody's are left out.</param>
    public PersonMentions(IEnumerable<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var (phrases, numbers) = (new SortedSet<string>(StringComparer.Ordinal), new SortedSet<string>(StringComparer.Ordinal));
        foreach (var text in texts)
        {
            if (text.Any(char.IsLetter))
            {
                if (text.Length >= FewestLetters && (text.Contains(' ', StringComparison.Ordinal) || text.Any(char.IsAsciiDigit)))
                    phrases.Add(text);
            }
            else if (text.Where(char.IsAsciiDigit).ToArray() is { Length: >= PhoneDigits } digits)
            {
                numbers.Add(new string(digits[^PhoneDigits..]));
            }
        }

        (_phrases, _numbers) = ([.. phrases], [.. numbers]);
        _search = SearchValues.Create(_phrases, StringComparison.Ordinal);
        _shortest = Math.Min(_phrases.Length > 0 ? _phrases.Min(phrase => phrase.Length) : int.MaxValue, _numbers.Length > 0 ? PhoneDigits : int.MaxValue);
    }

    /// <summary>Whether there is nothing to look for.</summary>
    public bool IsEmpty => _shortest == int.MaxValue;

    /// <summary>Whether a text names the person.</summary>
    public bool AreIn(ReadOnlySpan<byte> text) => Search(text, withNumbers: true, into: null, out _);

    /// <summary>The same where the text is the id of something, whose digits are no telephone.</summary>
    internal bool AreInId(ReadOnlySpan<byte> text) => Search(text, withNumbers: false, into: null, out _);

    /// <summary>Writes the text with <see cref="Mark"/> where the person was named; nothing at all where it said nothing else, or hid the name in another spelling.</summary>
    /// <returns>False, with nothing written, where the text does not name the person.</returns>
    internal bool Mask(ReadOnlySpan<byte> text, bool isId, ByteWriter into) => Search(text, withNumbers: !isId, into, out _);

    /// <summary>The text without the naming; the text itself where it does not name the person.</summary>
    public string? Without(string? text)
    {
        if (text is null)
            return null;
        var masked = new ByteWriter(text.Length + Mark.Length);
        return Mask(Encoding.UTF8.GetBytes(text), isId: false, masked) ? Encoding.UTF8.GetString(masked.Written) : text;
    }

    /// <summary>The first phrase that a text holds; null where it holds none.</summary>
    public string? FirstIn(ReadOnlySpan<byte> text)
    {
        Search(text, withNumbers: false, into: null, out var phrase);
        return phrase;
    }

    private bool Search(ReadOnlySpan<byte> text, bool withNumbers, ByteWriter? into, out string? phrase)
    {
        phrase = null;
        // No letter folds to more characters than it has bytes.
        if (text.Length < _shortest)
            return false;
        var letters = ArrayPool<char>.Shared.Rent(text.Length * (1 + TextFolding.Expansion));
        try
        {
            var plain = letters.AsSpan(0, Encoding.UTF8.GetChars(text, letters));
            var folded = letters.AsSpan(plain.Length);
            folded = folded[..TextFolding.Fold(plain, folded)];
            var found = Next(folded, 0, withNumbers, out phrase);
            if (found.Length == 0)
                return IsHidden(text, withNumbers, ref phrase);
            if (into is not null && (found.Start > 0 || found.Start + found.Length < folded.Length))
                Write(plain, folded, found, withNumbers, into);
            return true;
        }
        finally
        {
            ArrayPool<char>.Shared.Return(letters);
        }
    }

    /// <summary>Whether the text holds the person behind escapes or in base64.</summary>
    private bool IsHidden(ReadOnlySpan<byte> text, bool withNumbers, ref string? phrase)
    {
        if (!CellForms.MayBeEscaped(text) && (text.Length < ShortestPacked || text.Contains((byte)' ')))
            return false;
        foreach (var form in CellForms.Of(text))
        {
            if (Next(TextFolding.Fold(form), 0, withNumbers, out phrase).Length > 0)
                return true;
        }

        return false;
    }

    private void Write(ReadOnlySpan<char> plain, ReadOnlySpan<char> folded, Place found, bool withNumbers, ByteWriter into)
    {
        var kept = 0;
        for (; found.Length > 0; found = Next(folded, found.Start + found.Length, withNumbers, out _))
        {
            var (start, end) = (Unfolded(plain, found.Start + 1) - 1, Unfolded(plain, found.Start + found.Length));
            Add(plain[kept..start], into);
            into.Add(Encoding.ASCII.GetBytes(Mark));
            kept = end;
        }

        Add(plain[kept..], into);
    }

    private static void Add(ReadOnlySpan<char> text, ByteWriter into) =>
        into.Advance(Encoding.UTF8.GetBytes(text, into.Reserve(Encoding.UTF8.GetByteCount(text))));

    /// <summary>How many letters of the text fold to that many or more; a part from its beginning folds to a part of the whole.</summary>
    private static int Unfolded(ReadOnlySpan<char> plain, int length)
    {
        var target = new char[plain.Length * TextFolding.Expansion];
        var (low, high) = (0, plain.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (TextFolding.Fold(plain[..middle], target) >= length)
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }

    private Place Next(ReadOnlySpan<char> folded, int from, bool withNumbers, out string? phrase)
    {
        var words = NextPhrase(folded, from, out phrase);
        var number = withNumbers ? NextNumber(folded, from) : default;
        return words.Length == 0 || (number.Length > 0 && number.Start < words.Start) ? number : words;
    }

    private Place NextPhrase(ReadOnlySpan<char> folded, int from, out string? phrase)
    {
        phrase = null;
        while (_phrases.Length > 0 && from < folded.Length)
        {
            var found = folded[from..].IndexOfAny(_search);
            if (found < 0)
                return default;
            from += found;
            foreach (var one in _phrases)
            {
                if (!folded[from..].StartsWith(one, StringComparison.Ordinal) || !IsWhole(folded, from, from + one.Length))
                    continue;
                phrase = one;
                return new Place(from, one.Length);
            }

            from++;
        }

        return default;
    }

    private static bool IsWhole(ReadOnlySpan<char> folded, int start, int end) =>
        (start == 0 || folded[start - 1] == ' ') && (end == folded.Length || folded[end] == ' ');

    private Place NextNumber(ReadOnlySpan<char> folded, int from)
    {
        for (var last = from; _numbers.Length > 0 && last < folded.Length; last++)
        {
            // The end of a group of digits; letters right behind make it part of a code.
            if (!char.IsAsciiDigit(folded[last]) || (last + 1 < folded.Length && folded[last + 1] != ' '))
                continue;
            foreach (var number in _numbers)
            {
                if (StartOf(number, folded, from, last) is >= 0 and var start)
                    return new Place(start, last + 1 - start);
            }
        }

        return default;
    }

    /// <summary>Where a number begins whose last digit stands there; −1 where it does not stand there. What stands before it without a gap goes along.</summary>
    private static int StartOf(string number, ReadOnlySpan<char> folded, int from, int last)
    {
        var place = last;
        for (var digit = number.Length - 1; digit >= 0; place--)
        {
            if (place < from)
                return -1;
            if (folded[place] == ' ')
                continue;
            if (folded[place] != number[digit--])
                return -1;
        }

        var start = place + 1;
        while (start > from && char.IsAsciiDigit(folded[start - 1]))
            start--;
        if (place + 1 - start > MostPrefixDigits || (start > 0 && folded[start - 1] != ' '))
            return -1;
        while (PrefixOf(folded, from, start) is >= 0 and var before)
            start = before;
        return start;
    }

    /// <summary>Where a short group of digits begins that stands right before a number; −1 where none does.</summary>
    private static int PrefixOf(ReadOnlySpan<char> folded, int from, int start)
    {
        var place = start - 1;
        while (place > from && char.IsAsciiDigit(folded[place - 1]))
            place--;
        return start - 1 - place is > 0 and <= MostPrefixGroup && (place == 0 || folded[place - 1] == ' ') ? place : -1;
    }

    private readonly record struct Place(int Start, int Length);
}
