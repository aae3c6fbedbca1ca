using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Explanation;

/// <summary>A column of categories, counted for every cluster; noise is the last slot, missing the last level.</summary>
internal sealed class LevelSummary
{
    private readonly int _slots;
    private readonly int[] _counts;

    private LevelSummary(TextColumn column, int slots)
    {
        Column = column;
        _slots = slots;
        _counts = new int[(column.Levels.Count + 1) * slots];
        Totals = new int[column.Levels.Count + 1];
    }

    public TextColumn Column { get; }

    /// <summary>Rows of every level; of missing values last.</summary>
    public int[] Totals { get; }

    public required BinnedColumn Bins { get; init; }

    public static LevelSummary Of(TextColumn column, ClusterMembers members)
    {
        var totals = new int[column.Levels.Count];
        foreach (var code in column.Codes)
        {
            if (code >= 0)
                totals[code]++;
        }

        var summary = new LevelSummary(column, members.Clusters + 1) { Bins = BinnedColumn.OfLevels(column.Codes, totals) };
        for (var row = 0; row < column.Codes.Length; row++)
        {
            var level = column.Codes[row] < 0 ? totals.Length : column.Codes[row];
            summary._counts[(level * summary._slots) + members.Slots[row]]++;
            summary.Totals[level]++;
        }

        return summary;
    }

    /// <summary>Rows of a cluster with a level; the number of levels stands for missing.</summary>
    public int Count(int level, int slot) => _counts[(level * _slots) + slot];
}
