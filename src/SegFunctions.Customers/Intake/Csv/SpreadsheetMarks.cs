namespace SegFunctions.Customers.Intake.Csv;

/// <summary>Marks that programs put around values so that a spreadsheet does not change them: <c>="0042"</c>, and an apostrophe before digits.</summary>
internal static class SpreadsheetMarks
{
    /// <summary>Whether a field of this text may have marks; it costs two passes with vectors, and fields are looked at one by one only where it says yes.</summary>
    public static bool MayBeIn(ReadOnlySpan<byte> text)
    {
        // Quoted fields write the quotes of ="0042" twice.
        if (text.IndexOf("=\""u8) >= 0)
            return true;
        while (text.IndexOf((byte)'\'') is >= 0 and var at)
        {
            var isAtStart = at == 0 || text[at - 1] is (byte)',' or (byte)';' or (byte)'\t' or (byte)'|' or (byte)' ' or (byte)'"' or (byte)'\n' or (byte)'\r';
            text = text[(at + 1)..];
            if (isAtStart && text is [(byte)'+' or (byte)'-' or (byte)'(' or (byte)'.' or (byte)',' or (>= (byte)'0' and <= (byte)'9'), ..])
                return true;
        }

        return false;
    }

    /// <summary>Where the value stands between its marks and the blanks around them; false when it has none.</summary>
    public static bool TryTakeOff(ReadOnlySpan<byte> field, out int start, out int length)
    {
        (start, length) = (field.IndexOfAnyExcept((byte)' '), 0);
        if (start < 0)
            return false;
        var value = field[start..].TrimEnd((byte)' ');

        // A formula that is nothing but a text; what holds neither letter nor digit is a face or a riddle, and stays.
        if (value is [(byte)'=', (byte)'"', .. var text, (byte)'"'] && text.IndexOf((byte)'"') < 0 && HasLetterOrDigit(text))
        {
            (start, length) = (start + 2, text.Length);
            return true;
        }

        // Behind an apostrophe only numbers, dates and telephone numbers: 's-Hertogenbosch and 'til Friday keep theirs.
        if (value is [(byte)'\'', .. var number] && number.IndexOfAnyInRange((byte)'0', (byte)'9') is 0 or 1 && number.IndexOfAnyExcept("0123456789+-.,/:() TZ"u8) < 0)
        {
            (start, length) = (start + 1, number.Length);
            return true;
        }

        return false;
    }

    private static bool HasLetterOrDigit(ReadOnlySpan<byte> text)
    {
        foreach (var octet in text)
        {
            if (octet >= 0x80 || char.IsAsciiLetterOrDigit((char)octet))
                return true;
        }

        return false;
    }
}
