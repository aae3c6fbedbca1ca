namespace SegFunctions.Customers.Features;

/// <summary>Marks, in the time-sorted lines of one customer, those that begin an order, a return or the use of a product.</summary>
/// <remarks>Keeps its scratch arrays from customer to customer; one a thread.</remarks>
internal sealed class LedgerMarker
{
    private ulong[] _keys = new ulong[256];
    private int[] _positions = new int[256];

    /// <param name="lines">IN/OUT (lines of one customer), sorted by time.</param>
    public void Mark(Span<LedgerLine> lines)
    {
        if (_keys.Length < lines.Length)
        {
            _keys = new ulong[lines.Length * 2];
            _positions = new int[lines.Length * 2];
        }

        MarkFirsts(lines, OrderLineKind.Purchase, LedgerMarks.NewOrder);
        MarkFirsts(lines, OrderLineKind.Return, LedgerMarks.NewReturn);
        MarkFirsts(lines, OrderLineKind.Purchase, LedgerMarks.NewProduct);
    }

    private void MarkFirsts(Span<LedgerLine> lines, OrderLineKind kind, LedgerMarks mark)
    {
        var count = 0;
        for (var i = 0; i < lines.Length; i++)
        {
            ref readonly var line = ref lines[i];
            if (line.Kind != kind)
                continue;
            var key = mark == LedgerMarks.NewProduct ? line.Product : line.Order;
            // 0 is the product of a line that names none.
            if (mark == LedgerMarks.NewProduct && key == 0)
                continue;
            // Lines of one order mostly follow each other: only the first of a run competes.
            if (count > 0 && _keys[count - 1] == key)
                continue;
            _keys[count] = key;
            _positions[count] = i;
            count++;
        }

        if (count > 1)
            _keys.AsSpan(0, count).Sort(_positions.AsSpan(0, count));
        for (var i = 0; i < count;)
        {
            var first = _positions[i];
            var key = _keys[i];
            for (i++; i < count && _keys[i] == key; i++)
                first = Math.Min(first, _positions[i]);
            lines[first].Marks |= mark;
        }
    }
}
