namespace SegFunctions.Learning.Explanation.Charts;

/// <summary>Bars of the clusters' sizes.</summary>
internal static class SizeChart
{
    private const double Width = 720;
    private const double Top = 48;
    private const double RowHeight = 28;
    private const double BarLeft = 262;
    private const double BarWidth = 320;
    private const int NameLength = 32;

    private static readonly Bilingual Title = new("Sizes of the clusters", "Taille des groupes");
    private static readonly Bilingual NoCluster = new("In no cluster", "Hors groupe");

    public static string Draw(ClusterExplanation explanation, Language language)
    {
        var bars = explanation.Clusters.Select(cluster => (Label: cluster.Label, Name: $"{cluster.Label}  {cluster.Name.In(language)}", cluster.Size)).ToList();
        if (explanation.Noise > 0)
            bars.Add((-1, NoCluster.In(language), explanation.Noise));
        var largest = bars.Count == 0 ? 1 : bars.Max(bar => bar.Size);
        var told = bars.Select(bar => $"{bar.Name}: {Figure(bar.Size, explanation.Rows, language)}");
        var drawing = new SvgDrawing(Width, Top + (bars.Count * RowHeight) + 12, Title.In(language), string.Join("; ", told));
        for (var i = 0; i < bars.Count; i++)
        {
            var middle = Top + (i * RowHeight) + (RowHeight / 2);
            var length = Math.Max(2, BarWidth * bars[i].Size / largest);
            drawing.Text(BarLeft - 10, middle + 4.5, SvgDrawing.Fit(bars[i].Name, NameLength), anchor: "end");
            drawing.Rectangle(BarLeft, middle - 9, length, 18, Marks.Colour(bars[i].Label), round: 3);
            drawing.Text(BarLeft + length + 8, middle + 4.5, Figure(bars[i].Size, explanation.Rows, language), SvgDrawing.Faint);
        }

        return drawing.Finish();
    }

    private static string Figure(int size, int rows, Language language)
    {
        var share = (double)size / rows;
        return $"{Wording.Number((double)size).In(language)} ({Wording.Percent(share, share < 0.01 ? 1 : 0).In(language)})";
    }
}
