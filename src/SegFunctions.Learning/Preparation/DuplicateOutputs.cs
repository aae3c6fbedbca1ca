using System.Numerics;

namespace SegFunctions.Learning.Preparation;

/// <summary>
/// Finds columns of the result that say the same in every row: equal numbers, or flags that change together (the words do not
/// matter: "no phone service" here is "no" there). First whole columns, such as a country and its code, then single texts. Of
/// those that say the same the one with the shortest name stays, the first by the alphabet among those, wherever it stands in the table.
/// </summary>
internal sealed class DuplicateOutputs : IChunkWork
{
    private const int Piece = 1024;

    private readonly IReadOnlyList<DraftOutput> _outputs;
    private readonly int _rows;
    private readonly ulong[] _hashes;

    private DuplicateOutputs(IReadOnlyList<DraftOutput> outputs, int rows)
    {
        _outputs = outputs;
        _rows = rows;
        _hashes = new ulong[outputs.Count];
    }

    /// <summary>Takes the repetitions out of their columns' outputs, and leaves out columns that lose all.</summary>
    public static void Remove(IReadOnlyList<ColumnDraft> columns, int rows, ChunkTeam team)
    {
        var outputs = columns.SelectMany(column => column.Outputs).ToList();
        var work = new DuplicateOutputs(outputs, rows);
        team.Run(work, outputs.Count);
        var hashes = new Dictionary<DraftOutput, ulong>();
        for (var i = 0; i < outputs.Count; i++)
            hashes.Add(outputs[i], work._hashes[i]);
        RemoveColumns(columns, hashes, rows);
        RemoveSingle(columns, hashes, rows);
    }

    private static void RemoveColumns(IReadOnlyList<ColumnDraft> columns, Dictionary<DraftOutput, ulong> hashes, int rows)
    {
        // Yes and no of one column have one hash, so that a flag and a category of two texts meet.
        var groups = columns.Where(column => column.Kept).GroupBy(column => string.Join(' ', column.Outputs.Select(output => hashes[output]).Distinct().Order()), StringComparer.Ordinal);
        foreach (var group in groups)
        {
            var ranked = group.OrderBy(column => column.Name.Length).ThenBy(column => column.Name, StringComparer.Ordinal).ToList();
            foreach (var column in ranked.Skip(1).Where(column => column.Outputs.TrueForAll(output => ranked[0].Outputs.Exists(other => Same(other, output, rows)))))
            {
                column.Use = ColumnUse.Duplicate;
                column.Instead = ranked[0].Name;
                column.Outputs.Clear();
            }
        }
    }

    private static void RemoveSingle(IReadOnlyList<ColumnDraft> columns, Dictionary<DraftOutput, ulong> hashes, int rows)
    {
        foreach (var group in columns.SelectMany(column => column.Outputs).GroupBy(output => hashes[output]).ToList())
        {
            var ranked = group.OrderBy(output => output.Column.Name.Length).ThenBy(output => output.Column.Name, StringComparer.Ordinal).ToList();
            var kept = ranked[0];
            foreach (var output in ranked.Skip(1))
            {
                // Yes and no of one column are each other's opposite, and stay together.
                if (output.Column.Source == kept.Column.Source || !Same(kept, output, rows))
                    continue;
                var column = columns[output.Column.Source];
                column.Outputs.Remove(output);
                column.SaidElsewhere.Add((output.Column, kept.Column, kept.IsFlag && IsSet(kept) != IsSet(output)));
            }
        }

        foreach (var column in columns.Where(column => column.Kept && column.Outputs.Count == 0))
        {
            column.Use = ColumnUse.Duplicate;
            column.Instead = string.Join(", ", column.SaidElsewhere.Select(said => columns[said.Instead.Source].Name).Distinct(StringComparer.Ordinal));
        }

        static bool IsSet(DraftOutput flag)
        {
            Span<double> first = stackalloc double[1];
            flag.CopyTo(0, first);
            return first[0] != 0;
        }
    }

    public void Run(int chunk)
    {
        var output = _outputs[chunk];
        var values = new double[Math.Min(Piece, _rows)];
        output.CopyTo(0, values.AsSpan(0, 1));
        var first = values[0];
        // FNV-1a's multiplication on whole words, with a rotation that brings the high bits down.
        var hash = output.IsFlag ? 0x9E3779B97F4A7C15UL : 0xCBF29CE484222325UL;
        for (var start = 0; start < _rows; start += Piece)
        {
            var piece = values.AsSpan(0, Math.Min(Piece, _rows - start));
            output.CopyTo(start, piece);
            foreach (var value in piece)
            {
                var word = output.IsFlag ? (value == first ? 1UL : 0) : BitConverter.DoubleToUInt64Bits(value + 0.0);
                hash = BitOperations.RotateLeft((hash ^ word) * 0x100000001B3UL, 29);
            }
        }

        _hashes[chunk] = hash;
    }

    private static bool Same(DraftOutput a, DraftOutput b, int rows)
    {
        if (a.IsFlag != b.IsFlag)
            return false;
        var (left, right) = (new double[Math.Min(Piece, rows)], new double[Math.Min(Piece, rows)]);
        var (firstLeft, firstRight) = (0.0, 0.0);
        for (var start = 0; start < rows; start += Piece)
        {
            var length = Math.Min(Piece, rows - start);
            a.CopyTo(start, left.AsSpan(0, length));
            b.CopyTo(start, right.AsSpan(0, length));
            if (start == 0)
                (firstLeft, firstRight) = (left[0], right[0]);
            for (var i = 0; i < length; i++)
            {
                if (a.IsFlag ? (left[i] == firstLeft) != (right[i] == firstRight) : left[i] != right[i])
                    return false;
            }
        }

        return true;
    }
}
