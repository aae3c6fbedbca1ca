using System.Xml.Linq;
using SegFunctions.Learning.Classification;
using SegFunctions.Learning.Classification.Charts;
using SegFunctions.Learning.Evaluation;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Learning.Tests.Classification;

public sealed class ClassificationChartsTests
{
    private static readonly ClassificationReport Report = ClassificationReport.Of(
        [.. Enumerable.Range(0, 200).Select(row => row / 200.0)], [.. Enumerable.Range(0, 200).Select(row => row * 7 % 200 < row)], default, new ClassificationReportOptions { Resamples = 0 });

    [Theory]
    [InlineData(Language.English, "Promised and observed", "share observed (%)")]
    [InlineData(Language.French, "Promis et observé", "part observée (%)")]
    public void Reliability_shows_a_mark_for_each_bin(Language language, string title, string axis)
    {
        var svg = XElement.Parse(ClassificationCharts.Reliability(Report, language));
        Assert.Equal(title, Child(svg, "title"));
        Assert.Contains(svg.Elements().Where(one => one.Name.LocalName == "text"), text => text.Value == axis);
        // One path is the curve.
        Assert.Equal(Report.Reliability.Bins.Count + 1, svg.Elements().Count(one => one.Name.LocalName == "path"));
        Assert.Equal(Report.Reliability.Bins.Count, Child(svg, "desc").Split(';').Length);
    }

    [Fact]
    public void Gain_rises_from_nothing_to_all()
    {
        var svg = XElement.Parse(ClassificationCharts.Gain(Report, Language.English));
        var told = Child(svg, "desc");
        Assert.StartsWith("0%: 0%; ", told, StringComparison.Ordinal);
        Assert.EndsWith("100%: 100%", told, StringComparison.Ordinal);
        var none = ClassificationReport.Of([0.1, 0.2], [false, false], default, new ClassificationReportOptions { Resamples = 0 });
        Assert.Contains("no positive row", ClassificationCharts.Gain(none, Language.English), StringComparison.Ordinal);
    }

    [Fact]
    public void Drivers_are_bars_of_the_twelve_strongest_with_escaped_names()
    {
        ClassificationDriver[] drivers = [new("a < b & \"c\"", 2), .. Enumerable.Range(1, 20).Select(at => new ClassificationDriver($"x{at}", 1.0 / at)), new("nothing", 0)];
        var svg = XElement.Parse(ClassificationCharts.Drivers(drivers, Language.English));
        Assert.Contains(svg.Elements(), text => text.Value == "a < b & \"c\"");
        // The ground is a rectangle too.
        Assert.Equal(12 + 1, svg.Elements().Count(one => one.Name.LocalName == "rect"));
        XElement.Parse(ClassificationCharts.Drivers([], Language.French));
    }

    private static string Child(XElement svg, string name) => svg.Elements().First(one => one.Name.LocalName == name).Value;
}
