using System.Globalization;

namespace SegFunctions.App.Memberships;

/// <summary>Id of a refresh run, and of its orchestration: <c>20260304T050607123Z-1f0c</c>. Ids sort by time.</summary>
internal readonly record struct RunId(string Value)
{
    public static RunId New(DateTimeOffset now, Guid unique) => new(
        now.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture) + "-" + unique.ToString("n")[..4]);

    public override string ToString() => Value;
}
