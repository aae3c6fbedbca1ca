using System.Globalization;
using SegFunctions.Customers.Intake.Tables;

namespace SegFunctions.Cli.Clusters;

/// <summary>What the columns of a file are called where people read of them: by a name each, and no two by the same.</summary>
internal static class ColumnNames
{
    /// <summary>
    /// The header where it is of use; <c>x3</c> for the third column where there is none (a bare position would read as a figure
    /// in a name or a rule), and the header with its position where an earlier column bears it already.
    /// </summary>
    public static IReadOnlyList<string> Of(FileTable file)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        if (file.Format.HasHeader != false)
            taken.UnionWith(file.Columns.Select(column => column.Name));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var names = new List<string>(file.Columns.Count);
        for (var column = 0; column < file.Columns.Count; column++)
        {
            var header = file.Format.HasHeader == false ? "" : file.Columns[column].Name;
            var position = (column + 1).ToString(CultureInfo.InvariantCulture);
            var name = header;
            if (header.Length == 0 || !seen.Add(header))
            {
                name = header.Length == 0 ? "x" + position : $"{header} ({position})";
                while (!taken.Add(name))
                    name += "'";
            }

            names.Add(name);
        }

        return names;
    }
}
