namespace SegFunctions.Learning.Boosting.Binning;

/// <summary>
/// The table as bytes, one a lane and row. Up to eight lanes make a group, and a group keeps its bytes of a row side by side, row after
/// row: histograms find them in one line of the cache, and eight lanes of histogram fit into the first cache.
/// </summary>
internal sealed class BinnedTable : IChunkWork
{
    /// <summary>Lanes of a group; the last one may have fewer.</summary>
    public const int GroupLanes = 8;

    private const int ChunkRows = 4096;

    private readonly Matrix _source;
    private readonly FixedChunks _chunks;
    private readonly byte[][] _groups;
    private readonly int[][] _columnsOf;

    private BinnedTable(Matrix source, ColumnBins[] columns, int[] used)
    {
        _source = source;
        Columns = columns;
        Used = used;
        Lanes = new Lanes(columns, used);
        _chunks = new FixedChunks(source.Rows, ChunkRows);
        _groups = new byte[(Lanes.Count + GroupLanes - 1) / GroupLanes][];
        _columnsOf = new int[_groups.Length][];
        for (var group = 0; group < _groups.Length; group++)
        {
            _groups[group] = GC.AllocateUninitializedArray<byte>(checked(source.Rows * LanesOf(group)));
            _columnsOf[group] = Lanes.ColumnsOf(group * GroupLanes, (group + 1) * GroupLanes);
        }
    }

    public int Rows => _source.Rows;

    /// <summary>Bins of every column of the source.</summary>
    public ColumnBins[] Columns { get; }

    /// <summary>The columns kept, ascending: a column without two bins to tell apart is not.</summary>
    public int[] Used { get; }

    /// <summary>Where the kept columns stand.</summary>
    public Lanes Lanes { get; }

    public int Groups => _groups.Length;

    /// <param name="used">Columns to keep.</param>
    public static BinnedTable Of(Matrix source, ColumnBins[] columns, int[] used, ChunkTeam team)
    {
        var table = new BinnedTable(source, columns, used);
        team.Run(table, table._chunks.Count);
        return table;
    }

    /// <summary>Rows × lanes of the group.</summary>
    public byte[] Group(int group) => _groups[group];

    /// <summary>Lanes of a group: bytes from a row to the next.</summary>
    public int LanesOf(int group) => Math.Min(GroupLanes, Lanes.Count - (group * GroupLanes));

    /// <summary>The kept columns that stand in a group, ascending.</summary>
    public int[] ColumnsOf(int group) => _columnsOf[group];

    public void Run(int chunk)
    {
        var bytes = new byte[Lanes.Count];
        for (var row = _chunks.Start(chunk); row < _chunks.End(chunk); row++)
        {
            var values = _source.Row(row);
            Array.Clear(bytes);
            for (var used = 0; used < Used.Length; used++)
            {
                var place = Lanes[used];
                bytes[place.Lane] += (byte)(Columns[Used[used]].BinOf(values[Used[used]]) * place.Step);
            }

            for (var group = 0; group < _groups.Length; group++)
            {
                var lanes = LanesOf(group);
                bytes.AsSpan(group * GroupLanes, lanes).CopyTo(_groups[group].AsSpan(row * lanes));
            }
        }
    }
}
