namespace SegFunctions.Learning.Explanation.Charts;

/// <summary>What tells clusters apart in pictures: a colour, and a shape for those who do not see colours. Forty differ before one comes back.</summary>
internal static class Marks
{
    public const string NoiseColour = "#9aa5b1";

    // Okabe & Ito (Color Universal Design, 2008), yellow darkened for a white ground.
    private static readonly string[] Colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7a5195", "#b8a100"];

    private static readonly string[] Shapes =
    [
        "m-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0z",
        "m-3 -3h6v6h-6z",
        "m0 -4l4 7h-8z",
        "m0 -4.5l4 4.5l-4 4.5l-4 -4.5z",
        "m0 4l4 -7h-8z",
    ];

    public static string Colour(int label) => label < 0 ? NoiseColour : Colours[label % Colours.Length];

    /// <summary>The mark of a cluster about a point, as path data; noise is a small cross of strokes.</summary>
    public static string At(int label, double x, double y) =>
        $"M{SvgDrawing.N(x)} {SvgDrawing.N(y)}{(label < 0 ? "m-2 -2l4 4m0 -4l-4 4" : Shapes[label % Shapes.Length])}";
}
