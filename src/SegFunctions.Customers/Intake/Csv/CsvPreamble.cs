using System.Text;
using SegFunctions.Customers.Intake.Records;
using SegFunctions.Customers.Intake.Values;

namespace SegFunctions.Customers.Intake.Csv;

/// <summary>What stands in front of a CSV table: the line by which Excel is told the delimiter, and titles that reports begin with.</summary>
/// <param name="Length">Bytes to pass over.</param>
/// <param name="Lines">Lines to pass over.</param>
/// <param name="Delimiter">The delimiter when a line <c>sep=;</c> names it.</param>
/// <param name="Evidence">What was seen, in words; empty for a named delimiter, which the dialect tells.</param>
internal sealed record CsvPreamble(int Length, int Lines, CsvDelimiter? Delimiter, string Evidence)
{
    private const int MostLines = 40;

    public static CsvPreamble Nothing { get; } = new(0, 0, null, "");

    /// <summary>Looks for a first line <c>sep=;</c>, as Excel writes and reads it, and for lines of comments.</summary>
    /// <param name="head">The start of the text, without byte order mark.</param>
    public static CsvPreamble Announced(ReadOnlySpan<byte> head)
    {
        var end = head.IndexOfAny((byte)'\r', (byte)'\n');
        if (end is < 0 or > 16)
            return Comments(head);
        var line = head[..end].Trim((byte)' ').Trim((byte)'"');
        if (line.Length != 5 || !Ascii.EqualsIgnoreCase(line[..4], "sep="u8))
            return Comments(head);
        CsvDelimiter? delimiter = line[4] switch
        {
            (byte)',' => CsvDelimiter.Comma,
            (byte)';' => CsvDelimiter.Semicolon,
            (byte)'\t' => CsvDelimiter.Tab,
            (byte)'|' => CsvDelimiter.Pipe,
            _ => null,
        };
        return delimiter is null ? Nothing : new CsvPreamble(PastLineEnd(head, end), 1, delimiter, "");
    }

    /// <summary>Lines that begin with <c>#</c> and a blank, a dash or nothing: <c>#</c> and a word may be a header.</summary>
    private static CsvPreamble Comments(ReadOnlySpan<byte> head)
    {
        var (at, lines, comments) = (0, 0, 0);
        while (head[at..].IndexOfAny((byte)'\r', (byte)'\n') is >= 0 and var length)
        {
            var line = head.Slice(at, length);
            var isComment = line is [(byte)'#'] or [(byte)'#', (byte)' ' or (byte)'-' or (byte)'#', ..];
            if (!isComment && !(line.IsEmpty && comments > 0))
                break;
            comments += isComment ? 1 : 0;
            lines++;
            at = PastLineEnd(head, at + length);
        }

        return comments == 0 ? Nothing : new CsvPreamble(at, lines, null, $"{comments} {(comments == 1 ? "line" : "lines")} of comments above its header {(comments == 1 ? "is" : "are")} left out");
    }

    /// <summary>Looks for titles, notes and blank rows above the header: rows that are at most half as wide, above one of distinct words that is as wide as the rows below.</summary>
    /// <param name="head">The start of the text, behind what was announced.</param>
    /// <param name="columns">Fields that most records have.</param>
    public static CsvPreamble Above(ReadOnlySpan<byte> head, bool isWhole, CsvDelimiter delimiter, int columns)
    {
        if (columns < 2 || delimiter == CsvDelimiter.Whitespace)
            return Nothing;
        var at = 0;
        for (var lines = 0; lines < MostLines && at < head.Length; lines++)
        {
            var length = head[at..].IndexOfAny((byte)'\r', (byte)'\n');
            if (length < 0 && !isWhole)
                return Nothing;
            var line = length < 0 ? head[at..] : head.Slice(at, length);

            // A quote that the line does not close belongs to a header of several lines, or to data.
            if (CellsOf(line, delimiter) is not { } cells)
                return Nothing;
            if (IsHeader(cells, columns))
                return lines == 0 ? Nothing : new CsvPreamble(at, lines, null, "what stands above its header, such as a title, is left out");
            if (!IsTitle(cells, columns) || length < 0)
                return Nothing;
            at = PastLineEnd(head, at + length);
        }

        return Nothing;
    }

    private static bool IsHeader(string[] cells, int columns) =>
        cells.Length >= columns
        && cells.Count(cell => cell.Length > 0) * 5 >= columns * 4
        && cells.All(cell => CellKinds.Of(cell) is CellKind.Text or CellKind.Empty)
        && cells.Where(cell => cell.Length > 0).GroupBy(cell => cell, StringComparer.OrdinalIgnoreCase).Count() * 2 >= columns;

    private static bool IsTitle(string[] cells, int columns) =>
        cells.Count(cell => cell.Length > 0) <= Math.Max(1, columns / 2);

    private static string[]? CellsOf(ReadOnlySpan<byte> line, CsvDelimiter delimiter)
    {
        var block = new byte[line.Length + BlockRecordReader.Padding];
        line.CopyTo(block);
        var builder = new RecordBatchBuilder();
        var number = 1L;
        new CsvScanner(new CsvReaderOptions { Delimiter = delimiter }).Scan(block, 0, line.Length, final: true, builder, ref number);
        var pooled = System.Buffers.ArrayPool<byte>.Shared.Rent(block.Length);
        block.CopyTo(pooled, 0);
        using var batch = builder.Build(pooled);
        if (batch.Count == 0)
            return [];
        if (batch.Fault(0) is not null)
            return null;
        var cells = new string[batch.FieldCount(0)];
        for (var column = 0; column < cells.Length; column++)
            cells[column] = Encoding.UTF8.GetString(batch.Field(0, column)).Trim();
        return cells;
    }

    private static int PastLineEnd(ReadOnlySpan<byte> head, int at) => head[at..] is [(byte)'\r', (byte)'\n', ..] ? at + 2 : at + 1;
}
