using System.Text;

namespace SegFunctions.Learning.Explanation.Charts;

/// <summary>Rows in the plane of their first two principal components.</summary>
internal static class ProjectionChart
{
    private const int MostMarks = 2000;
    private const int LeastOfCluster = 5;
    private const int NameLength = 34;
    private const double Left = 16;
    private const double Top = 44;
    private const double Side = 440;
    private const double Inset = 14;
    private const double LegendLeft = Left + Side + 24;
    private const double LegendStep = 22;

    private static readonly Bilingual Title = new("The rows on their two main axes", "Les lignes sur leurs deux axes principaux");
    private static readonly Bilingual NoCluster = new("in no cluster", "hors groupe");

    public static string Draw(Matrix rows, ClusterMembers members, ClusterExplanation explanation, Language language)
    {
        var drawn = Sample(members);
        var plane = rows.Rows == 0 ? new PrincipalPlane([], (0, 0)) : PrincipalPlane.Of(rows.Take(drawn));
        var height = Math.Max(Top + Side + 30, Top + ((members.Clusters + 2) * LegendStep));
        var drawing = new SvgDrawing(LegendLeft + 270, height, Title.In(language), Describe(members, drawn.Length, plane, explanation, language));
        var points = Place(plane.Points);
        drawing.Rectangle(Left, Top, Side, Side, "#f7f9fb", round: 4);
        drawing.Line(Left, Top + Side, Left + Side, Top + Side, SvgDrawing.Grid);
        drawing.Line(Left, Top, Left, Top + Side, SvgDrawing.Grid);

        // Noise first, then the large clusters, so that the small lie on top.
        for (var slot = members.Clusters; slot >= 0; slot--)
        {
            var label = slot == members.Clusters ? -1 : members.Clusters - 1 - slot;
            Draw(drawing, label, members, drawn, points);
        }

        for (var label = 0; label < members.Clusters; label++)
        {
            var (x, y) = Middle(label, members, drawn, points);
            drawing.Text(x, y + 5, $"{label}", anchor: "middle", size: 15, weight: 700, halo: true);
        }

        drawing.Text(Left + (Side / 2), Top + Side + 20, Axis(1, plane.Shares.First, language), SvgDrawing.Faint, "middle", size: 12);
        drawing.Text(Left + Side + 12, Top + (Side / 2), Axis(2, plane.Shares.Second, language), SvgDrawing.Faint, "middle", size: 12, turn: 90);
        DrawLegend(drawing, members, explanation, language);
        return drawing.Finish();
    }

    /// <summary>Evenly from every cluster and from noise by its share, but some of each.</summary>
    private static int[] Sample(ClusterMembers members)
    {
        if (members.Rows <= MostMarks)
            return [.. Enumerable.Range(0, members.Rows)];
        var least = Math.Min(LeastOfCluster, MostMarks / (members.Clusters + 1));
        var drawn = new List<int>(MostMarks);
        for (var slot = 0; slot <= members.Clusters; slot++)
        {
            var own = members.Of(slot);
            var byShare = (int)((long)(MostMarks - (least * (members.Clusters + 1))) * own.Length / members.Rows);
            var count = Math.Min(own.Length, least + byShare);
            for (var i = 0; i < count; i++)
                drawn.Add(own[(int)((long)i * own.Length / count)]);
        }

        return [.. drawn];
    }

    /// <summary>Both axes in one scale, in the middle of the square.</summary>
    private static (double X, double Y)[] Place((double X, double Y)[] points)
    {
        if (points.Length == 0)
            return points;
        var (left, right) = (points.Min(point => point.X), points.Max(point => point.X));
        var (low, high) = (points.Min(point => point.Y), points.Max(point => point.Y));
        var extent = Math.Max(right - left, high - low);
        var scale = extent > 0 ? (Side - (2 * Inset)) / extent : 0;
        return Array.ConvertAll(points, point => (
            Left + (Side / 2) + ((point.X - ((left + right) / 2)) * scale),
            Top + (Side / 2) - ((point.Y - ((low + high) / 2)) * scale)));
    }

    private static void Draw(SvgDrawing drawing, int label, ClusterMembers members, int[] drawn, (double X, double Y)[] points)
    {
        var slot = label < 0 ? members.Clusters : label;
        var path = new StringBuilder();
        for (var i = 0; i < drawn.Length; i++)
        {
            if (members.Slots[drawn[i]] == slot)
                path.Append(Marks.At(label, points[i].X, points[i].Y));
        }

        if (path.Length > 0)
            drawing.Path(path.ToString(), label < 0 ? "none" : Marks.Colour(label), label < 0 ? Marks.NoiseColour : "none", opacity: 0.6);
    }

    private static (double X, double Y) Middle(int label, ClusterMembers members, int[] drawn, (double X, double Y)[] points)
    {
        var own = Enumerable.Range(0, drawn.Length).Where(i => members.Slots[drawn[i]] == label).ToList();
        double[] x = [.. own.Select(i => points[i].X).Order()];
        double[] y = [.. own.Select(i => points[i].Y).Order()];
        return (Quantile.OfSorted(x, 0.5), Quantile.OfSorted(y, 0.5));
    }

    private static void DrawLegend(SvgDrawing drawing, ClusterMembers members, ClusterExplanation explanation, Language language)
    {
        for (var label = 0; label <= members.Clusters; label++)
        {
            var noise = label == members.Clusters;
            if (noise && members.Noise == 0)
                return;
            var y = Top + 12 + (label * LegendStep);
            var text = noise ? NoCluster.In(language) : $"{label}  {explanation.Clusters[label].Name.In(language)}";
            drawing.Path(Marks.At(noise ? -1 : label, LegendLeft + 8, y), noise ? "none" : Marks.Colour(label), noise ? Marks.NoiseColour : "none");
            drawing.Text(LegendLeft + 22, y + 4.5, SvgDrawing.Fit(text, NameLength));
        }
    }

    private static string Axis(int number, double share, Language language)
    {
        var percent = Wording.Percent(share);
        return new Bilingual($"axis {number}: {percent.En} of the variance", $"axe {number} : {percent.Fr} de la variance").In(language);
    }

    private static string Describe(ClusterMembers members, int drawn, PrincipalPlane plane, ClusterExplanation explanation, Language language)
    {
        var shown = Wording.Percent(plane.Shares.First + plane.Shares.Second);
        var count = Wording.Number((double)drawn);
        var all = Wording.Number((double)members.Rows);
        var names = string.Join(", ", explanation.Clusters.Select(cluster => $"{cluster.Label} {cluster.Name.In(language)}"));
        return new Bilingual(
            $"{count.En} of {all.En} rows by their first two principal components, which show {shown.En} of the variance; clusters: {names}.",
            $"{count.Fr} lignes sur {all.Fr} selon leurs deux premières composantes principales, qui montrent {shown.Fr} de la variance ; groupes : {names}.").In(language);
    }
}
