namespace SegFunctions.Customers.Intake.Records;

/// <summary>Physical lines: they end at LF, CR LF or a CR alone.</summary>
internal static class LineEnds
{
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
