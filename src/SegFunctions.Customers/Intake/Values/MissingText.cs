namespace SegFunctions.Customers.Intake.Values;

/// <summary>Marks that programs write where a number or a date is missing.</summary>
public static class MissingText
{
    /// <summary>
    /// Whether the text is blank or one of <c>NULL</c>, <c>NaN</c>, <c>NA</c>, <c>N/A</c>, <c>#N/A</c>, <c>None</c>, <c>nil</c>, <c>NaT</c>,
    /// <c>\N</c>, <c>-</c>, <c>--</c>, <c>?</c>. In a column of texts some of these are values: NA is a country and None a surname.
    /// </summary>
    public static bool IsMissing(ReadOnlySpan<byte> text)
    {
        text = Blanks.Trim(text);
        if (text.Length is 0)
            return true;
        if (text.Length > 4)
            return false;
        Span<byte> lower = stackalloc byte[4];
        if (System.Text.Ascii.ToLower(text, lower, out var length) != System.Buffers.OperationStatus.Done)
            return false;
        var word = lower[..length];
        return word.SequenceEqual("null"u8) || word.SequenceEqual("nan"u8) || word.SequenceEqual("na"u8) || word.SequenceEqual("n/a"u8)
            || word.SequenceEqual("#n/a"u8) || word.SequenceEqual("none"u8) || word.SequenceEqual("nil"u8) || word.SequenceEqual("nat"u8)
            || word.SequenceEqual("\\n"u8) || word.SequenceEqual("-"u8) || word.SequenceEqual("--"u8) || word.SequenceEqual("?"u8);
    }
}
