using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SegFunctions.Customers.Intake.Csv;
using SegFunctions.Customers.Intake.Encodings;
using SegFunctions.Customers.Intake.Mapping;
using SegFunctions.Customers.Intake.Records;
using SegFunctions.Customers.Intake.Sensitive;

namespace SegFunctions.Customers.Intake.Quality;

/// <summary>The corrected rows of a quarantine as a small file of the form that the original had, to be taken in like any other.</summary>
/// <remarks>
/// A row counts as corrected when its <c>raw</c> differs from what was refused; or else when its <c>value</c> does, which then takes the place of the
/// field at fault. Columns are read as they were in the original: what settled the order of day and month or the decimal sign there holds here.
/// </remarks>
public sealed class CorrectedRows
{
    private readonly QualityReport _original;
    private readonly List<(long Line, string Raw)> _rows = [];
    private readonly bool _isJson;
    private readonly CsvDelimiter _delimiter;
    private readonly bool _hasHeader;

    /// <param name="original">Report of the upload that refused the rows.</param>
    public CorrectedRows(QualityReport original)
    {
        ArgumentNullException.ThrowIfNull(original);
        _original = original;
        _isJson = original.Format.GetValueOrDefault("format") is "json" or "ndjson";
        _delimiter = CsvDelimiters.TryParse(original.Format.GetValueOrDefault("delimiter"), out var delimiter) ? delimiter : CsvDelimiter.Comma;
        _hasHeader = original.Format.GetValueOrDefault("header") != "false";
    }

    /// <summary>Lines of the original whose rows were corrected.</summary>
    public IReadOnlyList<long> Lines => [.. _rows.Select(row => row.Line)];

    /// <summary>Takes a row in if it was corrected.</summary>
    /// <param name="refused">As the quarantine has it.</param>
    /// <param name="returned">As it came back.</param>
    /// <returns>Whether it was.</returns>
    public bool Add(QuarantineRow refused, QuarantineRow returned)
    {
        ArgumentNullException.ThrowIfNull(refused);
        ArgumentNullException.ThrowIfNull(returned);
        var raw = returned.Raw;
        if (Plain(raw) == Plain(refused.Raw))
        {
            if (Plain(returned.Value) == Plain(refused.Value) || WithValue(refused, returned.Value) is not { } changed)
                return false;
            raw = changed;
        }

        // A record of JSON stands on one line there; a row of text must not begin as a line of its own.
        _rows.Add((refused.Line, _isJson ? raw.ReplaceLineEndings(" ") : raw.TrimEnd('\r', '\n')));
        return true;
    }

    /// <summary>The file and how it is to be read.</summary>
    /// <param name="fileName">Of the file that brought the corrections.</param>
    /// <param name="mapping">By which the original was read.</param>
    public IntakeRequest ToRequest(string fileName, UploadMapping mapping, DateTime? receivedAt)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        var content = Encoding.UTF8.GetBytes(Text());
        var leftOut = _original.Columns.Where(column => column.Use is "refused" or "ignored").Select(column => column.Header);
        return new IntakeRequest
        {
            FileName = fileName,
            OpenAsync = _ => Task.FromResult<Stream>(new MemoryStream(content, writable: false)),
            Mapping = mapping with
            {
                Delimiter = _isJson ? null : _delimiter,
                Header = _isJson ? null : _hasHeader,
                Encoding = TextEncoding.Utf8,
                Ignore = [.. mapping.Ignore, .. leftOut],
            },
            Format = _isJson ? RecordFormat.Ndjson : RecordFormat.Csv,
            Dataset = _original.Dataset,
            ReceivedAt = receivedAt,
            Readings = new EarlierReadings(_original.Columns),
        };
    }

    /// <summary>The line of the original for each line of the file made here on which a row starts.</summary>
    public IReadOnlyDictionary<long, long> OriginalLines()
    {
        var lines = new Dictionary<long, long>();
        long next = !_isJson && _hasHeader ? 1 + HeaderLine().Count(character => character == '\n') : 1;
        foreach (var (line, raw) in _rows)
        {
            lines[next] = line;
            next += 1 + raw.ReplaceLineEndings("\n").Count(character => character == '\n');
        }

        return lines;
    }

    private string Text()
    {
        var text = new StringBuilder();
        if (!_isJson && _hasHeader)
            text.Append(HeaderLine());
        foreach (var (_, raw) in _rows)
            text.Append(raw).Append('\n');
        return text.ToString();
    }

    private string HeaderLine() => string.Join((char)_delimiter, _original.Columns.Select(column => Quoted(column.Header))) + "\n";

    /// <summary>The record with another value in the column at fault; null where that column cannot be told.</summary>
    private string? WithValue(QuarantineRow refused, string value)
    {
        var column = _original.Columns.FirstOrDefault(column => column.Header == refused.Column);
        if (column is null || refused.Raw == RecordWithoutRefused.NotKept)
            return null;
        return _isJson ? WithMember(refused.Raw, column.Header, value) : WithField(refused.Raw, column.Position - 1, value);
    }

    private static string? WithMember(string raw, string header, string value)
    {
        try
        {
            if (JsonNode.Parse(raw) is not JsonObject record)
                return null;
            if (record.ContainsKey(header))
            {
                record[header] = value;
                return record.ToJsonString();
            }

            // The header of a nested value names its path.
            JsonObject inner = record;
            var names = header.Split('.');
            foreach (var name in names[..^1])
            {
                if (inner[name] is not JsonObject deeper)
                    return null;
                inner = deeper;
            }

            inner[names[^1]] = value;
            return record.ToJsonString();
        }
        catch (JsonException)
        {
            // A line that is no JSON is corrected as a whole, by its raw text.
            return null;
        }
    }

    private string? WithField(string raw, int position, string value)
    {
        var starts = new List<int> { 0 };
        var isQuoted = false;
        for (var place = 0; place < raw.Length; place++)
        {
            if (raw[place] == '"')
                isQuoted = !isQuoted;
            else if (!isQuoted && raw[place] == (char)_delimiter)
                starts.Add(place + 1);
        }

        if (isQuoted || _delimiter == CsvDelimiter.Whitespace || position >= starts.Count)
            return null;
        var end = position + 1 < starts.Count ? starts[position + 1] - 1 : raw.Length;
        return string.Concat(raw.AsSpan(0, starts[position]), Quoted(value), raw.AsSpan(end));
    }

    private string Quoted(string text) => text.Contains((char)_delimiter, StringComparison.Ordinal) || text.AsSpan().IndexOfAny("\"\r\n") >= 0
        ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : text;

    // Spreadsheets save other line ends than they read.
    private static string Plain(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n');
}
