using SegFunctions.Customers.Intake.Mapping;

namespace SegFunctions.Customers.Tests.Intake.Mapping;

public sealed class MappingTimeZoneTests
{
    [Theory]
    [InlineData("UTC", "2011-07-01T12:00:00", "2011-07-01T12:00:00", false)]
    [InlineData("+02:00", "2011-07-01T12:00:00", "2011-07-01T10:00:00", false)]
    [InlineData("-0530", "2011-07-01T12:00:00", "2011-07-01T17:30:00", false)]
    [InlineData("Europe/Paris", "2011-07-01T12:00:00", "2011-07-01T10:00:00", false)]
    [InlineData("Europe/Paris", "2011-01-01T12:00:00", "2011-01-01T11:00:00", false)]
    [InlineData("Europe/Paris", "2011-03-27T02:30:00", "2011-03-27T01:30:00", true)]
    [InlineData("Europe/Paris", "2011-10-30T02:30:00", "2011-10-30T01:30:00", true)]
    public void Local_time_becomes_utc(string zone, string local, string expected, bool doubtful)
    {
        Assert.True(MappingTimeZone.TryParse(zone, out var parsed, out _));
        var utc = parsed.ToUtc(DateTime.Parse(local).Ticks, out var isDoubtful);
        Assert.Equal(DateTime.Parse(expected).Ticks, utc);
        Assert.Equal(doubtful, isDoubtful);
    }

    [Theory]
    [InlineData("Mars/Olympus", "Europe/Paris")]
    [InlineData("+25:00", "+02:00")]
    [InlineData("+2", "+02:00")]
    public void An_unknown_zone_is_refused_with_a_cure(string zone, string cure)
    {
        Assert.False(MappingTimeZone.TryParse(zone, out _, out var fault));
        Assert.Contains(zone, fault, StringComparison.Ordinal);
        Assert.Contains(cure, fault, StringComparison.Ordinal);
    }
}
