using System.Text.Json;

namespace SegFunctions.Learning.Tests.Golden;

/// <summary>Figures of scikit-learn 1.2.1, numpy 1.24.2 and scipy 1.10.1, made by make_golden.py beside this file.</summary>
internal static class GoldenFigures
{
    public static JsonElement Root { get; } = Read();

    public static double[] Doubles(this JsonElement element) => [.. element.EnumerateArray().Select(value => value.GetDouble())];

    public static int[] Integers(this JsonElement element) => [.. element.EnumerateArray().Select(value => value.GetInt32())];

    public static bool[] Booleans(this JsonElement element) => [.. element.EnumerateArray().Select(value => value.GetBoolean())];

    public static Matrix Matrix(this JsonElement element) => SegFunctions.Learning.Matrix.FromRows([.. element.EnumerateArray().Select(Doubles)]);

    public static double Number(this JsonElement element, string name) => element.GetProperty(name).GetDouble();

    /// <summary>Equal to a relative tolerance, absolute below 1.</summary>
    public static void Close(double expected, double found, double tolerance) =>
        Assert.True(Math.Abs(expected - found) <= tolerance * Math.Max(1, Math.Abs(expected)), $"expected {expected:R}, found {found:R}");

    public static void Close(IReadOnlyList<double> expected, IReadOnlyList<double> found, double tolerance)
    {
        Assert.Equal(expected.Count, found.Count);
        for (var i = 0; i < expected.Count; i++)
            Close(expected[i], found[i], tolerance);
    }

    private static JsonElement Read()
    {
        using var stream = typeof(GoldenFigures).Assembly.GetManifestResourceStream("golden.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }
}
