using System.Buffers;
using System.Text;
using SegFunctions.Customers.Intake.Records;
using SegFunctions.Customers.Intake.Values;

namespace SegFunctions.Customers.Intake.Csv;

/// <summary>How a CSV file is written, judged by its head.</summary>
/// <param name="Columns">Fields that most records have.</param>
/// <param name="Evidence">Why, in words, for the report.</param>
public sealed record CsvDialect(CsvDelimiter Delimiter, bool HasHeader, int Columns, string Evidence)
{
    private const int SampleRecords = 200;

    // In the order of preference among equals: what stands in free text least comes first.
    private static readonly CsvDelimiter[] Candidates = [CsvDelimiter.Tab, CsvDelimiter.Pipe, CsvDelimiter.Semicolon, CsvDelimiter.Comma];

    /// <summary>Looks at the first records of UTF-8 text.</summary>
    /// <param name="head">The start of the text, without byte order mark; its last record may be cut.</param>
    /// <param name="isWhole">The head is the whole text.</param>
    /// <param name="delimiter">The delimiter when it is known.</param>
    /// <param name="hasHeader">Whether there is a header when that is known.</param>
    /// <param name="announced">The delimiter that a line above the text names.</param>
    public static CsvDialect Detect(ReadOnlySpan<byte> head, bool isWhole, CsvDelimiter? delimiter = null, bool? hasHeader = null, CsvDelimiter? announced = null)
    {
        // The scanner loads 64 bytes from any position, so the sample needs room behind it.
        var block = new byte[head.Length + BlockRecordReader.Padding];
        head.CopyTo(block);
        var (sample, delimiterEvidence) = (delimiter ?? announced) is { } known
            ? (new Sample(block, head.Length, isWhole, known), $"{(delimiter is null ? "the first line" : "the mapping")} says that '{known.Spelling()}' separates the fields")
            : Choose(block, head.Length, isWhole);
        var (header, headerEvidence) = hasHeader is { } told
            ? (told, told ? "the mapping says that the first record names the columns" : "the mapping says that there is no header")
            : sample.JudgeHeader();
        return new CsvDialect(sample.Delimiter, header, sample.Columns, $"{delimiterEvidence}; {headerEvidence}");
    }

    private static (Sample Sample, string Evidence) Choose(byte[] block, int length, bool isWhole)
    {
        var best = new Sample(block, length, isWhole, Candidates[0]);
        foreach (var candidate in Candidates.AsSpan(1))
        {
            var sample = new Sample(block, length, isWhole, candidate);
            if (sample.Score > best.Score)
                best = sample;
        }

        var blanks = new Sample(block, length, isWhole, CsvDelimiter.Whitespace);
        // Tabs are blanks, too: where they alone part every record alike, blanks between words and digits do not.
        var isOnlyTabs = best.Delimiter == CsvDelimiter.Tab && best.Score >= 0.9;
        if (blanks.IsTable && !isOnlyTabs && (best.Score < 0.5 || (best.TypedShare < blanks.TypedShare && blanks.MixedShare < 0.05)))
            return (blanks, $"runs of blanks separate {blanks.Columns} fields in {blanks.Agreeing} of the first {blanks.Count} records");
        if (best.Score > 0)
            return (best, $"'{best.Delimiter.Spelling()}' separates {best.Columns} fields in {best.Agreeing} of the first {best.Count} records");
        var single = new Sample(block, length, isWhole, CsvDelimiter.Comma);
        return (single, "no delimiter splits the records alike, so the file has one column");
    }

    /// <summary>The first records as one delimiter splits them.</summary>
    private sealed class Sample
    {
        private readonly string[][] _records;

        public Sample(byte[] block, int length, bool isWhole, CsvDelimiter delimiter)
        {
            Delimiter = delimiter;
            _records = Read(block, length, isWhole, delimiter);
            Count = _records.Length;
            (Columns, Agreeing) = MostCommonWidth();
            var cells = 0;
            var typed = 0;
            var mixed = 0;
            foreach (var record in _records.AsSpan(Math.Clamp(Count - 1, 0, 1)))
            {
                foreach (var cell in record)
                {
                    cells++;
                    var isTyped = CellKinds.Of(cell) is CellKind.Number or CellKind.Date or CellKind.Time;
                    if (isTyped)
                        typed++;
                    else if (cell.AsSpan().IndexOfAny("\t|;,") is >= 0 and var at && cell[at] != (char)delimiter)
                        mixed++;
                }
            }

            MixedShare = cells == 0 ? 0 : (double)mixed / cells;
            TypedShare = cells == 0 ? 0 : (double)typed / cells;
            var agreement = Count == 0 ? 0 : (double)Agreeing / Count;
            var headAgrees = Count > 0 && _records[0].Length == Columns;

            // A delimiter that the first line lacks splits the rest by chance: the commas of decimal numbers.
            Score = Columns < 2 ? 0 : (agreement - (cells == 0 ? 0 : 0.5 * mixed / cells)) * (headAgrees ? 1 : 0.5);
            IsTable = Columns > 1 && agreement >= 0.95 && (TypedShare >= 0.5 || IsAligned(block.AsSpan(0, length))) && !IsOneTimestamp();
        }

        public CsvDelimiter Delimiter { get; }

        public int Count { get; }

        public int Columns { get; }

        /// <summary>Records that have as many fields as most.</summary>
        public int Agreeing { get; }

