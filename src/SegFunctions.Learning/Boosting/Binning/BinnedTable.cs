namespace SegFunctions.Learning.Boosting.Binning;

/// <summary>
/// The table as one byte a value. Eight columns make a group, and a group keeps its eight bytes of a row in one word, row after row:
/// histograms take a word a row and eight columns of histogram fit into the first cache.
/// </summary>
internal sealed class BinnedTable : IChunkWork
{
    /// <summary>Columns of a group.</summary>
    public const int GroupColumns = 8;

    private const int ChunkRows = 4096;

    private readonly Matrix _source;
    private readonly FixedChunks _chunks;
    private readonly ulong[][] _groups;

    private BinnedTable(Matrix source, ColumnBins[] columns, int[] used)
    {
        _source = source;
        Columns = columns;
        Used = used;
        _chunks = new FixedChunks(source.Rows, ChunkRows);
        _groups = new ulong[(used.Length + GroupColumns - 1) / GroupColumns][];
        for (var group = 0; group < _groups.Length; group++)
            _groups[group] = new ulong[source.Rows];
    }

    public int Rows => _source.Rows;

    /// <summary>Bins of every column of the source.</summary>
    public ColumnBins[] Columns { get; }

    /// <summary>The columns kept, ascending: a column without two bins to tell apart is not.</summary>
    public int[] Used { get; }

    public int Groups => _groups.Length;

    /// <param name="used">Columns to keep.</param>
    public static BinnedTable Of(Matrix source, ColumnBins[] columns, int[] used, ChunkTeam team)
    {
        var table = new BinnedTable(source, columns, used);
        team.Run(table, table._chunks.Count);
        return table;
    }

    /// <summary>One word a row: byte i is the bin of the group's i-th column.</summary>
    public ulong[] Group(int group) => _groups[group];

    /// <summary>The bin of a kept column.</summary>
    public byte Bin(int row, int used) => (byte)(_groups[used / GroupColumns][row] >> (8 * (used % GroupColumns)));

    public void Run(int chunk)
    {
        for (var row = _chunks.Start(chunk); row < _chunks.End(chunk); row++)
        {
            var values = _source.Row(row);
            for (var group = 0; group < _groups.Length; group++)
            {
                var word = 0UL;
                var end = Math.Min(Used.Length, (group + 1) * GroupColumns);
                for (var used = group * GroupColumns; used < end; used++)
                    word |= (ulong)Columns[Used[used]].BinOf(values[Used[used]]) << (8 * (used % GroupColumns));
                _groups[group][row] = word;
            }
        }
    }
}
