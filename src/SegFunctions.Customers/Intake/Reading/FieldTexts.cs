using SegFunctions.Customers.Intake.Values;

namespace SegFunctions.Customers.Intake.Reading;

/// <summary>Small questions about the text of a value.</summary>
internal static class FieldTexts
{
    /// <summary>A whole number written with <c>.0</c>: <c>17850.0</c>.</summary>
    public static bool IsPointZero(ReadOnlySpan<byte> id)
    {
        if (!id.EndsWith(".0"u8))
            return false;
        var digits = id[..^2];
        if (digits.Length > 0 && digits[0] == '-')
            digits = digits[1..];
        return digits.Length > 0 && digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
    }

    /// <summary>An e-mail address and nothing else.</summary>
    public static bool IsAddress(ReadOnlySpan<byte> text)
    {
        var at = text.IndexOf((byte)'@');
        if (at <= 0 || text.Length > 254 || text.IndexOfAny(" \t\r\n,;/\\\"<>"u8) >= 0)
            return false;
        var domain = text[(at + 1)..];
        var dot = domain.LastIndexOf((byte)'.');
        return dot > 0 && dot < domain.Length - 2 && domain.IndexOf((byte)'@') < 0;
    }

    /// <summary>An empty id, or what programs write in place of one.</summary>
    public static bool IsMissingId(ReadOnlySpan<byte> id) => id.Length <= 4 && MissingText.IsMissing(id);
}
