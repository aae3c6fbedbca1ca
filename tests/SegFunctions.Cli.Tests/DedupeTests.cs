using System.Globalization;
using System.Text.Json;
using SegFunctions.Testing;
using SegFunctions.Testing.People;

namespace SegFunctions.Cli.Tests;

public sealed class DedupeTests : IDisposable
{
    private static readonly PeopleOptions Options = new() { Rows = 1500, Seed = 5 };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_row_has_its_cluster_in_order_and_the_report_says_how()
    {
        var people = PeopleGenerator.Generate(Options);
        var (file, clusters, report) = (_folder.Write("people.csv", Csv(people)), _folder.File("out/clusters.csv"), _folder.File("report.md"));
        var result = (await Segfunctions.RunAsync("dedupe", file, "--id", "id", "--out", clusters, "--report", report, "--json")).Expect(CommandLine.Done).Json;

        var rows = (await File.ReadAllLinesAsync(clusters)).Skip(1).Select(line => line.Split(',')).ToList();
        Assert.Equal("id,cluster,probability", (await File.ReadAllLinesAsync(clusters))[0]);
        Assert.Equal(Enumerable.Range(0, people.Count).Select(row => $"r{row}"), rows.Select(row => row[0]));
        var numbers = rows.Select(row => int.Parse(row[1], CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(Enumerable.Range(0, numbers.Max() + 1), numbers.Distinct());
        var sizes = numbers.CountBy(number => number).ToDictionary();
        Assert.All(rows, row => Assert.InRange(double.Parse(row[2], CultureInfo.InvariantCulture), 0, 1));
        Assert.All(rows.Where((_, at) => sizes[numbers[at]] == 1), row => Assert.Equal("1", row[2]));
        var pairs = PairCounts.Of(numbers, [.. people.Select(one => one.Person)]);
        Assert.True(pairs.Precision > 0.97 && pairs.Recall > 0.93, $"{pairs}");

        Assert.Equal((people.Count, sizes.Count), (result.GetProperty("rows").GetInt32(), result.GetProperty("clusters").GetInt32()));
        Assert.Equal("givenName", result.GetProperty("columns")[0].GetProperty("field").GetString());
        var page = await File.ReadAllTextAsync(report);
        Assert.StartsWith("# Duplicates in people.csv", page, StringComparison.Ordinal);
        Assert.Contains("| first_name | givenName |", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_earlier_result_is_compared_and_a_pair_explained()
    {
        var people = PeopleGenerator.Generate(Options);
        var twice = people.Select((one, row) => (one.Person, Row: row)).GroupBy(one => one.Person).First(group => group.Count() == 2).Select(one => $"r{one.Row}").ToArray();
        var file = _folder.Write("people.csv", Csv(people));
        var apart = _folder.Write("apart.csv", "id,cluster\n" + string.Concat(people.Select((_, row) => $"r{row},{row}\n")));
        var result = (await Segfunctions.RunAsync("dedupe", file, "--id", "id", "--compare", apart, "--explain", twice[0], twice[1], "--json")).Expect(CommandLine.Done).Json;

        var changes = result.GetProperty("changes");
        Assert.Equal(0, changes.GetProperty("splits").GetInt32());
        Assert.InRange(changes.GetProperty("merges").GetInt32(), 100, 150);
        Assert.NotEmpty(result.GetProperty("explanation").GetProperty("fields").EnumerateArray());
        Assert.Contains("%", result.GetProperty("explanation").GetProperty("text").GetProperty("fr").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_tell_what_they_would_change_before_they_apply()
    {
        var file = _folder.Write("people.csv", Csv(PeopleGenerator.Generate(Options)));
        var usual = await ChangesAsync(file, """{ "applyAt": 0.6 }""");
        Assert.Equal((0, 0, 0), usual);
        var (merges, splits, moved) = await ChangesAsync(file, """{ "applyAt": 0.999999, "reviewAt": 0.5 }""");
        Assert.Equal(0, merges);
        Assert.True(splits > 3 && moved >= 2 * splits, $"{splits} splits, {moved} moved");
        (merges, splits, _) = await ChangesAsync(file, """{ "applyAt": 0.02, "reviewAt": 0.02 }""");
        Assert.True(merges > 0 && splits == 0, $"{merges} merges, {splits} splits");

        (await Segfunctions.RunAsync("dedupe", file, "--compare", _folder.Write("wrong.json", "{\n \"aplyAt\": 1 }"))).Expect(CommandLine.Failed, "wrong.json, line 2");
        (await Segfunctions.RunAsync("dedupe", file, "--compare", _folder.Write("faulty.json", """{ "largestCluster": 1 }"""))).Expect(CommandLine.Failed, "LargestCluster is 1");
        (await Segfunctions.RunAsync("dedupe", file, "--compare", _folder.File("none.json"))).Expect(CommandLine.Failed, "does not exist");
    }

    [Fact]
    public async Task What_cannot_be_linked_is_refused_in_words()
    {
        var numbers = _folder.Write("numbers.csv", "id,rating\n1,3\n2,4\n3,3\n4,5\n5,3\n6,3\n");
        (await Segfunctions.RunAsync("dedupe", numbers, "--id", "id")).Expect(CommandLine.Failed, "no column that says who somebody is");
        (await Segfunctions.RunAsync("dedupe", numbers, "--id", "key")).Expect(CommandLine.Failed, "no column 'key' of --id");
        (await Segfunctions.RunAsync("dedupe", numbers, "--apply", "3")).Expect(CommandLine.WrongUsage);
        (await Segfunctions.RunAsync("dedupe", numbers, "--out", numbers)).Expect(CommandLine.WrongUsage, "would be lost");
    }

    [Fact]
    public async Task The_page_shows_what_is_printed()
    {
        var page = await File.ReadAllTextAsync(RepositoryFolder.Below("docs", "api.md"));
        var start = page.IndexOf("```json", page.IndexOf("`dedupe --json`", StringComparison.Ordinal), StringComparison.Ordinal) + 7;
        var shown = JsonDocument.Parse(page[start..page.IndexOf("```", start, StringComparison.Ordinal)]).RootElement;
        var file = _folder.Write("people.csv", Csv(PeopleGenerator.Generate(Options)));
        var earlier = _folder.Write("earlier.csv", "id,cluster\nr0,0\n");
        var printed = (await Segfunctions.RunAsync("dedupe", file, "--id", "id", "--compare", earlier, "--explain", "r0", "r1", "--review", "0.0001", "--json")).Expect(CommandLine.Done).Json;
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

    private async Task<(int Merges, int Splits, int Moved)> ChangesAsync(string file, string settings)
    {
        var changes = (await Segfunctions.RunAsync("dedupe", file, "--id", "id", "--compare", _folder.Write("settings.json", settings), "--json")).Expect(CommandLine.Done).Json.GetProperty("changes");
        Assert.Equal("settings", changes.GetProperty("of").GetString());
        return (changes.GetProperty("merges").GetInt32(), changes.GetProperty("splits").GetInt32(), changes.GetProperty("moved").GetInt32());
    }

    private static string Csv(IReadOnlyList<(Person Record, int Person)> people)
    {
        using var writer = new StringWriter();
        PeopleGenerator.Write(writer, people, Options);
        return writer.ToString();
    }
}
