namespace SegFunctions.Customers.Intake.Values;

/// <summary>Reads yes and no as English, French and German files and machines write them, in any case.</summary>
public static class BooleanText
{
    /// <summary>Reads a truth value; false with the reason when the text is none.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out bool value, out ValueFault fault)
    {
        text = Blanks.Trim(text);
        value = false;
        fault = text.IsEmpty ? ValueFault.Empty : ValueFault.None;
        if (text.IsEmpty)
            return false;
        Span<byte> lower = stackalloc byte[8];
        if (System.Text.Ascii.ToLower(text, lower, out var length) != System.Buffers.OperationStatus.Done)
        {
            fault = ValueFault.NotABoolean;
            return false;
        }

        var word = lower[..length];
        if (word.SequenceEqual("true"u8) || word.SequenceEqual("1"u8) || word.SequenceEqual("yes"u8) || word.SequenceEqual("y"u8)
            || word.SequenceEqual("t"u8) || word.SequenceEqual("on"u8) || word.SequenceEqual("x"u8) || word.SequenceEqual("oui"u8)
            || word.SequenceEqual("o"u8) || word.SequenceEqual("vrai"u8) || word.SequenceEqual("ja"u8) || word.SequenceEqual("j"u8)
            || word.SequenceEqual("wahr"u8))
        {
            value = true;
        }
        else if (!(word.SequenceEqual("false"u8) || word.SequenceEqual("0"u8) || word.SequenceEqual("no"u8) || word.SequenceEqual("n"u8)
            || word.SequenceEqual("f"u8) || word.SequenceEqual("off"u8) || word.SequenceEqual("non"u8) || word.SequenceEqual("faux"u8)
            || word.SequenceEqual("nein"u8) || word.SequenceEqual("falsch"u8)))
        {
            fault = ValueFault.NotABoolean;
        }

        return fault == ValueFault.None;
    }
}
