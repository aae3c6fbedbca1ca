using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Customers.Intake.Values;
using SegFunctions.Testing;

namespace SegFunctions.Customers.Tests.Intake.Values;

public sealed class NumberTextTests
{
    private const DecimalStyle P = DecimalStyle.Point;
    private const DecimalStyle C = DecimalStyle.Comma;
    private const DecimalStyle U = DecimalStyle.Undecided;

    [Theory]
    [InlineData("0", P, "0")]
    [InlineData("-12", P, "-12")]
    [InlineData("12.50", P, "12.50")]
    [InlineData("12,50", C, "12.50")]
    [InlineData(".5", P, "0.5")]
    [InlineData("5.", P, "5")]
    [InlineData("-,5", C, "-0.5")]
    [InlineData("1,234.5", P, "1234.5")]
    [InlineData("1.234,5", C, "1234.5")]
    [InlineData("1,234,567", P, "1234567")]
    [InlineData("12,34,567.8", P, "1234567.8")]
    [InlineData("1 234 567,89", C, "1234567.89")]
    [InlineData("1\u00A0234,5", C, "1234.5")]
    [InlineData("1\u202F234,5", C, "1234.5")]
    [InlineData("1'234.50", P, "1234.50")]
    [InlineData("1’234.50", P, "1234.50")]
    [InlineData("  42  ", P, "42")]
    [InlineData("\u00A042\u00A0", P, "42")]
    [InlineData("+3", P, "3")]
    [InlineData("\u22123", P, "-3")]
    [InlineData("\u20133", P, "-3")]
    [InlineData("3-", P, "-3")]
    [InlineData("5.-", P, "5")]
    [InlineData("CHF 5.\u2013", P, "5")]
    [InlineData("-5,- €", C, "-5")]
    [InlineData("1.250,--", C, "1250")]
    [InlineData("12:-", C, "12")]
    [InlineData("12.50-", P, "-12.50")]
    [InlineData("SFr. 3.20", P, "3.20")]
    [InlineData("(1,234.50)", P, "-1234.50")]
    [InlineData("($5.00)", P, "-5.00")]
    [InlineData("$1,234.50", P, "1234.50")]
    [InlineData("-$5", P, "-5")]
    [InlineData("$-5", P, "-5")]
    [InlineData("€ 5,20", C, "5.20")]
    [InlineData("5,20 €", C, "5.20")]
    [InlineData("5,20\u00A0€", C, "5.20")]
    [InlineData("EUR 5", P, "5")]
    [InlineData("CHF 1'234.50", P, "1234.50")]
    [InlineData("12 kr", P, "12")]
    [InlineData("12 %", P, "0.12")]
    [InlineData("12.5%", P, "0.125")]
    [InlineData("1.5E+3", P, "1500")]
    [InlineData("1e-3", P, "0.001")]
    [InlineData("1,5e3", C, "1500")]
    [InlineData("1,234.56", U, "1234.56")]
    [InlineData("1.234,56", U, "1234.56")]
    [InlineData("1,5", U, "1.5")]
    [InlineData("1.25", U, "1.25")]
    [InlineData("0.125", U, "0.125")]
    [InlineData("1,234,567", U, "1234567")]
    [InlineData("1.234.567", U, "1234567")]
    [InlineData("1234.567", U, "1234.567")]
    [InlineData("79228162514264337593543950335", P, "79228162514264337593543950335")]
    [InlineData("0.1000000000000000055511151231257827", P, "0.1000000000000000055511151231")]
    [InlineData("123456789012345678901234567890.123e-10", P, "12345678901234567890.123456789")]
    [InlineData("0.00000000000000000000000000005", P, "0.0000000000000000000000000000")]
    [InlineData("0.00000000000000000000000000015", P, "0.0000000000000000000000000002")]
    [InlineData("0000000000000000000000000000000000000000000001", P, "1")]
    [InlineData("0e99999", P, "0")]
    [InlineData("1e-99999", P, "0.0000000000000000000000000000")]
    public void Spellings_are_understood(string text, DecimalStyle style, string expected)
    {
        Assert.True(NumberText.TryParse(Encoding.UTF8.GetBytes(text), style, out var value, out var fault), fault.ToString());
        Assert.Equal(decimal.Parse(expected, CultureInfo.InvariantCulture), value);
    }

