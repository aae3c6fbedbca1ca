namespace SegFunctions.Customers.Intake.Encodings;

/// <summary>The upper half of an eight-bit encoding, ready as UTF-8.</summary>
internal sealed class SingleByteTable
{
    // 0x80 to 0x9F of Windows-1252 (WHATWG index windows-1252); a blank stands where it has no character.
    private const string Windows1252Controls = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

    // 0x80 to 0xFF of the Macintosh (WHATWG index macintosh).
    private const string MacintoshUpper =
        "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u00A0ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\uF8FFÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ";

    private readonly byte[] _bytes = new byte[128 * 3];
    private readonly byte[] _lengths = new byte[128];

    private SingleByteTable(Func<int, char?> character)
    {
        for (var code = 0; code < 128; code++)
        {
            if (character(code + 128) is { } known)
                _lengths[code] = (byte)new System.Text.Rune(known).EncodeToUtf8(_bytes.AsSpan(code * 3));
            else
                (_bytes[code * 3], _lengths[code]) = (Utf8TranscodingStream.NoCharacter, 1);
        }
    }

    public static SingleByteTable Windows1252 { get; } = new(code => code >= 0xA0 ? (char)code : Windows1252Controls[code - 0x80] is var known and not ' ' ? known : null);

    /// <summary>ISO-8859-15 differs from Latin-1 in eight characters; its control characters are no text.</summary>
    public static SingleByteTable Latin9 { get; } = new(code => code switch
    {
        < 0xA0 => code == 0x85 ? (char)code : null,
        0xA4 => '€',
        0xA6 => 'Š',
        0xA8 => 'š',
        0xB4 => 'Ž',
        0xB8 => 'ž',
        0xBC => 'Œ',
        0xBD => 'œ',
        0xBE => 'Ÿ',
        _ => (char)code,
    });

    public static SingleByteTable Macintosh { get; } = new(code => MacintoshUpper[code - 0x80]);

    /// <summary>Writes <paramref name="source"/> as UTF-8, at most three bytes for one, and returns how many; ASCII runs are copied whole.</summary>
    public int Transcode(ReadOnlySpan<byte> source, Span<byte> target)
    {
        var written = 0;
        while (source.Length > 0)
        {
            var ascii = source.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
            if (ascii < 0)
                ascii = source.Length;
            source[..ascii].CopyTo(target[written..]);
            written += ascii;
            source = source[ascii..];
            for (; source.Length > 0 && source[0] >= 0x80; source = source[1..])
            {
                var code = source[0] - 0x80;
                var length = _lengths[code];
                _bytes.AsSpan(code * 3, length).CopyTo(target[written..]);
                written += length;
            }
        }

        return written;
    }
}
