using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using SegFunctions.Testing;

namespace SegFunctions.Cli.Tests;

public sealed class ClusterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Three_kinds_of_customers_are_found_named_and_written_in_the_order_of_the_file()
    {
        var file = _folder.Write("customers.csv", Customers());
        var labels = _folder.File("out/labels.csv");
        var result = (await Segfunctions.RunAsync("cluster", file, "--id", "customer", "--out", labels, "--json")).Expect(CommandLine.Done).Json;

        Assert.Equal(3, result.GetProperty("k").GetInt32());
        Assert.Equal(300, result.GetProperty("rows").GetInt32());
        Assert.NotEqual("none", result.GetProperty("confidence").GetString());
        Assert.True(result.GetProperty("candidates").GetArrayLength() > 3);
        Assert.Equal(3, result.GetProperty("clusters").EnumerateArray().Select(cluster => cluster.GetProperty("name").GetProperty("fr").GetString()).Distinct().Count());

        var lines = await File.ReadAllLinesAsync(labels);
        Assert.Equal("id,label", lines[0]);
        Assert.Equal(Enumerable.Range(0, 300).Select(row => $"C{row:0000}"), lines.Skip(1).Select(line => line.Split(',')[0]));
        // 150, 90 and 60 of them: labels run by falling size.
        Assert.Equal(Enumerable.Range(0, 300).Select(row => row < 150 ? "0" : row < 240 ? "1" : "2"), lines.Skip(1).Select(line => line.Split(',')[1]));
    }

    [Fact]
    public async Task Micro_segments_are_nested_in_the_clusters()
    {
        var file = _folder.Write("points.csv", Points(3, 400));
        var micro = _folder.File("micro.csv");
        (await Segfunctions.RunAsync("cluster", file, "--algorithm", "kmeans", "--k", "3", "--micro", micro)).Expect(CommandLine.Done);
        var lines = await File.ReadAllLinesAsync(micro);
        Assert.Equal("id,label,micro", lines[0]);
        var rows = lines.Skip(1).Select(line => line.Split(',')).ToList();
        Assert.Equal(1200, rows.Count);
        var groups = rows.GroupBy(row => row[2]).ToList();
        Assert.InRange(groups.Count, 20, 100);
        Assert.All(groups, group => Assert.Single(group.Select(row => row[1]).Distinct()));
        Assert.All(groups, group => Assert.True(group.Count() >= 10));
    }

    [Fact]
    public async Task The_page_shows_what_is_printed()
    {
        var page = await File.ReadAllTextAsync(RepositoryFolder.Below("docs", "api.md"));
        var start = page.IndexOf("```json", page.IndexOf("`cluster --json`", StringComparison.Ordinal), StringComparison.Ordinal) + 7;
        var shown = JsonDocument.Parse(page[start..page.IndexOf("```", start, StringComparison.Ordinal)]).RootElement;
        var printed = (await Segfunctions.RunAsync("cluster", _folder.Write("customers.csv", Customers()), "--id", "customer", "--json")).Expect(CommandLine.Done).Json;
        Assert.Equal(Names(shown, ""), Names(printed, ""));

        static SortedSet<string> Names(JsonElement element, string path) => new(
            element.ValueKind switch
            {
                JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Names(member.Value, $"{path}.{member.Name}")),
                JsonValueKind.Array => element.EnumerateArray().SelectMany(one => Names(one, path + "[]")),
                _ => [path],
            },
            StringComparer.Ordinal);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_labels_and_ids_default_to_row_numbers()
    {
        var file = _folder.Write("customers.csv", Customers());
        var (first, second) = (_folder.File("1.csv"), _folder.File("2.csv"));
        (await Segfunctions.RunAsync("cluster", file, "--seed", "5", "--algorithm", "kmeans", "--k", "4", "--out", first)).Expect(CommandLine.Done);
        (await Segfunctions.RunAsync("cluster", file, "--seed", "5", "--algorithm", "kmeans", "--k", "4", "--out", second)).Expect(CommandLine.Done);
        Assert.Equal(await File.ReadAllBytesAsync(first), await File.ReadAllBytesAsync(second));
        Assert.StartsWith("1,", (await File.ReadAllLinesAsync(first))[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kmeans", "--k", "3")]
    [InlineData("kmeans")]
    [InlineData("minibatch", "--k", "3")]
    [InlineData("ward", "--k", "3")]
    [InlineData("ward")]
    [InlineData("hierarchical", "--k", "3", "--linkage", "complete")]
    [InlineData("hierarchical", "--height", "1.5", "--linkage", "average")]
    [InlineData("dbscan", "--min-points", "5")]
    [InlineData("hdbscan", "--min-cluster-size", "20")]
    public async Task Every_algorithm_can_be_asked_for(string algorithm, params string[] options)
    {
        var file = _folder.Write("points.csv", Points(3, 60));
        var result = (await Segfunctions.RunAsync(["cluster", file, "--algorithm", algorithm, "--prepare", "none", .. options, "--json"])).Expect(CommandLine.Done).Json;
        Assert.Equal(algorithm, result.GetProperty("algorithm").GetString());
        Assert.Equal(3, result.GetProperty("k").GetInt32());
        Assert.NotEqual("none", result.GetProperty("confidence").GetString());
        Assert.True(result.GetProperty("quality").GetProperty("silhouette").GetDouble() > 0.8);
    }

    [Fact]
    public async Task One_cloud_is_said_to_have_no_structure()
    {
        var random = new Random(4);
        var text = new StringBuilder("x,y\n");
        for (var row = 0; row < 400; row++)
            text.Append(CultureInfo.InvariantCulture, $"{Normal(random)},{Normal(random)}\n");
        var labels = _folder.File("labels.csv");
        var result = (await Segfunctions.RunAsync("cluster", _folder.Write("cloud.csv", text.ToString()), "--out", labels, "--json")).Expect(CommandLine.Done).Json;
        Assert.Equal("none", result.GetProperty("confidence").GetString());
        Assert.Equal(0, result.GetProperty("k").GetInt32());
        Assert.Equal(401, (await File.ReadAllLinesAsync(labels)).Length);
    }

    [Theory]
    [InlineData("en", "# Clusters of customers.csv", "What was tried")]
    [InlineData("fr", "# Groupes de customers.csv", "règle\u00a0: **")]
    public async Task The_report_holds_candidates_profiles_and_charts_in_either_language(string language, string title, string candidates)
    {
        var file = _folder.Write("customers.csv", Customers());
        var report = _folder.File("report.md");
        (await Segfunctions.RunAsync("cluster", file, "--id", "customer", "--report", report, "--language", language)).Expect(CommandLine.Done);
        var text = await File.ReadAllTextAsync(report);
        Assert.StartsWith(title, text, StringComparison.Ordinal);
        Assert.Contains(candidates, text, StringComparison.Ordinal);
        var drawings = text.Split("<svg").Skip(1).Select(part => XElement.Parse("<svg" + part[..(part.IndexOf("</svg>", StringComparison.Ordinal) + 6)])).ToList();
        Assert.Equal(3, drawings.Count);
        Assert.DoesNotContain("customer:", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Values_that_are_no_numbers_are_named_with_their_line()
    {
        var text = Customers().Replace("C0007,", "C0007,?", StringComparison.Ordinal);
        var result = (await Segfunctions.RunAsync("cluster", _folder.Write("messy.csv", text), "--id", "customer", "--json")).Expect(CommandLine.Done).Json;
        var warning = Assert.Single(result.GetProperty("warnings").EnumerateArray());
        Assert.StartsWith("1 value of column 'recency' is no number and counts as missing: line 9 '?", warning.GetProperty("en").GetString(), StringComparison.Ordinal);
        Assert.Contains("ligne 9", warning.GetProperty("fr").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_values_are_refused_where_nothing_may_be_prepared()
    {
        var file = _folder.Write("gap.csv", "x,y\n1,2\n3,\n5,6\n");
        (await Segfunctions.RunAsync("cluster", file, "--prepare", "none", "--algorithm", "kmeans", "--k", "2")).Expect(CommandLine.Failed, "gap.csv, line 3", "\"y\"", "no value");
        var words = _folder.Write("words.csv", "x,y\n1,red\n3,blue\n5,red\n");
        (await Segfunctions.RunAsync("cluster", words, "--prepare", "none", "--algorithm", "kmeans", "--k", "2")).Expect(CommandLine.Failed, "words.csv, line 2", "\"y\"", "'red'");
    }

    [Fact]
    public async Task A_file_that_cannot_be_clustered_is_explained()
    {
        (await Segfunctions.RunAsync("cluster", _folder.File("none.csv"))).Expect(CommandLine.Failed, "none.csv", "does not exist");
        (await Segfunctions.RunAsync("cluster", _folder.Write("empty.csv", ""))).Expect(CommandLine.Failed, "empty");
        (await Segfunctions.RunAsync("cluster", _folder.Write("head.csv", "a,b\n"))).Expect(CommandLine.Failed, "no rows");
        (await Segfunctions.RunAsync("cluster", _folder.Write("ragged.csv", "a,b\n1,2\n3\n"))).Expect(CommandLine.Failed, "line 3", "1 field");
        (await Segfunctions.RunAsync("cluster", _folder.Write("ids.csv", "a,b\n1,2\n3,4\n"), "--id", "customer")).Expect(CommandLine.Failed, "'customer'", "a, b");
        (await Segfunctions.RunAsync("cluster", _folder.Write("alone.csv", "a\n1\n3\n"), "--id", "a")).Expect(CommandLine.Failed, "no column beside");
        (await Segfunctions.RunAsync("cluster", _folder.Write("flat.csv", "a,b\n1,2\n1,2\n1,2\n"))).Expect(CommandLine.Failed, "left out");
        (await Segfunctions.RunAsync("cluster", _folder.Path)).Expect(CommandLine.Failed, "folder");
    }

    [Fact]
    public async Task Options_that_do_not_go_together_are_all_named()
    {
        var file = _folder.Write("points.csv", Points(2, 10));
        (await Segfunctions.RunAsync("cluster", file, "--algorithm", "kmeans", "--eps", "1", "--linkage", "single", "--k", "0"))
            .Expect(CommandLine.WrongUsage, "--eps belongs to --algorithm dbscan, not to kmeans", "--linkage belongs to", "--k 0 must be at least 1");
        (await Segfunctions.RunAsync("cluster", file, "--algorithm", "ward", "--k", "2", "--height", "3")).Expect(CommandLine.WrongUsage, "--k and --height");
        (await Segfunctions.RunAsync("cluster", file, "--k", "2")).Expect(CommandLine.WrongUsage, "not to auto");
        (await Segfunctions.RunAsync("cluster", file, "--algorithm", "spectral")).Expect(CommandLine.WrongUsage, "spectral");
    }

    [Fact]
    public async Task A_target_that_cannot_be_written_is_explained()
    {
        var file = _folder.Write("points.csv", Points(2, 30));
        (await Segfunctions.RunAsync("cluster", file, "--algorithm", "kmeans", "--k", "2", "--out", _folder.Path)).Expect(CommandLine.Failed, "--out", "folder");
    }

    [Fact]
    public async Task Numbers_too_great_to_reckon_with_are_refused_by_their_line()
    {
        var file = _folder.Write("great.csv", Points(2, 20) + "1e300,2\n");
        (await Segfunctions.RunAsync("cluster", file)).Expect(CommandLine.Failed, "great.csv, line 42", "\"x\"", "1E+300", "1e100");
    }

    [Fact]
    public async Task Ids_are_written_exactly_as_they_stand_however_their_column_is_named()
    {
        string[] ids = ["007", "\"a,b\"", "\"say \"\"hi\"\"\"", "", " 12 ", "007", "NA", "1.0", "1e3", "\"two\nlines\""];
        var text = new StringBuilder("Customer,x\n");
        for (var row = 0; row < 40; row++)
            text.Append(CultureInfo.InvariantCulture, $"{ids[row % ids.Length]},{(10 * (row % 2)) + (row / 100.0)}\n");
        var file = _folder.Write("ids.csv", text.ToString());
        foreach (var name in new[] { "Customer", "customer", "1" })
        {
            var labels = _folder.File("labels.csv");
            (await Segfunctions.RunAsync("cluster", file, "--id", name, "--algorithm", "ward", "--k", "2", "--out", labels)).Expect(CommandLine.Done);
            Assert.Equal(
                "id,label\n" + string.Concat(Enumerable.Range(0, 40).Select(row => $"{ids[row % ids.Length]},{row % 2}\n")),
                await File.ReadAllTextAsync(labels));
        }
    }

    [Fact]
    public async Task Headers_that_are_missing_or_come_twice_get_names_and_are_told()
    {
        var lines = Points(2, 30).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select((line, row) => $"{line},{row % 2},k{row}");
        var file = _folder.Write("twice.csv", "a,,a,key\n" + string.Join('\n', lines));
        var result = (await Segfunctions.RunAsync("cluster", file, "--id", "key", "--algorithm", "ward", "--k", "2", "--json")).Expect(CommandLine.Done).Json;
        Assert.Equal(["a", "x2", "a (3)"], result.GetProperty("preparation").EnumerateArray().Select(column => column.GetProperty("column").GetString()));
        Assert.Equal(2, result.GetProperty("warnings").EnumerateArray().Count(warning => warning.GetProperty("en").GetString()!.StartsWith("Column ", StringComparison.Ordinal)));
        (await Segfunctions.RunAsync("cluster", file, "--id", "a")).Expect(CommandLine.Failed, "2 columns 'a'", "1, 3");
    }

    [Fact]
    public async Task Dates_in_eight_digits_are_spoken_of_as_dates()
    {
        var text = new StringBuilder("joined,x\n");
        for (var row = 0; row < 200; row++)
            text.Append(CultureInfo.InvariantCulture, $"{(row % 2 == 0 ? 20240100 : 20241200) + 1 + (row / 2 % 28)},{(row * 7 % 31) / 10.0}\n");
        var result = (await Segfunctions.RunAsync("cluster", _folder.Write("dates.csv", text.ToString()), "--algorithm", "ward", "--k", "2", "--json")).Expect(CommandLine.Done).Json;
        var words = string.Concat(result.GetProperty("clusters").EnumerateArray().Select(cluster => cluster.GetRawText()));
        Assert.Contains("arly joined", words, StringComparison.Ordinal);
        Assert.DoesNotContain("20,240,1", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clusters_of_identical_rows_have_no_infinite_figures()
    {
        var text = "x,y\n" + string.Concat(Enumerable.Range(0, 60).Select(row => row % 2 == 0 ? "-0.0,1\n" : "0.0,5\n"));
        var result = (await Segfunctions.RunAsync("cluster", _folder.Write("same.csv", text), "--prepare", "none", "--algorithm", "hierarchical", "--height", "0", "--json")).Expect(CommandLine.Done).Json;
        Assert.Equal(2, result.GetProperty("k").GetInt32());
        Assert.Equal(JsonValueKind.Null, result.GetProperty("quality").GetProperty("calinskiHarabasz").ValueKind);
    }

    [Fact]
    public async Task More_clusters_than_different_rows_are_told()
    {
        var result = (await Segfunctions.RunAsync("cluster", _folder.Write("few.csv", Points(2, 5)), "--algorithm", "kmeans", "--k", "50", "--json")).Expect(CommandLine.Done).Json;
        Assert.Contains("You asked for 50 clusters, and there are 10", result.GetProperty("warnings")[0].GetProperty("en").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cut_that_sheds_stragglers_is_not_called_strong()
    {
        var file = _folder.Write("points.csv", Points(2, 60) + "60,60\n-90,70\n80,-90\n-70,-80\n");
        var result = (await Segfunctions.RunAsync("cluster", file, "--prepare", "none", "--algorithm", "hierarchical", "--linkage", "single", "--k", "5", "--json")).Expect(CommandLine.Done).Json;
        Assert.Equal("weak", result.GetProperty("confidence").GetString());
        Assert.Contains("4 of 5 clusters hold fewer than 10 rows", result.GetProperty("warnings")[0].GetProperty("en").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_are_only_text_in_the_report()
    {
        var file = _folder.Write("markup.csv", Points(3, 60).Replace("x,y", "\"<b>|*x*\",[y](z)", StringComparison.Ordinal));
        var report = _folder.File("report.md");
        (await Segfunctions.RunAsync("cluster", file, "--report", report)).Expect(CommandLine.Done);
        var text = string.Concat((await File.ReadAllTextAsync(report)).Split("<svg").Select((part, at) => at == 0 ? part : part[(part.IndexOf("</svg>", StringComparison.Ordinal) + 6)..]));
        Assert.DoesNotContain("<b>", text, StringComparison.Ordinal);
        Assert.Contains("&lt;b>\\|\\*x\\*", text, StringComparison.Ordinal);
        Assert.DoesNotContain("[y](z)", text.Replace("\\[", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_half_written_stays_when_a_target_fails_and_it_fails_before_the_work()
    {
        var file = _folder.Write("points.csv", Points(2, 30));
        var ending = (await Segfunctions.RunAsync("cluster", file, "--algorithm", "ward", "--out", _folder.File("labels.csv"), "--report", _folder.Path)).Expect(CommandLine.Failed, "--report", "folder");
        Assert.DoesNotContain("%", ending.Err, StringComparison.Ordinal);
        Assert.Equal(["points.csv"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName));
    }

    private static string Customers()
    {
        var random = new Random(2);
        double Around(double value) => value * (0.85 + (0.3 * random.NextDouble()));
        var text = new StringBuilder("customer,recency,orders,basket\n");
        for (var row = 0; row < 300; row++)
        {
            var (recency, orders, basket) = row < 150 ? (300, 2, 20) : row < 240 ? (60, 8, 60) : (8, 30, 200);
            text.Append(CultureInfo.InvariantCulture, $"C{row:0000},{Around(recency):0},{Around(orders):0.0},{Around(basket):0.00}\n");
        }

        return text.ToString();
    }

    private static string Points(int groups, int each)
    {
        var random = new Random(9);
        var text = new StringBuilder("x,y\n");
        for (var row = 0; row < groups * each; row++)
        {
            var group = row % groups;
            text.Append(CultureInfo.InvariantCulture, $"{(10 * (group % 2)) + (0.3 * Normal(random))},{(10 * (group / 2)) + (0.3 * Normal(random))}\n");
        }

        return text.ToString();
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

}
