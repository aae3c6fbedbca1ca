using System.Text;
using SegFunctions.Customers.Intake.Encodings;
using SegFunctions.Customers.Tests.Intake.Records;

namespace SegFunctions.Customers.Tests.Intake.Encodings;

public sealed class EncodingTests
{
    [Theory]
    [InlineData("utf-8", TextEncoding.Utf8)]
    [InlineData("UTF8", TextEncoding.Utf8)]
    [InlineData("utf-16", TextEncoding.Utf16LittleEndian)]
    [InlineData("utf_16_be", TextEncoding.Utf16BigEndian)]
    [InlineData("Windows-1252", TextEncoding.Windows1252)]
    [InlineData("latin1", TextEncoding.Windows1252)]
    [InlineData("ISO-8859-1", TextEncoding.Windows1252)]
    [InlineData("iso-8859-15", TextEncoding.Latin9)]
    [InlineData("MacRoman", TextEncoding.Macintosh)]
    public void Names_are_understood(string name, TextEncoding expected)
    {
        Assert.True(TextEncodings.TryParse(name, out var encoding));
        Assert.Equal(expected, encoding);
        Assert.True(TextEncodings.TryParse(encoding.Name(), out var again) && again == encoding);
    }

    [Fact]
    public void Unknown_names_are_refused() => Assert.False(TextEncodings.TryParse("ebcdic", out _));

    [Theory]
    [InlineData("plain ascii", TextEncoding.Utf8, 0, "plain ASCII")]
    [InlineData("crème €", TextEncoding.Utf8, 0, "valid UTF-8")]
    public void Utf8_is_seen(string text, TextEncoding expected, int mark, string evidence)
    {
        var found = DetectedEncoding.Detect(Encoding.UTF8.GetBytes(text), isWhole: true);
        Assert.Equal((expected, mark), (found.Encoding, found.MarkLength));
        Assert.Contains(evidence, found.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void Byte_order_marks_and_patterns_are_seen()
    {
        const string Text = "id;name;price\r\n1;Müller;2,50\r\n2;東京;3\r\n";
        Assert.Equal((TextEncoding.Utf8, 3), Seen([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Text)]));
        Assert.Equal((TextEncoding.Utf16LittleEndian, 2), Seen([0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Text)]));
        Assert.Equal((TextEncoding.Utf16BigEndian, 2), Seen([0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(Text)]));
        Assert.Equal((TextEncoding.Utf16LittleEndian, 0), Seen(Encoding.Unicode.GetBytes(Text)));
        Assert.Equal((TextEncoding.Utf16BigEndian, 0), Seen(Encoding.BigEndianUnicode.GetBytes(Text)));
        Assert.Equal((TextEncoding.Windows1252, 0), Seen(Encoding.Latin1.GetBytes("id;name\r\n1;Müller\r\n")));

        static (TextEncoding, int) Seen(byte[] head)
        {
            var found = DetectedEncoding.Detect(head, isWhole: true);
            return (found.Encoding, found.MarkLength);
        }
    }

