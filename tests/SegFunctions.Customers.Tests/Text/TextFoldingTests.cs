using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Tests.Text;

public sealed class TextFoldingTests
{
    [Theory]
    [InlineData("Crème Brûlée", "creme brulee")]
    [InlineData("Cre\u0300me Bru\u0302le\u0301e", "creme brulee")]
    [InlineData("  STRASSE  &\tStraße\u00A0", "strasse strasse")]
    [InlineData("Œuvre, ﬁn; ﬄ ĳ Ǆ", "oeuvre fin ffl ij dz")]
    [InlineData("Łódź Ångström Þór Đặng Nguyễn", "lodz angstrom thor dang nguyen")]
    [InlineData("İstanbul ışık", "istanbul isik")]
    [InlineData("ＦＵＬＬ　Ｗｉｄｔｈ１２", "full width12")]
    [InlineData("Customer_ID (no.)", "customer id no")]
    [InlineData("l’adresse", "l adresse")]
    [InlineData("Άθήνα ΟΔΟΣ οδός", "αθηνα οδοσ οδοσ")]
    [InlineData("Москва Ёлка", "москва елка")]
    [InlineData("東京 都", "東京 都")]
    [InlineData("हिन्दी", "हिन्दी")]
    [InlineData("𝔘 😀 ok", "𝔘 ok")]
    [InlineData("soft\u00ADhyphen zero\u200Bwidth", "softhyphen zerowidth")]
    [InlineData("!?", "")]
    [InlineData("", "")]
    public void Spellings_fold(string text, string expected) => Assert.Equal(expected, TextFolding.Fold(text));

    [Theory]
    [InlineData("Customer ID")]
    [InlineData("customer_id")]
    [InlineData("CUSTOMER-ID")]
    [InlineData("customerId")]
    [InlineData(" Cústömer  id ")]
    public void Names_of_columns_have_one_key(string name) => Assert.Equal("customerid", TextFolding.Key(name));

    [Fact]
    public void Accents_go_and_all_else_stays() => Assert.Equal("Eric's OEuvre, 50 %", TextFolding.WithoutAccents("Éric's Œuvre, 50 %"));

    [Fact]
    public void Folding_twice_changes_nothing_more_and_never_outgrows_its_room()
    {
        for (var code = 0; code <= char.MaxValue; code++)
        {
            var text = "a" + (char)code;
            var once = TextFolding.Fold(text);
            Assert.True(once == TextFolding.Fold(once), $"U+{code:X4}");
            Assert.True(once.Length <= text.Length * TextFolding.Expansion);
        }
    }

    [Fact]
    public void Every_latin_letter_with_an_accent_folds_to_ascii()
    {
        // What Unicode 15 decomposes: every letter from À to ſ but the signs × and ÷.
        for (var code = 0xC0; code <= 0x17F; code++)
        {
            var folded = TextFolding.Fold(((char)code).ToString());
            Assert.True(code is 0xD7 or 0xF7 ? folded.Length == 0 : folded.Length > 0 && folded.All(char.IsAsciiLetterLower), $"U+{code:X4}: {folded}");
        }
    }
}
