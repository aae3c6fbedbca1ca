using System.Buffers;

namespace SegFunctions.Customers.Intake.Canonical;

/// <summary>One text as a field of a CSV file that this code writes.</summary>
internal static class CsvText
{
    private static readonly SearchValues<byte> NeedsQuotes = SearchValues.Create(",\"\r\n"u8);

    /// <summary>Writes the text, quoted only when it has to be.</summary>
    public static void Write(ByteWriter line, ReadOnlySpan<byte> text)
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
