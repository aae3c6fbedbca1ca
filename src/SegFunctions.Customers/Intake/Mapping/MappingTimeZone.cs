using System.Globalization;

namespace SegFunctions.Customers.Intake.Mapping;

/// <summary>The clock that a file's local times were read from: UTC, a fixed offset, or a place of the IANA time-zone database.</summary>
public sealed class MappingTimeZone
{
    private readonly TimeZoneInfo? _place;
    private readonly TimeSpan _offset;

    private MappingTimeZone(string name, TimeSpan offset, TimeZoneInfo? place) => (Name, _offset, _place) = (name, offset, place);

    public static MappingTimeZone Utc { get; } = new("UTC", TimeSpan.Zero, null);

    /// <summary>As the mapping spells it.</summary>
    public string Name { get; }

    /// <summary><c>UTC</c>, <c>Z</c>, <c>+02:00</c>, <c>-0530</c> or an IANA name such as <c>Europe/Paris</c>.</summary>
    public static bool TryParse(string text, out MappingTimeZone zone, out string fault)
    {
        fault = "";
        zone = Utc;
        var name = text.Trim();
        if (name.ToUpperInvariant() is "UTC" or "Z" or "GMT" or "ETC/UTC")
            return true;
        if (name.Length > 0 && name[0] is '+' or '-')
        {
            var digits = name[1..].Replace(":", "", StringComparison.Ordinal);
            if (digits.Length is 2 or 4 && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                var (hours, minutes) = digits.Length == 2 ? (number, 0) : (number / 100, number % 100);
                if (hours <= 14 && minutes < 60)
                {
                    var offset = new TimeSpan(hours, minutes, 0);
                    zone = new MappingTimeZone(name, name[0] == '-' ? -offset : offset, null);
                    return true;
                }
            }

            fault = $"\"{text}\" is no offset; write +02:00.";
            return false;
        }

        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out var place))
        {
            zone = new MappingTimeZone(name, TimeSpan.Zero, place);
            return true;
        }

        fault = TimeZoneInfo.TryFindSystemTimeZoneById("Europe/Paris", out _)
            ? $"\"{text}\" is no time zone; write a name of the IANA database such as Europe/Paris, an offset such as +02:00, or UTC."
            : $"\"{text}\" cannot be looked up: this machine has no time-zone database (install the package tzdata); an offset such as +02:00 or UTC works without.";
        return false;
    }

    /// <summary>The moment in UTC when this clock showed <paramref name="localTicks"/>.</summary>
    /// <param name="doubtful">
    /// The clock never showed that time (read as if it had not been put forward yet) or showed it twice (read as the later one,
    /// in standard time).
    /// </param>
    public long ToUtc(long localTicks, out bool doubtful)
    {
        doubtful = false;
        if (_place is null)
            return localTicks - _offset.Ticks;
        var local = new DateTime(localTicks, DateTimeKind.Unspecified);
        if (_place.IsInvalidTime(local))
        {
            doubtful = true;
            return localTicks - _place.GetUtcOffset(local.AddHours(-3)).Ticks;
        }

        doubtful = _place.IsAmbiguousTime(local);
        return localTicks - _place.GetUtcOffset(local).Ticks;
    }

    public override string ToString() => Name;
}
