using Microsoft.Extensions.DependencyInjection;
using SegFunctions.App.Refresh;
using SegFunctions.App.Tests.Support;
using SegFunctions.App.Uploads;
using SegFunctions.Storage.Blobs.Lake;

namespace SegFunctions.App.Tests.Uploads;

/// <summary>A quarantine that is downloaded, corrected and dropped back.</summary>
public sealed class CorrectionTests
{
    private static readonly DateTime May = new(2025, 5, 5, 10, 0, 0, DateTimeKind.Utc);

    // Day first, which the two wrong rows alone would not tell; a formula; a wrong number; a missing customer.
    private const string Orders =
        "order_id;order_date;customer_id;quantity;unit_price;note\n" +
        "A1;25/04/2025;C1;1;9,50;\n" +
        "A2;03/05/2025;C2;many;7,00;\n" +
        "A3;04/05/2025;;2;7,00;=2+5\n" +
        "A4;31/04/2025;C4;1;1,00;\n";

    [Fact]
    public async Task Corrected_rows_replace_their_refusals_and_the_totals_still_add_up()
    {
        await using var app = await ServedApp.StartAsync();
        var first = await app.TakeInAsync("orders/shop.csv", Orders);
        Assert.Equal((4L, 1L, 3L), (first.Rows!.Read, first.Rows.Accepted, first.Rows.Refused));
        app.Time.Advance(TimeSpan.FromMinutes(1));

        var quarantine = await app.QuarantineAsync(first.Id);
        var correction = await app.TakeInAsync($"corrections/{first.Id}.csv", quarantine.Replace(";many;", ";3;", StringComparison.Ordinal).Replace("A3;04/05/2025;;", "A3;04/05/2025;C3;", StringComparison.Ordinal));

        Assert.Equal((UploadStatus.Accepted, first.Id), (correction.Status, correction.Corrects));
        Assert.Equal((2L, 2L, 0L), (correction.Rows!.Read, correction.Rows.Accepted, correction.Rows.Refused));
        Assert.Contains("1 came back", correction.Error, StringComparison.Ordinal);
        var original = await app.FindUploadAsync(first.Id);
        Assert.Equal((4L, 1L, 1L, 0L, 2L), (original.Rows!.Read, original.Rows.Accepted, original.Rows.Refused, original.Rows.Duplicates, original.Rows.Corrected));
        var report = await app.ReportAsync(first.Id);
        Assert.Equal(original.Rows, report.Rows);
        Assert.Equal(("timestamp-unreadable", 1L), Assert.Single(report.RefusedByRule.Select(rule => (rule.Rule, rule.Count))));
        Assert.Equal(2, (await app.QuarantineAsync(first.Id)).TrimEnd('\n').Split('\n').Length);

        // The order of day and month, and the decimal comma, are those of the original.
        var lake = await app.OrderRowsAsync();
        Assert.Contains("2025-05-03T00:00:00Z", lake, StringComparison.Ordinal);
        Assert.Contains(",3,7,", lake, StringComparison.Ordinal);
        // The guard of the quarantine was taken off; the one here is the lake's own.
        Assert.Contains(",'=2+5", lake, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Value_that_was_corrected_takes_the_place_of_the_one_at_fault()
    {
        await using var app = await ServedApp.StartAsync();
        var first = await app.TakeInAsync("orders/shop.csv", Orders);
        app.Time.Advance(TimeSpan.FromMinutes(1));

        var quarantine = await app.QuarantineAsync(first.Id);
        var correction = await app.TakeInAsync($"anywhere/{first.Id}.quarantine (1).csv", quarantine.Replace("quantity,many,", "quantity,3,", StringComparison.Ordinal));

        Assert.Equal((1L, 1L), (correction.Rows!.Read, correction.Rows.Accepted));
        Assert.Contains(",3,7,", await app.OrderRowsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row_that_is_corrected_twice_counts_once()
    {
        await using var app = await ServedApp.StartAsync();
        var first = await app.TakeInAsync("orders/shop.csv", Orders);
        app.Time.Advance(TimeSpan.FromMinutes(1));
        var quarantine = await app.QuarantineAsync(first.Id);
        await app.TakeInAsync($"corrections/{first.Id}.csv", quarantine.Replace(";many;", ";3;", StringComparison.Ordinal));
        app.Time.Advance(TimeSpan.FromMinutes(1));
        var lake = await app.OrderRowsAsync();

        var again = await app.TakeInAsync($"corrections/{first.Id}-again.csv", quarantine.Replace(";many;", ";4;", StringComparison.Ordinal));

        Assert.Equal((UploadStatus.Repeated, first.Id), (again.Status, again.RepeatOf));
        Assert.Contains("1 of its rows were corrected before", again.Error, StringComparison.Ordinal);
        Assert.Equal(1, (await app.FindUploadAsync(first.Id)).Rows!.Corrected);
        Assert.Equal(lake, await app.OrderRowsAsync());
    }

    [Fact]
    public async Task Row_that_is_still_wrong_stays_refused_and_shows_what_is_wrong_now()
    {
        await using var app = await ServedApp.StartAsync();
        var first = await app.TakeInAsync("orders/shop.csv", Orders);
        app.Time.Advance(TimeSpan.FromMinutes(1));
        var quarantine = await app.QuarantineAsync(first.Id);

        var wrong = await app.TakeInAsync($"corrections/{first.Id}.csv", quarantine.Replace("A4;31/04/2025;C4;1;", "A4;30/04/2025;C4;one;", StringComparison.Ordinal));
        Assert.Equal(UploadStatus.Failed, wrong.Status);
        var standing = await app.QuarantineAsync(first.Id);
        Assert.Contains("\n5,quantity,one,number-unreadable", standing, StringComparison.Ordinal);
        Assert.Equal((3L, 0L), ((await app.FindUploadAsync(first.Id)).Rows!.Refused, (await app.FindUploadAsync(first.Id)).Rows!.Corrected));

        app.Time.Advance(TimeSpan.FromMinutes(1));
        var right = await app.TakeInAsync($"corrections/{wrong.Id}.csv", standing.Replace(";one;", ";1;", StringComparison.Ordinal));
        Assert.Equal((UploadStatus.Accepted, first.Id), (right.Status, right.Corrects));
        Assert.Equal((2L, 1L), ((await app.FindUploadAsync(first.Id)).Rows!.Refused, (await app.FindUploadAsync(first.Id)).Rows!.Corrected));
    }

    [Fact]
    public async Task Corrected_row_that_the_lake_has_already_is_a_duplicate_and_settled()
    {
        await using var app = await ServedApp.StartAsync();
        var first = await app.TakeInAsync("orders/shop.csv", SomeOrders.Header + SomeOrders.Line("A1", May, "C1") + SomeOrders.Line("A1", May, "").Replace(",SKU", ",SKU", StringComparison.Ordinal));
        app.Time.Advance(TimeSpan.FromMinutes(1));

        var quarantine = await app.QuarantineAsync(first.Id);
        var correction = await app.TakeInAsync($"corrections/{first.Id}.csv", quarantine.Replace("10:00:00,,SKU1", "10:00:00,C1,SKU1", StringComparison.Ordinal));

        Assert.Equal((UploadStatus.Accepted, 0L, 1L), (correction.Status, correction.Rows!.Accepted, correction.Rows.Duplicates));
        Assert.Equal((0L, 1L), ((await app.FindUploadAsync(first.Id)).Rows!.Refused, (await app.FindUploadAsync(first.Id)).Rows!.Corrected));
        Assert.Equal(1, Assert.Single(await app.Services.GetRequiredService<Lake>().ListAsync("orders", default)).Rows);
    }

    [Fact]
    public async Task Upload_without_a_single_good_row_is_accepted_once_some_are_corrected()
    {
        await using var app = await ServedApp.StartAsync();
        var first = await app.TakeInAsync("orders/shop.csv", SomeOrders.Header + SomeOrders.Line("A1", May, ""));
        Assert.Equal(UploadStatus.Failed, first.Status);
        app.Time.Advance(TimeSpan.FromMinutes(1));

        await app.TakeInAsync($"corrections/{first.Id}.csv", (await app.QuarantineAsync(first.Id)).Replace("10:00:00,,SKU1", "10:00:00,C1,SKU1", StringComparison.Ordinal));

        var original = await app.FindUploadAsync(first.Id);
        Assert.Equal((UploadStatus.Accepted, null, 1L, 1L), (original.Status, original.Error, original.Rows!.Read, original.Rows.Corrected));
    }

    [Fact]
    public async Task Quarantine_as_a_spreadsheet_saves_it_is_understood()
    {
        await using var app = await ServedApp.StartAsync();
        var first = await app.TakeInAsync("orders/shop.csv", SomeOrders.Header + SomeOrders.Line("A1", May, "") + SomeOrders.Line("A2", May, "C2"));
        app.Time.Advance(TimeSpan.FromMinutes(1));
        var saved = "line;column;value;rule;severity;message;cure;raw\r\n2;customer_id;;required;refuse;x;y;A1,2025-05-05 10:00:00,C1,SKU1,1,10.00,France\r\n";

        var correction = await app.TakeInAsync($"corrections/{first.Id}.csv", saved);

        Assert.Equal((UploadStatus.Accepted, 1L), (correction.Status, correction.Rows!.Accepted));
    }

    [Fact]
    public async Task Quarantine_of_nobody_knows_which_upload_fails_with_a_cure()
    {
        await using var app = await ServedApp.StartAsync();
        var first = await app.TakeInAsync("orders/shop.csv", Orders);
        app.Time.Advance(TimeSpan.FromMinutes(1));

        var nameless = await app.TakeInAsync("drop/quarantine.csv", await app.QuarantineAsync(first.Id));
        var wrong = await app.TakeInAsync("corrections/20200101T000000Z-0123456789ab.csv", await app.QuarantineAsync(first.Id));

        Assert.Equal((UploadStatus.Failed, UploadStatus.Failed), (nameless.Status, wrong.Status));
        Assert.Contains("corrections/<id of the upload>.csv", nameless.Error, StringComparison.Ordinal);
        Assert.Contains("there is no upload '20200101T000000Z-0123456789ab'", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_that_dies_anywhere_while_it_corrects_comes_to_the_same_end()
    {
        var (undisturbed, moments) = await EndAsync(int.MaxValue);
        Assert.True(moments > 12, $"only {moments} moments");
        for (var moment = 1; moment <= moments; moment++)
            Assert.Equal(undisturbed, (await EndAsync(moment)).End);

        static async Task<(string End, int Moments)> EndAsync(int crashAt)
        {
            var cut = new CutOff();
            await using var app = await ServedApp.StartAsync(new RefreshOptions(), cut.WatchAsync);
            var first = await app.TakeInAsync("orders/shop.csv", Orders);
            app.Time.Advance(TimeSpan.FromMinutes(1));
            var quarantine = await app.QuarantineAsync(first.Id);
            var blob = await app.DropAsync($"corrections/{first.Id}.csv", quarantine.Replace(";many;", ";3;", StringComparison.Ordinal).Replace("A4;31/04/2025;C4;1;", "A4;30/04/2025;C4;one;", StringComparison.Ordinal));
            cut.Arm(crashAt);
            await app.PumpAsync();
            var moments = cut.Seen;
            cut.Disarm();
            await app.PumpAsync();
            var correction = await app.UploadAsync(blob);
            var original = await app.FindUploadAsync(first.Id);
            return ($"{correction.Status} {correction.Rows} {original.Status} {original.Rows} {(await app.ReportAsync(first.Id)).Rows}\n{await app.QuarantineAsync(first.Id)}\n{await app.OrderRowsAsync()}", moments);
        }
    }
}
