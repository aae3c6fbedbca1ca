namespace SegFunctions.Customers.Intake.Values;

/// <summary>Blanks that stand in values: ASCII ones, the no-break space, the narrow and the thin one.</summary>
internal static class Blanks
{
    /// <summary>Bytes of the blank at the start of <paramref name="text"/>, 0 without one.</summary>
    public static int LengthAt(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
            return 0;
        return text[0] switch
        {
            (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' => 1,
            0xC2 => text.Length > 1 && text[1] == 0xA0 ? 2 : 0,
            0xE2 => text.Length > 2 && text[1] == 0x80 && text[2] is 0xAF or 0x89 ? 3 : 0,
            _ => 0,
        };
    }

    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text)
    {
        while (LengthAt(text) is > 0 and var length)
            text = text[length..];
        while (true)
        {
            if (text.Length > 0 && LengthAt(text[^1..]) == 1)
                text = text[..^1];
            else if (text.Length > 1 && LengthAt(text[^2..]) == 2)
                text = text[..^2];
            else if (text.Length > 2 && LengthAt(text[^3..]) == 3)
                text = text[..^3];
            else
                return text;
        }
    }
}