    [Theory]
    [InlineData("", P, ValueFault.Empty)]
    [InlineData("  \u00A0", P, ValueFault.Empty)]
    [InlineData("abc", P, ValueFault.NotANumber)]
    [InlineData("-", P, ValueFault.NotANumber)]
    [InlineData(".", P, ValueFault.NotANumber)]
    [InlineData("--5", P, ValueFault.NotANumber)]
    [InlineData("-5-", P, ValueFault.NotANumber)]
    [InlineData("(-5)", P, ValueFault.NotANumber)]
    [InlineData("$5 €", P, ValueFault.NotANumber)]
    [InlineData("5e", P, ValueFault.NotANumber)]
    [InlineData("e5", P, ValueFault.NotANumber)]
    [InlineData("12a", P, ValueFault.NotANumber)]
    [InlineData("1_000", P, ValueFault.NotANumber)]
    [InlineData("2024-01-31", P, ValueFault.NotANumber)]
    [InlineData("NaN", P, ValueFault.NotANumber)]
    [InlineData("12,5", P, ValueFault.MisplacedSeparator)]
    [InlineData("12.5", C, ValueFault.MisplacedSeparator)]
    [InlineData("1,23,45", P, ValueFault.MisplacedSeparator)]
    [InlineData("1234,567", P, ValueFault.MisplacedSeparator)]
    [InlineData("1,234 567", P, ValueFault.MisplacedSeparator)]
    [InlineData("1.2.3", P, ValueFault.MisplacedSeparator)]
    [InlineData("1.234,567", P, ValueFault.MisplacedSeparator)]
    [InlineData(",123", P, ValueFault.MisplacedSeparator)]
    [InlineData("1,", P, ValueFault.MisplacedSeparator)]
    [InlineData("1,234", U, ValueFault.AmbiguousSeparator)]
    [InlineData("1.234", U, ValueFault.AmbiguousSeparator)]
    [InlineData("79228162514264337593543950336", P, ValueFault.TooLarge)]
    [InlineData("1e29", P, ValueFault.TooLarge)]
    [InlineData("1e99999999999", P, ValueFault.TooLarge)]
    [InlineData("1000000000000000000000000000000000000000", P, ValueFault.TooLarge)]
    public void Other_texts_are_refused_with_their_reason(string text, DecimalStyle style, ValueFault expected)
    {
        Assert.False(NumberText.TryParse(Encoding.UTF8.GetBytes(text), style, out var value, out var fault), value.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(expected, fault);
    }

    [Fact]
    public void Every_decimal_comes_back_in_both_styles() =>
        Prop.ForAll<decimal>(number =>
        {
            var point = number.ToString(CultureInfo.InvariantCulture);
            Assert.True(NumberText.TryParse(Encoding.UTF8.GetBytes(point), P, out var value, out _), point);
            Assert.Equal(point, value.ToString(CultureInfo.InvariantCulture));
            var grouped = Math.Round(Math.Clamp(number, -1e15m, 1e15m), 3).ToString("N3", CultureInfo.InvariantCulture);
            var swapped = grouped.Replace('.', ';').Replace(',', '.').Replace(';', ',');
            Assert.True(NumberText.TryParse(Encoding.UTF8.GetBytes(swapped), C, out value, out _), swapped);
            Assert.Equal(decimal.Parse(grouped, CultureInfo.InvariantCulture), value);
        }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Garbage_never_throws() =>
        Prop.ForAll(Arb.From(Gen.Elements("1", "2", ".", ",", " ", "-", "+", "e", "%", "$", "(", ")", "'", "€", "0", "−", "’").ListOf()), parts =>
        {
            var text = Encoding.UTF8.GetBytes(string.Concat(parts));
            foreach (var style in Enum.GetValues<DecimalStyle>())
                Assert.Equal(NumberText.TryParse(text, style, out _, out var fault), fault == ValueFault.None);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Theory]
    [InlineData("12", 12, ValueFault.None)]
    [InlineData("17850.0", 17850, ValueFault.None)]
    [InlineData("1,234", 1234, ValueFault.None)]
    [InlineData("12.5", 0, ValueFault.NotWhole)]
    [InlineData("9223372036854775807", long.MaxValue, ValueFault.None)]
    [InlineData("9223372036854775808", 0, ValueFault.TooLarge)]
    public void Whole_numbers(string text, long expected, ValueFault fault)
    {
        Assert.Equal(fault == ValueFault.None, NumberText.TryParseInteger(Encoding.UTF8.GetBytes(text), P, out var value, out var found));
        Assert.Equal((expected, fault), (value, found));
    }

    [Fact]
    public void Plain_numbers_are_read_without_allocating() =>
        Assert.Equal(0, Allocation.Of(() =>
        {
            for (var round = 0; round < 1000; round++)
            {
                _ = NumberText.TryParse("-12.50"u8, P, out _, out _);
                _ = NumberText.TryParse("(1,234.50 €)"u8, P, out _, out _);
            }
        }));

    [Theory]
    [InlineData("TRUE", true)]
    [InlineData(" oui ", true)]
    [InlineData("Ja", true)]
    [InlineData("1", true)]
    [InlineData("no", false)]
    [InlineData("Faux", false)]
    [InlineData("0", false)]
    public void Truth_values(string text, bool expected)
    {
        Assert.True(BooleanText.TryParse(Encoding.UTF8.GetBytes(text), out var value, out _));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("perhaps", ValueFault.NotABoolean)]
    [InlineData("a long sentence", ValueFault.NotABoolean)]
    [InlineData("né", ValueFault.NotABoolean)]
    [InlineData(" ", ValueFault.Empty)]
    public void Other_texts_are_no_truth_values(string text, ValueFault expected)
    {
        Assert.False(BooleanText.TryParse(Encoding.UTF8.GetBytes(text), out _, out var fault));
        Assert.Equal(expected, fault);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData(" NULL ", true)]
    [InlineData("n/a", true)]
    [InlineData("NaN", true)]
    [InlineData("?", true)]
    [InlineData("0", false)]
    [InlineData("nada", false)]
    public void Missing_values(string text, bool expected) => Assert.Equal(expected, MissingText.IsMissing(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Every_fault_has_words()
    {
        foreach (var fault in Enum.GetValues<ValueFault>())
        {
            Assert.NotEmpty(fault.Describe());
            Assert.True(fault == ValueFault.None || fault.Cure().EndsWith('.'));
        }
    }
}
