using System.Globalization;
using System.Text;
using SegFunctions.Customers.Intake.Sensitive;

namespace SegFunctions.Customers.Tests.Intake.Sensitive;

/// <summary>Numbers that issuers, banks and states publish as examples, and the same with one character changed.</summary>
public sealed class CheckDigitsTests
{
    public static TheoryData<string, string> Examples => new()
    {
        { "card", "4111111111111111" },
        { "card", "5555555555554444" },
        { "card", "2223003122003222" },
        { "card", "378282246310005" },
        { "card", "6011111111111117" },
        { "card", "3530111333300000" },
        { "card", "30569309025904" },
        { "iban", "GB82WEST12345698765432" },
        { "iban", "DE89370400440532013000" },
        { "iban", "FR1420041010050500013M02606" },
        { "iban", "NL91ABNA0417164300" },
        { "iban", "ES9121000418450200051332" },
        { "iban", "IT60X0542811101000000123456" },
        { "nir", "255081416802538" },
        { "nir", "180126955222380" },
        { "steuer", "86095742719" },
        { "steuer", "47036892816" },
        { "steuer", "65929970489" },
        { "dni", "12345678Z" },
        { "dni", "X1234567L" },
        { "fiscale", "RSSMRA85T10A562S" },
        { "fiscale", "MRTMTT91D08F205J" },
        { "bsn", "111222333" },
        { "bsn", "123456782" },
    };

    [Theory]
    [MemberData(nameof(Examples))]
    public void Published_example_passes(string kind, string number) => Assert.True(Passes(kind, number));

    [Theory]
    [MemberData(nameof(Examples))]
    public void Single_changed_digit_is_noticed(string kind, string number)
    {
        var noticed = 0;
        var tried = 0;
        for (var place = 0; place < number.Length; place++)
        {
            if (!char.IsAsciiDigit(number[place]))
                continue;
            for (var step = 1; step < 10; step++)
            {
                var changed = number.ToCharArray();
                changed[place] = (char)('0' + ((number[place] - '0' + step) % 10));
                tried++;
                noticed += Passes(kind, new string(changed)) ? 0 : 1;
            }
        }

        Assert.Equal(tried, noticed);
    }

    [Theory]
    [InlineData("123-45-6789", true)]
    [InlineData("000-45-6789", false)]
    [InlineData("666-45-6789", false)]
    [InlineData("912-45-6789", false)]
    [InlineData("123-00-6789", false)]
    [InlineData("123456789", false)]
    public void American_number_needs_its_dashes(string number, bool expected) => Assert.Equal(expected, CheckDigits.IsSsn(Encoding.ASCII.GetBytes(number)));

    [Theory]
    [InlineData("QQ123456C", false)]
    [InlineData("AB123456C", true)]
    [InlineData("AB123456E", false)]
    [InlineData("AO123456C", false)]
    public void British_number_begins_with_letters_in_use(string number, bool expected) => Assert.Equal(expected, CheckDigits.IsNino(Encoding.ASCII.GetBytes(number)));

    [Fact]
    public void One_card_in_ten_thousand_numbers_of_sixteen_digits_is_luck()
    {
        var cards = 0;
        for (var number = 0; number < 10_000; number++)
            cards += CheckDigits.IsCard(Encoding.ASCII.GetBytes((4_000_000_000_000_000 + (number * 7L)).ToString(CultureInfo.InvariantCulture))) ? 1 : 0;

        Assert.InRange(cards, 900, 1100);
    }

    private static bool Passes(string kind, string number)
    {
        var text = Encoding.ASCII.GetBytes(number);
        return kind switch
        {
            "card" => CheckDigits.IsCard(text),
            "iban" => CheckDigits.IsIban(text),
            "nir" => CheckDigits.IsNir(text),
            "steuer" => CheckDigits.IsSteuerId(text),
            "dni" => CheckDigits.IsDni(text),
            "fiscale" => CheckDigits.IsCodiceFiscale(text),
            _ => CheckDigits.IsBsn(text),
        };
    }
}
