using System.Buffers;

namespace SegFunctions.Customers.Intake.Canonical;

/// <summary>One text as a field of a CSV file that this code writes.</summary>
/// <remarks>
/// Spreadsheets run a cell that begins with <c>= + - @</c>, a tab or a line end as a formula. Such a text gets an apostrophe in front, plain negative numbers excepted; so does one that
/// begins with apostrophes before such a sign, so that <see cref="CanonicalReader.Field"/> can take exactly one off again: what is read is what was written.
/// </remarks>
internal static class CsvText
{
    private static readonly SearchValues<byte> NeedsQuotes = SearchValues.Create(",\"\r\n"u8);

    /// <summary>Writes the text, quoted and marked as no formula only when it has to be.</summary>
    public static void Write(ByteWriter line, ReadOnlySpan<byte> text)
    {
        if (!IsFormula(text))
        {
            WritePlain(line, text);
            return;
        }

        var marked = text.Length < 1024 ? stackalloc byte[text.Length + 1] : new byte[text.Length + 1];
        marked[0] = (byte)'\'';
        text.CopyTo(marked[1..]);
        WritePlain(line, marked);
    }

    /// <summary>The text stands in a line as it is.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> text) => !IsFormula(text) && text.IndexOfAny(NeedsQuotes) < 0;

    /// <summary>Whether a spreadsheet would run the text, apostrophes in front aside.</summary>
    public static bool IsFormula(ReadOnlySpan<byte> text)
    {
        // Letters and digits, what nearly all texts begin with, end the question here.
        if (text.IsEmpty || text[0] is >= (byte)'A' or (>= (byte)'0' and <= (byte)'9'))
            return false;
        var first = text.TrimStart("' "u8);
        return !first.IsEmpty && first[0] is (byte)'=' or (byte)'+' or (byte)'-' or (byte)'@' or (byte)'\t' or (byte)'\r' or (byte)'\n' && !IsNegativeNumber(text);
    }

    /// <summary>The text without the mark that <see cref="Write"/> put in front.</summary>
    public static ReadOnlySpan<byte> Unmarked(ReadOnlySpan<byte> text) => text.Length > 1 && text[0] == '\'' && IsFormula(text[1..]) ? text[1..] : text;

    private static bool IsNegativeNumber(ReadOnlySpan<byte> text) =>
        text.Length > 1 && text[0] == '-' && text[1..].IndexOfAnyExcept("0123456789.,"u8) < 0;

    /// <summary>Writes the text as it is, quoted only when it has to be.</summary>
    public static void WritePlain(ByteWriter line, ReadOnlySpan<byte> text)
    {
        if (text.IndexOfAny(NeedsQuotes) < 0)
            line.Add(text);
        else
            WriteQuoted(line, text);
    }

    /// <summary>Writes the text in quotes.</summary>
    public static void WriteQuoted(ByteWriter line, ReadOnlySpan<byte> text)
    {
        line.Add((byte)'"');
        for (var quote = text.IndexOf((byte)'"'); quote >= 0; quote = text.IndexOf((byte)'"'))
        {
            line.Add(text[..(quote + 1)]);
            line.Add((byte)'"');
            text = text[(quote + 1)..];
        }

        line.Add(text);
        line.Add((byte)'"');
    }

    /// <summary>Takes the first field off a line, as it stands there, quotes included.</summary>
    public static ReadOnlySpan<byte> NextField(scoped ref ReadOnlySpan<byte> line)
    {
        var end = 0;
        while (end < line.Length && line[end] == '"')
            end += line[(end + 1)..].IndexOf((byte)'"') + 2;
        var comma = line[end..].IndexOf((byte)',');
        end = comma < 0 ? line.Length : end + comma;
        var field = line[..end];
        line = end < line.Length ? line[(end + 1)..] : [];
        return field;
    }
}
