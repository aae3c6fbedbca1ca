using System.Globalization;
using System.Text;

namespace SegFunctions.Learning.Explanation.Charts;

/// <summary>Writes one picture as SVG that stands inside HTML or Markdown: no ids, no style sheet, no script, every text escaped.</summary>
internal sealed class SvgDrawing
{
    public const string Ink = "#1f2933";
    public const string Faint = "#616e7c";
    public const string Grid = "#d9dee4";

    private readonly StringBuilder _svg = new();

    /// <param name="title">Read out first, and shown by the pointer.</param>
    /// <param name="description">What the picture says, for those who do not see it.</param>
    public SvgDrawing(double width, double height, string title, string description)
    {
        _svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"{N(width)}\" height=\"{N(height)}\" viewBox=\"0 0 {N(width)} {N(height)}\" font-family=\"system-ui, 'Segoe UI', Helvetica, Arial, sans-serif\" font-size=\"13\" aria-label=\"{Escape(title)}\">");
        _svg.Append(CultureInfo.InvariantCulture, $"<title>{Escape(title)}</title><desc>{Escape(description)}</desc>");
        // Its own ground, so that a dark page does not swallow the ink.
        Rectangle(0, 0, width, height, "#ffffff");
        Text(16, 26, title, size: 16, weight: 600);
    }

    public void Rectangle(double x, double y, double width, double height, string fill, double round = 0) =>
        _svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{N(x)}\" y=\"{N(y)}\" width=\"{N(width)}\" height=\"{N(height)}\" fill=\"{fill}\"{(round > 0 ? $" rx=\"{N(round)}\"" : "")}/>");

    public void Line(double x1, double y1, double x2, double y2, string stroke) =>
        _svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{N(x1)}\" y1=\"{N(y1)}\" x2=\"{N(x2)}\" y2=\"{N(y2)}\" stroke=\"{stroke}\"/>");

    /// <param name="data">SVG path data; made of numbers here, never of texts.</param>
    public void Path(string data, string fill, string stroke = "none", double opacity = 1) =>
        _svg.Append(CultureInfo.InvariantCulture, $"<path d=\"{data}\" fill=\"{fill}\" stroke=\"{stroke}\"{(opacity < 1 ? $" fill-opacity=\"{N(opacity)}\" stroke-opacity=\"{N(opacity)}\"" : "")}/>");

    /// <param name="anchor">start, middle or end.</param>
    /// <param name="turn">Degrees, clockwise, about the point.</param>
    /// <param name="halo">White around the letters, where they stand on a crowd.</param>
    public void Text(double x, double y, string text, string fill = Ink, string anchor = "start", double size = 13, int weight = 400, double turn = 0, bool halo = false)
    {
        _svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{N(x)}\" y=\"{N(y)}\" fill=\"{fill}\"");
        if (anchor != "start")
            _svg.Append(CultureInfo.InvariantCulture, $" text-anchor=\"{anchor}\"");
        if (size != 13)
            _svg.Append(CultureInfo.InvariantCulture, $" font-size=\"{N(size)}\"");
        if (weight != 400)
            _svg.Append(CultureInfo.InvariantCulture, $" font-weight=\"{weight}\"");
        if (turn != 0)
            _svg.Append(CultureInfo.InvariantCulture, $" transform=\"rotate({N(turn)} {N(x)} {N(y)})\"");
        if (halo)
            _svg.Append(" stroke=\"#ffffff\" stroke-width=\"4\" stroke-linejoin=\"round\" paint-order=\"stroke\"");
        _svg.Append(CultureInfo.InvariantCulture, $">{Escape(text)}</text>");
    }

    /// <summary>The whole picture, on one line.</summary>
    public string Finish() => _svg.Append("</svg>").ToString();

    /// <summary>A text in at most that many characters.</summary>
    public static string Fit(string text, int most) => text.Length <= most ? text : text[..(most - 1)].TrimEnd() + "…";

    public static string N(double value) => (Math.Round(value, 1) is var rounded && rounded == 0 ? 0 : rounded).ToString("0.#", CultureInfo.InvariantCulture);

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            // Characters that XML does not have, even escaped.
            if ((rune.Value < 0x20 && rune.Value is not ('\t' or '\n' or '\r')) || rune.Value is 0xFFFE or 0xFFFF)
                continue;
            _ = rune.Value switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\'' => escaped.Append("&#39;"),
                '\t' or '\n' or '\r' => escaped.Append(' '),
                _ => escaped.Append(rune.ToString()),
            };
        }

        return escaped.ToString();
    }
}
