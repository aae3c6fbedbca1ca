using System.Globalization;

namespace SegFunctions.Learning.Explanation.Charts;

/// <summary>Standardised differences, clusters down and columns across.</summary>
internal static class HeatMapChart
{
    private const int MostColumns = 12;
    private const int NameLength = 32;
    private const int LabelLength = 22;
    private const double Left = 250;
    private const double Top = 158;
    private const double CellWidth = 54;
    private const double CellHeight = 28;

    // Beyond, the colour says no more; the figure still does.
    private const double FullColour = 2;

    private static readonly Bilingual Title = new("What sets the clusters apart", "Ce qui distingue les groupes");

    private static readonly Bilingual Legend = new(
        "Mean of the cluster less mean of the others, in standard deviations",
        "Moyenne du groupe moins moyenne des autres, en écarts-types");

    private static readonly Bilingual Empty = new("No column of numbers differs.", "Aucune colonne de nombres ne diffère.");

    public static string Draw(ClusterExplanation explanation, Language language)
    {
        var columns = Enumerable.Range(0, explanation.NumericColumns.Count)
            .Select(column => (Column: column, Strength: explanation.Clusters.Max(cluster => Math.Abs(cluster.Differences[column] ?? 0)), Known: explanation.Clusters.Any(cluster => cluster.Differences[column] is not null)))
            .Where(one => one.Known)
            .OrderByDescending(one => one.Strength)
            .Take(MostColumns)
            .Select(one => one.Column)
            .Order()
            .ToArray();
        var clusters = explanation.Clusters;
        // Room for the last header, which leans out to the right.
        var drawing = new SvgDrawing(
            Math.Max(720, Left + (columns.Length * CellWidth) + 110), Top + (Math.Max(1, clusters.Count) * CellHeight) + 34, Title.In(language), Describe(explanation, columns, language));
        if (columns.Length == 0)
        {
            drawing.Text(16, 60, Empty.In(language), SvgDrawing.Faint);
            return drawing.Finish();
        }

        drawing.Text(16, 47, Legend.In(language), SvgDrawing.Faint, size: 12);
        for (var i = 0; i < columns.Length; i++)
            drawing.Text(Left + ((i + 0.5) * CellWidth) + 2, Top - 10, SvgDrawing.Fit(explanation.Labels[columns[i]].In(language), LabelLength), size: 12, turn: -38);
        for (var row = 0; row < clusters.Count; row++)
        {
            var y = Top + (row * CellHeight);
            drawing.Text(Left - 10, y + (CellHeight / 2) + 4.5, SvgDrawing.Fit($"{clusters[row].Label}  {clusters[row].Name.In(language)}", NameLength), anchor: "end");
            for (var i = 0; i < columns.Length; i++)
            {
                var x = Left + (i * CellWidth);
                if (clusters[row].Differences[columns[i]] is not { } difference)
                {
                    drawing.Text(x + (CellWidth / 2), y + (CellHeight / 2) + 4.5, "–", SvgDrawing.Faint, "middle");
                    continue;
                }

                var share = Math.Clamp(difference / FullColour, -1, 1);
                drawing.Rectangle(x + 1, y + 1, CellWidth - 2, CellHeight - 2, Colour(share), round: 2);
                drawing.Text(x + (CellWidth / 2), y + (CellHeight / 2) + 4.5, Figure(difference, language), Math.Abs(share) > 0.7 ? "#ffffff" : SvgDrawing.Ink, "middle", size: 12);
            }
        }

        return drawing.Finish();
    }

    private static string Figure(double difference, Language language)
    {
        var text = Wording.Number(Math.Abs(difference), 1).In(language);
        return Math.Round(Math.Abs(difference), 1, MidpointRounding.AwayFromZero) == 0 ? text : (difference > 0 ? "+" : "−") + text;
    }

    // From blue over near white to vermilion; lightness falls on both sides alike, so the sign in the figure says which.
    private static string Colour(double share)
    {
        var (r, g, b) = share < 0 ? (0x00, 0x5a, 0x9c) : (0xb8, 0x45, 0x00);
        var weight = Math.Abs(share);
        return string.Create(CultureInfo.InvariantCulture, $"#{Mix(0xf5, r):x2}{Mix(0xf6, g):x2}{Mix(0xf7, b):x2}");

        int Mix(int from, int to) => (int)Math.Round(from + ((to - from) * weight));
    }

    private static string Describe(ClusterExplanation explanation, int[] columns, Language language) =>
        string.Join("; ", explanation.Clusters.Select(cluster =>
            $"{cluster.Name.In(language)}: " + string.Join(", ", columns
                .Where(column => cluster.Differences[column] is not null)
                .Select(column => $"{explanation.Labels[column].In(language)} {Figure(cluster.Differences[column]!.Value, language)}"))));
}
