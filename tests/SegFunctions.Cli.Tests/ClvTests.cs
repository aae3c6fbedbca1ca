using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using SegFunctions.Testing;

namespace SegFunctions.Cli.Tests;

public sealed class ClvTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Orders_give_a_line_a_customer_and_a_model_with_its_likelihood()
    {
        var file = _folder.Write("orders.csv", Orders(600, seed: 1));
        var rows = _folder.File("out/clv.csv");
        var result = (await Segfunctions.RunAsync("clv", file, "--calibration-end", "2023-09-30", "--horizon", "91", "--model", "bgnbd", "--out", rows, "--json")).Expect(CommandLine.Done).Json;
        Assert.Equal("bgnbd", result.GetProperty("model").GetString());
        Assert.Equal("weeks", result.GetProperty("unit").GetString());
        Assert.Equal(["r", "alpha", "a", "b"], result.GetProperty("params").EnumerateObject().Select(one => one.Name));
        Assert.True(result.GetProperty("identifiable").GetBoolean());
        Assert.InRange(result.GetProperty("logLikelihood").GetDouble(), -1e6, -100);
        Assert.InRange(result.GetProperty("gammaGamma").GetProperty("correlation").GetDouble(), -0.2, 0.2);

        var lines = await File.ReadAllLinesAsync(rows);
        Assert.Equal("id,p_alive,expected_orders,clv", lines[0]);
        Assert.Equal(result.GetProperty("customers").GetInt32(), lines.Length - 1);
        Assert.Equal("C0000", lines[1].Split(',')[0]);
        foreach (var line in lines.Skip(1))
        {
            var cells = line.Split(',');
            Assert.InRange(Number(cells[1]), 0, 1);
            Assert.InRange(Number(cells[2]), 0, 1000);
            Assert.True(Number(cells[3]) >= 0);
        }
    }

    [Fact]
    public async Task Lines_of_one_day_are_one_order_and_a_file_by_positions_gives_the_same()
    {
        var plain = Orders(200, seed: 2);
        // Each line cut into two of half the amount, blank-separated and without header, dates in eight digits.
        var blanks = new StringBuilder();
        foreach (var line in plain.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1))
        {
            var cells = line.Split(',');
            var half = Number(cells[2]) / 2;
            for (var i = 0; i < 2; i++)
                blanks.Append(CultureInfo.InvariantCulture, $" {cells[0]} {cells[1].Replace("-", "", StringComparison.Ordinal)}  1 {half:0.000}\r\n");
        }

        var (first, second) = (_folder.File("1.csv"), _folder.File("2.csv"));
        var one = (await Segfunctions.RunAsync("clv", _folder.Write("orders.csv", plain), "--customer", "customer", "--date", "2", "--amount", "AMOUNT", "--model", "bgnbd", "--out", first, "--json")).Expect(CommandLine.Done).Json;
        var two = (await Segfunctions.RunAsync("clv", _folder.Write("orders.txt", blanks.ToString()), "--customer", "1", "--date", "2", "--amount", "4", "--model", "bgnbd", "--out", second, "--json")).Expect(CommandLine.Done).Json;
        Assert.Equal(one.GetProperty("logLikelihood").GetDouble(), two.GetProperty("logLikelihood").GetDouble(), 1e-6);
        var (left, right) = (await File.ReadAllLinesAsync(first), await File.ReadAllLinesAsync(second));
        Assert.Equal(left.Select(line => line.Split(',')[0]), right.Select(line => line.Split(',')[0]));
        for (var i = 1; i < left.Length; i++)
        {
            Assert.Equal(Number(left[i].Split(',')[2]), Number(right[i].Split(',')[2]), 1e-5);
            Assert.Equal(Number(left[i].Split(',')[3]), Number(right[i].Split(',')[3]), 0.02);
        }

        // And without a word on the columns.
        var told = (await Segfunctions.RunAsync("clv", _folder.File("orders.txt"), "--model", "bgnbd", "--json")).Expect(CommandLine.Done).Json;
        Assert.Equal(two.GetProperty("logLikelihood").GetDouble(), told.GetProperty("logLikelihood").GetDouble());
        Assert.Contains(Warnings(told), warning => warning.Contains("customer '1', date '2', amount '4'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Price_and_quantity_make_an_amount_and_refused_lines_are_counted_by_line()
    {
        var text = new StringBuilder("Invoice,CustomerID,InvoiceDate,Quantity,UnitPrice\n");
        foreach (var line in Orders(100, seed: 3).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1))
        {
            var cells = line.Split(',');
            text.Append(CultureInfo.InvariantCulture, $"i,{cells[0]},{cells[1]} 08:15:00,2,{Number(cells[2]) / 2:0.000}\n");
        }

        var good = text.ToString();
        var lines = good.Count(character => character == '\n');
        var bad = "i,C0001,2023-04-01 09:00:00,-3,2.5\ni,,2023-04-01,1,2\ni,C0002,never,1,2\ni,C0003,2023-04-01,1,x\n";
        var result = (await Segfunctions.RunAsync("clv", _folder.Write("bad.csv", good + bad), "--model", "bgnbd", "--json")).Expect(CommandLine.Done).Json;
        var plain = (await Segfunctions.RunAsync("clv", _folder.Write("good.csv", good), "--model", "bgnbd", "--json")).Expect(CommandLine.Done).Json;
        Assert.Equal(plain.GetProperty("logLikelihood").GetDouble(), result.GetProperty("logLikelihood").GetDouble());
        Assert.Equal(plain.GetProperty("gammaGamma").GetRawText(), result.GetProperty("gammaGamma").GetRawText());
        var warnings = Warnings(result);
        Assert.Contains(warnings, warning => warning.Contains("negative amount", StringComparison.Ordinal) && warning.Contains($"line {lines + 1} '-3'", StringComparison.Ordinal));
        Assert.Contains(warnings, warning => warning.Contains("without a customer in column 'CustomerID'", StringComparison.Ordinal) && warning.Contains($"line {lines + 2}", StringComparison.Ordinal));
        Assert.Contains(warnings, warning => warning.Contains($"line {lines + 3} 'never'", StringComparison.Ordinal));
        Assert.Contains(warnings, warning => warning.Contains($"line {lines + 4} 'x'", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("bgnbd", "r alpha a b")]
    [InlineData("mbgnbd", "r alpha a b")]
    [InlineData("paretonbd", "r alpha s beta")]
    public async Task Every_model_can_be_asked_for(string model, string parameters)
    {
        var result = (await Segfunctions.RunAsync("clv", _folder.Write("orders.csv", Orders(600, seed: 4)), "--model", model, "--json")).Expect(CommandLine.Done).Json;
        Assert.Equal(model, result.GetProperty("model").GetString());
        Assert.Equal(parameters.Split(' '), result.GetProperty("params").EnumerateObject().Select(one => one.Name));
    }

    [Fact]
    public async Task Auto_takes_the_likeliest_and_the_report_names_all_that_were_tried()
    {
        var file = _folder.Write("orders.csv", Orders(600, seed: 4));
        var report = _folder.File("report.md");
        var auto = (await Segfunctions.RunAsync("clv", file, "--model", "auto", "--report", report, "--json")).Expect(CommandLine.Done).Json;
        foreach (var model in (string[])["bgnbd", "mbgnbd", "paretonbd"])
        {
            var one = (await Segfunctions.RunAsync("clv", file, "--model", model, "--json")).Expect(CommandLine.Done).Json;
            Assert.True(auto.GetProperty("logLikelihood").GetDouble() >= one.GetProperty("logLikelihood").GetDouble() - 2);
        }

        var text = await File.ReadAllTextAsync(report);
        foreach (var title in (string[])["BG/NBD", "MBG/NBD", "Pareto/NBD"])
            Assert.Contains(title, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_report_stands_alone_in_both_languages_with_its_charts()
    {
        var file = _folder.Write("a|b.csv", Orders(400, seed: 5));
        foreach (var (language, word) in ((string, string)[])[("en", "What is expected"), ("fr", "Ce qui est attendu")])
        {
            var report = _folder.File($"{language}.md");
            (await Segfunctions.RunAsync("clv", file, "--calibration-end", "20230930", "--report", report, "--language", language)).Expect(CommandLine.Done);
            var text = await File.ReadAllTextAsync(report);
            Assert.Contains(word, text, StringComparison.Ordinal);
            Assert.Contains("a\\|b.csv", text, StringComparison.Ordinal);
            var charts = text.Split('\n').Where(line => line.StartsWith("<svg", StringComparison.Ordinal)).ToList();
            Assert.Equal(5, charts.Count);
            Assert.All(charts, chart => Assert.NotEmpty(XDocument.Parse(chart).Root!.Elements().First(one => one.Name.LocalName == "desc").Value));
            Assert.DoesNotContain("NaN", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_person_reads_the_model_the_total_and_the_tenths()
    {
        var ending = (await Segfunctions.RunAsync("clv", _folder.Write("orders.csv", Orders(400, seed: 6)), "--calibration-end", "2023-09-30")).Expect(CommandLine.Done);
        foreach (var word in (string[])["orders.csv", "log-likelihood", "expected orders", "Who brings the value", "own rate so far"])
            Assert.Contains(word, ending.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_time_buyers_alone_are_said_to_teach_nothing()
    {
        var text = "customer,date,amount\n" + string.Concat(Enumerable.Range(0, 80).Select(i => $"c{i},2023-01-{1 + (i % 28):00},{10 + i}.5\n"));
        var rows = _folder.File("rows.csv");
        var result = (await Segfunctions.RunAsync("clv", _folder.Write("once.csv", text), "--out", rows, "--json")).Expect(CommandLine.Done).Json;
        Assert.Equal("nbd", result.GetProperty("model").GetString());
        Assert.False(result.GetProperty("identifiable").GetBoolean());
        Assert.Equal(JsonValueKind.Null, result.GetProperty("gammaGamma").ValueKind);
        Assert.Contains(Warnings(result), warning => warning.Contains("Nobody has ordered twice", StringComparison.Ordinal));
        Assert.Equal(81, (await File.ReadAllLinesAsync(rows)).Length);
        Assert.All((await File.ReadAllLinesAsync(rows)).Skip(1), line => Assert.InRange(Number(line.Split(',')[2]), 0, 0.2));
    }

    [Fact]
    public async Task Without_amounts_there_are_orders_but_no_value()
    {
        var text = string.Concat(Orders(200, seed: 7).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => string.Join(',', line.Split(',')[..2]) + "\n"));
        var rows = _folder.File("rows.csv");
        var result = (await Segfunctions.RunAsync("clv", _folder.Write("bare.csv", text), "--out", rows, "--json")).Expect(CommandLine.Done).Json;
        Assert.Equal(JsonValueKind.Null, result.GetProperty("gammaGamma").ValueKind);
        Assert.Contains(Warnings(result), warning => warning.Contains("clv is empty", StringComparison.Ordinal));
        Assert.All((await File.ReadAllLinesAsync(rows)).Skip(1), line => Assert.EndsWith(",", line, StringComparison.Ordinal));
        (await Segfunctions.RunAsync("clv", _folder.File("bare.csv"), "--report", _folder.File("r.md"))).Expect(CommandLine.Done);
    }

    [Fact]
    public async Task A_file_that_cannot_be_used_is_explained()
    {
        var orders = _folder.Write("orders.csv", Orders(50, seed: 8));
        (await Segfunctions.RunAsync("clv", _folder.File("none.csv"))).Expect(CommandLine.Failed, "none.csv", "does not exist");
        (await Segfunctions.RunAsync("clv", _folder.Path)).Expect(CommandLine.Failed, "folder");
        (await Segfunctions.RunAsync("clv", _folder.Write("empty.csv", ""))).Expect(CommandLine.Failed, "empty");
        (await Segfunctions.RunAsync("clv", _folder.Write("head.csv", "customer,date,amount\n"))).Expect(CommandLine.Failed, "no rows");
        (await Segfunctions.RunAsync("clv", orders, "--customer", "client")).Expect(CommandLine.Failed, "no column 'client' of --customer", "customer, date, amount");
        (await Segfunctions.RunAsync("clv", orders, "--date", "amount")).Expect(CommandLine.Failed, "column 'amount' of --date holds no dates", "customer, date, amount");
        (await Segfunctions.RunAsync("clv", orders, "--amount", "date")).Expect(CommandLine.Failed, "column 'date' of --amount holds no numbers");
        (await Segfunctions.RunAsync("clv", orders, "--customer", "amount", "--amount", "3")).Expect(CommandLine.Failed, "--customer and --amount both name the column 'amount'");
        (await Segfunctions.RunAsync("clv", _folder.Write("never.csv", "customer,date,amount\n1,soon,3.5\n2,later,4.5\n"))).Expect(CommandLine.Failed, "holds no order that can be used", "without a readable date in column 'date'", "line 2");
        (await Segfunctions.RunAsync("clv", orders, "--discount", "10")).Expect(CommandLine.WrongUsage, "--discount 10", "0.10 for 10 %");
        (await Segfunctions.RunAsync("clv", orders, "--calibration-end", "2001-01-01")).Expect(CommandLine.Failed, "no order on or before --calibration-end 2001-01-01", "Name a later day");
        (await Segfunctions.RunAsync("clv", _folder.Write("two.csv", "x,from,till,v\n1,2023-01-01,2023-02-01,1.5\n1,2023-01-02,2023-02-02,2.5\n2,2023-01-05,2023-02-01,2.5\n"))).Expect(CommandLine.Failed, "several columns that may hold dates: from, till", "--date");
        (await Segfunctions.RunAsync("clv", _folder.Write("money.csv", "customer,date,v,w\n1,2023-01-01,3.5,1.5\n1,2023-01-02,1.2,2.5\n"))).Expect(CommandLine.Failed, "several columns that may hold amounts: v, w", "--amount");
        (await Segfunctions.RunAsync("clv", _folder.Write("nodate.csv", "customer,amount\n1,3.5\n"))).Expect(CommandLine.Failed, "no column that holds dates", "--date");
    }

    [Fact]
    public async Task Orders_of_one_day_alone_teach_nothing_and_nothing_is_made_up()
    {
        var rows = _folder.File("rows.csv");
        (await Segfunctions.RunAsync("clv", _folder.Write("day.csv", "customer,date,amount\na,2023-03-01,5\nb,2023-03-01,6\na,2023-03-01,7\n"), "--out", rows)).Expect(CommandLine.Failed, "2023-03-01", "Name a file of more days");
        Assert.False(File.Exists(rows));
        (await Segfunctions.RunAsync("clv", _folder.Write("orders.csv", Orders(50, seed: 8)), "--calibration-end", "2023-01-01")).Expect(CommandLine.Failed, "2023-01-01", "Name a later --calibration-end");
    }

    [Fact]
    public async Task A_column_of_amounts_without_any_is_none()
    {
        var text = string.Concat(Orders(100, seed: 7).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select((line, row) => row == 0 ? line + "\n" : string.Join(',', line.Split(',')[..2]) + ",\n"));
        var result = (await Segfunctions.RunAsync("clv", _folder.Write("blank.csv", text), "--json")).Expect(CommandLine.Done).Json;
        Assert.Contains(Warnings(result), warning => warning.Contains("clv is empty", StringComparison.Ordinal));
        Assert.Equal(JsonValueKind.Null, result.GetProperty("expected").GetProperty("value").ValueKind);
    }

    [Fact]
    public async Task A_stray_last_date_and_an_end_far_from_the_orders_are_told()
    {
        var orders = Orders(200, seed: 7);
        Assert.DoesNotContain(Warnings((await Segfunctions.RunAsync("clv", _folder.Write("fine.csv", orders), "--json")).Expect(CommandLine.Done).Json), warning => warning.Contains("silent", StringComparison.Ordinal));
        var stray = (await Segfunctions.RunAsync("clv", _folder.Write("stray.csv", orders + "C0001,2052-01-01,5\n"), "--json")).Expect(CommandLine.Done).Json;
        Assert.Contains(Warnings(stray), warning => warning.Contains("dated 2052-01-01", StringComparison.Ordinal) && warning.Contains("--calibration-end 2023-12-", StringComparison.Ordinal));
        var far = (await Segfunctions.RunAsync("clv", _folder.Write("far.csv", orders), "--calibration-end", "2033-01-01", "--json")).Expect(CommandLine.Done).Json;
        Assert.Contains(Warnings(far), warning => warning.Contains("--calibration-end 2033-01-01: that counts as silence", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_few_amounts_that_outweigh_all_others_are_told()
    {
        var lines = Orders(300, seed: 7).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        for (var line = 200; line < lines.Length; line += 100)
            lines[line] = string.Join(',', lines[line].Split(',')[..2]) + ",1e12";
        var result = (await Segfunctions.RunAsync("clv", _folder.Write("huge.csv", string.Join('\n', lines)), "--json")).Expect(CommandLine.Done).Json;
        Assert.Contains(Warnings(result), warning => warning.Contains("A few amounts are so large", StringComparison.Ordinal));
        Assert.DoesNotContain(Warnings(result), warning => warning.Contains("Every customer’s amounts are about the same", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Ids_that_a_spreadsheet_would_run_are_written_as_text()
    {
        var rows = _folder.File("rows.csv");
        (await Segfunctions.RunAsync("clv", _folder.Write("run.csv", "customer,date,amount\n=1+1,2023-03-01,5\n+33 612,2023-03-01,6\n+33612,2023-03-09,6\n@a,2023-03-02,7\n"), "--out", rows)).Expect(CommandLine.Done, "3 fields of --out");
        Assert.Equal(["'=1+1", "'+33 612", "+33612", "'@a"], (await File.ReadAllLinesAsync(rows)).Skip(1).Select(line => line.Split(',')[0]));
    }

    [Fact]
    public async Task The_page_shows_what_is_printed()
    {
        var page = await File.ReadAllTextAsync(RepositoryFolder.Below("docs", "api.md"));
        var start = page.IndexOf("```json", page.IndexOf("`clv --json`", StringComparison.Ordinal), StringComparison.Ordinal) + 7;
        var shown = JsonDocument.Parse(page[start..page.IndexOf("```", start, StringComparison.Ordinal)]).RootElement;
        var text = Orders(300, seed: 9) + "C0001,2023-05-05,-12.50\n";
        var printed = (await Segfunctions.RunAsync("clv", _folder.Write("orders.csv", text), "--model", "bgnbd", "--calibration-end", "2023-09-30", "--json")).Expect(CommandLine.Done).Json;
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

    /// <summary>Customers of the first quarter who order at their own paces, and may stay away after any order.</summary>
    private static string Orders(int customers, int seed)
    {
        var random = new Random(seed);
        var lines = new List<(int Day, string Line)>();
        for (var customer = 0; customer < customers; customer++)
        {
            var pace = 15 + (120 * random.NextDouble());
            var leave = 0.05 + (0.4 * random.NextDouble());
            var price = 20 + (60 * random.NextDouble());
            for (var day = customer * 90.0 / customers; day < 364; day += -Math.Log(1 - random.NextDouble()) * pace)
            {
                var date = new DateTime(2023, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays((int)day);
                lines.Add(((int)day, string.Create(CultureInfo.InvariantCulture, $"C{customer:0000},{date:yyyy-MM-dd},{price * (0.5 + random.NextDouble()):0.00}\n")));
                if (random.NextDouble() < leave)
                    break;
            }
        }

        return "customer,date,amount\n" + string.Concat(lines.OrderBy(one => one.Day).Select(one => one.Line));
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static List<string> Warnings(JsonElement result) => [.. result.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetProperty("en").GetString()!)];
}
