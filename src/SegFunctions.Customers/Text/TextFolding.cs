using System.Text;

namespace SegFunctions.Customers.Text;

/// <summary>Makes spellings alike: accents, ligatures, full-width forms, case and punctuation, without ICU.</summary>
/// <remarks>
/// The tables hold what Unicode decomposes to letters of ASCII in Latin-1, Latin Extended-A and -B and Latin Extended Additional, and
/// for letters without a decomposition (ø, đ, ł, þ) the spelling that passports use. Greek loses its accents and the final form of
/// sigma; other scripts keep their letters. Composed and decomposed text fold alike.
/// </remarks>
public static class TextFolding
{
    /// <summary>Characters that folding may make of one.</summary>
    public const int Expansion = 3;

    // One entry a code point; '-' where there is nothing to fold.
    private static readonly string[] Latin = (
        "A A A A A A AE C E E E E I I I I D N O O O O O - O U U U U Y TH ss "
        + "a a a a a a ae c e e e e i i i i d n o o o o o - o u u u u y th y "
        + "A a A a A a C c C c C c C c D d D d E e E e E e E e E e G g G g "
        + "G g G g H h H h I i I i I i I i I i IJ ij J j K k k L l L l L l L "
        + "l L l N n N n N n n N n O o O o O o OE oe R r R r R r S s S s S s "
        + "S s T t T t T t U u U u U u U u U u U u W w Y y Y Z z Z z Z z s "
        + "b B B b - - O C c D D D d - E A E F f G - hv - I K k l - M N n O "
        + "O o - - P p - - - - - t T t T U u - V Y y Z z - - - - - - - - w "
        + "- - - - DZ Dz dz LJ Lj lj NJ Nj nj A a I i O o U u U u U u U u U u e A a "
        + "A a AE ae G g G g K k O o O o - - j DZ Dz dz G g HV W N n A a AE ae O o "
        + "A a A a E e E e I i I i O o O o R r R r U u U u S s T t Y y H h "
        + "N d - - Z z A a E e O o O o O o O o Y y l n t j - - A C c L T s "
        + "z - - B U - E e J j - - R r Y y").Split(' ');

    private static readonly string[] LatinAdditional = (
        "A a B b B b B b C c D d D d D d D d D d E e E e E e E e E e F f "
        + "G g H h H h H h H h H h I i I i K k K k K k L l L l L l L l M m "
        + "M m M m N n N n N n N n O o O o O o O o P p P p R r R r R r R r "
        + "S s S s S s S s S s T t T t T t T t U u U u U u U u U u V v V v "
        + "W w W w W w W w W w X x X x Y y Z z Z z Z z h t w y - s - - SS - "
        + "A a A a A a A a A a A a A a A a A a A a A a A a E e E e E e E e "
        + "E e E e E e E e I i I i O o O o O o O o O o O o O o O o O o O o "
        + "O o O o U u U u U u U u U u U u U u Y y Y y Y y Y y - - - - - -").Split(' ');

    private static readonly string[] Ligatures = ["ff", "fi", "fl", "ffi", "ffl", "st", "st"];

    /// <summary>Small letters and digits in words set apart by one blank: <c>"Straße &amp; N°"</c> gives <c>"strasse n"</c>.</summary>
    public static string Fold(ReadOnlySpan<char> text)
    {
        var target = new char[text.Length * Expansion];
        return new string(target, 0, Fold(text, target));
    }

    /// <summary>Small letters and digits alone, for matching names of columns: <c>"Customer-ID"</c> and <c>"customer_id"</c> are alike.</summary>
    public static string Key(ReadOnlySpan<char> text) => Fold(text).Replace(" ", "", StringComparison.Ordinal);

