using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using SegFunctions.Testing;

namespace SegFunctions.Cli.Tests;

public sealed class ChurnTests : IDisposable
{
    private const int Known = 500;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Who_leaves_is_learned_and_another_file_scored_in_its_order()
    {
        var train = _folder.Write("train.csv", Customers(0, Known));
        var test = _folder.Write("test.csv", Customers(Known, 200));
        var scores = _folder.File("out/scores.csv");
        var result = (await Segfunctions.RunAsync("churn", train, "--label", "left", "--id", "customer", "--test", test, "--out", scores, "--json")).Expect(CommandLine.Done).Json;

        Assert.True(result.GetProperty("published").GetBoolean(), result.GetProperty("reason").GetProperty("en").GetString());
        Assert.NotEqual("prior", result.GetProperty("model").GetString());
        Assert.Equal((Known, "yes"), (result.GetProperty("rows").GetInt32(), result.GetProperty("positive").GetString()));
        Assert.True(result.GetProperty("figures").GetProperty("auc").GetProperty("lower").GetDouble() > 0.6);
        Assert.True(result.GetProperty("test").GetProperty("figures").GetProperty("auc").GetProperty("value").GetDouble() > 0.65);
        Assert.Equal(200, result.GetProperty("test").GetProperty("figures").GetProperty("rows").GetInt32());
        Assert.True(result.GetProperty("candidates").GetArrayLength() > 5);
        Assert.Equal("tenure", result.GetProperty("drivers")[0].GetProperty("column").GetString());

        var lines = await File.ReadAllLinesAsync(scores);
        Assert.Equal("id,score,band,reasons", lines[0]);
        Assert.Equal(Enumerable.Range(Known, 200).Select(row => $"C{row:0000}"), lines.Skip(1).Select(line => line.Split(',')[0]));
        foreach (var parts in lines.Skip(1).Select(line => line.Split(',')))
        {
            var score = double.Parse(parts[1], CultureInfo.InvariantCulture);
            Assert.InRange(score, 0, 1);
            Assert.Equal(score < 1.0 / 3 ? "low" : score < 2.0 / 3 ? "medium" : "high", parts[2]);
            Assert.NotEmpty(parts[3]);
        }
    }

    [Fact]
    public async Task Labels_columns_in_another_order_unseen_texts_and_gaps_change_no_score_that_they_should_not()
    {
        var train = _folder.Write("train.csv", Customers(0, Known));
        var (first, second) = (_folder.File("1.csv"), _folder.File("2.csv"));
        (await Segfunctions.RunAsync("churn", train, "--label", "left", "--test", _folder.Write("a.csv", "customer,tenure,plan,spend,left\nX1,3,basic,20,yes\nX2,50,gold,80,no\n"), "--out", first)).Expect(CommandLine.Done);
        (await Segfunctions.RunAsync("churn", train, "--label", "left", "--test", _folder.Write("b.csv", "spend,plan,tenure,customer\n20,basic,3,X1\n80,gold,50,X2\n,diamond,50,X3\n80,,?,X4\n"), "--out", second)).Expect(CommandLine.Done);
        var (plain, strange) = (await File.ReadAllLinesAsync(first), await File.ReadAllLinesAsync(second));
        Assert.Equal(plain, strange.Take(3));
        Assert.Equal(5, strange.Length);
    }

    [Fact]
    public async Task Without_a_test_file_the_training_rows_are_scored_by_models_that_did_not_see_them()
    {
        var train = _folder.Write("train.csv", Customers(0, Known));
        var scores = _folder.File("scores.csv");
        var result = (await Segfunctions.RunAsync("churn", train, "--label", "5", "--id", "1", "--out", scores, "--seed", "3", "--json")).Expect(CommandLine.Done).Json;
        Assert.Contains("each by models that did not learn from it", result.GetProperty("scored").GetProperty("en").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, result.GetProperty("test").ValueKind);
        var lines = await File.ReadAllLinesAsync(scores);
        Assert.Equal(Known + 1, lines.Length);
        // The figures are those of these very scores.
        var losses = lines.Skip(1).Zip((await File.ReadAllLinesAsync(train)).Skip(1), (score, row) =>
        {
            var p = double.Parse(score.Split(',')[1], CultureInfo.InvariantCulture);
            return -Math.Log(row.EndsWith("yes", StringComparison.Ordinal) ? p : 1 - p);
        });
        Assert.Equal(result.GetProperty("figures").GetProperty("logLoss").GetProperty("value").GetDouble(), losses.Average(), 9);
        var again = _folder.File("again.csv");
        (await Segfunctions.RunAsync("churn", train, "--label", "left", "--id", "customer", "--out", again, "--seed", "3")).Expect(CommandLine.Done);
        Assert.Equal(await File.ReadAllBytesAsync(scores), await File.ReadAllBytesAsync(again));
    }

