using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SegFunctions.Customers.Intake.Dedupe;

/// <summary>Accepted rows whose keys begin with the same byte, in the file's order: their marks, their canonical lines as <see cref="RowPacking"/> packs them, their sealed lines.</summary>
/// <param name="number">The byte with which the keys begin.</param>
/// <remarks>
/// A line is the dataset's columns and then one field for each attribute that was known when it was written, in the order of their names. A file that
/// grows columns has lines with few attributes first and lines with more after them.
/// </remarks>
internal sealed class RowBucket(SpillStore store, byte number)
{
    private readonly SpillList _marks = store.NewList();
    private readonly SpillList _packed = store.NewList();
    private readonly SpillList _sealed = store.NewList();
    private readonly List<(int FirstRow, LineWidth Width)> _widths = [];

    public byte Number => number;

    /// <summary>Rows added.</summary>
    public int Count { get; private set; }

    /// <summary>Adds rows that follow all that are there.</summary>
    public void Add(ReadOnlySpan<RowMark> marks, ReadOnlySpan<byte> packed, ReadOnlySpan<byte> sealedLines, LineWidth width)
    {
        if (marks.Length == 0)
            return;
        if (_widths.Count == 0 || _widths[^1].Width != width)
            _widths.Add((Count, width));
        _marks.Add(MemoryMarshal.AsBytes(marks));
        _packed.Add(packed);
        _sealed.Add(sealedLines);
        Count = checked(Count + marks.Length);
    }

    /// <summary>Up to as many marks as <paramref name="marks"/> has room for, from a row on; how many there were.</summary>
    public int ReadMarks(int firstRow, Span<RowMark> marks)
    {
        var count = Math.Min(marks.Length, Count - firstRow);
        _marks.CopyTo((long)firstRow * Unsafe.SizeOf<RowMark>(), MemoryMarshal.AsBytes(marks[..count]));
        return count;
    }

    public void ReadPacked(long start, Span<byte> packed) => _packed.CopyTo(start, packed);

    public void ReadSealed(long start, Span<byte> lines) => _sealed.CopyTo(start, lines);

    /// <summary>The attributes in a row's line, and in its sealed line.</summary>
    public LineWidth WidthOf(int row)
    {
        var at = _widths.Count - 1;
        while (_widths[at].FirstRow > row)
            at--;
        return _widths[at].Width;
    }
}

/// <summary>How many attributes the lines of a row have.</summary>
internal readonly record struct LineWidth(int Attributes, int SealedAttributes);