    [Theory]
    [InlineData("id;name;city\r1;José Müller;Málaga\r", 10000, TextEncoding.Macintosh)]
    [InlineData("id;city\r1;Göteborg\r2;Échecs\r", 10000, TextEncoding.Macintosh)]
    [InlineData("id;price\r1;5 €\r2;“5” – 6\r", 1252, TextEncoding.Windows1252)]
    [InlineData("id,produit\n1,Crème brûlée\n", 10000, TextEncoding.Macintosh)]
    [InlineData("id,produit\n1,Crème brûlée à l’été\n2,œuf\n3,cœur à 5 €\n", 1252, TextEncoding.Windows1252)]
    [InlineData("name\nŠkoda Žižkov\nJosé – Müller…\n", 1252, TextEncoding.Windows1252)]
    [InlineData("produit;prix\nthé;5 €\n", 28605, TextEncoding.Latin9)]
    [InlineData("produit;prix\nthé;5\n", 28605, TextEncoding.Windows1252)]
    public void Letters_and_the_euro_tell_encodings_of_one_byte_apart(string text, int codePage, TextEncoding expected)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        Assert.Equal(expected, DetectedEncoding.Detect(Encoding.GetEncoding(codePage).GetBytes(text), isWhole: true).Encoding);
    }

    [Fact]
    public async Task Every_byte_of_the_macintosh_becomes_its_character()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var oracle = Encoding.GetEncoding(10000);
        for (var code = 1; code < 256; code++)
        {
            // The euro took the place of the currency sign with Mac OS 8.5, and capital omega was the sign of the ohm.
            var expected = code switch { 0xDB => "€", 0xBD => "Ω", _ => oracle.GetString([(byte)code]) };
            var (text, _) = await Transcode([(byte)code, (byte)'x'], TextEncoding.Macintosh);
            Assert.True(Encoding.UTF8.GetBytes(expected + "x").SequenceEqual(text), $"0x{code:X2}");
        }
    }

    [Fact]
    public void A_head_that_ends_inside_a_character_is_still_utf8()
    {
        var bytes = Encoding.UTF8.GetBytes("aé東😀");
        for (var length = 2; length <= bytes.Length; length++)
            Assert.Equal(TextEncoding.Utf8, DetectedEncoding.Detect(bytes.AsSpan(0, length), isWhole: false).Encoding);
        Assert.Equal(TextEncoding.Windows1252, DetectedEncoding.Detect(bytes.AsSpan(0, 2), isWhole: true).Encoding);
    }

    [Fact]
    public void A_named_encoding_wins_and_its_mark_is_taken_off()
    {
        var named = DetectedEncoding.Named(TextEncoding.Windows1252, "é"u8);
        Assert.Equal((TextEncoding.Windows1252, 0), (named.Encoding, named.MarkLength));
        Assert.Equal(3, DetectedEncoding.Named(TextEncoding.Utf8, "\uFEFFa"u8).MarkLength);
        var marked = DetectedEncoding.Named(TextEncoding.Utf16LittleEndian, [0xFE, 0xFF, 0, (byte)'a']);
        Assert.Equal((TextEncoding.Utf16BigEndian, 2), (marked.Encoding, marked.MarkLength));
    }

    [Fact]
    public async Task Every_byte_of_windows_1252_becomes_its_character()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var oracle = Encoding.GetEncoding(1252);
        int[] undefined = [0x81, 0x8D, 0x8F, 0x90, 0x9D];
        for (var code = 1; code < 256; code++)
        {
            var (text, invalid) = await Transcode([(byte)code, (byte)'x'], TextEncoding.Windows1252);
            byte[] expected = undefined.Contains(code) ? [0xFF, (byte)'x'] : Encoding.UTF8.GetBytes(oracle.GetString([(byte)code]) + "x");
            Assert.True(expected.SequenceEqual(text), $"0x{code:X2}");
            Assert.Equal(undefined.Contains(code) ? 1 : 0, invalid);
        }
    }

    [Fact]
    public async Task Latin_9_has_the_euro_sign_and_seven_letters()
    {
        var (text, invalid) = await Transcode([0xA4, 0xA6, 0xA8, 0xB4, 0xB8, 0xBC, 0xBD, 0xBE, 0xE9, (byte)'z'], TextEncoding.Latin9);
        Assert.Equal("€ŠšŽžŒœŸéz", Encoding.UTF8.GetString(text));
        Assert.Equal(0, invalid);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(4096)]
    public async Task Utf16_survives_any_split(int size)
    {
        var text = string.Concat(Enumerable.Repeat("a,é,東京,😀\r\n", 50));
        Assert.Equal(text, Encoding.UTF8.GetString((await Transcode(Encoding.Unicode.GetBytes(text), TextEncoding.Utf16LittleEndian, size)).Text));
        Assert.Equal(text, Encoding.UTF8.GetString((await Transcode(Encoding.BigEndianUnicode.GetBytes(text), TextEncoding.Utf16BigEndian, size)).Text));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4096)]
    public async Task Half_a_pair_and_an_odd_byte_are_marked_and_counted(int size)
    {
        byte[] bytes = [.. Encoding.Unicode.GetBytes("a"), 0x00, 0xD8, .. Encoding.Unicode.GetBytes("b"), 0x00, 0xDC, 0x00, 0xD8, (byte)'z'];
        var (text, invalid) = await Transcode(bytes, TextEncoding.Utf16LittleEndian, size);
        Assert.Equal(text.Count(octet => octet == 0xFF), invalid);
        Assert.Equal([(byte)'a', 0xFF, (byte)'b', 0xFF, 0xFF, 0xFF], text);
    }

    [Fact]
    public async Task Large_input_passes_in_bounded_pieces()
    {
        var bytes = Enumerable.Repeat((byte)0x80, 200_000).ToArray();
        var (text, _) = await Transcode(bytes, TextEncoding.Windows1252, 100_000);
        Assert.Equal(600_000, text.Length);
    }

    private static async Task<(byte[] Text, long Invalid)> Transcode(byte[] bytes, TextEncoding encoding, int size = int.MaxValue)
    {
        await using var stream = new Utf8TranscodingStream(new DribblingStream(bytes, _ => size), encoding);
        using var text = new MemoryStream();
        await stream.CopyToAsync(text);
        return (text.ToArray(), stream.InvalidSequences);
    }
}
