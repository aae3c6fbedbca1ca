using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Customers.Intake.Canonical;

namespace SegFunctions.Customers.Tests.Intake.Canonical;

public sealed class CanonicalTimeTests
{
    [Theory]
    [InlineData("2011-12-09T08:26:00Z")]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59.9999999Z")]
    [InlineData("2011-12-09T08:26:00.05Z")]
    public void Moments_are_written_as_iso_8601(string text)
    {
        Assert.True(CanonicalTime.TryParse(Encoding.UTF8.GetBytes(text), out var moment));
        Assert.Equal(text, Format(moment.Ticks));
    }

    [Fact]
    public void Every_moment_round_trips() =>
        Prop.ForAll<DateTime>(moment => CanonicalTime.TryParse(Encoding.UTF8.GetBytes(Format(moment.Ticks)), out var parsed) && parsed.Ticks == moment.Ticks && parsed.Kind == DateTimeKind.Utc)
            .Check(Config.QuickThrowOnFailure);

    [Theory]
    [InlineData("2011-02-30T00:00:00Z")]
    [InlineData("2011-12-09T24:00:00Z")]
    [InlineData("2011-12-09 08:26:00Z")]
    [InlineData("2011-12-09T08:26:00")]
    [InlineData("2011-12-09T08:26:00.Zz")]
    [InlineData("")]
    public void Other_texts_are_refused(string text) => Assert.False(CanonicalTime.TryParse(Encoding.UTF8.GetBytes(text), out _));

    private static string Format(long ticks)
    {
        Span<byte> text = stackalloc byte[CanonicalTime.LongLength];
        return Encoding.UTF8.GetString(text[..CanonicalTime.Format(ticks, text)]);
    }
}
