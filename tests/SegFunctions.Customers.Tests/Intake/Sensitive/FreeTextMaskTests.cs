using System.Text;
using SegFunctions.Customers.Intake.Sensitive;

namespace SegFunctions.Customers.Tests.Intake.Sensitive;

public sealed class FreeTextMaskTests
{
    [Theory]
    [InlineData("write to ann.lee+shop@example.org, please", "write to [email], please")]
    [InlineData("<ann@example.co.uk>", "<[email]>")]
    [InlineData("call me on 06 12 34 56 78 or +33 6 12 34 56 79.", "call me on [phone] or [phone].")]
    [InlineData("tel: 0612345678", "tel: [phone]")]
    [InlineData("my number is (555) 123-4567 thanks", "my number is [phone] thanks")]
    [InlineData("card 4111 1111 1111 1111 was charged twice", "card [card] was charged twice")]
    [InlineData("refund to DE89 3704 0044 0532 0130 00 today", "refund to [iban] today")]
    [InlineData("https://shop.example/?email=ann@example.org&x=1", "https://shop.example/?email=[email]&x=1")]
    [InlineData("appelez Zoé au 01.23.45.67.89 à midi", "appelez Zoé au [phone] à midi")]
    [InlineData("call 06\u00A012\u00A034\u00A056\u00A078 or 06\u202F12\u202F34\u202F56\u202F78", "call [phone] or [phone]")]
    [InlineData("reach +33 (0)6 12 34 56 78, 06-12-34-56-78 and 06/12.34.56.78", "reach [phone], [phone] and [phone]")]
    [InlineData("büro +49 (0) 30 / 123 45 67 oder 0049 30 1234567", "büro [phone] oder [phone]")]
    [InlineData("ring 06\u201112\u201134\u201156\u201178 or 06–12–34–56–78", "ring [phone] or [phone]")]
    [InlineData("tel:+33612345678", "tel:[phone]")]
    [InlineData("https://shop.example/?email=ann%40example.org&x=1", "https://shop.example/?email=[email]&x=1")]
    [InlineData("https://shop.example/?email=ann.lee%2Bshop%40example.org", "https://shop.example/?email=[email]")]
    [InlineData("mailto:ANN@EXAMPLE.ORG; zoë@exämple.org", "mailto:[email]; [email]")]
    [InlineData("ann＠example.org", "[email]")]
    public void Identifiers_inside_a_text_are_masked(string text, string expected) => Assert.Equal(expected, Masked(text));

    [Theory]
    [InlineData("order 536365 of 2011-12-09 08:26")]
    [InlineData("white hanging heart t-light holder")]
    [InlineData("SKU0123456789")]
    [InlineData("0123456789")]
    [InlineData("4111111111111112 is no card")]
    [InlineData("costs 0.12345678901 a piece")]
    [InlineData("version 10.0.19041.1 on 12.05.2020 10.11")]
    [InlineData("reach me @shop or a@b")]
    [InlineData("on 05.12.2011 08 am")]
    [InlineData("size 40 41 42 43 44 45")]
    [InlineData("ean 4006381333931")]
    public void Other_texts_stay(string text) => Assert.Equal(text, Masked(text));

    private static string Masked(string text) => Encoding.UTF8.GetString(new FreeTextMask().Apply(Encoding.UTF8.GetBytes(text), out _));
}
