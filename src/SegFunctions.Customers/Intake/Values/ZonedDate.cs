using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text;

namespace SegFunctions.Customers.Intake.Values;

/// <summary>Reads dates that name their time zone: <c>2024-03-05 14:30 CET</c>, <c>… Europe/Paris</c>, <c>…+01:00[Europe/Paris]</c>.</summary>
/// <remarks>Abbreviations that mean several zones (CST, IST) are left out: they are not dates, and the row says so.</remarks>
internal static class ZonedDate
{
    private const int MostZones = 1000;

    private static readonly FrozenDictionary<string, int> Abbreviations = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["UT"] = 0,
        ["WET"] = 0,
        ["WEST"] = 60,
        ["BST"] = 60,
        ["CET"] = 60,
        ["MEZ"] = 60,
        ["CEST"] = 120,
        ["MESZ"] = 120,
        ["HNEC"] = 60,
        ["HAEC"] = 120,
        ["EET"] = 120,
        ["EEST"] = 180,
        ["MSK"] = 180,
        ["EST"] = -300,
        ["EDT"] = -240,
        ["CDT"] = -300,
        ["MST"] = -420,
        ["MDT"] = -360,
        ["PST"] = -480,
        ["PDT"] = -420,
        ["JST"] = 540,
        ["AEST"] = 600,
        ["AEDT"] = 660,
        ["NZST"] = 720,
        ["NZDT"] = 780,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly ConcurrentDictionary<string, TimeZoneInfo?> Zones = new(StringComparer.Ordinal);

    public static ValueFault Parse(ReadOnlySpan<byte> text, DateRules rules, out DateValue value)
    {
        value = default;
        if (text[^1] == ')' && text.LastIndexOf("("u8) is > 6 and var open)
        {
            // What browsers write: an offset, and in parentheses the zone's name in the reader's language.
            var instant = DateText.ParseKnown(Blanks.Trim(text[..open]), rules, out value);
            return instant == ValueFault.None && value.OffsetMinutes is null ? ValueFault.NotADate : instant;
        }

        var inBrackets = text.Length > 2 && text[^1] == ']';
        var at = inBrackets ? text.LastIndexOf((byte)'[') : text.LastIndexOf((byte)' ');
        if (at < 6)
            return ValueFault.NotADate;
        var name = inBrackets ? text[(at + 1)..^1] : text[(at + 1)..];
        if (name.Length is < 2 or > 40 || !char.IsAsciiLetterUpper((char)name[0]))
            return ValueFault.NotADate;
        var zone = Encoding.UTF8.GetString(name);
        var fault = DateText.ParseKnown(Blanks.Trim(text[..at]), rules, out var local);
        if (fault != ValueFault.None || !local.HasTime)
            return ValueFault.NotADate;
        if (local.OffsetMinutes is not null)
        {
            // The offset says all; the name beside it must only be one.
            value = local;
            return inBrackets && Find(zone) is not null ? ValueFault.None : ValueFault.NotADate;
        }

        if (Abbreviations.TryGetValue(zone, out var minutes))
            value = local with { OffsetMinutes = minutes };
        else if (zone.Contains('/', StringComparison.Ordinal) && Find(zone) is { } place)
            value = local with { OffsetMinutes = (int)place.GetUtcOffset(local.WallClock).TotalMinutes };
        else
            return ValueFault.NotADate;
        return ValueFault.None;
    }

    private static TimeZoneInfo? Find(string name)
    {
        if (Zones.TryGetValue(name, out var known))
            return known;
        if (Zones.Count >= MostZones)
            Zones.Clear();
        return Zones[name] = name.Contains("..", StringComparison.Ordinal) ? null : TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : null;
    }
}
