using System.Text;
using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Intake.Mapping;
using SegFunctions.Customers.Intake.Records;
using SegFunctions.Customers.Intake.Values;

namespace SegFunctions.Customers.Tests.Intake.Runs;

/// <summary>Money, countries, languages, truth, attributes and garbled texts on their way through intake.</summary>
public sealed class ValueTypesTests
{
    private const string Header = "order id,customer id,date,amount\n";

    [Fact]
    public async Task Amounts_tell_their_currency_and_several_are_warned_about()
    {
        var taken = await Taken.InAsync(Header + "1,7,2024-01-02,€ 12.50\n2,7,2024-01-02,13 USD\n3,7,2024-01-02,14\n");
        Assert.Equal(["", "EUR", "USD"], taken.Output.Column("currency").Order());
        Assert.Contains(taken.Report.Warnings, warning => warning.Rule == "currencies-mixed");
    }

    [Fact]
    public async Task Rates_convert_by_the_day_of_the_row()
    {
        var rates = CurrencyRates.Read("rates.csv", "currency,rate,date\nEUR,1\nUSD,0.9,2024-01-01\nUSD,0.5,2024-02-01\n"u8);
        var taken = await Taken.InAsync(Header + "1,7,2024-01-15,$10\n2,7,2024-02-15,$10\n3,7,2024-02-15,10\n4,7,2023-01-01,$10\n5,7,2024-01-01,£10\n", new UploadMapping { Rates = rates });
        Assert.Equal(["10", "5", "9"], taken.Output.Column("amount").Order(StringComparer.Ordinal));
        Assert.Equal(["EUR"], taken.Output.Column("currency").Distinct());
        Assert.Equal(("rate-missing", 2), (taken.Report.RefusedByRule.Single().Rule, taken.Report.RefusedByRule.Single().Count));
        Assert.Contains(taken.Report.Repairs, repair => repair.Rule == "currency-converted" && repair.Count == 2);
    }

    [Fact]
    public async Task Two_currencies_in_one_row_are_refused()
    {
        var taken = await Taken.InAsync("order id,customer id,date,amount,currency\n1,7,2024-01-02,€ 12.50,USD\n2,7,2024-01-02,12.50,euro\n");
        Assert.Equal("currency-conflict", taken.Report.RefusedByRule.Single().Rule);
        Assert.Equal(["EUR"], taken.Output.Column("currency"));
    }

    [Fact]
    public void Faulty_rates_are_all_named()
    {
        var fault = Assert.Throws<MappingException>(() => CurrencyRates.Read("rates.csv", "currency,rate\nUSD,x\nEUR,1,someday\n"u8));
        Assert.Equal(2, fault.Faults.Count);
    }

    [Theory]
    [InlineData("Allemagne", "DE")]
    [InlineData("ESP", "ES")]
    [InlineData("nl", "NL")]
    [InlineData("Stati Uniti", "US")]
    [InlineData("EIRE", "IE")]
    [InlineData("Atlantis", "Atlantis")]
    public async Task Countries_become_their_codes(string country, string code)
    {
        var taken = await Taken.InAsync($"order id,customer id,date,amount,country\n1,7,2024-01-02,5,{country}\n");
        Assert.Equal(code, taken.Output.Column("country").Single());
        Assert.Equal(code == country, taken.Report.Warnings.Any(warning => warning.Rule == "country-unknown"));
    }

    [Theory]
    [InlineData("français", "fr")]
    [InlineData("de_AT.UTF-8", "de-AT")]
    [InlineData("Nederlands", "nl")]
    [InlineData("klingon", null)]
    public void Languages_become_their_codes(string name, string? code) => Assert.Equal(code, KnownNames.FindLocale(name) is { } found ? Encoding.UTF8.GetString(found) : null);

