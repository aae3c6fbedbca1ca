using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Storage.Tables;

namespace SegFunctions.Storage.Tests.Tables;

public sealed class TableKeyCodecTests
{
    private const string Ugly = "\0\u0001\t\u001f !\"#$%&'-./09:;<=>?@AZ[\\]^az{|}~\u007f\u0080\u009f\u00a0é日\ud7ff\ud800\udbff\udc00\udfff\ue000\uffff";

    // Any unit of UTF-16, the ones with a meaning here more often.
    private static readonly Arbitrary<string> Strings = Gen.ArrayOf(
            Gen.Frequency((4, Gen.Elements(Ugly.ToCharArray())), (1, Gen.Choose(0, 0xffff).Select(code => (char)code))))
        .Where(units => units.Length <= 60)
        .Select(units => new string(units))
        .ToArbitrary();

    [Fact]
    public void Any_string_round_trips_through_a_valid_key()
    {
        Prop.ForAll(Strings, text =>
        {
            var key = TableKeyCodec.Encode(text);
            TableRules.CheckKeys(key, key);
            return TableKeyCodec.Decode(key) == text;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public void Keys_are_in_the_order_of_the_strings()
    {
        Prop.ForAll(Strings, Strings, (a, b) =>
        {
            // Also strings that share a beginning, where the order is decided inside.
            foreach (var (left, right) in new[] { (a, b), (a + b, a + "x"), (a, a + b) })
            {
                if (TableRules.IndexOfUnpairedSurrogate(left) >= 0 || TableRules.IndexOfUnpairedSurrogate(right) >= 0)
                    continue;
                if (Math.Sign(string.CompareOrdinal(left, right)) != Math.Sign(string.CompareOrdinal(TableKeyCodec.Encode(left), TableKeyCodec.Encode(right))))
                    return false;
            }

            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public void Every_single_character_round_trips_in_order()
    {
        var before = "";
        for (var code = 0; code <= 0xffff; code++)
        {
            var text = ((char)code).ToString();
            var key = TableKeyCodec.Encode(text);
            TableRules.CheckKeys(key, key);
            Assert.Equal(text, TableKeyCodec.Decode(key));
            if (char.IsSurrogate((char)code))
                continue;
            Assert.True(string.CompareOrdinal(before, key) < 0, $"U+{code:X4}");
            before = key;
        }
    }

    [Fact]
    public void Key_of_a_prefix_is_a_prefix_of_the_key()
    {
        Prop.ForAll(Strings, Strings, (a, b) =>
            TableRules.IndexOfUnpairedSurrogate(a) >= 0 || TableKeyCodec.Encode(a + b).StartsWith(TableKeyCodec.Encode(a), StringComparison.Ordinal))
            .Check(Config.QuickThrowOnFailure);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("plain-Key_09é日😀", "plain-Key_09é日😀")]
    [InlineData("a b", "a!20b")]
    [InlineData("a/b.c", "a.1b.0c")]
    [InlineData("#?\\", "\"1>1[1")]
    public void Key_looks_as_documented(string text, string key) => Assert.Equal(key, TableKeyCodec.Encode(text));

    [Fact]
    public void Unpaired_surrogates_are_written_in_hexadecimal() => Assert.Equal("~ud800x😀~udc00", TableKeyCodec.Encode("\ud800x😀\udc00"));

    [Theory]
    [InlineData("!")]
    [InlineData("!2")]
    [InlineData("!22")]
    [InlineData("!2G")]
    [InlineData("!0A")]
    [InlineData("a.")]
    [InlineData(".2")]
    [InlineData("~61")]
    [InlineData("~ud8")]
    [InlineData("~u0041")]
    public void Key_that_the_codec_does_not_write_is_not_read(string key) =>
        Assert.Throws<FormatException>(() => TableKeyCodec.Decode(key));

    [Fact]
    public void Key_that_would_be_too_long_is_refused()
    {
        Assert.Equal(512, TableKeyCodec.Encode(new string('k', 512)).Length);
        Assert.Equal(512, TableKeyCodec.Encode(new string('/', 256)).Length);

        Assert.Throws<ArgumentException>(() => TableKeyCodec.Encode(new string('k', 513)));
        var refusal = Assert.Throws<ArgumentException>(() => TableKeyCodec.Encode(new string('/', 257)));
        Assert.Contains("A text of 257 characters makes a key of 514; keys hold at most 512", refusal.Message, StringComparison.Ordinal);
    }
}