    [Theory]
    [InlineData("yes", "no")]
    [InlineData("TRUE", "FALSE")]
    [InlineData("1", "0")]
    [InlineData("1.0", "0.0")]
    [InlineData("Churned", "Stayed")]
    public async Task The_usual_words_for_leaving_are_known(string leaving, string staying)
    {
        var train = _folder.Write("train.csv", Words(leaving, staying));
        Assert.Equal(leaving, (await Segfunctions.RunAsync("churn", train, "--label", "left", "--json")).Expect(CommandLine.Done).Json.GetProperty("positive").GetString());
    }

    [Fact]
    public async Task Other_words_have_to_be_named_and_the_values_found_are_told()
    {
        var train = _folder.Write("train.csv", Words("gone", "here"));
        (await Segfunctions.RunAsync("churn", train, "--label", "left")).Expect(CommandLine.WrongUsage, "'left'", "'here'", "'gone'", "--positive");
        (await Segfunctions.RunAsync("churn", train, "--label", "left", "--positive", "away")).Expect(CommandLine.WrongUsage, "'away'", "'here'", "'gone'");
        var result = (await Segfunctions.RunAsync("churn", train, "--label", "left", "--positive", "GONE", "--json")).Expect(CommandLine.Done).Json;
        Assert.Equal("gone", result.GetProperty("positive").GetString());
    }

    [Fact]
    public async Task Rows_without_a_label_are_named_left_out_and_still_scored()
    {
        var text = Customers(0, 120).Split('\n');
        text[3] = text[3][..(text[3].LastIndexOf(',') + 1)];
        text[9] = text[9][..(text[9].LastIndexOf(',') + 1)];
        var scores = _folder.File("scores.csv");
        var result = (await Segfunctions.RunAsync("churn", _folder.Write("train.csv", string.Join('\n', text)), "--label", "left", "--id", "customer", "--out", scores, "--json")).Expect(CommandLine.Done).Json;
        Assert.Equal(118, result.GetProperty("rows").GetInt32());
        var warning = Assert.Single(result.GetProperty("warnings").EnumerateArray());
        Assert.Contains("2 rows have no label in column 'left' and were not learned from: lines 4, 10.", warning.GetProperty("en").GetString(), StringComparison.Ordinal);
        Assert.Contains("lignes 4, 10", warning.GetProperty("fr").GetString(), StringComparison.Ordinal);
        Assert.Equal(121, (await File.ReadAllLinesAsync(scores)).Length);
    }

    [Fact]
    public async Task A_column_that_gives_the_outcome_away_is_named_and_left_out()
    {
        var rows = Customers(0, Known).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select((line, row) => row == 0 ? line + ",refund" : $"{line},{(line.EndsWith("yes", StringComparison.Ordinal) ? 30 + row % 7 : 0)}");
        var result = (await Segfunctions.RunAsync("churn", _folder.Write("leak.csv", string.Join('\n', rows)), "--label", "left", "--id", "customer", "--json")).Expect(CommandLine.Done).Json;
        var leak = Assert.Single(result.GetProperty("leakage").EnumerateArray());
        Assert.Equal("refund", leak.GetProperty("column").GetString());
        Assert.True(leak.GetProperty("auc").GetDouble() > 0.98);
        Assert.DoesNotContain(result.GetProperty("drivers").EnumerateArray(), driver => driver.GetProperty("column").GetString() == "refund");
        Assert.True(result.GetProperty("figures").GetProperty("auc").GetProperty("value").GetDouble() < 0.95);
    }

