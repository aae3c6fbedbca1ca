using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Customers.Intake.Values;

namespace SegFunctions.Customers.Tests.Intake.Values;

public sealed class PlainTimeTests
{
    private static readonly DateRules[] Orders = [.. Enum.GetValues<DateOrder>().Select(order => new DateRules { Order = order, FirstYear = 1, LastYear = 9999 })];

    [Theory]
    [InlineData("2024-02-29")]
    [InlineData("2024-02-29T23:59:59")]
    [InlineData("2024-02-29 00:00:00")]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31 23:59:59Z")]
    public void Plain_dates_are_read(string text)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        Assert.True(new PlainTime().TryParse(bytes, out var ticks, out var hasOffset));
        Assert.Equal(DateTime.Parse(text.TrimEnd('Z'), CultureInfo.InvariantCulture).Ticks, ticks);
        Assert.Equal(text.EndsWith('Z'), hasOffset);
    }

    [Theory]
    [InlineData("2023-02-29")]
    [InlineData("2024-02-29T24:00:00")]
    [InlineData("2024-02-29T12:60:00")]
    [InlineData("2024-02-29T12:00:60")]
    [InlineData("2024-02-29T12:0/:00")]
    [InlineData("2024-02-29t12:00:00")]
    [InlineData("2024-02-29T12:00:00z")]
    [InlineData("2024-00-29")]
    [InlineData("2024-13-29")]
    [InlineData("0000-01-01")]
    [InlineData("2024/02/29")]
    [InlineData("31-12-2024")]
    [InlineData("2024-02-29T12:00")]
    public void What_is_not_plain_is_left_to_the_general_reader(string text) =>
        Assert.False(new PlainTime().TryParse(Encoding.ASCII.GetBytes(text), out _, out _));

    [Fact]
    public void Dates_are_read_as_the_general_reader_reads_them_in_every_order_of_day_and_month()
    {
        // Dates of a few days, so that days repeat, with up to two characters changed.
        var texts =
            from day in Gen.Choose(0, 40)
            from second in Gen.Choose(0, 86_399)
            from form in Gen.Elements("yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss'Z'")
            from changes in Gen.Choose(0, 2)
            from places in Gen.Choose(0, 19).ArrayOf(2)
            from characters in Gen.Elements("0123459-: TZ/z.".ToArray()).ArrayOf(2)
            select Changed(new DateTime(2024, 2, 10).AddDays(day).AddSeconds(second).ToString(form, CultureInfo.InvariantCulture), changes, places, characters);
        var times = new PlainTime();
        Prop.ForAll(texts.ToArbitrary(), text =>
        {
            var bytes = Encoding.ASCII.GetBytes(text);
            if (!times.TryParse(bytes, out var ticks, out var hasOffset))
                return;
            foreach (var rules in Orders)
            {
                Assert.True(DateText.TryParse(bytes, rules, out var date, out _), text);
                Assert.Equal((date.WallClock.Ticks, date.OffsetMinutes), (ticks, hasOffset ? 0 : (int?)null));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));
    }

    private static string Changed(string text, int changes, int[] places, char[] characters)
    {
        var changed = text.ToCharArray();
        for (var change = 0; change < changes; change++)
            changed[places[change] % changed.Length] = characters[change];
        return new string(changed);
    }
}
