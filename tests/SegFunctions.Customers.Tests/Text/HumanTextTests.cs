using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Tests.Text;

public sealed class HumanTextTests
{
    private const TextLanguage En = TextLanguage.English;
    private const TextLanguage Fr = TextLanguage.French;

    [Theory]
    [InlineData(1234.5, 1, "1,234.5", "1\u202F234,5")]
    [InlineData(-1234567.125, 2, "-1,234,567.13", "-1\u202F234\u202F567,13")]
    [InlineData(-0.04, 1, "0.0", "0,0")]
    [InlineData(12, 0, "12", "12")]
    [InlineData(double.NaN, 0, "–", "–")]
    [InlineData(1e18, 0, "1,000,000,000,000,000,000", "1\u202F000\u202F000\u202F000\u202F000\u202F000\u202F000")]
    public void Numbers(double value, int decimals, string english, string french)
    {
        Assert.Equal(english, HumanText.Number(value, decimals, En));
        Assert.Equal(french, HumanText.Number(value, decimals, Fr));
    }

    [Fact]
    public void Counts_and_shares()
    {
        Assert.Equal("541,909", HumanText.Count(541909, En));
        Assert.Equal("541\u202F909", HumanText.Count(541909, Fr));
        Assert.Equal("12.5%", HumanText.Percent(0.125, 1, En));
        Assert.Equal("12\u00A0%", HumanText.Percent(0.12, 0, Fr));
    }

    [Fact]
    public void Days_agree_with_their_number()
    {
        Assert.Equal(["0 days", "1 day", "12 days"], ((double[])[0, 1, 12]).Select(days => HumanText.Days(days, 0, En)));
        Assert.Equal(["0\u00A0jour", "1\u00A0jour", "2\u00A0jours"], ((double[])[0, 1, 2]).Select(days => HumanText.Days(days, 0, Fr)));
        Assert.Equal("1,5\u00A0jour", HumanText.Days(1.5, 1, Fr));
    }

    [Theory]
    [InlineData(1234.5, "EUR", "€1,234.50", "1\u202F234,50\u00A0€")]
    [InlineData(-5, "USD", "-$5.00", "-5,00\u00A0$")]
    [InlineData(-0.001, "GBP", "£0.00", "0,00\u00A0£")]
    [InlineData(1234, "JPY", "¥1,234", "1\u202F234\u00A0¥")]
    [InlineData(12, "CHF", "CHF\u00A012.00", "12,00\u00A0CHF")]
    [InlineData(12, null, "12.00", "12,00")]
    public void Money(double amount, string? currency, string english, string french)
    {
        Assert.Equal(english, HumanText.Money((decimal)amount, currency, En));
        Assert.Equal(french, HumanText.Money((decimal)amount, currency, Fr));
    }

    [Fact]
    public void Dates()
    {
        Assert.Equal("9 Dec 2011", HumanText.Date(new DateOnly(2011, 12, 9), En));
        Assert.Equal("9 déc. 2011", HumanText.Date(new DateOnly(2011, 12, 9), Fr));
        Assert.Equal("1er août 2024", HumanText.Date(new DateOnly(2024, 8, 1), Fr));
    }
}
