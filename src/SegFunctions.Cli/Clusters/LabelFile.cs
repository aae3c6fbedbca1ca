using System.Globalization;
using System.Text;

namespace SegFunctions.Cli.Clusters;

/// <summary><c>id,label</c>: a line a row of the input, in its order.</summary>
internal static class LabelFile
{
    /// <param name="ids">The id of a row; null for the number of the row, from 1.</param>
    public static string Write(Func<int, string?>? ids, IReadOnlyList<int> labels)
    {
        var text = new StringBuilder("id,label\n", 16 * (labels.Count + 1));
        for (var row = 0; row < labels.Count; row++)
        {
            if (ids is null)
                text.Append(CultureInfo.InvariantCulture, $"{row + 1}");
            else
                AppendField(text, ids(row) ?? "");
            text.Append(CultureInfo.InvariantCulture, $",{labels[row]}\n");
        }

        return text.ToString();
    }

    private static void AppendField(StringBuilder text, string field)
    {
        if (field.AsSpan().IndexOfAny(",\"\r\n") < 0)
            text.Append(field);
        else
            text.Append('"').Append(field.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
    }
}