    [Fact]
    public async Task What_cannot_be_learned_is_a_result()
    {
        var random = new Random(3);
        var text = new StringBuilder("x,y,left\n");
        for (var row = 0; row < 200; row++)
            text.Append(CultureInfo.InvariantCulture, $"{random.NextDouble()},{random.NextDouble()},{(random.NextDouble() < 0.3 ? 1 : 0)}\n");
        var scores = _folder.File("scores.csv");
        var result = (await Segfunctions.RunAsync("churn", _folder.Write("noise.csv", text.ToString()), "--label", "left", "--out", scores, "--json")).Expect(CommandLine.Done).Json;
        Assert.False(result.GetProperty("published").GetBoolean());
        Assert.Equal("prior", result.GetProperty("model").GetString());
        var share = result.GetProperty("positives").GetInt32() / 200.0;
        Assert.All((await File.ReadAllLinesAsync(scores)).Skip(1), line => Assert.Equal(share, double.Parse(line.Split(',')[1], CultureInfo.InvariantCulture), 9));
    }

    [Theory]
    [InlineData("en", "# Prediction of left", "What was tried")]
    [InlineData("fr", "# Prédiction de left", "Ce qui a été essayé")]
    public async Task The_report_holds_figures_candidates_and_charts_in_either_language(string language, string title, string candidates)
    {
        var report = _folder.File("report.md");
        var scores = _folder.File("scores.csv");
        (await Segfunctions.RunAsync("churn", _folder.Write("train.csv", Customers(0, Known)), "--label", "left", "--id", "customer", "--report", report, "--out", scores, "--language", language)).Expect(CommandLine.Done);
        var text = await File.ReadAllTextAsync(report);
        Assert.StartsWith(title, text, StringComparison.Ordinal);
        Assert.Contains(candidates, text, StringComparison.Ordinal);
        Assert.Contains("| AUC | ", text, StringComparison.Ordinal);
        var drawings = text.Split("<svg").Skip(1).Select(part => XElement.Parse("<svg" + part[..(part.IndexOf("</svg>", StringComparison.Ordinal) + 6)])).ToList();
        Assert.Equal(3, drawings.Count);
        Assert.Contains(language == "fr" ? "typique" : "typical", await File.ReadAllTextAsync(scores), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_columns_and_files_are_named_with_the_cure()
    {
        var train = _folder.Write("train.csv", Customers(0, 100));
        (await Segfunctions.RunAsync("churn", train, "--label", "gone")).Expect(CommandLine.Failed, "train.csv", "'gone' of --label", "customer, tenure");
        (await Segfunctions.RunAsync("churn", train)).Expect(CommandLine.WrongUsage, "--label");
        (await Segfunctions.RunAsync("churn", train, "--label", "left", "--id", "left")).Expect(CommandLine.WrongUsage, "both name the column 'left'");
        (await Segfunctions.RunAsync("churn", train, "--label", "left", "--out", train)).Expect(CommandLine.WrongUsage, "would be lost");
        (await Segfunctions.RunAsync("churn", _folder.File("none.csv"), "--label", "left")).Expect(CommandLine.Failed, "does not exist");
        (await Segfunctions.RunAsync("churn", _folder.Write("big.csv", Customers(0, Known)), "--label", "left", "--id", "customer", "--test", _folder.Write("few.csv", "customer,tenure\nX1,3\n"), "--out", _folder.File("s.csv")))
            .Expect(CommandLine.Failed, "few.csv", "lacks the column", "\"plan\"");
    }

    [Fact]
    public async Task Costs_give_the_score_from_which_a_contact_pays_and_the_profit_of_the_very_scores()
    {
        var train = _folder.Write("train.csv", Customers(0, Known));
        var (scores, report) = (_folder.File("scores.csv"), _folder.File("report.md"));
        var result = (await Segfunctions.RunAsync(
            "churn", train, "--label", "left", "--id", "customer", "--out", scores, "--report", report, "--contact-cost", "2", "--save-value", "30", "--save-rate", "0.4", "--json")).Expect(CommandLine.Done).Json;
        Assert.Equal(2 / (30 * 0.4), result.GetProperty("costs").GetProperty("threshold").GetDouble(), 12);
        var profit = result.GetProperty("figures").GetProperty("profit");
        var (contacted, all) = (0.0, 0.0);
        foreach (var (score, row) in (await File.ReadAllLinesAsync(scores)).Skip(1).Zip((await File.ReadAllLinesAsync(train)).Skip(1)))
        {
            var worth = (row.EndsWith("yes", StringComparison.Ordinal) ? 0.4 * 30 : 0) - 2;
            all += worth / Known;
            contacted += double.Parse(score.Split(',')[1], CultureInfo.InvariantCulture) >= 2 / (30 * 0.4) ? worth / Known : 0;
        }

        Assert.Equal(contacted, profit.GetProperty("atThreshold").GetProperty("value").GetDouble(), 9);
        Assert.Equal(all, profit.GetProperty("everybody").GetProperty("value").GetDouble(), 9);
        Assert.True(profit.GetProperty("atBest").GetProperty("value").GetDouble() >= contacted);
        Assert.Contains("from a score of 0.167 on: it costs 2, and keeps 40% of those who would leave, worth 30 each.", await File.ReadAllTextAsync(report), StringComparison.Ordinal);
        Assert.Contains("| profit a customer, contacted from there on |", await File.ReadAllTextAsync(report), StringComparison.Ordinal);
        var screen = (await Segfunctions.RunAsync("churn", train, "--label", "left", "--contact-cost", "2", "--save-value", "1", "--language", "fr")).Expect(CommandLine.Done).Out;
        Assert.Contains("Un contact ne se rembourse jamais", screen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Half_of_the_costs_or_wrong_ones_are_wrong_usage_and_all_faults_are_told_at_once()
    {
        var train = _folder.Write("train.csv", Customers(0, 60));
        (await Segfunctions.RunAsync("churn", train, "--label", "left", "--contact-cost", "-1", "--save-rate", "1.5")).Expect(CommandLine.WrongUsage, "--contact-cost -1", "--save-value is missing", "--save-rate 1.5");
        (await Segfunctions.RunAsync("churn", train, "--label", "left", "--save-value", "0")).Expect(CommandLine.WrongUsage, "--contact-cost is missing", "--save-value 0");
    }

    [Fact]
    public async Task Ids_that_a_spreadsheet_would_run_are_written_as_text_and_that_is_said()
    {
        var train = _folder.Write("train.csv", Customers(0, 60).Replace("C0003", "=cmd()", StringComparison.Ordinal).Replace("C0004", "@SUM(A1)", StringComparison.Ordinal).Replace("C0005", "-1+1", StringComparison.Ordinal).Replace("C0006", "-12", StringComparison.Ordinal));
        var scores = _folder.File("scores.csv");
        var ending = await Segfunctions.RunAsync("churn", train, "--label", "left", "--id", "customer", "--out", scores, "--json");
        ending.Expect(CommandLine.Done, "3 fields of --out");
        Assert.Equal(["'=cmd()", "'@SUM(A1)", "'-1+1", "-12"], (await File.ReadAllLinesAsync(scores)).Skip(4).Take(4).Select(line => line.Split(',')[0]));
    }

    [Fact]
    public async Task A_label_that_the_training_file_does_not_know_counts_in_no_figure()
    {
        var train = _folder.Write("train.csv", Customers(0, 100));
        var result = (await Segfunctions.RunAsync("churn", train, "--label", "left", "--test", _folder.Write("test.csv", "customer,tenure,plan,spend,left\nX1,3,basic,20,yes\nX2,50,gold,80,banana\nX3,50,gold,80,NO\n"), "--json")).Expect(CommandLine.Done).Json;
        Assert.Equal(2, result.GetProperty("test").GetProperty("figures").GetProperty("rows").GetInt32());
        var warning = Assert.Single(result.GetProperty("warnings").EnumerateArray());
        Assert.Contains("line 3 'banana'", warning.GetProperty("en").GetString(), StringComparison.Ordinal);
        Assert.Contains("ligne 3 « banana »", warning.GetProperty("fr").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_training_file_never_held_is_told()
    {
        var train = _folder.Write("train.csv", Customers(0, Known));
        var warnings = (await Segfunctions.RunAsync("churn", train, "--label", "left", "--test", _folder.Write("test.csv", "customer,tenure,plan,spend\nX1,,gold,20\nX2,,diamond,80\n"), "--json")).Expect(CommandLine.Done).Json.GetProperty("warnings");
        Assert.Contains(warnings.EnumerateArray(), warning => warning.GetProperty("en").GetString()!.Contains("'tenure' holds no value in test.csv", StringComparison.Ordinal));
        Assert.Contains(warnings.EnumerateArray(), warning => warning.GetProperty("en").GetString()!.Contains("'plan' that train.csv does not have: 'diamond'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_text_among_numbers_to_score_is_named_by_line_and_column()
    {
        var train = _folder.Write("train.csv", Customers(0, 100));
        (await Segfunctions.RunAsync("churn", train, "--label", "left", "--test", _folder.Write("test.csv", "customer,tenure,plan,spend\nX1,3,gold,20\nX2,long,gold,80\n"), "--out", _folder.File("s.csv")))
            .Expect(CommandLine.Failed, "test.csv, line 3: column \"tenure\" holds 'long', which is no number; in train.csv");
    }

    [Fact]
    public async Task Dates_that_may_be_read_two_ways_are_read_as_in_the_training_file()
    {
        var text = new StringBuilder("joined,left\n");
        for (var row = 0; row < 400; row++)
            text.Append(CultureInfo.InvariantCulture, $"{1 + (row % 12):00}/{1 + (row % 28):00}/2023,{(row % 12 < 6 == row % 7 > 0 ? "yes" : "no")}\n");
        var train = _folder.Write("train.csv", text.ToString());
        var (open, clear) = (_folder.File("1.csv"), _folder.File("2.csv"));
        (await Segfunctions.RunAsync("churn", train, "--label", "left", "--test", _folder.Write("open.csv", "joined\n02/11/2023\n11/02/2023\n"), "--out", open)).Expect(CommandLine.Done);
        (await Segfunctions.RunAsync("churn", train, "--label", "left", "--test", _folder.Write("clear.csv", "joined\n2023-02-11\n2023-11-02\n"), "--out", clear)).Expect(CommandLine.Done);
        var scores = await File.ReadAllLinesAsync(open);
        Assert.Equal(await File.ReadAllLinesAsync(clear), scores);
        Assert.NotEqual(scores[1].Split(',')[1], scores[2].Split(',')[1]);
    }

    [Fact]
    public async Task The_page_shows_what_is_printed()
    {
        var page = await File.ReadAllTextAsync(RepositoryFolder.Below("docs", "api.md"));
        var start = page.IndexOf("```json", page.IndexOf("`churn --json`", StringComparison.Ordinal), StringComparison.Ordinal) + 7;
        var shown = JsonDocument.Parse(page[start..page.IndexOf("```", start, StringComparison.Ordinal)]).RootElement;
        var printed = (await Segfunctions.RunAsync(
            "churn", _folder.Write("train.csv", Customers(0, Known)), "--label", "left", "--test", _folder.Write("test.csv", Customers(Known, 100)),
            "--contact-cost", "2", "--save-value", "30", "--save-rate", "0.4", "--json")).Expect(CommandLine.Done).Json;
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

    /// <summary>Customers who leave early or stay long, the basic plan more than the others.</summary>
    private static string Customers(int first, int count)
    {
        string[] plans = ["basic", "silver", "gold"];
        var text = new StringBuilder("customer,tenure,plan,spend,left\n");
        for (var row = first; row < first + count; row++)
        {
            var random = new Random(row);
            var (tenure, plan, spend) = (random.Next(1, 72), random.Next(3), 20 + random.Next(80));
            var odds = 1.2 - (0.05 * tenure) - (0.7 * plan);
            text.Append(CultureInfo.InvariantCulture, $"C{row:0000},{tenure},{plans[plan]},{spend},{(random.NextDouble() < 1 / (1 + Math.Exp(-odds)) ? "yes" : "no")}\n");
        }

        return text.ToString();
    }

    private static string Words(string leaving, string staying) =>
        Customers(0, 60).Replace(",yes", "," + leaving, StringComparison.Ordinal).Replace(",no", "," + staying, StringComparison.Ordinal);
}
