namespace SegFunctions.Customers.Intake.Csv;

/// <summary>Marks that programs put around values so that a spreadsheet does not change them: <c>="0042"</c>, and an apostrophe before digits.</summary>
internal static class SpreadsheetMarks
{
    /// <summary>Whether such marks stand somewhere in the text, so that fields are worth looking at.</summary>
    public static bool AreIn(ReadOnlySpan<byte> text)
    {
        // Quoted fields write the quotes of ="0042" twice.
        if (text.IndexOf("=\""u8) >= 0)
            return true;
        while (text.IndexOf((byte)'\'') is >= 0 and var at)
        {
            var isAtStart = at == 0 || text[at - 1] is (byte)',' or (byte)';' or (byte)'\t' or (byte)'|' or (byte)'"' or (byte)'\n' or (byte)'\r';
            text = text[(at + 1)..];
            if (isAtStart && text is [(byte)'+' or (>= (byte)'0' and <= (byte)'9'), ..])
                return true;
        }

        return false;
    }

    /// <summary>The value without its marks; the value itself when it has none.</summary>
    public static ReadOnlySpan<byte> TakeOff(ReadOnlySpan<byte> value)
    {
        if (value.Length < 2)
            return value;

        // Spreadsheets change what holds digits; other texts are what they are.
        if (value[0] == '=' && value.Length >= 3 && value[1] == '"' && value[^1] == '"' && value[2..^1].IndexOf((byte)'"') < 0 && value.IndexOfAnyInRange((byte)'0', (byte)'9') >= 0)
            return value[2..^1];

        // Behind an apostrophe only numbers, dates and telephone numbers: 's-Hertogenbosch and 'til Friday keep theirs.
        var isNumber = value[0] == '\'' && value[1..].IndexOfAnyExcept("0123456789+-.,/:() TZ"u8) < 0 && value[1..].IndexOfAnyInRange((byte)'0', (byte)'9') is 0 or 1;
        return isNumber ? value[1..] : value;
    }
}
