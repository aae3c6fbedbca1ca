using System.Globalization;
using System.Text;
using SegFunctions.Cli.Clusters;
using SegFunctions.Customers.Predictions.Churn;

namespace SegFunctions.Cli.Churn;

/// <summary><c>id,score,band,reasons</c>: a line a row of the scored file, in its order.</summary>
internal static class ScoreFile
{
    /// <param name="ids">The id of a row; null for the number of the row, from 1.</param>
    public static string Write(Func<int, string?>? ids, double[] scores, Func<int, string> reasons)
    {
        var text = new StringBuilder("id,score,band,reasons\n", 64 * (scores.Length + 1));
        for (var row = 0; row < scores.Length; row++)
        {
            if (ids is null)
                text.Append(CultureInfo.InvariantCulture, $"{row + 1}");
            else
                LabelFile.AppendField(text, ids(row) ?? "");
            text.Append(CultureInfo.InvariantCulture, $",{scores[row]:R},{BandOf(scores[row])},");
            LabelFile.AppendField(text, reasons(row));
            text.Append('\n');
        }

        return text.ToString();
    }

    private static string BandOf(double score) => ChurnScore.BandOf(score).ToString().ToLowerInvariant();
}
