using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Intake.Encodings;
using SegFunctions.Customers.Intake.Records;

namespace SegFunctions.Customers.Intake.Quality;

/// <summary>Reads <c>quarantine.csv</c> again, as it was written or as a spreadsheet saved it (parted by semicolons, in another encoding), and writes it.</summary>
public static class QuarantineFile
{
    private static readonly string[] Columns = ["line", "column", "value", "rule", "severity", "message", "cure", "raw"];

    /// <summary>Whether the headers are those of a quarantine.</summary>
    public static bool IsHeader(IReadOnlyList<string> headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        return headers.Count >= Columns.Length && headers.Take(Columns.Length).Select(header => header.Trim().ToLowerInvariant()).SequenceEqual(Columns, StringComparer.Ordinal);
    }

    /// <summary>The rows in the order of the file. What guarded cells from spreadsheets is taken off.</summary>
    /// <param name="content">Belongs to the reading.</param>
    /// <param name="name">Of the file, for messages.</param>
    /// <exception cref="UnreadableFileException">It is no quarantine; the message says what is wrong, and where.</exception>
    public static IAsyncEnumerable<QuarantineRow> ReadAsync(Stream content, string name, CancellationToken cancellationToken) =>
        ReadAsync(content, name, encoding: null, cancellationToken);

    /// <summary>The rows of a quarantine as intake wrote it.</summary>
    /// <param name="content">Belongs to the reading.</param>
    public static IAsyncEnumerable<QuarantineRow> ReadOwnAsync(Stream content, CancellationToken cancellationToken) =>
        ReadAsync(content, "quarantine.csv", TextEncoding.Utf8, cancellationToken);

    /// <summary>Writes rows as intake does.</summary>
    public static async Task WriteAsync(IAsyncEnumerable<QuarantineRow> rows, Stream stream, CancellationToken cancellationToken)
    {
        const int BytesAtOnce = 1 << 16;
        ArgumentNullException.ThrowIfNull(rows);
        var lines = new ByteWriter(2 * BytesAtOnce);
        lines.Add(QuarantineLine.Header);
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            QuarantineLine.Write(lines, row);
            if (lines.Length < BytesAtOnce)
                continue;
            await stream.WriteAsync(lines.WrittenMemory, cancellationToken);
            lines.Clear();
        }

        await stream.WriteAsync(lines.WrittenMemory, cancellationToken);
    }

    private static async IAsyncEnumerable<QuarantineRow> ReadAsync(Stream content, string name, TextEncoding? encoding, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var file = await RecordReaders.OpenAsync(content, name, new RecordReaderOptions { Format = RecordFormat.Csv, HasHeader = true, Encoding = encoding }, cancellationToken);
        if (!IsHeader(file.Reader.Header))
            throw new UnreadableFileException($"{name}: its columns are not those of a quarantine ({string.Join(", ", Columns)}). Download the quarantine again and change nothing but raw or value.");
        while (await file.Reader.ReadAsync(cancellationToken) is { } batch)
        {
            using (batch)
            {
                for (var record = 0; record < batch.Count; record++)
                    yield return Row(batch, record, name);
            }
        }
    }

    private static QuarantineRow Row(RecordBatch batch, int record, string name)
    {
        if (batch.Fault(record) is { } fault)
            throw new UnreadableFileException($"{name}, line {batch.Line(record)}: {fault.Message} {fault.Cure}");
        if (!long.TryParse(Text(batch, record, 0), NumberStyles.None, CultureInfo.InvariantCulture, out var line) || line < 1)
            throw new UnreadableFileException($"{name}, line {batch.Line(record)}: the column \"line\" must hold the number of the refused line, as the quarantine gave it.");
        if (batch.FieldCount(record) < Columns.Length)
            throw new UnreadableFileException($"{name}, line {batch.Line(record)}: the row has {batch.FieldCount(record)} fields; a quarantine has {Columns.Length}.");
        return new QuarantineRow(line, Text(batch, record, 1), Text(batch, record, 2), Text(batch, record, 3), Text(batch, record, 5), Text(batch, record, 6), Text(batch, record, 7));
    }

    private static string Text(RecordBatch batch, int record, int column) => Encoding.UTF8.GetString(QuarantineCell.Unguarded(batch.Field(record, column)));
}
