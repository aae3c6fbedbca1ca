using System.Globalization;
using System.Text;

namespace SegFunctions.Storage.Tables;

/// <summary>Makes any string a valid partition or row key, and back.</summary>
/// <remarks>
/// <para>
/// A character that a key must not hold becomes two or three that it may, of which the first is its nearest allowed lower
/// neighbour; that neighbour is escaped as well. So the order of the keys (by UTF-16 code unit, the order in which rows
/// come) is the order of the strings, the key of a prefix is a prefix of the key, and ranges and prefixes can be queried.
/// </para>
/// <code>
/// U+0000–0020 and !   → ! and two hexadecimal digits      "a b"  → "a!20b"
/// " #                 → "0 "1
/// . /                 → .0 .1                             "a/b"  → "a.1b"
/// &gt; ?                 → &gt;0 &gt;1
/// [ \                 → [0 [1
/// ~ and U+007F–009F   → ~ and two hexadecimal digits
/// unpaired surrogate  → ~u and four hexadecimal digits    (the one case in which order and prefix are not kept)
/// </code>
/// </remarks>
public static class TableKeyCodec
{
    /// <summary>The key of a text.</summary>
    /// <exception cref="ArgumentException">The key would be longer than 512 characters.</exception>
    public static string Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var first = FirstEscaped(text);
        if (first < 0 && text.Length <= TableRules.MaxKeyLength)
            return text;

        var key = new StringBuilder(text, 0, first < 0 ? text.Length : first, text.Length + 16);
        for (var i = key.Length; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                key.Append(c).Append(text[++i]);
            else
                Append(key, c);
        }

        if (key.Length > TableRules.MaxKeyLength)
        {
            throw new ArgumentException(
                $"A text of {text.Length} characters makes a key of {key.Length}; keys hold at most {TableRules.MaxKeyLength}. "
                + "Shorten the text, or use a hash of it as the key and keep the text in a property.",
                nameof(text));
        }

        return key.ToString();
    }

    /// <summary>The text that <see cref="Encode"/> made the key from.</summary>
    /// <exception cref="FormatException">The key does not come from <see cref="Encode"/>; the message has the position.</exception>
    public static string Decode(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.AsSpan().IndexOfAny(Prefixes) < 0)
            return key;

        var text = new StringBuilder(key.Length);
        for (var i = 0; i < key.Length;)
        {
            var c = key[i];
            var length = c switch
            {
                '!' => 3,
                '~' => i + 1 < key.Length && key[i + 1] == 'u' ? 6 : 3,
                '"' or '.' or '>' or '[' => 2,
                _ => 1,
            };
            if (i + length > key.Length)
                throw Malformed(key, i);
            text.Append(length == 1 ? c : Unescape(key, i, length));
            i += length;
        }

        return text.ToString();
    }

    private static readonly System.Buffers.SearchValues<char> Prefixes = System.Buffers.SearchValues.Create("!\".>[~");

    private static int FirstEscaped(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                i++;
            else if (c is <= '#' or '.' or '/' or '>' or '?' or '[' or '\\' or (>= '~' and <= '\u009f') || char.IsSurrogate(c))
                return i;
        }

        return -1;
    }

    private static void Append(StringBuilder key, char c)
    {
        switch (c)
        {
            case <= '!':
                key.Append('!').Append(((int)c).ToString("x2", CultureInfo.InvariantCulture));
                break;
            case '"' or '.' or '>' or '[':
                key.Append(c).Append('0');
                break;
            case '#' or '/' or '?' or '\\':
                key.Append((char)(c - 1)).Append('1');
                break;
            case >= '~' and <= '\u009f':
                key.Append('~').Append(((int)c).ToString("x2", CultureInfo.InvariantCulture));
                break;
            default:
                if (char.IsSurrogate(c))
                    key.Append("~u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
                else
                    key.Append(c);
                break;
        }
    }

    private static char Unescape(string key, int at, int length)
    {
        if (length == 2)
        {
            return key[at + 1] switch
            {
                '0' => key[at],
                '1' => (char)(key[at] + 1),
                _ => throw Malformed(key, at),
            };
        }

        var digits = length == 6 ? key.AsSpan(at + 2, 4) : key.AsSpan(at + 1, 2);
        if (digits.ContainsAnyExcept("0123456789abcdef"))
            throw Malformed(key, at);
        var c = (char)int.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        var fits = length == 6 ? char.IsSurrogate(c) : key[at] == '!' ? c <= '!' : c is >= '~' and <= '\u009f';
        return fits ? c : throw Malformed(key, at);
    }

    private static FormatException Malformed(string key, int at) =>
        new($"The key '{TableRules.Show(key)}' was not made by this codec: position {at} starts no escape that it writes.");
}
