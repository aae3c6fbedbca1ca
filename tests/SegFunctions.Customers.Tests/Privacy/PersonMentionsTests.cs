using System.Text;
using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Privacy.Erasure;
using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Tests.Privacy;

/// <summary>The naming of a person in what others wrote.</summary>
public sealed class PersonMentionsTests
{
    private static readonly PersonMentions Anna = new(
        new[] { "Anna Müller", "Müller Anna", "anna.mueller+shop@example.org", "+33 6 12 34 56 78", "Hauptstraße 7", "C-00731x", "17850", "Anna", "Bonn" }.Select(text => TextFolding.Fold(text)));

    [Theory]
    [InlineData("Please greet Anna Müller from me", "Please greet [erased] from me")]
    [InlineData("ANNA  MULLER's order, and Müller, Anna again", "[erased]'s order, and [erased] again")]
    [InlineData("Anna Mu\u0308ller", "")]
    [InlineData("mail Anna.Mueller+Shop@Example.org!", "mail [erased]!")]
    [InlineData("ring 06 12 34 56 78 or +33612345678, 0033 6.12.34.56.78 or (06) 12-34-56-78", "ring [erased] or +[erased], [erased] or ([erased]")]
    [InlineData("ring 06\u00A012\u00A034\u00A056\u00A078 now", "ring [erased] now")]
    [InlineData("612345678", "")]
    [InlineData("sent to Hauptstr. 7, no: Hauptstrasse 7 in Bonn", "sent to Hauptstr. 7, no: [erased] in Bonn")]
    [InlineData("referred by c-00731X", "referred by [erased]")]
    [InlineData("https://shop/?m=anna.mueller%2Bshop%40example.org&x=1", "")]
    [InlineData("{\"to\":\"Anna M\\u00fcller\",\"x\":1}", "")]
    [InlineData("<p>for Anna M&uuml;ller</p>", "")]
    [InlineData("greet Anna&nbsp;Mueller at Hauptstra&#223;e&#32;7", "")]
    [InlineData("https://shop/?to=Anna%20M%5Cu00fcller", "")]
    [InlineData("YW5uYS5tdWVsbGVyK3Nob3BAZXhhbXBsZS5vcmc=", "")]
    public void Naming_goes_and_the_rest_stays(string text, string expected)
    {
        Assert.True(Anna.AreIn(Encoding.UTF8.GetBytes(text)));
        Assert.Equal(expected, Masked(text));
        Assert.Null(Masked(Masked(text)!));
    }

    [Theory]
    [InlineData("Anna is here, Müller is not")]
    [InlineData("Joanna Müllerin")]
    [InlineData("order 17850 to Bonn")]
    [InlineData("C:\\users\\u00 & more; \\u00fc alone")]
    [InlineData("order 99612345678901 of 612345679")]
    [InlineData("")]
    public void Others_are_not_meant(string text)
    {
        Assert.False(Anna.AreIn(Encoding.UTF8.GetBytes(text)));
        Assert.Null(Masked(text));
    }

    [Fact]
    public void Digits_in_an_id_are_no_telephone()
    {
        Assert.True(Anna.AreIn("612345678"u8));
        Assert.False(Anna.AreInId("612345678"u8));
        Assert.True(Anna.AreInId("for-anna-müller"u8));
    }

    [Fact]
    public void Nothing_is_looked_for_where_nothing_tells_of_one_person()
    {
        Assert.True(new PersonMentions(["anna", "17850", "li wu", "55 77"]).IsEmpty);
        Assert.False(new PersonMentions(["anna", "17850"]).AreIn("anna 17850"u8));
        Assert.Equal("anna muller", Anna.FirstIn("an Anna Müller mug"u8));
    }

    private static string? Masked(string text)
    {
        var masked = new ByteWriter(16);
        return Anna.Mask(Encoding.UTF8.GetBytes(text), isId: false, masked) ? Encoding.UTF8.GetString(masked.Written) : null;
    }
}
