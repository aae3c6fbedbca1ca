using SegFunctions.Learning.Explanation;

namespace SegFunctions.Learning.Tests.Explanation;

public sealed class WordingTests
{
    [Theory]
    [InlineData(1234.5, 1, "1,234.5", "1\u202F234,5")]
    [InlineData(-1234567.125, 2, "-1,234,567.13", "-1\u202F234\u202F567,13")]
    [InlineData(2.675, 2, "2.68", "2,68")]
    [InlineData(-0.04, 1, "0.0", "0,0")]
    [InlineData(12, 0, "12", "12")]
    [InlineData(double.NaN, 0, "not known", "inconnu")]
    [InlineData(double.NegativeInfinity, 0, "not known", "inconnu")]
    [InlineData(1e18, 0, "1,000,000,000,000,000,000", "1\u202F000\u202F000\u202F000\u202F000\u202F000\u202F000")]
    public void Numbers_are_written_as_each_language_does(double value, int decimals, string english, string french) =>
        Assert.Equal(new Bilingual(english, french), Wording.Number(value, decimals));

    [Theory]
    [InlineData(0.125, 1, "12.5%", "12,5\u202F%")]
    [InlineData(0.125, 0, "13%", "13\u202F%")]
    [InlineData(-0.001, 0, "0%", "0\u202F%")]
    [InlineData(double.NaN, 0, "not known", "inconnu")]
    public void Shares_are_percentages(double share, int decimals, string english, string french) =>
        Assert.Equal(new Bilingual(english, french), Wording.Percent(share, decimals));

    [Theory]
    [InlineData(0, "0 days", "0 jour")]
    [InlineData(1, "1 day", "1 jour")]
    [InlineData(1.5, "2 days", "2 jours")]
    [InlineData(1234, "1,234 days", "1\u202F234 jours")]
    [InlineData(double.NaN, "not known", "inconnu")]
    public void Days_agree_with_their_number(double days, string english, string french) =>
        Assert.Equal(new Bilingual(english, french), Wording.Days(days));

    [Theory]
    [InlineData(1234.5, "EUR", "€1,234.50", "1\u202F234,50\u202F€")]
    [InlineData(-5, "USD", "-$5.00", "-5,00\u202F$")]
    [InlineData(-0.001, "GBP", "£0.00", "0,00\u202F£")]
    [InlineData(1234, "JPY", "¥1,234", "1\u202F234\u202F¥")]
    [InlineData(-12, "CHF", "CHF\u202F-12.00", "-12,00\u202FCHF")]
    [InlineData(12, null, "12.00", "12,00")]
    public void Money_stands_where_its_currency_is_written(double amount, string? currency, string english, string french) =>
        Assert.Equal(new Bilingual(english, french), Wording.Money((decimal)amount, currency));

    [Fact]
    public void Dates_name_the_month_in_short()
    {
        Assert.Equal(new Bilingual("9 Dec 2011", "9 déc. 2011"), Wording.Date(new DateTime(2011, 12, 9, 0, 0, 0, DateTimeKind.Utc)));
        Assert.Equal(new Bilingual("1 Aug 2024", "1er août 2024"), Wording.Date(new DateTime(2024, 8, 1, 0, 0, 0, DateTimeKind.Utc)));
    }
}
