using System.Globalization;
using System.Xml.Linq;
using SegFunctions.Learning.Explanation;
using SegFunctions.Learning.Explanation.Charts;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Tests.Explanation.Charts;

public sealed class ClusterChartsTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Every_picture_is_XML_of_one_line_that_says_in_words_what_it_shows()
    {
        var (table, labels, rows) = Example(700, 12);
        var explanation = ClusterExplanation.Explain(table, labels);
        foreach (var language in new[] { Language.English, Language.French })
        {
            foreach (var svg in All(explanation, rows, labels, language))
            {
                var root = Parse(svg);
                Assert.DoesNotContain('\n', svg);
                Assert.Equal("img", root.Attribute("role")!.Value);
                Assert.Equal("title", root.Elements().First().Name.LocalName);
                Assert.Equal("desc", root.Elements().ElementAt(1).Name.LocalName);
                Assert.Equal(root.Element(Svg + "title")!.Value, root.Attribute("aria-label")!.Value);
                Assert.All(explanation.Clusters, cluster => Assert.Contains(cluster.Name.In(language), root.Element(Svg + "desc")!.Value, StringComparison.Ordinal));
                Assert.DoesNotContain("NaN", svg, StringComparison.Ordinal);
                Assert.DoesNotContain("Infinity", svg, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Nothing_that_a_table_holds_breaks_out_of_its_text()
    {
        const string Nasty = "<script>alert(\"1\")</script> & 'é'\u0001\ud800\n]]>";
        var table = new Table([new NumericColumn(Nasty, [1, 2, 1, 2, 30, 31, 30, 31])]);
        int[] labels = [0, 0, 0, 0, 1, 1, 1, 1];
        var explanation = ClusterExplanation.Explain(table, labels);
        foreach (var svg in All(explanation, new Matrix(8, 1, [1, 2, 1, 2, 30, 31, 30, 31]), labels, Language.English))
        {
            var root = Parse(svg);
            Assert.Empty(root.Descendants(Svg + "script"));
            Assert.DoesNotContain("<script", svg, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void Bars_are_as_long_as_the_clusters_are_large_and_noise_has_its_own()
    {
        var (table, labels, _) = Example(900, 4);
        labels[^1] = -1;
        var explanation = ClusterExplanation.Explain(table, labels);
        var root = Parse(ClusterCharts.Sizes(explanation, Language.French));
        double[] lengths = [.. root.Elements(Svg + "rect").Skip(1).Select(bar => Number(bar, "width"))];
        Assert.Equal(explanation.Clusters.Count + 1, lengths.Length);
        var largest = explanation.Clusters.Max(cluster => cluster.Size);
        foreach (var cluster in explanation.Clusters)
            Assert.Equal(320.0 * cluster.Size / largest, lengths[cluster.Label], 1);
        Assert.Contains(root.Elements(Svg + "text"), text => text.Value == "Hors groupe");
    }

    [Fact]
    public void A_projection_draws_at_most_two_thousand_rows_and_some_of_every_cluster()
    {
        var (table, labels, rows) = Example(5000, 3);
        labels[17] = 3;
        labels[18] = -1;
        var explanation = ClusterExplanation.Explain(table, labels);
        var root = Parse(ClusterCharts.Projection(rows, labels, explanation, Language.English));
        int[] marks = [.. root.Elements(Svg + "path").Take(5).Select(path => path.Attribute("d")!.Value.Count(letter => letter == 'M'))];
        Assert.InRange(marks.Sum(), 1900, 2000);
        Assert.All(marks, count => Assert.True(count > 0));
        // Told apart by shape as well as by colour.
        string[] shapes = [.. root.Elements(Svg + "path").Take(5).Select(path => string.Concat(path.Attribute("d")!.Value.SkipWhile(letter => letter != 'm').TakeWhile(letter => letter != 'M')))];
        Assert.Equal(5, shapes.Distinct().Count());
    }

    [Fact]
    public void The_heat_map_prints_every_figure_that_it_colours()
    {
        var table = new Table([new NumericColumn("a", [0, 1, 0, 1, 10, 11, 10, 11]), new NumericColumn("b", [5, 5, 5, 5, 5, 5, 5, 5])]);
        var explanation = ClusterExplanation.Explain(table, [0, 0, 0, 0, 1, 1, 1, 1]);
        var texts = Parse(ClusterCharts.HeatMap(explanation, Language.French)).Elements(Svg + "text").Select(text => text.Value).ToList();
        Assert.Contains("−2,0", texts);
        Assert.Contains("+2,0", texts);
        Assert.DoesNotContain("b", texts);
    }

    [Fact]
    public void Tables_with_little_to_draw_are_drawn()
    {
        var table = new Table([new TextColumn("c", [0, 0, 1], ["a", "b"])]);
        foreach (var labels in new int[][] { [0, 0, 0], [-1, -1, -1], [0, 0, 1] })
        {
            var explanation = ClusterExplanation.Explain(table, labels);
            foreach (var svg in All(explanation, new Matrix(3, 1, [2, 2, 2]), labels, Language.English))
                Assert.DoesNotContain("NaN", Parse(svg).ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Labels_of_another_clustering_are_refused()
    {
        var (table, labels, rows) = Example(100, 3);
        var explanation = ClusterExplanation.Explain(table, labels);
        Assert.Contains("the explanation 3", Assert.Throws<ArgumentException>(() => ClusterCharts.Projection(rows, new int[100], explanation, Language.English)).Message, StringComparison.Ordinal);
    }

    private static (Table Table, int[] Labels, Matrix Rows) Example(int count, int groups)
    {
        var (rows, labels) = Some.Blobs(count, 5, groups, 6);
        for (var group = 0; group < groups; group++)
            labels[group] = group;
        return (Table.Of(rows, ["alpha", "beta", "gamma", "delta", "epsilon"]), labels, rows);
    }

    private static string[] All(ClusterExplanation explanation, Matrix rows, int[] labels, Language language) =>
    [
        ClusterCharts.Sizes(explanation, language), ClusterCharts.HeatMap(explanation, language), ClusterCharts.Projection(rows, labels, explanation, language),
    ];

    private static XElement Parse(string svg) => XDocument.Parse(svg).Root!;

    private static double Number(XElement element, string attribute) => double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);
}
