using System.Text;
using SegFunctions.Learning.Explanation;
using SegFunctions.Learning.Explanation.Charts;

namespace SegFunctions.Learning.Lifetime.Charts;

/// <summary>Two lines over the weeks.</summary>
internal static class TrackingChart
{
    public static readonly Bilingual WeeklyTitle = new("Repeat orders week by week", "Réachats semaine par semaine");
    public static readonly Bilingual CumulativeTitle = new("Repeat orders in all", "Réachats cumulés");
    private static readonly Bilingual Week = new("week", "semaine");
    private static readonly Bilingual Holdout = new("not seen by the fit", "hors apprentissage");
    private static readonly Bilingual Empty = new("There is not a whole week to show.", "Il n’y a pas une semaine entière à montrer.");

    public static string Draw(IReadOnlyList<TrackingStep> plot, Func<TrackingStep, (double Actual, double Expected)> figures, Bilingual title, Language language)
    {
        if (plot.Count == 0)
        {
            var empty = new SvgDrawing(ChartFrame.Width, 80, title.In(language), Empty.In(language));
            empty.Text(16, 56, Empty.In(language), SvgDrawing.Faint);
            return empty.Finish();
        }

        var ceiling = ChartFrame.Ceiling(plot.Max(step => Math.Max(figures(step).Actual, figures(step).Expected)));
        var last = figures(plot[^1]);
        var told = $"{Week.In(language)} {plot[^1].Step}: {ChartFrame.Actual.In(language)} {Wording.Number(last.Actual).In(language)}, {ChartFrame.Expected.In(language)} {Wording.Number(last.Expected).In(language)}";
        var drawing = new SvgDrawing(ChartFrame.Width, ChartFrame.Height, title.In(language), told);
        var unseen = plot.Count(step => step.Holdout);
        if (unseen > 0)
        {
            var from = X(plot.Count - unseen, plot.Count);
            drawing.Rectangle(from, ChartFrame.Top, ChartFrame.Right - from, ChartFrame.Bottom - ChartFrame.Top, "#f1f4f7");
            drawing.Text(ChartFrame.Right - 4, ChartFrame.Top + 14, Holdout.In(language), SvgDrawing.Faint, "end", size: 12);
        }

        ChartFrame.Lines(drawing, ceiling, language);
        ChartFrame.Legend(drawing, language);
        drawing.Path(Path(plot, step => figures(step).Actual, ceiling), "none", ChartFrame.ActualColour);
        drawing.Path(Path(plot, step => figures(step).Expected, ceiling), "none", ChartFrame.ExpectedColour);
        for (var step = 0; step < plot.Count; step += Math.Max(1, plot.Count / 8))
            drawing.Text(X(step + 1, plot.Count), ChartFrame.Bottom + 18, $"{plot[step].Step}", SvgDrawing.Faint, "middle", size: 12);
        drawing.Text((ChartFrame.Left + ChartFrame.Right) / 2, ChartFrame.Bottom + 36, Week.In(language), SvgDrawing.Faint, "middle", size: 12);
        return drawing.Finish();
    }

    private static double X(int steps, int all) => ChartFrame.Left + ((ChartFrame.Right - ChartFrame.Left) * steps / all);

    private static string Path(IReadOnlyList<TrackingStep> plot, Func<TrackingStep, double> figure, double ceiling)
    {
        var path = new StringBuilder();
        for (var step = 0; step < plot.Count; step++)
            path.Append(step == 0 ? 'M' : 'L').Append(SvgDrawing.N(X(step + 1, plot.Count))).Append(' ').Append(SvgDrawing.N(ChartFrame.Y(figure(plot[step]), ceiling)));
        return path.ToString();
    }
}
