using System.Globalization;
using System.Text;
using SegFunctions.Learning.Evaluation;
using SegFunctions.Learning.Explanation;
using SegFunctions.Learning.Explanation.Charts;

namespace SegFunctions.Learning.Classification.Charts;

/// <summary>Pictures of predictions as SVG for reports: each a single line of XML that needs nothing else, with a title and a description that say the same.</summary>
public static class ClassificationCharts
{
    private const int MostDrivers = 12;

    private static readonly Bilingual ReliabilityTitle = new("Promised and observed", "Promis et observé");
    private static readonly Bilingual Promised = new("probability promised", "probabilité promise");
    private static readonly Bilingual Observed = new("share observed", "part observée");
    private static readonly Bilingual GainTitle = new("Gain", "Gain");
    private static readonly Bilingual Taken = new("share of rows, highest scores first", "part des lignes, scores les plus élevés d'abord");
    private static readonly Bilingual Reached = new("share of positive rows reached", "part des lignes positives atteinte");
    private static readonly Bilingual DriversTitle = new("What moves the score", "Ce qui fait bouger le score");
    private static readonly Bilingual Strength = new("mean change of the log-odds", "variation moyenne de la log-cote");
    private static readonly Bilingual NoGain = new("There is no positive row to reach.", "Il n'y a pas de ligne positive à atteindre.");

    /// <summary>What was promised against what happened, a point for each bin of the reliability curve; on the diagonal 30 % means 30 %.</summary>
    public static string Reliability(ClassificationReport report, Language language)
    {
        ArgumentNullException.ThrowIfNull(report);
        var bins = report.Reliability.Bins;
        var told = bins.Select(bin => $"{Wording.Percent(bin.MeanProbability).In(language)}: {Wording.Percent(bin.PositiveShare).In(language)} ({Wording.Number((double)bin.Rows).In(language)})");
        var square = new SquareChart(ReliabilityTitle.In(language), string.Join("; ", told), Promised.In(language), Observed.In(language));
        square.Diagonal();
        square.Curve([.. bins.Select(bin => (bin.MeanProbability, bin.PositiveShare))], Marks.Colour(0));
        foreach (var bin in bins)
            square.Mark(bin.MeanProbability, bin.PositiveShare, 0);
        return square.Finish();
    }

    /// <summary>Which share of the positive rows is reached with which share of all, from the highest score down; the diagonal is chance.</summary>
    public static string Gain(ClassificationReport report, Language language)
    {
        ArgumentNullException.ThrowIfNull(report);
        var told = report.GainCurve.Where((_, at) => at % 10 == 0).Select(point => $"{Wording.Percent(point.Share).In(language)}: {Wording.Percent(point.Gain).In(language)}");
        var square = new SquareChart(GainTitle.In(language), report.GainCurve.Count == 0 ? NoGain.In(language) : string.Join("; ", told), Taken.In(language), Reached.In(language));
        square.Diagonal();
        square.Curve([.. report.GainCurve.Select(point => (point.Share, point.Gain))], Marks.Colour(0));
        return square.Finish();
    }

    /// <summary>The columns that matter most, at most twelve: a bar each.</summary>
    public static string Drivers(IReadOnlyList<ClassificationDriver> drivers, Language language)
    {
        ArgumentNullException.ThrowIfNull(drivers);
        const double Top = 62, RowHeight = 26, BarLeft = 262, BarWidth = 340;
        ClassificationDriver[] shown = [.. drivers.Where(driver => driver.Strength > 0).Take(MostDrivers)];
        var told = shown.Select(driver => $"{driver.Column}: {Wording.Number(driver.Strength, 2).In(language)}");
        var drawing = new SvgDrawing(720, Top + (shown.Length * RowHeight) + 12, DriversTitle.In(language), string.Join("; ", told));
        drawing.Text(16, 47, Strength.In(language), SvgDrawing.Faint, size: 12);
        for (var i = 0; i < shown.Length; i++)
        {
            var middle = Top + (i * RowHeight) + (RowHeight / 2);
            var length = Math.Max(2, BarWidth * shown[i].Strength / shown[0].Strength);
            drawing.Text(BarLeft - 10, middle + 4.5, SvgDrawing.Fit(shown[i].Column, 32), anchor: "end");
            drawing.Rectangle(BarLeft, middle - 8, length, 16, Marks.Colour(0), round: 3);
            drawing.Text(BarLeft + length + 8, middle + 4.5, Wording.Number(shown[i].Strength, 2).In(language), SvgDrawing.Faint);
        }

        return drawing.Finish();
    }

    /// <summary>Two shares against each other.</summary>
    private sealed class SquareChart
    {
        private const double Left = 70, Top = 48, Side = 320;

        private readonly SvgDrawing _drawing;

        public SquareChart(string title, string description, string across, string up)
        {
            _drawing = new SvgDrawing(Left + Side + 40, Top + Side + 56, title, description);
            for (var tick = 0; tick <= 4; tick++)
            {
                var share = tick / 4.0;
                _drawing.Line(X(share), Y(0), X(share), Y(1), SvgDrawing.Grid);
                _drawing.Line(X(0), Y(share), X(1), Y(share), SvgDrawing.Grid);
                var text = string.Create(CultureInfo.InvariantCulture, $"{100 * share:0}");
                _drawing.Text(X(share), Y(0) + 18, text, SvgDrawing.Faint, "middle", 12);
                _drawing.Text(X(0) - 8, Y(share) + 4, text, SvgDrawing.Faint, "end", 12);
            }

            _drawing.Text(X(0.5), Y(0) + 40, across + " (%)", SvgDrawing.Faint, "middle", 12);
            _drawing.Text(22, Y(0.5), up + " (%)", SvgDrawing.Faint, "middle", 12, turn: -90);
        }

        public void Diagonal() => _drawing.Line(X(0), Y(0), X(1), Y(1), SvgDrawing.Faint);

        public void Curve((double X, double Y)[] points, string colour)
        {
            var path = new StringBuilder();
            for (var i = 0; i < points.Length; i++)
                path.Append(i == 0 ? 'M' : 'L').Append(SvgDrawing.N(X(points[i].X))).Append(' ').Append(SvgDrawing.N(Y(points[i].Y)));
            if (points.Length > 0)
                _drawing.Path(path.ToString(), "none", colour);
        }

        public void Mark(double x, double y, int label) => _drawing.Path(Marks.At(label, X(x), Y(y)), Marks.Colour(label));

        public string Finish() => _drawing.Finish();

        private static double X(double share) => Left + (Side * share);

        private static double Y(double share) => Top + (Side * (1 - share));
    }
}
