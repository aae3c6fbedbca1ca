namespace SegFunctions.App.Memberships;

/// <summary>The spelling of segment ids, which stand in keys of tables and in addresses: <c>rfm:champions</c>.</summary>
internal static class SegmentIds
{
    private const int MaximumLength = 128;

    /// <summary>Lower-case letters, digits, <c>:</c>, <c>-</c> and <c>_</c>.</summary>
    public static bool IsValid(string id) =>
        id.Length is > 0 and <= MaximumLength
        && !id.AsSpan().ContainsAnyExcept("abcdefghijklmnopqrstuvwxyz0123456789:-_");
}
