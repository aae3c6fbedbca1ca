using System.Globalization;
using SegFunctions.Cli.Output;

namespace SegFunctions.Cli.Dedupe;

/// <summary><c>id,cluster,probability</c>: a line a row of the input, in its order.</summary>
internal static class ClusterFile
{
    private const int LineLength = 24;

    public static CsvRows Write(IReadOnlyList<string> ids, int[] clusters, double[] probabilities)
    {
        var rows = new CsvRows("id,cluster,probability", LineLength * ids.Count);
        for (var row = 0; row < ids.Count; row++)
        {
            rows.Add(ids[row]);
            rows.Text.Append(CultureInfo.InvariantCulture, $",{clusters[row]},{Math.Round(probabilities[row], 6):0.######}\n");
        }

        return rows;
    }
}
