using System.Globalization;
using System.Text;

namespace SegFunctions.Cli.Clusters;

/// <summary><c>id,label</c>, and <c>,micro</c> where there are micro-segments: a line a row of the input, in its order.</summary>
internal static class LabelFile
{
    /// <param name="ids">The id of a row; null for the number of the row, from 1.</param>
    public static string Write(Func<int, string?>? ids, IReadOnlyList<int> labels, IReadOnlyList<int>? micro = null)
    {
        var text = new StringBuilder(micro is null ? "id,label\n" : "id,label,micro\n", 16 * (labels.Count + 1));
        for (var row = 0; row < labels.Count; row++)
        {
            if (ids is null)
                text.Append(CultureInfo.InvariantCulture, $"{row + 1}");
            else
                AppendField(text, ids(row) ?? "");
            text.Append(CultureInfo.InvariantCulture, $",{labels[row]}");
            if (micro is not null)
                text.Append(CultureInfo.InvariantCulture, $",{micro[row]}");
            text.Append('\n');
        }

        return text.ToString();
    }

    internal static void AppendField(StringBuilder text, string field)
    {
        if (field.AsSpan().IndexOfAny(",\"\r\n") < 0)
            text.Append(field);
        else
            text.Append('"').Append(field.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
    }
}