    [Theory]
    [InlineData("Sí", true)]
    [InlineData("VERO", true)]
    [InlineData("waar", true)]
    [InlineData("nee", false)]
    [InlineData("Falso", false)]
    public void Truth_is_read_in_six_languages(string text, bool expected)
    {
        Assert.True(BooleanText.TryParse(Encoding.UTF8.GetBytes(text), out var value, out _));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("2024-03-05 14:30 CET", "2024-03-05T13:30:00")]
    [InlineData("2024-07-05 14:30 Europe/Paris", "2024-07-05T12:30:00")]
    [InlineData("2024-07-05T14:30:00+02:00[Europe/Paris]", "2024-07-05T12:30:00")]
    [InlineData("5 de marzo de 2024", "2024-03-05T00:00:00")]
    [InlineData("maandag 4 mrt 2024", "2024-03-04T00:00:00")]
    public void Zones_and_months_by_name_are_read(string text, string utc)
    {
        Assert.True(DateText.TryParse(Encoding.UTF8.GetBytes(text), new DateRules(), out var date, out _));
        Assert.Equal(utc, date.ToUtc(TimeZoneInfo.Utc).ToString("yyyy-MM-ddTHH:mm:ss", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("2024-03-05 14:30 CST")]
    [InlineData("2024-03-05 14:30 Nowhere/Land")]
    public void Zones_that_may_be_several_or_none_are_no_dates(string text) => Assert.False(DateText.TryParse(Encoding.UTF8.GetBytes(text), new DateRules(), out _, out _));

    [Fact]
    public async Task Columns_that_no_field_claims_get_the_type_that_all_their_values_have()
    {
        var taken = await Taken.InAsync("order id;customer id;date;amount;weight;packed;fragile;code\n" + string.Concat(Enumerable.Range(0, 4).Select(row => $"{row};7;2024-01-02;5;1.234,5{row};2024-01-0{row + 1};oui;00{row}\n")));
        Assert.Equal("1234.50,2024-01-01,true,000".Replace(".50", ".5", StringComparison.Ordinal), string.Join(',', new[] { "attribute:weight", "attribute:packed", "attribute:fragile", "attribute:code" }.Select(name => taken.Output.Column(name).Order(StringComparer.Ordinal).First())));
    }

    [Fact]
    public async Task Garbled_texts_are_put_right_where_the_way_back_proves_it()
    {
        var taken = await Taken.InAsync("order id,customer id,date,amount,description\n1,7,2024-01-02,5,MÃ¼nchner CafÃ©\n2,7,2024-01-02,5,é€€\n3,7,2024-01-02,5,Zoé’s\n");
        Assert.Equal(["Münchner Café", "Zoé’s", "é€€"], taken.Output.Column("description").Order(StringComparer.Ordinal));
        Assert.Equal(("mojibake-repaired", 1), (taken.Report.Repairs.Single().Rule, taken.Report.Repairs.Single().Count));
    }

    [Fact]
    public async Task Two_columns_that_may_be_the_moment_are_settled_by_values_or_asked_for()
    {
        const string Both = "order id,customer id,order date,invoice date,amount\n";
        var filled = await Taken.InAsync(Both + "1,7,2024-01-02,,5\n2,7,2024-01-03,2024-02-01,5\n");
        Assert.Equal(["2024-01-02T00:00:00Z", "2024-01-03T00:00:00Z"], filled.Output.Column("timestamp").Order());
        var asked = await Assert.ThrowsAsync<UnreadableFileException>(() => Taken.InAsync(Both + "1,7,2024-01-02,2024-01-05,5\n"));
        Assert.Contains("{ \"columns\": { \"invoice date\": \"timestamp\" } }", asked.Message, StringComparison.Ordinal);
        var closer = await Taken.InAsync("order id,customer id,date,order date,amount\n1,7,2024-01-09,2024-01-02,5\n");
        Assert.Equal("2024-01-02T00:00:00Z", closer.Output.Column("timestamp").Single());
        var product = await Taken.InAsync("order id,customer id,date,quantity,unit price,net amount,gross amount\n1,7,2024-01-02,2,5,10,12\n2,7,2024-01-02,1,5,5,6\n");
        Assert.Equal(["10", "5"], product.Output.Column("amount").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("'=1+1", "''=1+1")]
    [InlineData("-12.5", "-12.5")]
    [InlineData("@x", "'@x")]
    [InlineData("it's", "it's")]
    [InlineData("'quoted'", "'quoted'")]
    public void Formulas_are_marked_and_the_mark_taken_off_again(string text, string written)
    {
        var line = new ByteWriter(16);
        CsvText.Write(line, Encoding.UTF8.GetBytes(text));
        Assert.Equal(written, Encoding.UTF8.GetString(line.Written));
        Assert.Equal(text, Encoding.UTF8.GetString(CsvText.Unmarked(line.Written)));
    }

    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0.00", "0")]
    [InlineData("12.500", "12.5")]
    [InlineData("0.05", "0.05")]
    [InlineData("-1234567890123.456", "-1234567890123.456")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    [InlineData("100", "100")]
    public void Numbers_have_one_canonical_spelling(string number, string expected)
    {
        Span<byte> target = stackalloc byte[CanonicalNumber.Length];
        var length = CanonicalNumber.Format(decimal.Parse(number, System.Globalization.CultureInfo.InvariantCulture), target);
        Assert.Equal(expected, Encoding.UTF8.GetString(target[..length]));
    }
}
