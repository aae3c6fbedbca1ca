using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Customers.Identity.Companies;

namespace SegFunctions.Customers.Tests.Identity.Companies;

public sealed class CompanyNameTests
{
    [Theory]
    [InlineData("I.B.M. Corp.", "ibm")]
    [InlineData("J. P. Morgan", "jp morgan")]
    [InlineData("H&M", "hm")]
    [InlineData("O'Hara", "ohara")]
    [InlineData("L’Oréal S.A.", "loreal")]
    [InlineData("Café Zürich AG", "cafe")]
    [InlineData("Yahoo!", "yahoo")]
    [InlineData("Straße & Söhne", "strasse")]
    [InlineData("Acme Mfg. Co.", "acme manufacturing")]
    [InlineData("Acme Intl. Ltd", "acme international")]
    [InlineData("Ets Dupont", "dupont")]
    [InlineData("Gusik]wski", "gusikwski")]
    [InlineData("Frami-Orn", "frami orn")]
    public void The_core_is_what_names_the_company(string name, string core) => Assert.Equal(core, string.Join(' ', CompanyName.Parse(name).Core));

    [Theory]
    [InlineData("Gebr. Müller", "Gebrüder Müller")]
    [InlineData("Sté Générale", "Société Générale")]
    [InlineData("Smith Bros.", "Smith Brothers")]
    [InlineData("Müller Gruppe", "Müller Group")]
    [InlineData("Schmidt & Söhne", "Schmidt und Söhne")]
    [InlineData("Dupont et Fils", "Dupont & fils")]
    [InlineData("First National Bank", "1st Natl. Bank")]
    [InlineData("Zirkon III Fund", "Zirkon Fund 3")]
    [InlineData("The Zirkon Company", "Zirkon Co.")]
    [InlineData("A.B.C. Bau", "ABC Bau")]
    public void Spellings_of_one_name_have_the_same_words(string one, string other) => Assert.Equal(Words(one), Words(other));

    [Fact]
    public void Numbers_places_and_words_of_shape_stand_apart_from_the_core()
    {
        var name = CompanyName.Parse("Peugeot Deutschland Holding 2 GmbH");

        Assert.Equal(["peugeot"], name.Core);
        Assert.Equal(["germany"], name.Places);
        Assert.Equal(["holding"], name.Descriptors);
        Assert.Equal(["2"], name.Numbers);
        Assert.Equal("gmbh", Assert.Single(name.Forms).Code);
    }

    [Theory]
    [InlineData("Paris SA", "paris")]
    [InlineData("Holding Group AG", "holding group")]
    [InlineData("3 GmbH", "3")]
    public void A_name_of_words_that_say_little_is_named_by_them(string name, string core) => Assert.Equal(core, string.Join(' ', CompanyName.Parse(name).Core));

    [Theory]
    [InlineData("Zirkon Ltd t/a Blue Lamp", "blue lamp")]
    [InlineData("Zirkon LLC dba Blue Lamp", "blue lamp")]
    [InlineData("Zirkon Inc. d/b/a Blue Lamp", "blue lamp")]
    [InlineData("Zirkon GmbH vormals Blue Lamp", "blue lamp")]
    public void The_other_name_of_a_company_is_kept(string name, string other)
    {
        var parsed = CompanyName.Parse(name);

        Assert.Equal(["zirkon"], parsed.Core);
        Assert.Equal(other, string.Join(' ', parsed.TradingAs!.Core));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" .,- ")]
    public void Text_without_letters_has_no_parts(string text) => Assert.Empty(CompanyName.Parse(text).Tokens);

    [Fact]
    public void Parsing_is_idempotent() => Prop.ForAll(CompanyTexts.Any.ToArbitrary(), text =>
    {
        var once = CompanyName.Parse(text);
        return CompanyName.Parse(once.ToString()).ToString() == once.ToString() && CompanyName.Parse(once.ToString()).Tokens.SequenceEqual(once.Tokens);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void The_order_of_words_does_not_change_the_parts() => Prop.ForAll(CompanyTexts.Shuffled.ToArbitrary(), pair =>
        Sorted(pair.One).SequenceEqual(Sorted(pair.Other))).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Every_word_that_stands_for_others_stands_for_itself()
    {
        foreach (var word in (string[])["group", "holding", "company", "sons", "brothers", "international", "manufacturing", "bank", "services", "technology"])
            Assert.Equal(word, CompanyWords.Standard(word));
    }

    private static IEnumerable<string> Words(string name) => CompanyName.Parse(name).Tokens.Where(token => token.Class != CompanyTokenClass.Filler).Select(token => token.Text).Order();

    private static IEnumerable<CompanyToken> Sorted(string name) => CompanyName.Parse(name).Tokens.OrderBy(token => token.Class).ThenBy(token => token.Text, StringComparer.Ordinal);
}
