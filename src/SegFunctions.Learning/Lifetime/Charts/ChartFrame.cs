using SegFunctions.Learning.Explanation;
using SegFunctions.Learning.Explanation.Charts;

namespace SegFunctions.Learning.Lifetime.Charts;

/// <summary>What the pictures share: the frame with its lines of equal height, and the two colours.</summary>
internal static class ChartFrame
{
    public const double Width = 720;
    public const double Height = 320;
    public const double Left = 70;
    public const double Right = 704;
    public const double Top = 66;
    public const double Bottom = 276;
    public const string ActualColour = "#1f2933";
    public const string ExpectedColour = "#d55e00";

    public static readonly Bilingual Actual = new("actual", "réel");
    public static readonly Bilingual Expected = new("expected", "attendu");

    /// <summary>A number of at least <paramref name="value"/> whose quarters are round.</summary>
    public static double Ceiling(double value)
    {
        if (!(value > 0))
            return 1;
        var unit = Math.Pow(10, Math.Floor(Math.Log10(value)));
        foreach (var step in (ReadOnlySpan<double>)[1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8])
        {
            if (value <= step * unit)
                return step * unit;
        }

        return 10 * unit;
    }

    public static double Y(double value, double ceiling) => Bottom - ((Bottom - Top) * Math.Clamp(value / ceiling, 0, 1));

    /// <summary>Four lines of equal height with their figures.</summary>
    public static void Lines(SvgDrawing drawing, double ceiling, Language language)
    {
        var decimals = ceiling < 1 ? 2 : ceiling < 10 ? 1 : 0;
        for (var line = 0; line <= 4; line++)
        {
            var y = Y(ceiling * line / 4, ceiling);
            drawing.Line(Left, y, Right, y, SvgDrawing.Grid);
            drawing.Text(Left - 8, y + 4.5, Wording.Number(ceiling * line / 4, decimals).In(language), SvgDrawing.Faint, "end", size: 12);
        }
    }

    public static void Legend(SvgDrawing drawing, Language language)
    {
        drawing.Rectangle(Left, 42, 14, 10, ActualColour);
        drawing.Text(Left + 20, 51, Actual.In(language), size: 12);
        drawing.Rectangle(Left + 110, 42, 14, 10, ExpectedColour);
        drawing.Text(Left + 130, 51, Expected.In(language), size: 12);
    }
}
