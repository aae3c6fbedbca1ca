using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Customers.Intake.Values;
using SegFunctions.Testing;

namespace SegFunctions.Customers.Tests.Intake.Values;

public sealed class DateTextTests
{
    private static readonly DateRules Dmy = new() { Order = DateOrder.DayMonthYear };
    private static readonly DateRules Mdy = new() { Order = DateOrder.MonthDayYear };
    private static readonly DateRules Undecided = new();

    [Theory]
    [InlineData("2024-01-31", "2024-01-31T00:00:00.0000000")]
    [InlineData("2024-1-5", "2024-01-05T00:00:00.0000000")]
    [InlineData("2024/01/31", "2024-01-31T00:00:00.0000000")]
    [InlineData("2024.01.31", "2024-01-31T00:00:00.0000000")]
    [InlineData("20240131", "2024-01-31T00:00:00.0000000")]
    [InlineData("202401312359", "2024-01-31T23:59:00.0000000")]
    [InlineData("20240131235958", "2024-01-31T23:59:58.0000000")]
    [InlineData("20240131T235958Z", "2024-01-31T23:59:58.0000000+0")]
    [InlineData("20240131T2359", "2024-01-31T23:59:00.0000000")]
    [InlineData("2024-01-31T23:59", "2024-01-31T23:59:00.0000000")]
    [InlineData("2024-01-31 23:59:58", "2024-01-31T23:59:58.0000000")]
    [InlineData("2024-01-31T23:59:58.5", "2024-01-31T23:59:58.5000000")]
    [InlineData("2024-01-31T23:59:58,123456789Z", "2024-01-31T23:59:58.1234567+0")]
    [InlineData("2024-01-31T23:59:58+01:00", "2024-01-31T23:59:58.0000000+60")]
    [InlineData("2024-01-31T23:59:58-0530", "2024-01-31T23:59:58.0000000-330")]
    [InlineData("2024-01-31 23:59:58 +02", "2024-01-31T23:59:58.0000000+120")]
    [InlineData("2024-01-31 23:59:58 UTC", "2024-01-31T23:59:58.0000000+0")]
    [InlineData("2024-01-31T24:00", "2024-02-01T00:00:00.0000000")]
    [InlineData(" 2024-02-29 ", "2024-02-29T00:00:00.0000000")]
    [InlineData("31.12.2024", "2024-12-31T00:00:00.0000000")]
    [InlineData("3.4.2024 8:05", "2024-04-03T08:05:00.0000000")]
    [InlineData("3. 4. 2024", "2024-04-03T00:00:00.0000000")]
    [InlineData("31/12/2024", "2024-12-31T00:00:00.0000000")]
    [InlineData("12/31/2024", "2024-12-31T00:00:00.0000000")]
    [InlineData("05/05/2024", "2024-05-05T00:00:00.0000000")]
    [InlineData("31-12-49", "2049-12-31T00:00:00.0000000")]
    [InlineData("31-12-50", "1950-12-31T00:00:00.0000000")]
    [InlineData("2 Jan 2006", "2006-01-02T00:00:00.0000000")]
    [InlineData("2-Jan-06", "2006-01-02T00:00:00.0000000")]
    [InlineData("Jan 2, 2006", "2006-01-02T00:00:00.0000000")]
    [InlineData("January 2nd, 2006 3:04 PM", "2006-01-02T15:04:00.0000000")]
    [InlineData("2006 Jan 2", "2006-01-02T00:00:00.0000000")]
    [InlineData("2006-Jan-02", "2006-01-02T00:00:00.0000000")]
    [InlineData("Mon, 02 Jan 2006 15:04:05 GMT", "2006-01-02T15:04:05.0000000+0")]
    [InlineData("1er août 2024", "2024-08-01T00:00:00.0000000")]
    [InlineData("14 févr. 2024 à 14h30", "2024-02-14T14:30:00.0000000")]
    [InlineData("3. März 2024", "2024-03-03T00:00:00.0000000")]
    [InlineData("5 DÉC 2024", "2024-12-05T00:00:00.0000000")]
    [InlineData("7. Okt. 2024 um 08:00", "2024-10-07T08:00:00.0000000")]
    [InlineData("31/12/2024 12:30 am", "2024-12-31T00:30:00.0000000")]
    [InlineData("31/12/2024 12:30 p.m.", "2024-12-31T12:30:00.0000000")]
    [InlineData("31/12/2024 12:30 p. m.", "2024-12-31T12:30:00.0000000")]
    [InlineData("31/12/2024 9:30 a.\u00A0m.", "2024-12-31T09:30:00.0000000")]
    [InlineData("31.12.2024 um 14:30 Uhr", "2024-12-31T14:30:00.0000000")]
    [InlineData("31-DEC-24 02.30.15.250000 PM", "2024-12-31T14:30:15.2500000")]
    [InlineData("31/12/2024 14.30", "2024-12-31T14:30:00.0000000")]
    [InlineData("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.0000000+0")]
    [InlineData("2024-W10-2", "2024-03-05T00:00:00.0000000")]
    [InlineData("2024W102T101500", "2024-03-05T10:15:00.0000000")]
    [InlineData("2020-W53-7 08:00", "2021-01-03T08:00:00.0000000")]
    [InlineData("2024-366", "2024-12-31T00:00:00.0000000")]
    [InlineData("2024-065T10:00Z", "2024-03-05T10:00:00.0000000+0")]
    [InlineData("Tue Mar 05 2024 10:00:00 GMT+0100 (heure normale d’Europe centrale)", "2024-03-05T10:00:00.0000000+60")]
    [InlineData("31/12/2024, 9 pm", "2024-12-31T21:00:00.0000000")]
    public void Spellings_are_understood(string text, string expected) => Assert.Equal(expected, Read(text, Undecided));