        /// <summary>Share of numbers, dates and times among the cells behind the first record.</summary>
        public double TypedShare { get; }

        /// <summary>Share of texts among those cells that hold another delimiter: words of several columns, when blanks part them.</summary>
        public double MixedShare { get; }

        public double Score { get; }

        /// <summary>Runs of blanks make a table, rather than words a sentence.</summary>
        public bool IsTable { get; }

        public (bool HasHeader, string Evidence) JudgeHeader()
        {
            if (Count == 0)
                return (true, "there is no record to judge a header by");
            var first = _records[0];
            var named = new List<string>();
            var untitled = 0;
            var typedInFirst = false;
            for (var column = 0; column < first.Length; column++)
            {
                var kind = CellKinds.Of(first[column]);
                typedInFirst |= kind is CellKind.Number or CellKind.Date or CellKind.Time;
                var below = KindBelow(column);
                if (below is CellKind.Text or CellKind.Empty || kind == CellKind.Empty)
                    continue;
                if (kind == CellKind.Text)
                    named.Add(first[column].Trim());
                else
                    untitled++;
            }

            if (named.Count > 0 && named.Count >= untitled)
                return (true, $"the first record is a header: '{named[0]}' stands over {CellKinds.Plural(KindBelow(Array.FindIndex(first, cell => cell.Trim() == named[0])))}");
            if (typedInFirst)
                return (false, "the first record holds values like the others, so there is no header");
            var distinct = first.Select(cell => cell.Trim().ToLowerInvariant()).Distinct(StringComparer.Ordinal).Count() == first.Length;
            var recurs = Enumerable.Range(0, first.Length).Any(column => first[column].Length > 0 && _records.Skip(1).Any(record => column < record.Length && record[column] == first[column]));
            if (first.Any(cell => string.IsNullOrWhiteSpace(cell)) && first.Length > 1 && Count > 1)
                distinct &= first.Skip(1).All(cell => !string.IsNullOrWhiteSpace(cell));
            return distinct && !recurs
                ? (true, "the first record is taken as a header: it holds distinct words that no record below repeats")
                : (false, "the first record repeats words or is repeated below, so there is no header");
        }

        private static string[][] Read(byte[] block, int length, bool isWhole, CsvDelimiter delimiter)
        {
            var scanner = new CsvScanner(new CsvReaderOptions { Delimiter = delimiter });
            var builder = new RecordBatchBuilder();
            var line = 1L;
            var end = LastSampled(block.AsSpan(0, length));
            scanner.Scan(block, 0, end, isWhole && end == length, builder, ref line);
            if (builder.RecordCount == 0)
                scanner.Scan(block, 0, end, final: true, builder, ref line);
            var pooled = ArrayPool<byte>.Shared.Rent(end);
            block.AsSpan(0, end).CopyTo(pooled);
            using var batch = builder.Build(pooled);
            var records = new List<string[]>();
            for (var record = 0; record < batch.Count && records.Count < SampleRecords; record++)
            {
                if (batch.Fault(record) is not null)
                    continue;
                var cells = new string[batch.FieldCount(record)];
                for (var column = 0; column < cells.Length; column++)
                    cells[column] = Encoding.UTF8.GetString(batch.Field(record, column));
                records.Add(cells);
            }

            return [.. records];
        }

        /// <summary>Enough of the text for the sample: all of it, or twice as many lines.</summary>
        private static int LastSampled(ReadOnlySpan<byte> text)
        {
            var end = 0;
            for (var lines = 0; lines < 2 * SampleRecords; lines++)
            {
                var next = text[end..].IndexOfAny((byte)'\r', (byte)'\n');
                if (next < 0)
                    return text.Length;
                end += next + 1;
            }

            return end;
        }

        private (int Columns, int Agreeing) MostCommonWidth()
        {
            var counts = new Dictionary<int, int>();
            var best = (Columns: 0, Agreeing: 0);
            foreach (var record in _records)
            {
                var agreeing = counts[record.Length] = counts.GetValueOrDefault(record.Length) + 1;
                if (agreeing > best.Agreeing || (agreeing == best.Agreeing && record.Length > best.Columns))
                    best = (record.Length, agreeing);
            }

            return best;
        }

        /// <summary>The kind that four of five cells below the first have, text otherwise.</summary>
        private CellKind KindBelow(int column)
        {
            Span<int> counts = stackalloc int[CellKinds.Count];
            foreach (var record in _records.AsSpan(1))
            {
                if (column < record.Length)
                    counts[(int)CellKinds.Of(record[column])]++;
            }

            counts[(int)CellKind.Empty] = 0;
            var total = 0;
            var best = CellKind.Empty;
            for (var kind = 0; kind < counts.Length; kind++)
            {
                total += counts[kind];
                if (counts[kind] > counts[(int)best])
                    best = (CellKind)kind;
            }

            return counts[(int)best] * 5 >= total * 4 ? best : CellKind.Text;
        }

        /// <summary>Columns set apart by several blanks, as a printed table has them.</summary>
        private static bool IsAligned(ReadOnlySpan<byte> text) =>
            text.IndexOf("  "u8) >= 0 && text.Count("  "u8) >= LineEnds.Count(text);

        private bool IsOneTimestamp() =>
            Columns == 2 && _records.All(record => record.Length == 2 && CellKinds.Of(record[0]) == CellKind.Date && CellKinds.Of(record[1]) == CellKind.Time);
    }
}
