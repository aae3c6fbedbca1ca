using System.Globalization;
using SegFunctions.Cli.Output;

namespace SegFunctions.Cli.Clusters;

/// <summary><c>id,label</c>, and <c>,micro</c> where there are micro-segments: a line a row of the input, in its order.</summary>
internal static class LabelFile
{
    /// <param name="ids">The id of a row; null for the number of the row, from 1.</param>
    public static CsvRows Write(Func<int, string?>? ids, IReadOnlyList<int> labels, IReadOnlyList<int>? micro = null)
    {
        var rows = new CsvRows(micro is null ? "id,label" : "id,label,micro", 16 * labels.Count);
        for (var row = 0; row < labels.Count; row++)
        {
            if (ids is null)
                rows.Text.Append(CultureInfo.InvariantCulture, $"{row + 1}");
            else
                rows.Add(ids(row) ?? "");
            rows.Text.Append(CultureInfo.InvariantCulture, $",{labels[row]}");
            if (micro is not null)
                rows.Text.Append(CultureInfo.InvariantCulture, $",{micro[row]}");
            rows.Text.Append('\n');
        }

        return rows;
    }
}