    [Theory]
    [InlineData("03/04/2024", "2024-04-03", "2024-03-04")]
    [InlineData("3-4-24 10:00", "2024-04-03", "2024-03-04")]
    [InlineData("03.04.2024", "2024-04-03", "2024-03-04")]
    public void The_order_decides(string text, string dayFirst, string monthFirst)
    {
        Assert.StartsWith(dayFirst, Read(text, Dmy), StringComparison.Ordinal);
        Assert.StartsWith(monthFirst, Read(text, Mdy), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", ValueFault.Empty)]
    [InlineData("soon", ValueFault.NotADate)]
    [InlineData("2024", ValueFault.NotADate)]
    [InlineData("2024-01", ValueFault.NotADate)]
    [InlineData("2024-01-31-02", ValueFault.NotADate)]
    [InlineData("2024-W10", ValueFault.NotADate)]
    [InlineData("2023-W53-1", ValueFault.NotADate)]
    [InlineData("2023-366", ValueFault.NotADate)]
    [InlineData("2024-0651", ValueFault.NotADate)]
    [InlineData("2024-03-05 10:00 (noon)", ValueFault.NotADate)]
    [InlineData("2024-03-05 10:00:60", ValueFault.NoSuchDay)]
    [InlineData("2024-01/31", ValueFault.NotADate)]
    [InlineData("2024-01-31T", ValueFault.NotADate)]
    [InlineData("2024-01-31Tnoon", ValueFault.NotADate)]
    [InlineData("2024-01-31 10", ValueFault.NotADate)]
    [InlineData("2024-01-31 13:00 pm", ValueFault.NotADate)]
    [InlineData("2024-01-31 10:00 Mars", ValueFault.NotADate)]
    [InlineData("10:30", ValueFault.NotADate)]
    [InlineData("1.2.3", ValueFault.NotADate)]
    [InlineData("240131", ValueFault.NotADate)]
    [InlineData("1706745600", ValueFault.NotADate)]
    [InlineData("2 Foo 2024", ValueFault.NotADate)]
    [InlineData("03/04/2024", ValueFault.AmbiguousOrder)]
    [InlineData("2024-02-30", ValueFault.NoSuchDay)]
    [InlineData("2023-02-29", ValueFault.NoSuchDay)]
    [InlineData("13/13/2024", ValueFault.NoSuchDay)]
    [InlineData("2024-01-31 25:00", ValueFault.NoSuchDay)]
    [InlineData("2024-01-31 10:61", ValueFault.NoSuchDay)]
    [InlineData("2024-01-31T10:00+15:00", ValueFault.NoSuchDay)]
    [InlineData("00000000", ValueFault.NoSuchDay)]
    [InlineData("1899-12-30", ValueFault.YearOutOfRange)]
    [InlineData("9999-12-31", ValueFault.YearOutOfRange)]
    public void Other_texts_are_refused_with_their_reason(string text, ValueFault expected)
    {
        Assert.False(DateText.TryParse(Encoding.UTF8.GetBytes(text), Undecided, out var value, out var fault), value.ToString());
        Assert.Equal(expected, fault);
    }

    [Fact]
    public void An_order_that_does_not_fit_is_not_exchanged_silently()
    {
        Assert.False(DateText.TryParse("12/31/2024"u8, Dmy, out _, out var fault));
        Assert.Equal(ValueFault.NoSuchDay, fault);
    }

    [Fact]
    public void Two_digit_years_follow_the_stated_pivot()
    {
        Assert.StartsWith("1949", Read("31.12.49", Dmy with { LastTwoDigitYear = 1999 }), StringComparison.Ordinal);
        Assert.StartsWith("2024", Read("31.12.24", Dmy with { LastTwoDigitYear = 2024 }), StringComparison.Ordinal);
        Assert.StartsWith("1925", Read("31.12.25", Dmy with { LastTwoDigitYear = 2024 }), StringComparison.Ordinal);
        Assert.StartsWith("2024-01-31", Read("24/01/31", new DateRules { Order = DateOrder.YearMonthDay }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1706745600", NumericTime.UnixSeconds, "2024-02-01T00:00:00.0000000+0")]
    [InlineData("1706745600.25", NumericTime.UnixSeconds, "2024-02-01T00:00:00.2500000+0")]
    [InlineData("1706745600123", NumericTime.UnixMilliseconds, "2024-02-01T00:00:00.1230000+0")]
    [InlineData("-86400", NumericTime.UnixSeconds, "1969-12-31T00:00:00.0000000+0")]
    public void Counts_since_1970_when_told_so(string text, NumericTime numbers, string expected) =>
        Assert.Equal(expected, Read(text, new DateRules { Numbers = numbers }));

    [Fact]
    public void Milliseconds_taken_for_seconds_lie_outside_the_years()
    {
        Assert.False(DateText.TryParse("1706745600123"u8, new DateRules { Numbers = NumericTime.UnixSeconds }, out _, out var fault));
        Assert.Equal(ValueFault.YearOutOfRange, fault);
        Assert.False(DateText.TryParse("99999999999999999999999"u8, new DateRules { Numbers = NumericTime.UnixSeconds }, out _, out fault));
        Assert.Equal(ValueFault.YearOutOfRange, fault);
    }

    [Theory]
    [InlineData("yyyyMMdd", "19970101", "1997-01-01T00:00:00.0000000")]
    [InlineData("dd/MM/yyyy HH:mm", "31/12/2024 23:59", "2024-12-31T23:59:00.0000000")]
    [InlineData("d/M/yy", "1/2/24", "2024-02-01T00:00:00.0000000")]
    [InlineData("MM/dd/yyyy hh:mm tt", "12/31/2024 01:05 PM", "2024-12-31T13:05:00.0000000")]
    [InlineData("dd MMM yyyy", "05 déc 2024", "2024-12-05T00:00:00.0000000")]
    [InlineData("yyyy-MM-dd'T'HH:mm:ss.fffzzz", "2024-12-31T23:59:58.125+01:00", "2024-12-31T23:59:58.1250000+60")]
    [InlineData("yyyy-MM-ddTHH:mm:ssZ", "2024-12-31T23:59:58Z", "2024-12-31T23:59:58.0000000+0")]
    [InlineData("dd.MM.yyyy 'um' HH'h'mm", "31.12.2024 um 08h15", "2024-12-31T08:15:00.0000000")]
    [InlineData("ddMMyyyy", "31122024", "2024-12-31T00:00:00.0000000")]
    [InlineData("iso", "2024-12-31T23:59Z", "2024-12-31T23:59:00.0000000+0")]
    [InlineData("unix", "0", "1970-01-01T00:00:00.0000000+0")]
    [InlineData("unixms", "1000", "1970-01-01T00:00:01.0000000+0")]
    public void A_named_form_is_read(string form, string text, string expected)
    {
        Assert.True(DateFormat.TryCompile(form, out var format, out var fault), fault);
        Assert.Equal(expected, Read(text, new DateRules { Format = format }));
    }

    [Theory]
    [InlineData("yyyyMMdd", "1997-01-01")]
    [InlineData("dd/MM/yyyy", "1/2/2024")]
    [InlineData("dd/MM/yyyy", "31/12/2024 10:00")]
    [InlineData("dd/MM/yyyy HH:mm", "31/12/2024")]
    [InlineData("yyyy-MM-dd HH:mm:ss.fff", "2024-12-31 10:00:00.1")]
    [InlineData("iso", "31.12.2024")]
    [InlineData("unix", "2024-12-31")]
    public void A_named_form_accepts_no_other(string form, string text)
    {
        Assert.True(DateFormat.TryCompile(form, out var format, out _));
        Assert.False(DateText.TryParse(Encoding.UTF8.GetBytes(text), new DateRules { Format = format }, out _, out var fault));
        Assert.Equal(ValueFault.NotADate, fault);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("dd/MM", "no year")]
    [InlineData("yyyy-MM", "no day")]
    [InlineData("dd/MM/yyyy yy", "more than one year")]
    [InlineData("dd/mm/yyyy", "no month")]
    [InlineData("dd/MM/yyyy q", "'q', which means nothing")]
    [InlineData("dd/MM/yyyyy", "'yyyyy', which means nothing")]
    [InlineData("dd 'de MM yyyy", "never closes")]
    [InlineData("dd/MM/yyyy hh:mm", "hh without tt")]
    public void A_form_that_is_none_says_why(string form, string found)
    {
        Assert.False(DateFormat.TryCompile(form, out _, out var fault));
        Assert.Contains(found, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void What_dotnet_writes_in_a_form_is_read_in_it() =>
        Prop.ForAll(Arb.From(Gen.Choose(0, 73_000)), Arb.From(Gen.Choose(0, 86_399)), (days, seconds) =>
        {
            var date = new DateTime(1900, 1, 1).AddDays(days).AddSeconds(seconds);
            foreach (var form in (string[])["yyyy-MM-dd HH:mm:ss", "dd/MM/yyyy HH:mm:ss", "M/d/yyyy h:mm:ss tt", "d MMMM yyyy HH:mm:ss", "yyyyMMddHHmmss"])
            {
                Assert.True(DateFormat.TryCompile(form, out var format, out _));
                var text = Encoding.UTF8.GetBytes(date.ToString(form, CultureInfo.InvariantCulture));
                Assert.True(DateText.TryParse(text, new DateRules { Format = format }, out var value, out _), form);
                Assert.Equal(date, value.WallClock);
            }

            Assert.True(DateText.TryParse(Encoding.UTF8.GetBytes(date.ToString("o", CultureInfo.InvariantCulture)), Undecided, out var iso, out _));
            Assert.Equal(date, iso.WallClock);
        }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Garbage_never_throws() =>
        Prop.ForAll(Arb.From(Gen.Elements("1", "31", "12", "2024", "/", "-", ".", " ", ":", "T", "Z", "+", "Jan", "é", "mon", ",", "pm", "th", "0").ListOf()), parts =>
        {
            var text = Encoding.UTF8.GetBytes(string.Concat(parts));
            foreach (var rules in (DateRules[])[Dmy, Mdy, Undecided])
                Assert.Equal(DateText.TryParse(text, rules, out _, out var fault), fault == ValueFault.None);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Dates_are_read_without_allocating() =>
        Assert.Equal(0, Allocation.Of(() =>
        {
            for (var round = 0; round < 1000; round++)
            {
                _ = DateText.TryParse("2010-12-01 08:26:00"u8, Dmy, out _, out _);
                _ = DateText.TryParse("3. März 2024 14:30"u8, Dmy, out _, out _);
            }
        }));

    [Fact]
    public void Local_times_become_utc_also_where_clocks_change()
    {
        var paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");
        Assert.Equal(new DateTime(2024, 7, 1, 10, 0, 0, DateTimeKind.Utc), Value("2024-07-01 12:00").ToUtc(paris));
        Assert.Equal(new DateTime(2024, 7, 1, 12, 0, 0, DateTimeKind.Utc), Value("2024-07-01 12:00Z").ToUtc(paris));

        // 02:30 is skipped on 31 March and shown twice on 27 October.
        Assert.Equal(new DateTime(2024, 3, 31, 1, 30, 0, DateTimeKind.Utc), Value("2024-03-31 02:30").ToUtc(paris));
        Assert.Equal(new DateTime(2024, 10, 27, 1, 30, 0, DateTimeKind.Utc), Value("2024-10-27 02:30").ToUtc(paris));
        Assert.Equal(DateTimeKind.Utc, Value("2024-07-01").ToUtc(TimeZoneInfo.Utc).Kind);
    }

    private static DateValue Value(string text)
    {
        Assert.True(DateText.TryParse(Encoding.UTF8.GetBytes(text), Undecided, out var value, out _));
        return value;
    }

    private static string Read(string text, DateRules rules)
    {
        Assert.True(DateText.TryParse(Encoding.UTF8.GetBytes(text), rules, out var value, out var fault), $"{text}: {fault}");
        var offset = value.OffsetMinutes is { } minutes ? minutes.ToString("+0;-0;+0", CultureInfo.InvariantCulture) : "";
        return value.WallClock.ToString("yyyy-MM-ddTHH:mm:ss.fffffff", CultureInfo.InvariantCulture) + offset;
    }
}
