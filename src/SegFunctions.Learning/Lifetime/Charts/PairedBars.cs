using SegFunctions.Learning.Explanation;
using SegFunctions.Learning.Explanation.Charts;

namespace SegFunctions.Learning.Lifetime.Charts;

/// <summary>Bars by class, beside them what was expected where it is known.</summary>
internal static class PairedBars
{
    public static readonly Bilingual RepeatsTitle = new("Customers by number of repeat orders", "Clients par nombre de réachats");
    public static readonly Bilingual HoldoutTitle = new("Orders in the holdout by earlier repeat orders (mean)", "Commandes de la période de contrôle par réachats antérieurs (moyenne)");
    public static readonly Bilingual DecilesTitle = new("Value by tenth of the customers, the most valuable first", "Valeur par dixième de clients, les plus précieux d’abord");

    public static string Draw(Bilingual title, IReadOnlyList<(string Name, double Actual, double? Expected)> bars, int decimals, Language language)
    {
        var ceiling = ChartFrame.Ceiling(bars.Count == 0 ? 0 : bars.Max(bar => Math.Max(bar.Actual, bar.Expected ?? 0)));
        var told = string.Join("; ", bars.Select(bar => $"{bar.Name}: {Wording.Number(bar.Actual, decimals).In(language)}{(bar.Expected is { } expected ? $" ({ChartFrame.Expected.In(language)} {Wording.Number(expected, decimals).In(language)})" : "")}"));
        var drawing = new SvgDrawing(ChartFrame.Width, ChartFrame.Height, title.In(language), told);
        var paired = bars.Any(bar => bar.Expected is not null);
        ChartFrame.Lines(drawing, ceiling, language);
        if (paired)
            ChartFrame.Legend(drawing, language);
        var width = (ChartFrame.Right - ChartFrame.Left) / Math.Max(1, bars.Count);
        var thick = paired ? width * 0.36 : width * 0.7;
        for (var i = 0; i < bars.Count; i++)
        {
            var middle = ChartFrame.Left + ((i + 0.5) * width);
            Bar(paired ? middle - thick - 1 : middle - (thick / 2), bars[i].Actual, paired ? ChartFrame.ActualColour : "#0072b2");
            if (bars[i].Expected is { } expected)
                Bar(middle + 1, expected, ChartFrame.ExpectedColour);
            drawing.Text(middle, ChartFrame.Bottom + 18, bars[i].Name, SvgDrawing.Faint, "middle", size: 12);
        }

        return drawing.Finish();

        void Bar(double x, double value, string colour)
        {
            var top = ChartFrame.Y(value, ceiling);
            drawing.Rectangle(x, top, thick, Math.Max(0.5, ChartFrame.Bottom - top), colour, round: 2);
        }
    }
}