    /// <summary>Writes what <see cref="Fold(ReadOnlySpan{char})"/> gives and returns its length.</summary>
    /// <param name="target">Has room for <see cref="Expansion"/> times the text.</param>
    public static int Fold(ReadOnlySpan<char> text, Span<char> target)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(target.Length, text.Length * Expansion, nameof(target));
        var written = 0;
        var needsBlank = false;
        for (var at = 0; at < text.Length; at++)
        {
            var character = text[at];
            if (char.IsAsciiLetterOrDigit(character))
            {
                Separate(target, ref written, ref needsBlank);
                target[written++] = char.ToLowerInvariant(character);
            }
            else if (IsAccent(character))
            {
                // It belongs to the letter before.
            }
            else if ((Replacement(character) ?? Replacement(char.ToLowerInvariant(character))) is { } letters)
            {
                Separate(target, ref written, ref needsBlank);
                foreach (var letter in letters)
                    target[written++] = char.ToLowerInvariant(letter);
            }
            else if (char.IsHighSurrogate(character) && at + 1 < text.Length && Rune.TryCreate(character, text[at + 1], out var rune) && Rune.IsLetterOrDigit(rune))
            {
                Separate(target, ref written, ref needsBlank);
                written += Rune.ToLowerInvariant(rune).EncodeToUtf16(target[written..]);
                at++;
            }
            else if (IsWordCharacter(character))
            {
                Separate(target, ref written, ref needsBlank);
                target[written++] = char.ToLowerInvariant(character);
            }
            else
            {
                needsBlank = written > 0;
            }
        }

        return written;
    }

    /// <summary>The text with plain letters and everything else as it was: <c>"Éric's Œuvre"</c> gives <c>"Eric's OEuvre"</c>.</summary>
    public static string WithoutAccents(ReadOnlySpan<char> text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (IsAccent(character))
                continue;
            if (Replacement(character) is { } letters)
                plain.Append(letters);
            else
                plain.Append(character);
        }

        return plain.ToString();
    }

    private static void Separate(Span<char> target, ref int written, ref bool needsBlank)
    {
        if (needsBlank)
            target[written++] = ' ';
        needsBlank = false;
    }

    /// <summary>Combining marks of the Latin and Greek scripts; those of other scripts are vowels and stay.</summary>
    private static bool IsAccent(char character) => character is
        (>= '\u0300' and <= '\u036F') or (>= '\u1AB0' and <= '\u1AFF') or (>= '\u1DC0' and <= '\u1DFF')
        or (>= '\u20D0' and <= '\u20FF') or (>= '\uFE20' and <= '\uFE2F') or '\u00AD' or '\u200B' or '\u200C' or '\u200D' or '\u2060' or '\uFEFF';

    private static bool IsWordCharacter(char character) =>
        char.IsLetterOrDigit(character)
        || char.GetUnicodeCategory(character) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark;

    /// <summary>The plain letters for a character, or null when it stays.</summary>
    private static string? Replacement(char character)
    {
        switch (character)
        {
            case < '\u00AA':
                return null;
            case >= '\u00C0' and <= '\u024F':
                return Entry(Latin, character - '\u00C0');
            case >= '\u1E00' and <= '\u1EFF':
                return Entry(LatinAdditional, character - '\u1E00');
            case >= '\uFB00' and <= '\uFB06':
                return Ligatures[character - '\uFB00'];
            case >= '\uFF01' and <= '\uFF5E':
                // Full-width forms stand in the order of ASCII.
                return ((char)(character - '\uFF01' + '!')) is var plain && char.IsAsciiLetterOrDigit(plain) ? plain.ToString() : null;
        }

        return character switch
        {
            'ª' => "a",
            'º' => "o",
            '²' => "2",
            '³' => "3",
            '¹' => "1",
            'ά' or 'ὰ' or 'Ά' => "α",
            'έ' or 'Έ' => "ε",
            'ή' or 'Ή' => "η",
            'ί' or 'ϊ' or 'ΐ' or 'Ί' or 'Ϊ' => "ι",
            'ό' or 'Ό' => "ο",
            'ύ' or 'ϋ' or 'ΰ' or 'Ύ' or 'Ϋ' => "υ",
            'ώ' or 'Ώ' => "ω",
            'ς' => "σ",
            'ё' => "е",
            'Ё' => "Е",
            _ => null,
        };
    }

    private static string? Entry(string[] table, int index) => table[index] is var letters and not "-" ? letters : null;
}
