using System.Diagnostics;
using SegFunctions.Customers.Intake.Records;

namespace SegFunctions.Customers.Intake.Csv;

/// <summary>Finds records and fields in blocks of UTF-8 CSV text.</summary>
/// <remarks>
/// RFC 4180, read generously. A field is quoted when its first byte that is no blank is a quote; blanks outside the quotes are
/// dropped, other text behind the closing quote is kept as it stands, and a quote inside an unquoted field is text. A record ends
/// at LF, CR LF or CR; lines without a byte are skipped.
/// <para>
/// A quote counts as never closed when the file ends, when the record grows past the longest length allowed, or when the quote
/// that would close it stands on a later line and text follows it: then it opens another field. Such a record ends with the line
/// on which the quote opened, and reading goes on with the next line, so a lost quote costs one record.
/// </para>
/// </remarks>
internal sealed class CsvScanner(CsvReaderOptions options)
{
    private const byte Quote = (byte)'"';
    private const byte Lf = (byte)'\n';
    private const byte Cr = (byte)'\r';

    private readonly byte _delimiter = (byte)options.Delimiter;
    private readonly byte _secondDelimiter = options.Delimiter == CsvDelimiter.Whitespace ? (byte)'\t' : (byte)options.Delimiter;
    private readonly bool _isWhitespace = options.Delimiter == CsvDelimiter.Whitespace;
    private readonly int _maximumLength = options.MaximumRecordLength;
    private readonly int _maximumFields = options.MaximumFields;

    private enum Ending
    {
        /// <summary>The record ended.</summary>
        Complete,

        /// <summary>The text ended before the record did.</summary>
        Cut,

        /// <summary>A quote never closes.</summary>
        Unclosed,
    }

    /// <summary>Lines without a byte so far; they are no records.</summary>
    public long EmptyLines { get; private set; }

    /// <summary>Collects complete records, moving <paramref name="line"/> on; see <see cref="BlockRecordReader.Scan"/>.</summary>
    public ScanOutcome Scan(byte[] block, int start, int end, bool final, RecordBatchBuilder batch, ref long line)
    {
        var bytes = Structure(block, start, end);
        var at = start;
        while (at < end)
        {
            var record = ReadRecord(ref bytes, block, at, end, final, batch);
            if (record.Ending == Ending.Cut && !final && end - at < _maximumLength + 2)
            {
                batch.Rollback();
                return new ScanOutcome(at);
            }

            if (record.Ending == Ending.Complete && record.End - at <= _maximumLength)
            {
                EndRecord(batch, at, record.End, line);
                line += record.InnerLines + 1;
                at = record.Next;
                continue;
            }

            batch.Rollback();
            var outcome = GiveUp(block, at, end, final, batch, ref line);
            if (outcome.SkipsLine)
                return outcome;
            at = outcome.Consumed;
            bytes = Structure(block, at, end);
        }

        return new ScanOutcome(at);
    }

    private StructuralBytes Structure(byte[] block, int start, int end) => new(block, start, end, _delimiter, _secondDelimiter);

    private void EndRecord(RecordBatchBuilder batch, int start, int end, long line)
    {
        if (batch.PendingFields == 0)
            EmptyLines++;
        else if (batch.PendingFields > _maximumFields)
            batch.EndFaulty(line, start, end - start, TooManyFields(batch.PendingFields));
        else
            batch.EndRecord(line, start, end - start);
    }

