using System.Text.Unicode;

namespace SegFunctions.Customers.Intake.Encodings;

/// <summary>What a file's first bytes say about its encoding.</summary>
/// <param name="MarkLength">Bytes of the byte order mark in front of the text.</param>
/// <param name="Evidence">What was seen, in words.</param>
public readonly record struct DetectedEncoding(TextEncoding Encoding, int MarkLength, string Evidence)
{
    /// <summary>Looks at the head of a file.</summary>
    /// <param name="head">Its first bytes, the more the better; they may end inside a character.</param>
    /// <param name="isWhole">The head is the whole file.</param>
    public static DetectedEncoding Detect(ReadOnlySpan<byte> head, bool isWhole)
    {
        if (Mark(head) is { } marked)
            return marked;
        if (Utf16Pattern(head) is { } patterned)
            return patterned;
        if (head.IndexOfAnyInRange((byte)0x80, (byte)0xFF) < 0)
            return new DetectedEncoding(TextEncoding.Utf8, 0, $"the first {head.Length} bytes are plain ASCII");
        var text = isWhole ? head : head[..WholeCharacters(head)];
        if (Utf8.IsValid(text))
            return new DetectedEncoding(TextEncoding.Utf8, 0, $"the first {head.Length} bytes are valid UTF-8 with characters beyond ASCII");
        var bad = Records.Utf8Text.ValidLength(text);
        return SingleByte(text, $"byte {bad + 1} (0x{text[bad]:X2}) is not UTF-8");
    }

    /// <summary>The encoding that the mapping names, with the file's byte order mark taken off.</summary>
    public static DetectedEncoding Named(TextEncoding encoding, ReadOnlySpan<byte> head)
    {
        var evidence = $"the mapping says {encoding.Name()}";
        var isUtf16 = encoding is TextEncoding.Utf16LittleEndian or TextEncoding.Utf16BigEndian;
        if (Mark(head) is { } mark)
        {
            if (mark.Encoding == encoding)
                return mark with { Evidence = evidence };
            if (isUtf16 && mark.Encoding != TextEncoding.Utf8)
                return mark with { Evidence = $"the mapping says UTF-16, {mark.Evidence}" };
        }

        return new DetectedEncoding(encoding, 0, evidence);
    }

    /// <summary>
    /// Windows-1252, unless the letters say otherwise. Inside of words it writes é, ü and ñ above 0xC0, where the Macintosh has signs and rare capitals; that one writes them
    /// from 0x80 on, where Windows has signs that no word holds. Of ISO-8859-15 the euro alone can tell: Windows has a sign there that nobody uses.
    /// </summary>
    private static DetectedEncoding SingleByte(ReadOnlySpan<byte> text, string evidence)
    {
        var (onWindows, onMacintosh) = (0, 0);
        for (var at = 1; at < text.Length; at++)
        {
            if (text[at] < 0x80 || !char.IsAsciiLetter((char)text[at - 1]))
                continue;
            if (text[at] >= 0xC0)
                onWindows++;

            // What words of Windows-1252 hold, too: ’ as apostrophe, œ, š and ž.
            else if (text[at] is < 0xA0 and not (0x92 or 0x9C or 0x9A or 0x9E) and not (0x80 or 0x85 or 0x93 or 0x94 or 0x96 or 0x97 or 0x99))
                onMacintosh++;
        }

        // Lines of the old Macintosh end with CR alone; then letters count wherever they stand, but not the signs that Windows puts around words.
        if (onMacintosh == 0 && onWindows == 0 && text.Contains((byte)'\r') && !text.Contains((byte)'\n'))
            onMacintosh = CountLetters(text);
        if (onMacintosh > 2 * onWindows)
            return new DetectedEncoding(TextEncoding.Macintosh, 0, $"{evidence}, and {onMacintosh} letters inside of words are such as Macintosh writes them");
        return text.Contains((byte)0xA4) && text.IndexOfAnyInRange((byte)0x80, (byte)0x9F) < 0
            ? new DetectedEncoding(TextEncoding.Latin9, 0, $"{evidence}, and 0xA4 is the euro sign of ISO-8859-15")
            : new DetectedEncoding(TextEncoding.Windows1252, 0, $"{evidence}, so the file is taken as Windows-1252");
    }

    private static int CountLetters(ReadOnlySpan<byte> text)
    {
        var letters = 0;
        foreach (var octet in text)
            letters += octet is > 0x80 and < 0xA0 and not (0x82 or 0x84 or 0x85 or (>= 0x91 and <= 0x97) or 0x99) ? 1 : 0;
        return letters;
    }

    private static DetectedEncoding? Mark(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            return new DetectedEncoding(TextEncoding.Utf8, 3, "the file starts with the byte order mark of UTF-8");
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
            return new DetectedEncoding(TextEncoding.Utf16LittleEndian, 2, "the file starts with the byte order mark of UTF-16LE");
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return new DetectedEncoding(TextEncoding.Utf16BigEndian, 2, "the file starts with the byte order mark of UTF-16BE");
        return null;
    }

    /// <summary>
    /// UTF-16 without a mark: tables hold digits, delimiters and line ends, whose high byte is zero, so zeros stand at every
    /// other byte. Asked for: zeros at 30 % of one parity and at under 1 % of the other.
    /// </summary>
    private static DetectedEncoding? Utf16Pattern(ReadOnlySpan<byte> head)
    {
        Span<int> zeros = stackalloc int[2];
        for (var at = 0; at < head.Length; at++)
        {
            if (head[at] == 0)
                zeros[at & 1]++;
        }

        var pairs = head.Length / 2;
        if (pairs < 2)
            return null;
        if (zeros[1] * 10 >= pairs * 3 && zeros[0] * 100 < pairs)
            return new DetectedEncoding(TextEncoding.Utf16LittleEndian, 0, $"{zeros[1]} of the first {pairs} byte pairs end with a zero, as UTF-16LE writes Latin text");
        if (zeros[0] * 10 >= pairs * 3 && zeros[1] * 100 < pairs)
            return new DetectedEncoding(TextEncoding.Utf16BigEndian, 0, $"{zeros[0]} of the first {pairs} byte pairs start with a zero, as UTF-16BE writes Latin text");
        return null;
    }

    /// <summary>Length without a character that the end of the head cuts.</summary>
    private static int WholeCharacters(ReadOnlySpan<byte> head)
    {
        for (var back = 1; back <= Math.Min(3, head.Length); back++)
        {
            var lead = head[^back];
            if ((lead & 0xC0) == 0x80)
                continue;
            var width = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
            return width > back ? head.Length - back : head.Length;
        }

        return head.Length;
    }
}
