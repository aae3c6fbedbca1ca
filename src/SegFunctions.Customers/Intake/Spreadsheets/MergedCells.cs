using System.Text;
using SegFunctions.Customers.Intake.Records;

namespace SegFunctions.Customers.Intake.Spreadsheets;

/// <summary>The cells of a sheet that were merged over several rows: each row's value stands in the first of them only.</summary>
/// <remarks>The list stands behind the rows that it is about, so it is looked for first, byte by byte, which costs a tenth of reading the rows.</remarks>
internal sealed class MergedCells
{
    private const int Most = 200_000;
    private const int Overlap = 256;

    // First row → the merged cells that begin in it.
    private readonly Dictionary<int, List<(int Column, int LastRow)>> _byFirstRow = [];

    public bool Any => _byFirstRow.Count > 0;

    /// <exception cref="UnreadableFileException">There are more than a person ever made.</exception>
    public static MergedCells Find(Stream sheet, CancellationToken cancellationToken)
    {
        var merged = new MergedCells();
        var buffer = new byte[(128 << 10) + Overlap];
        var kept = 0;
        var count = 0;
        while (true)
        {
            var read = sheet.Read(buffer, kept, buffer.Length - kept);
            var text = buffer.AsSpan(0, kept + read);
            var done = 0;
            while (text[done..].IndexOf("mergeCell "u8) is >= 0 and var at && (read == 0 || done + at + Overlap <= text.Length))
            {
                var isTag = EndsInTag(text[..(done + at)]);
                done += at + 10;
                count += isTag && merged.TryAdd(text[done..]) ? 1 : 0;
                if (count > Most)
                    throw new UnreadableFileException($"The sheet has more than {Most} merged cells. Save it as \"CSV UTF-8\" and send that file.");
            }

            if (read == 0)
                return merged;
            cancellationToken.ThrowIfCancellationRequested();
            kept = Math.Min(text.Length - done, Overlap);
            text[^kept..].CopyTo(buffer);
        }
    }

    /// <summary>The merged cells that begin in <paramref name="row"/>: their column and last row.</summary>
    public IReadOnlyList<(int Column, int LastRow)> From(int row) => _byFirstRow.TryGetValue(row, out var cells) ? cells : [];

    /// <summary>A tag begins there, its name with or without a prefix; the same word in a cell's text has no such sign in front.</summary>
    private static bool EndsInTag(ReadOnlySpan<byte> text)
    {
        if (text is [.. var name, (byte)':'])
        {
            text = name;
            while (text is [.. var rest, var letter] && char.IsAsciiLetterOrDigit((char)letter))
                text = rest;
        }

        return text is [.., (byte)'<'];
    }

    private bool TryAdd(ReadOnlySpan<byte> tag)
    {
        var end = tag.IndexOf((byte)'>');
        if (end >= 0)
            tag = tag[..end];
        var at = tag.IndexOf("ref="u8);
        if (at < 0 || at + 5 > tag.Length)
            return false;
        var mark = tag[at + 4];
        tag = tag[(at + 5)..];
        var quote = tag.IndexOf(mark);
        if (quote is < 0 or > 32)
            return false;
        var cells = Encoding.ASCII.GetString(tag[..quote]);
        var colon = cells.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || !CellReference.TryParse(cells.AsSpan(0, colon), out var column, out var first) || !CellReference.TryParse(cells.AsSpan(colon + 1), out _, out var last) || last <= first)
            return false;
        if (!_byFirstRow.TryGetValue(first, out var rows))
            _byFirstRow[first] = rows = [];
        rows.Add((column, last));
        return true;
    }
}