    /// <summary>Settles a record that never ends, or too late, from its first bytes alone: block borders must not matter.</summary>
    private ScanOutcome GiveUp(byte[] block, int start, int end, bool final, RecordBatchBuilder batch, ref long line)
    {
        var limit = Math.Min(end, start + _maximumLength);
        var bytes = Structure(block, start, limit);
        var openQuote = ReadRecord(ref bytes, block, start, limit, final && limit == end, batch).OpenQuote;
        batch.Rollback();
        if (openQuote >= 0)
        {
            var lineEnd = block.AsSpan(openQuote, end - openQuote).IndexOfAny(Cr, Lf);
            var recordEnd = lineEnd < 0 ? end : openQuote + lineEnd;
            if (recordEnd - start <= _maximumLength)
            {
                var next = lineEnd < 0 ? end : AfterLineEnd(block, recordEnd, end);
                var openLine = line + LineEnds.Count(block.AsSpan(start, openQuote - start));
                batch.EndFaulty(line, start, recordEnd - start, UnclosedQuote(openLine, openQuote - StartOfLine(block, start, openQuote) + 1));
                line = openLine + 1;
                return new ScanOutcome(next);
            }
        }

        var shown = Utf8Text.CutLength(block.AsSpan(start, end - start), Math.Min(_maximumLength, PooledRecordBatch.RawLimit));
        batch.EndFaulty(line, start, shown, TooLong());
        var rest = start + _maximumLength;
        line += LineEnds.Count(block.AsSpan(start, _maximumLength));
        return new ScanOutcome(rest, SkipsLine: true);
    }

    /// <summary>Reads the record at <paramref name="start"/>, adding its fields to the batch.</summary>
    private RecordEnd ReadRecord(ref StructuralBytes bytes, byte[] block, int start, int end, bool final, RecordBatchBuilder batch)
    {
        var fieldStart = start;
        var isQuoted = false;
        long innerLines = 0;
        while (true)
        {
            var at = bytes.Next();
            if (at >= end)
            {
                if (!final)
                    return RecordEnd.Cut(-1);
                if (!isQuoted)
                    EndLastField(batch, fieldStart, end);
                return new RecordEnd(Ending.Complete, end, end, innerLines, -1);
            }

            var structural = block[at];
            if (structural == _delimiter || structural == _secondDelimiter)
            {
                if (!isQuoted && !(_isWhitespace && at == fieldStart))
                    batch.AddField(fieldStart, at - fieldStart);
                isQuoted = false;
                fieldStart = at + 1;
            }
            else if (structural == Quote)
            {
                if (isQuoted || !IsBlank(block.AsSpan(fieldStart, at - fieldStart)))
                    continue;
                var field = ReadQuoted(ref bytes, block, at, end, final);
                if (field.Ending != Ending.Complete)
                    return new RecordEnd(field.Ending, end, end, innerLines, at);
                innerLines += field.InnerLines;
                var tail = Tail(ref bytes, block, field.Close + 1, end);
                if (tail >= end && !final)
                    return RecordEnd.Cut(-1);
                var isClean = IsBlank(block.AsSpan(field.Close + 1, tail - field.Close - 1));
                if (!isClean && field.InnerLines > 0)
                    return new RecordEnd(Ending.Unclosed, end, end, innerLines, at);
                if (isClean && !field.HasDoubledQuotes)
                    batch.AddField(at + 1, field.Close - at - 1);
                else
                    AddUnquoted(batch, block.AsSpan(at + 1, tail - at - 1), field.Close - at - 1, isClean);

                // What ended the tail ends the field, too.
                if (tail >= end)
                    return new RecordEnd(Ending.Complete, end, end, innerLines, -1);
                if (block[tail] is Cr or Lf)
                    return EndAtLine(ref bytes, block, tail, end, final, innerLines);
                fieldStart = tail + 1;
            }
            else
            {
                EndLastField(batch, fieldStart, at);
                return EndAtLine(ref bytes, block, at, end, final, innerLines);
            }
        }
    }

    /// <summary>The field before a line end: none on an empty line, none behind the last run of blanks.</summary>
    private void EndLastField(RecordBatchBuilder batch, int fieldStart, int at)
    {
        if (at > fieldStart || (batch.PendingFields > 0 && !_isWhitespace))
            batch.AddField(fieldStart, at - fieldStart);
    }

    private static RecordEnd EndAtLine(ref StructuralBytes bytes, byte[] block, int at, int end, bool final, long innerLines)
    {
        var next = at + 1;
        if (block[at] == Cr)
        {
            // The LF of a CR LF may stand in the next block.
            if (next >= end && !final)
                return RecordEnd.Cut(-1);
            if (next < end && block[next] == Lf)
            {
                bytes.Next();
                next++;
            }
        }

        return new RecordEnd(Ending.Complete, at, next, innerLines, -1);
    }

