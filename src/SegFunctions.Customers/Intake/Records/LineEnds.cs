namespace SegFunctions.Customers.Intake.Records;

/// <summary>Physical lines: they end at LF, CR LF or a CR alone.</summary>
internal static class LineEnds
{
    /// <summary>How the lines of a text end, in words.</summary>
    public static string Describe(ReadOnlySpan<byte> text)
    {
        var lf = text.Count((byte)'\n');
        var crLf = text.Count("\r\n"u8);
        var cr = text.Count((byte)'\r') - crLf;
        return (lf - crLf, crLf, cr) switch
        {
            (0, 0, 0) => "there is one line",
            (_, 0, 0) => "lines end with LF",
            (0, _, 0) => "lines end with CR LF",
            (0, 0, _) => "lines end with CR",
            _ => "lines end with LF and CR mixed",
        };
    }

    /// <summary>Line ends in <paramref name="text"/>; a CR at its very end counts as one.</summary>
    public static long Count(ReadOnlySpan<byte> text)
    {
        long lines = 0;
        for (var at = text.IndexOfAny((byte)'\r', (byte)'\n'); at >= 0; at = text.IndexOfAny((byte)'\r', (byte)'\n'))
        {
            lines++;
            var width = text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? 2 : 1;
            text = text[(at + width)..];
        }

        return lines;
    }
}
