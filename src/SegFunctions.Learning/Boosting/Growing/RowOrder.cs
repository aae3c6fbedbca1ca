using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using SegFunctions.Learning.Boosting.Binning;

namespace SegFunctions.Learning.Boosting.Growing;

/// <summary>The rows of a tree, those of a node side by side; splits part them, left ones first, in an order that depends on nothing but the splits.</summary>
internal sealed class RowOrder(BinnedTable table, ChunkTeam team) : IChunkWork
{
    /// <summary>Rows parted by one thread; a node of more is parted in pieces that are put together afterwards.</summary>
    private const int PieceRows = 1 << 15;

    // Some more than there are, so that asking ahead needs no check.
    private readonly int[] _rows = new int[table.Rows + HistogramKernel.Ahead];
    private readonly int[] _scratch = new int[table.Rows];
    private readonly List<Piece> _pieces = [];
    private readonly List<GrowingNode> _nodes = [];
    private readonly List<byte[]> _goesLeft = [];
    private bool _gathering;

    /// <summary>Rows in use.</summary>
    public int Count { get; private set; }

    public ReadOnlySpan<int> Rows(int begin, int end) => _rows.AsSpan(begin, end - begin);

    /// <summary>The rows, and some of the table after them that <see cref="HistogramKernel"/> may ask for.</summary>
    public ReadOnlySpan<int> RowsAndAhead(int begin, int end) => _rows.AsSpan(begin, end - begin + HistogramKernel.Ahead);

    /// <param name="rows">The rows in use; empty for all of the table.</param>
    public void Start(ReadOnlySpan<int> rows)
    {
        Count = rows.IsEmpty ? table.Rows : rows.Length;
        if (!rows.IsEmpty)
        {
            rows.CopyTo(_rows);
            return;
        }

        for (var row = 0; row < Count; row++)
            _rows[row] = row;
    }

    /// <summary>Parts the rows of every node by its best split.</summary>
    /// <param name="middles">Out, one a node: where its right rows begin.</param>
    public void Part(IReadOnlyList<GrowingNode> nodes, Span<int> middles)
    {
        _pieces.Clear();
        _nodes.Clear();
        for (var i = 0; i < nodes.Count; i++)
        {
            _nodes.Add(nodes[i]);
            if (_goesLeft.Count <= i)
                _goesLeft.Add(new byte[256]);
            Mark(nodes[i].Best, _goesLeft[i]);
            for (var begin = nodes[i].Begin; begin < nodes[i].End; begin += PieceRows)
                _pieces.Add(new Piece { Node = i, Begin = begin, End = Math.Min(nodes[i].End, begin + PieceRows), Whole = nodes[i].Rows <= PieceRows });
        }

        _gathering = false;
        team.Run(this, _pieces.Count);
        if (Place(middles))
        {
            _gathering = true;
            team.Run(this, _pieces.Count);
        }
    }

    public void Run(int chunk)
    {
        ref var piece = ref CollectionsMarshal.AsSpan(_pieces)[chunk];
        if (!_gathering)
            Split(ref piece);
        else if (!piece.Whole)
            Gather(piece);
    }

    /// <summary>Asks for a byte that will be read soon.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Fetch(byte* bin)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(bin);
    }

    /// <summary>For every number of the split's lane, whether it goes left.</summary>
    private void Mark(in Split split, byte[] goesLeft)
    {
        var place = table.Lanes[split.Used];
        for (var number = 0; number < table.Lanes.Numbers(place.Lane); number++)
        {
            var bin = place.BinOf(number);
            var left = bin == place.Bins - 1 ? split.MissingLeft : split.LastLeft < 0 ? split.LeftBins.Has(bin) : bin <= split.LastLeft;
            goesLeft[number] = left ? (byte)1 : (byte)0;
        }
    }

    /// <summary>A whole node in place; a piece of one into the scratch, left rows from its front and right rows from its back.</summary>
    private unsafe void Split(ref Piece piece)
    {
        var lane = table.Lanes[_nodes[piece.Node].Best.Used].Lane;
        var group = lane / BinnedTable.GroupLanes;
        var stride = (nint)table.LanesOf(group);
        fixed (byte* bytes = table.Group(group))
        fixed (byte* goesLeft = _goesLeft[piece.Node])
        fixed (int* rows = _rows, scratch = _scratch)
        {
            var bins = bytes + (lane % BinnedTable.GroupLanes);
            var last = piece.End - 1;
            var left = piece.Whole ? rows + piece.Begin : scratch + piece.Begin;
            if (piece.Whole)
            {
                var right = scratch + piece.Begin;
                for (var i = piece.Begin; i < piece.End; i++)
                {
                    Fetch(bins + (stride * rows[i + HistogramKernel.Ahead]));
                    var row = rows[i];
                    var one = goesLeft[bins[stride * row]];
                    *left = row;
                    *right = row;
                    left += one;
                    right += 1 - one;
                }

                piece.Left = (int)(left - (rows + piece.Begin));
                new ReadOnlySpan<int>(scratch + piece.Begin, piece.End - piece.Begin - piece.Left).CopyTo(new Span<int>(left, piece.End - piece.Begin - piece.Left));
                return;
            }

            var back = scratch + last;
            for (var i = piece.Begin; i < piece.End; i++)
            {
                Fetch(bins + (stride * rows[i + HistogramKernel.Ahead]));
                var row = rows[i];
                var one = goesLeft[bins[stride * row]];
                *left = row;
                *back = row;
                left += one;
                back -= 1 - one;
            }

            piece.Left = (int)(left - (scratch + piece.Begin));
        }
    }

    /// <summary>Where each piece's rows belong; whether any node was parted in pieces.</summary>
    private bool Place(Span<int> middles)
    {
        var pieces = CollectionsMarshal.AsSpan(_pieces);
        var any = false;
        for (var first = 0; first < pieces.Length;)
        {
            var node = pieces[first].Node;
            any |= !pieces[first].Whole;
            var end = first;
            var lefts = 0;
            for (; end < pieces.Length && pieces[end].Node == node; end++)
                lefts += pieces[end].Left;
            middles[node] = _nodes[node].Begin + lefts;
            var (left, right) = (_nodes[node].Begin, middles[node]);
            for (; first < end; first++)
            {
                ref var piece = ref pieces[first];
                (piece.LeftTo, piece.RightTo) = (left, right);
                left += piece.Left;
                right += piece.End - piece.Begin - piece.Left;
            }
        }

        return any;
    }

    private void Gather(in Piece piece)
    {
        _scratch.AsSpan(piece.Begin, piece.Left).CopyTo(_rows.AsSpan(piece.LeftTo));
        var rights = piece.End - piece.Begin - piece.Left;
        var right = _rows.AsSpan(piece.RightTo, rights);
        _scratch.AsSpan(piece.Begin + piece.Left, rights).CopyTo(right);
        // They were written from the back; turned, rows stay in the order of the table.
        right.Reverse();
    }

    [StructLayout(LayoutKind.Auto)]
    private struct Piece
    {
        public required int Node;

        public required int Begin;

        public required int End;

        /// <summary>Whether it is all of its node.</summary>
        public required bool Whole;

        public int Left;

        public int LeftTo;

        public int RightTo;
    }
}
