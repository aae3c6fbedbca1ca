using System.Globalization;

namespace SegFunctions.App.Memberships;

/// <summary>Id of a refresh run, and of its orchestration: <c>20260304T050607123Z-1f0c</c>. Ids sort by time.</summary>
internal readonly record struct RunId(string Value)
{
    private const string TimeFormat = "yyyyMMdd'T'HHmmssfff'Z'";

    /// <summary>When the run was asked for, UTC.</summary>
    public DateTimeOffset StartedAt => DateTimeOffset.ParseExact(
        Value.AsSpan(0, Value.IndexOf('-', StringComparison.Ordinal)), TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public static RunId New(DateTimeOffset now, Guid unique) => new(
        now.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture) + "-" + unique.ToString("n")[..4]);

    /// <summary>Whether a text is spelled like a run's id, so that it may stand in a key.</summary>
    public static bool IsValid(string id) =>
        id.Length is > 0 and <= 64 && !id.AsSpan().ContainsAnyExcept("abcdef0123456789TZ-");

    public override string ToString() => Value;
}