    private static QuotedField ReadQuoted(ref StructuralBytes bytes, byte[] block, int open, int end, bool final)
    {
        long lines = 0;
        var hasDoubledQuotes = false;
        while (true)
        {
            var at = bytes.Next();
            if (at >= end)
                return new QuotedField(final ? Ending.Unclosed : Ending.Cut, end, lines, hasDoubledQuotes);
            var structural = block[at];
            var isLast = at + 1 >= end;
            if (structural == Quote)
            {
                if (isLast && !final)
                    return new QuotedField(Ending.Cut, end, lines, hasDoubledQuotes);
                if (isLast || block[at + 1] != Quote)
                    return new QuotedField(Ending.Complete, at, lines, hasDoubledQuotes);
                bytes.Next();
                hasDoubledQuotes = true;
            }
            else if (structural == Lf || (structural == Cr && (isLast || block[at + 1] != Lf)))
            {
                lines++;
            }
        }
    }

    /// <summary>Where the delimiter or line end behind a closing quote stands.</summary>
    private static int Tail(ref StructuralBytes bytes, byte[] block, int start, int end)
    {
        int at;
        do
            at = bytes.Next();
        while (at < end && block[at] == Quote);
        Debug.Assert(at >= start, "the tail lies behind the quote");
        return at;
    }

    /// <summary>Adds a field with its doubled quotes undone, and the text behind the closing quote unless that is blank.</summary>
    private static void AddUnquoted(RecordBatchBuilder batch, ReadOnlySpan<byte> text, int close, bool isClean)
    {
        var target = batch.ReserveSide(text.Length);
        var written = 0;
        var quoted = text[..close];
        for (var quote = quoted.IndexOf(Quote); quote >= 0; quote = quoted.IndexOf(Quote))
        {
            quoted[..(quote + 1)].CopyTo(target[written..]);
            written += quote + 1;
            quoted = quoted[(quote + 2)..];
        }

        quoted.CopyTo(target[written..]);
        written += quoted.Length;
        if (!isClean)
        {
            text[(close + 1)..].CopyTo(target[written..]);
            written += text.Length - close - 1;
        }

        batch.AddSideField(batch.CommitSide(written));
    }

    /// <summary>Nothing but blanks; a tab is one where it is no delimiter.</summary>
    private static bool IsBlank(ReadOnlySpan<byte> text) => text.IsEmpty || text.IndexOfAnyExcept((byte)' ', (byte)'\t') < 0;

    private static int AfterLineEnd(byte[] block, int at, int end) =>
        at + (block[at] == Cr && at + 1 < end && block[at + 1] == Lf ? 2 : 1);

    private static int StartOfLine(byte[] block, int start, int at) =>
        start + block.AsSpan(start, at - start).LastIndexOfAny(Cr, Lf) + 1;

    private static RecordFault UnclosedQuote(long line, int column) => new(
        RecordRules.UnclosedQuote,
        $"The quote at byte {column} of line {line} opens a field that never closes.",
        "Close the quoted field, or double every quote that belongs to a text. The record was read as ending with that line.");

    private RecordFault TooLong() => new(
        RecordRules.RecordTooLong,
        $"The record is longer than {_maximumLength} bytes.",
        "Split the record, or check the file for a missing line end. The rest of its line was skipped.");

    private RecordFault TooManyFields(int fields) => new(
        RecordRules.TooManyFields,
        $"The record has {fields} fields; {_maximumFields} are allowed.",
        "Check the delimiter and the quotes of this line.");

    /// <param name="End">Where the record's line end stands.</param>
    /// <param name="Next">Where the next record starts.</param>
    /// <param name="InnerLines">Line ends inside its quotes.</param>
    /// <param name="OpenQuote">The quote that is open where the text ends or is given up, or −1.</param>
    private readonly record struct RecordEnd(Ending Ending, int End, int Next, long InnerLines, int OpenQuote)
    {
        public static RecordEnd Cut(int openQuote) => new(Ending.Cut, 0, 0, 0, openQuote);
    }

    /// <param name="Close">Where the closing quote stands.</param>
    private readonly record struct QuotedField(Ending Ending, int Close, long InnerLines, bool HasDoubledQuotes);
}
