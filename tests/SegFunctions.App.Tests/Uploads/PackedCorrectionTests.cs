using System.Text;
using Microsoft.Extensions.DependencyInjection;
using SegFunctions.App.Tests.Support;
using SegFunctions.App.Uploads;
using SegFunctions.Customers.Intake.Quality;

namespace SegFunctions.App.Tests.Uploads;

/// <summary>Rows refused from sheets of a workbook and from files of an archive, corrected and dropped back.</summary>
public sealed class PackedCorrectionTests
{
    private static readonly string[] Header = ["order_id", "order_date", "customer_id", "quantity", "unit_price", "note"];

    private static readonly byte[] TwoSheets = SomeWorkbook.Of(
        ("January", [["Orders of January"], [], Header, ["A1", "45782!", "C1", "1", "9.5", "a, b"], ["A2", "45783!", "C2", "many", "7", ""]]),
        ("February", [Header, ["B1", "45790!", "", "2", "7", "say \"hi\""], ["B2", "45791!", "C4", "1", "1.25", ""], ["B3", "never", "C5", "3", "2", ""]]));

    [Fact]
    public async Task Rows_refused_from_two_sheets_are_corrected_and_the_totals_add_up()
    {
        await using var app = await ServedApp.StartAsync();
        var first = await TakeInAsync(app, "orders/year.xlsx", TwoSheets);
        Assert.Equal((5L, 2L, 3L), (first.Rows!.Read, first.Rows.Accepted, first.Rows.Refused));
        var quarantine = await app.QuarantineAsync(first.Id);
        Assert.Contains("sheet \"\"January\"\", cell D5", quarantine, StringComparison.Ordinal);
        Assert.Contains("sheet \"\"February\"\", cell C2", quarantine, StringComparison.Ordinal);

        var correction = await TakeInAsync(app, $"corrections/{first.Id}.csv", Encoding.UTF8.GetBytes(
            quarantine.Replace("quantity,many,", "quantity,3,", StringComparison.Ordinal).Replace("2025-05-13,,2", "2025-05-13,C3,2", StringComparison.Ordinal)));

        Assert.Equal((UploadStatus.Accepted, first.Id, 2L, 2L), (correction.Status, correction.Corrects, correction.Rows!.Read, correction.Rows.Accepted));
        Assert.Contains("1 came back as they were refused", correction.Error, StringComparison.Ordinal);
        var original = await app.FindUploadAsync(first.Id);
        Assert.Equal((5L, 2L, 1L, 0L, 2L), (original.Rows!.Read, original.Rows.Accepted, original.Rows.Refused, original.Rows.Duplicates, original.Rows.Corrected));
        Assert.Equal(original.Rows, (await app.ReportAsync(first.Id)).Rows);
        var standing = await app.QuarantineAsync(first.Id);
        Assert.Equal(2, standing.TrimEnd('\n').Split('\n').Length);
        Assert.Contains("B3,never,C5,3,2", standing, StringComparison.Ordinal);

        var rows = await app.OrderRowsAsync();
        Assert.Contains("A2,,2025-05-06T00:00:00Z", rows, StringComparison.Ordinal);
        Assert.Contains("B1,,2025-05-13T00:00:00Z", rows, StringComparison.Ordinal);
        Assert.Contains("\"say \"\"hi\"\"\"", rows, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quarantine_may_come_back_as_the_workbook_in_which_it_was_corrected()
    {
        await using var app = await ServedApp.StartAsync();
        var first = await TakeInAsync(app, "orders/year.xlsx", TwoSheets);
        var rows = await RowsAsync(app, first.Id);
        var saved = SomeWorkbook.Of(($"{first.Id}.quarantine"[..20],
        [
            ["line", "column", "value", "rule", "severity", "message", "cure", "raw"],
            .. rows.Select(row => (string[])[$"{row.Line}", row.Column, row.Value, row.Rule, "refuse", row.Message, row.Cure, row.Raw.Replace(",never,", ",2025-05-15,", StringComparison.Ordinal)]),
        ]));

        var correction = await TakeInAsync(app, $"corrections/{first.Id}.xlsx", saved);

        Assert.Equal((UploadStatus.Accepted, 1L), (correction.Status, correction.Rows!.Accepted));
        Assert.Contains("B3,,2025-05-15T00:00:00Z", await app.OrderRowsAsync(), StringComparison.Ordinal);
        Assert.Equal((2L, 1L), ((await app.FindUploadAsync(first.Id)).Rows!.Refused, (await app.FindUploadAsync(first.Id)).Rows!.Corrected));
    }

    public static TheoryData<string, string, string, string> Pairs => new()
    {
        { "a.csv", Csv(',', "A1", "C1") + Csv(',', "A2", "")[HeaderLength..], "b.csv", Csv(',', "B1", "") },
        { "a.csv", Csv(';', "A1", "C1") + Csv(';', "A2", "")[HeaderLength..], "b.csv", Csv(',', "B1", "") },
        { "a.csv", Csv(',', "A1", "C1") + Csv(',', "A2", "")[HeaderLength..], "b.tsv", Csv('\t', "B1", "") },
        { "a.ndjson", Json("A1", "C1") + "\n" + Json("A2", "") + "\n", "b.ndjson", Json("B1", "") + "\n" },
        { "a.json", $"[{Json("A1", "C1")},\n{Json("A2", "")}]", "b.json", $"{{\"data\": [{Json("B1", "")}]}}" },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Rows_refused_from_two_files_of_an_archive_are_corrected_in_whatever_form_each_is(string one, string textOfOne, string other, string textOfOther)
    {
        await using var app = await ServedApp.StartAsync();
        var first = await TakeInAsync(app, "orders/both.zip", SomeWorkbook.Zip((one, textOfOne), (other, textOfOther)));
        Assert.Equal((3L, 1L, 2L), (first.Rows!.Read, first.Rows.Accepted, first.Rows.Refused));
        var quarantine = await app.QuarantineAsync(first.Id);
        Assert.Contains($"\"\"{other}\"\"", quarantine, StringComparison.Ordinal);

        // The value alone is filled in, in both rows.
        var correction = await TakeInAsync(app, $"corrections/{first.Id}.csv", Encoding.UTF8.GetBytes(quarantine.Replace(",customer_id,,", ",customer_id,C9,", StringComparison.Ordinal)));

        Assert.Equal((UploadStatus.Accepted, 2L, 2L, null), (correction.Status, correction.Rows!.Read, correction.Rows.Accepted, correction.Error));
        var original = await app.FindUploadAsync(first.Id);
        Assert.Equal((3L, 1L, 0L, 2L), (original.Rows!.Read, original.Rows.Accepted, original.Rows.Refused, original.Rows.Corrected));
        var rows = await app.OrderRowsAsync();
        Assert.Contains("A2,,2025-05-03T00:00:00Z", rows, StringComparison.Ordinal);
        Assert.Contains("B1,,2025-05-03T00:00:00Z", rows, StringComparison.Ordinal);
        Assert.Equal(3, rows.Split('\n').Count(row => row.Contains("x, y; z", StringComparison.Ordinal)));
    }

    private static int HeaderLength => string.Join(',', Header).Length + 1;

    private static string Csv(char delimiter, string order, string customer) =>
        string.Join(delimiter, Header) + "\n" + string.Join(delimiter, order, "2025-05-03", customer, "1", "9.50", "\"x, y; z\"") + "\n";

    private static string Json(string order, string customer) =>
        $$"""{"order_id":"{{order}}","order_date":"2025-05-03","customer_id":"{{customer}}","quantity":1,"unit_price":9.5,"note":"x, y; z"}""";

    private static async Task<UploadRecord> TakeInAsync(ServedApp app, string name, byte[] content)
    {
        app.Time.Advance(TimeSpan.FromMinutes(1));
        var blob = await app.DropAsync(name, content);
        await app.PumpAsync();
        return await app.UploadAsync(blob);
    }

    private static async Task<List<QuarantineRow>> RowsAsync(ServedApp app, string id)
    {
        var rows = new List<QuarantineRow>();
        await foreach (var row in QuarantineFile.ReadOwnAsync((await app.Services.GetRequiredService<UploadArtifacts>().OpenQuarantineAsync(id, default))!, default))
            rows.Add(row);
        return rows;
    }
}
