using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Intake.Values;

namespace SegFunctions.Customers.Tests.Intake.Values;

public sealed class PlainNumberTests
{
    [Fact]
    public void Every_short_text_is_read_as_the_general_reader_reads_it_or_left_to_it()
    {
        // All texts of up to five of these characters: 16,105 of them, whatever sense they make.
        var characters = "059.-,+ 1/:"u8.ToArray();
        Span<byte> text = stackalloc byte[5];
        for (var length = 1; length <= 5; length++)
        {
            for (var code = 0; code < Math.Pow(characters.Length, length); code++)
            {
                var rest = code;
                for (var at = 0; at < length; at++, rest /= characters.Length)
                    text[at] = characters[rest % characters.Length];
                Agree(text[..length]);
            }
        }
    }

    [Fact]
    public void Texts_of_any_length_are_read_as_the_general_reader_reads_them()
    {
        var texts = Gen.Elements("0123456789.-".ToArray()).ArrayOf().Where(text => text.Length is > 0 and < 14).Select(text => new string(text));
        Prop.ForAll(texts.ToArbitrary(), text => Agree(Encoding.ASCII.GetBytes(text))).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));
    }

    [Fact]
    public void Numbers_of_up_to_eight_digits_are_read()
    {
        var numbers = Gen.Choose(-99_999_999, 99_999_999).Zip(Gen.Choose(0, 6));
        Prop.ForAll(numbers.ToArbitrary(), pair =>
        {
            var number = new decimal(Math.Abs(pair.Item1), 0, 0, pair.Item1 < 0, (byte)pair.Item2);
            var text = Encoding.ASCII.GetBytes(number.ToString(System.Globalization.CultureInfo.InvariantCulture));
            if (text.Length - (pair.Item2 > 0 ? 1 : 0) - (pair.Item1 < 0 ? 1 : 0) > 8 || text.Length - (pair.Item1 < 0 ? 1 : 0) > 8)
                return;
            Assert.True(PlainNumber.TryParse(text, (byte)'.', out var plain));
            Assert.Equal(number, plain.ToDecimal());
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));
    }

    private static void Agree(ReadOnlySpan<byte> text)
    {
        Span<byte> buffer = stackalloc byte[CanonicalNumber.Length];
        foreach (var (style, separator) in new[] { (DecimalStyle.Point, (byte)'.'), (DecimalStyle.Comma, (byte)',') })
        {
            if (!PlainNumber.TryParse(text, separator, out var plain))
                continue;
            var shown = Encoding.ASCII.GetString(text);
            Assert.True(NumberText.TryParse(text, style, out var number, out _), shown);
            Assert.Equal(decimal.GetBits(number), decimal.GetBits(plain.ToDecimal()));
            Assert.Equal((double)number, plain.ToDouble());
            var canonical = buffer[..CanonicalNumber.Format(number, buffer)];
            Assert.Equal(canonical.SequenceEqual(Encoding.ASCII.GetBytes(shown.Replace(',', '.'))), plain.IsCanonical);
            Assert.Equal(shown.Replace(',', '.') == number.ToString(System.Globalization.CultureInfo.InvariantCulture) && !(number == 0 && shown[0] == '-'), plain.IsUnpadded);
        }
    }
}
