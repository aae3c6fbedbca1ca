using System.Globalization;
using SegFunctions.Cli.Output;
using SegFunctions.Customers.Predictions.Churn;

namespace SegFunctions.Cli.Churn;

/// <summary><c>id,score,band,reasons</c>: a line a row of the scored file, in its order.</summary>
internal static class ScoreFile
{
    /// <param name="ids">The id of a row; null for the number of the row, from 1.</param>
    public static CsvRows Write(Func<int, string?>? ids, double[] scores, Func<int, string> reasons)
    {
        var rows = new CsvRows("id,score,band,reasons", 64 * scores.Length);
        for (var row = 0; row < scores.Length; row++)
        {
            if (ids is null)
                rows.Text.Append(CultureInfo.InvariantCulture, $"{row + 1}");
            else
                rows.Add(ids(row) ?? "");
            rows.Text.Append(CultureInfo.InvariantCulture, $",{scores[row]:R},{BandOf(scores[row])},");
            rows.Add(reasons(row));
            rows.Text.Append('\n');
        }

        return rows;
    }

    private static string BandOf(double score) => ChurnScore.BandOf(score).ToString().ToLowerInvariant();
}
