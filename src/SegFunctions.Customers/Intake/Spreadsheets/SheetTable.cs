using System.Globalization;
using System.Text;
using SegFunctions.Customers.Intake.Values;

namespace SegFunctions.Customers.Intake.Spreadsheets;

/// <summary>Where on a sheet its table stands, judged by the first rows.</summary>
/// <param name="FirstColumn">0-based.</param>
/// <param name="Header">Names of the columns; their 1-based positions without a header.</param>
/// <param name="HeaderRow">1-based; 0 without a header.</param>
/// <param name="Evidence">Why, in words, for the report.</param>
internal sealed record SheetTable(int FirstColumn, string[] Header, int HeaderRow, string Evidence)
{
    private const int SampleRows = 100;
    private const int LongestHead = 10;

    public bool HasHeader => HeaderRow > 0;

    /// <summary>Looks at the first rows; null when the sheet holds no table: nothing, or a header without rows.</summary>
    /// <param name="hasHeader">Whether there is a header when that is known.</param>
    public static SheetTable? Find(SheetRows rows, bool? hasHeader, CancellationToken cancellationToken)
    {
        var sample = new List<Row>();
        while (sample.Count < SampleRows && rows.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (rows.Cells.Count > 0)
                sample.Add(new Row(rows.Row, rows.Cells.ToDictionary(cell => cell.Column, cell => Encoding.UTF8.GetString(rows.Text.Written.Slice(cell.Start, cell.Length)))));
        }

        if (sample.Count == 0)
            return null;
        var header = hasHeader == false ? -1 : FindHeader(sample);
        if (header < 0 && hasHeader == true)
            header = 0;
        if (header == sample.Count - 1)
            return null;
        var body = sample[(header + 1)..];
        var first = sample[Math.Max(header, 0)..].Min(row => row.Texts.Keys.Min());
        var last = sample[Math.Max(header, 0)..].Max(row => row.Texts.Keys.Max());
        var width = last - first + 1;
        if (header < 0)
        {
            var positions = Enumerable.Range(1, width).Select(position => position.ToString(CultureInfo.InvariantCulture)).ToArray();
            return new SheetTable(first, positions, 0, hasHeader == false ? "the mapping says that there is no header" : "its first row holds values like the others, so there is no header");
        }

        var names = NamesOf(sample, header, first, width);
        var above = header == 0 ? "" : $"; {header} {(header == 1 ? "row" : "rows")} above it, such as a title, {(header == 1 ? "is" : "are")} left out";
        return new SheetTable(first, names, sample[header].Number, $"row {sample[header].Number} is its header: {names.Count(name => name.Length > 0)} words stand over {body.Count}{(sample.Count == SampleRows ? " or more" : "")} rows{above}");
    }

    /// <summary>The first of the leading rows of words that is nearly as full as the fullest of them, and does not repeat itself all over.</summary>
    private static int FindHeader(List<Row> sample)
    {
        var width = sample.Max(row => row.Texts.Count);
        var words = 0;
        while (words < Math.Min(sample.Count, LongestHead) && sample[words].Texts.Values.All(text => CellKinds.Of(text) is CellKind.Text or CellKind.Empty))
            words++;
        var fullest = words == 0 ? 0 : sample[..words].Max(row => row.Texts.Count);
        for (var row = 0; row < words; row++)
        {
            var texts = sample[row].Texts.Values;
            var isFull = texts.Count * 5 >= fullest * 4 && texts.Count * 2 >= width;
            if (isFull && texts.Select(text => text.Trim().ToLowerInvariant()).Distinct(StringComparer.Ordinal).Count() * 2 >= texts.Count)
                return row;
        }

        return -1;
    }

    /// <summary>A name is the header's own; where that cell was merged with the one above, the one above; where names repeat, they get the group that stands above.</summary>
    private static string[] NamesOf(List<Row> sample, int header, int first, int width)
    {
        var names = new string[width];
        var above = header > 0 && sample[header - 1].Number == sample[header].Number - 1 && sample[header - 1].Texts.Count > 1 ? sample[header - 1].Texts : [];
        for (var column = 0; column < width; column++)
            names[column] = (sample[header].Texts.GetValueOrDefault(first + column) ?? above.GetValueOrDefault(first + column) ?? "").Trim();
        if (above.Count == 0)
            return names;
        var repeated = names.Where(name => name.Length > 0).GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1).Select(group => group.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var group = "";
        for (var column = 0; column < width; column++)
        {
            group = above.GetValueOrDefault(first + column)?.Trim() ?? group;
            if (repeated.Contains(names[column]) && group.Length > 0)
                names[column] = $"{group} {names[column]}";
        }

        return names;
    }

    private sealed record Row(int Number, Dictionary<int, string> Texts);
}
