using System.Numerics;

namespace SegFunctions.Customers.Intake.Dedupe;

/// <summary>A row by what it is ordered by.</summary>
/// <param name="Row">Its position.</param>
internal readonly record struct OrderedRow(ulong Key, int Row) : IComparable<OrderedRow>
{
    public int CompareTo(OrderedRow other) => Key != other.Key ? Key.CompareTo(other.Key) : Row.CompareTo(other.Row);
}

/// <summary>Rows that are put in the order of 64-bit keys, equal ones in the order of their positions. Memory is used again.</summary>
/// <remarks>
/// Keys are hashes, evenly spread: one counting pass over their leading bits brings nearly every row to its place, and what shares a slot is put right by insertion.
/// Where keys are not spread, slots are long and are sorted by comparisons.
/// </remarks>
internal sealed class OrderedRows
{
    private const int LongestInserted = 24;
    private const int MostSlotBits = 16;

    private OrderedRow[] _given = [];
    private OrderedRow[] _ordered = [];
    private int[] _ends = [];

    public int Count { get; private set; }

    /// <summary>The rows; in order after <see cref="Sort"/>.</summary>
    public ReadOnlySpan<OrderedRow> Rows => _ordered.AsSpan(0, Count);

    public void Clear() => Count = 0;

    /// <summary>Adds a row. Rows are added in rising positions.</summary>
    public void Add(ulong key, int row)
    {
        if (Count == _given.Length)
            Array.Resize(ref _given, Math.Max(1024, 2 * Count));
        _given[Count++] = new OrderedRow(key, row);
    }

    /// <param name="sharedBits">Leading bits that all keys share.</param>
    public void Sort(int sharedBits = 0)
    {
        if (_ordered.Length < Count)
            _ordered = new OrderedRow[_given.Length];
        var bits = Math.Min(Math.Clamp(BitOperations.Log2((uint)Math.Max(Count, 1)), 1, MostSlotBits), 64 - sharedBits);
        if (_ends.Length <= 1 << bits)
            _ends = new int[(1 << bits) + 1];
        var ends = _ends.AsSpan(0, (1 << bits) + 1);
        ends.Clear();
        var given = _given.AsSpan(0, Count);
        var shift = 64 - bits;
        foreach (ref readonly var row in given)
            ends[(int)(row.Key << sharedBits >> shift) + 1]++;
        for (var slot = 1; slot < ends.Length; slot++)
            ends[slot] += ends[slot - 1];
        foreach (ref readonly var row in given)
            _ordered[ends[(int)(row.Key << sharedBits >> shift)]++] = row;
        var start = 0;
        for (var slot = 0; slot < ends.Length - 1; slot++)
        {
            SortSlot(_ordered.AsSpan(start, ends[slot] - start));
            start = ends[slot];
        }
    }

    /// <summary>The first of the ordered rows with that key or a larger one.</summary>
    public int Find(ulong key)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) >> 1;
            if (_ordered[middle].Key < key)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private static void SortSlot(Span<OrderedRow> rows)
    {
        if (rows.Length > LongestInserted && !IsOrdered(rows))
        {
            rows.Sort();
            return;
        }

        // Equal keys come in the order of their positions and stay so.
        for (var next = 1; next < rows.Length; next++)
        {
            var row = rows[next];
            var at = next;
            for (; at > 0 && rows[at - 1].Key > row.Key; at--)
                rows[at] = rows[at - 1];
            rows[at] = row;
        }
    }

    private static bool IsOrdered(ReadOnlySpan<OrderedRow> rows)
    {
        for (var next = 1; next < rows.Length; next++)
        {
            if (rows[next - 1].Key > rows[next].Key)
                return false;
        }

        return true;
    }
}
