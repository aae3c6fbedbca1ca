using System.Text;
using Microsoft.Extensions.DependencyInjection;
using SegFunctions.App.Tests.Privacy.Planted;
using SegFunctions.App.Tests.Support;
using SegFunctions.App.Uploads;
using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Storage.Blobs.Lake;

namespace SegFunctions.App.Tests.Privacy;

/// <summary>A quarantine is corrected and dropped back while an erasure takes the person out of the very same quarantine.</summary>
public sealed class CorrectionWhileErasingTests
{
    private const string Header = "ticket_id,customer_id,timestamp,topic,text\n";

    // The first is accepted; the second comes back corrected with the third, which is the person's; the last two stay refused.
    private const string Tickets = Header
        + "T1,C0001,2026-02-01T10:00:00Z,delivery,late\n"
        + "T2,C0002,some day,delivery,never came\n"
        + $"zqxjticket,{PlantedPerson.Id},some day,zqxjtopic,I am zqxj\n"
        + "T4,C0004,no day,delivery,broken\n"
        + $"zqxjticket2,{PlantedPerson.Id},no day,zqxjtopic,I am zqxj\n";

    /// <summary>Messages until the quarantine is rewritten: a step and an activity each for the search, the place, uploads and quarantine.</summary>
    private const int UntilQuarantineIsCleared = 8;

    [Fact]
    public Task Erasure_that_comes_in_between_a_correction_leaves_nothing_and_loses_nothing() => EraseInBetweenAsync(callsApart: 4);

    [Fact]
    [Trait("Category", "Long")]
    public Task Erasure_that_comes_in_between_any_two_calls_of_a_correction_leaves_nothing_and_loses_nothing() => EraseInBetweenAsync(callsApart: 1);

    private static async Task EraseInBetweenAsync(int callsApart)
    {
        var calls = 0;
        for (var at = 1; at > 0; at += callsApart)
        {
            calls = 0;
            ServedApp? served = null;
            var isWatched = false;
            await using var app = served = await ServedApp.StartAsync(watch: async call =>
            {
                if (!isWatched || ++calls != at)
                    return;
                isWatched = false;
                await AskAsync(served!);
                for (var message = 0; message < UntilQuarantineIsCleared; message++)
                    await served!.PumpAsync(stopAfter: 1);
            });
            await DropCorrectionAsync(app, await DropTicketsAsync(app));
            isWatched = true;
            await app.PumpAsync();
            var isReached = !isWatched;
            isWatched = false;
            if (!isReached)
            {
                Assert.True(calls > 20, $"The correction made {calls} calls only.");
                return;
            }

            await RequireErasedAsync(app, $"erasure at call {at} of the correction");
        }
    }

    [Fact]
    public Task Correction_that_comes_in_between_an_erasure_leaves_nothing_and_loses_nothing() => CorrectInBetweenAsync(callsApart: 3);

    [Fact]
    [Trait("Category", "Long")]
    public Task Correction_that_comes_in_between_any_two_calls_of_an_erasure_leaves_nothing_and_loses_nothing() => CorrectInBetweenAsync(callsApart: 1);

    private static async Task CorrectInBetweenAsync(int callsApart)
    {
        var calls = 0;
        for (var at = 1; at > 0; at += callsApart)
        {
            calls = 0;
            ServedApp? served = null;
            var isWatched = false;
            string? original = null;
            await using var app = served = await ServedApp.StartAsync(watch: async call =>
            {
                // Under the lease of the intake the correction would wait; there the steps of the lake are.
                if (!isWatched || call.Resource is not ("quarantine" or "reports" or "uploads" or "vault" or "Tombstones" or "tombstones") || ++calls != at)
                    return;
                isWatched = false;
                await DropCorrectionAsync(served!, original!);
                await served!.PumpAsync(stopAfter: 1);
            });
            original = await DropTicketsAsync(app);
            await AskAsync(app);
            isWatched = true;
            await FinishWithoutLeaseAsync(app, () => isWatched);
            var isReached = !isWatched;
            isWatched = false;
            if (!isReached)
            {
                Assert.True(calls > 10, $"The erasure made {calls} calls only.");
                return;
            }

            await RequireErasedAsync(app, $"correction at call {at} of the erasure");
        }
    }

    /// <summary>Works until the stores that hold rows as they were sent are cleared, or the correction has come in between.</summary>
    private static async Task FinishWithoutLeaseAsync(ServedApp app, Func<bool> isWatched)
    {
        for (var message = 0; message < UntilQuarantineIsCleared && isWatched(); message++)
            await app.PumpAsync(stopAfter: 1);
    }

    /// <summary>A try that took the corrections in and died shows them later, without the lease: whatever it holds of the quarantine is old then.</summary>
    [Fact]
    public async Task Refused_row_that_an_erasure_has_taken_out_is_not_written_back_from_what_was_read_before()
    {
        ServedApp? served = null;
        var writes = 0;
        var isErased = false;
        await using var app = served = await ServedApp.StartAsync(watch: async call =>
        {
            if (call.Resource != "quarantine" || isErased)
                return;
            writes += call is { Operation: "write", IsDone: false } ? 1 : 0;
            // The refused rows of the file and those of its corrections are written; now the first are read to be written without what was corrected.
            if (writes < 3 || call is not { Operation: "open", IsDone: true })
                return;
            isErased = true;
            await AskAsync(served!);
            for (var message = 0; message < UntilQuarantineIsCleared; message++)
                await served!.PumpAsync(stopAfter: 1);
            Assert.DoesNotContain("zqxj", await QuarantineAsync(served!), StringComparison.OrdinalIgnoreCase);
        });
        await DropCorrectionAsync(app, await DropTicketsAsync(app));
        await app.PumpAsync(stopAfter: 1);

        Assert.True(isErased, "The erasure did not come in between.");
        Assert.DoesNotContain("zqxj", await QuarantineAsync(app), StringComparison.OrdinalIgnoreCase);
        await RequireErasedAsync(app, "the corrections are shown");
        // Its rows are in the lake and count, though the erasure has deleted the file.
        var uploads = await app.Services.GetRequiredService<UploadTable>().ListAsync(default);
        Assert.Equal(UploadStatus.Accepted, Assert.Single(uploads, upload => upload.Corrects is not null).Status);
    }

    [Fact]
    public async Task What_others_said_in_a_file_that_an_erasure_deletes_before_its_end_counts_all_the_same()
    {
        var mayWrite = false;
        await using var app = await ServedApp.StartAsync(watch: call =>
            call is { Resource: "Consents", IsWrite: true } && !mayWrite ? throw new CutOffException() : Task.CompletedTask);
        // The rows are in the lake when the process dies; then the erasure takes the file away.
        var file = await app.DropAsync("consents/words.csv", $"customer_id,purpose,status,timestamp\nC0001,profiling,denied,2026-02-01T10:00:00Z\n{PlantedPerson.Id},profiling,granted,2026-02-01T10:00:00Z\n");
        await app.PumpAsync(stopAfter: 1);
        Assert.Equal(UploadStatus.Reading, (await app.UploadAsync(file)).Status);
        await app.Uploads.DeleteAsync(file.Name, null, default);
        mayWrite = true;

        await app.PumpAsync();

        Assert.Equal((UploadStatus.Accepted, 2L), ((await app.UploadAsync(file)).Status, (await app.UploadAsync(file)).Rows!.Accepted));
        Assert.Contains("denied", await app.Client.GetStringAsync("/api/v1/customers/C0001/consents"), StringComparison.Ordinal);
    }

    private static async Task<string> DropTicketsAsync(ServedApp app)
    {
        var upload = await app.TakeInAsync("tickets/desk.csv", Tickets);
        Assert.Equal((1L, 4L), (upload.Rows!.Accepted, upload.Rows.Refused));
        app.Time.Advance(TimeSpan.FromMinutes(1));
        return upload.Id;
    }

    private static async Task DropCorrectionAsync(ServedApp app, string original)
    {
        var refused = Encoding.UTF8.GetString((await app.Storage.Blobs.GetContainer("quarantine").FindContentAsync(original + ".csv", default))!.Value.Content);
        await app.DropAsync($"corrections/{original}.csv", refused.Replace("some day", "2026-02-02T10:00:00Z", StringComparison.Ordinal));
    }

    private static async Task AskAsync(ServedApp app)
    {
        using var asked = await app.Client.PostAsync($"/api/v1/customers/{PlantedPerson.Id}/privacy/erasure", null);
        Assert.True(asked.IsSuccessStatusCode);
    }

    private static async Task RequireErasedAsync(ServedApp app, string moment)
    {
        var erasure = await Erasing.FinishAsync(app);
        Assert.True(erasure.GetProperty("status").GetString() == "completed", $"{moment}: {erasure}");
        // What waited comes again.
        app.Time.Advance(TimeSpan.FromMinutes(6));
        await app.PumpAsync();
        Assert.True((await Erasing.SearchAsync(app.Storage, Erasing.Texts(app))) is [], moment);
        var lake = await LakeAsync(app);
        Assert.True(lake.Split('\n').Count(line => line.Contains(",T1,", StringComparison.Ordinal)) == 1, $"{moment}: T1 in {lake}");
        var quarantine = await QuarantineAsync(app);
        Assert.True(quarantine.Contains("T4", StringComparison.Ordinal), $"{moment}: T4 is not in {quarantine}");
        // The file with the corrections held the person: its other row is in the lake, or refused still for somebody to correct; never both, never neither.
        var taken = lake.Split('\n').Count(line => line.Contains(",T2,", StringComparison.Ordinal));
        Assert.True(taken == (quarantine.Contains("never came", StringComparison.Ordinal) ? 0 : 1), $"{moment}: T2 is {taken} times in {lake}, and the quarantine holds {quarantine}");
    }

    private static async Task<string> QuarantineAsync(ServedApp app)
    {
        var text = new StringBuilder();
        var quarantine = app.Storage.Blobs.GetContainer("quarantine");
        await foreach (var blob in quarantine.ListAsync("", default))
            text.Append(Encoding.UTF8.GetString((await quarantine.FindContentAsync(blob.Name, default))!.Value.Content));
        return text.ToString();
    }

    private static async Task<string> LakeAsync(ServedApp app)
    {
        var text = new StringBuilder();
        var lake = app.Services.GetRequiredService<Lake>();
        foreach (var upload in await lake.ListAsync("tickets", default))
        {
            foreach (var part in upload.Parts)
            {
                await using var rows = await CanonicalReader.OpenAsync(await lake.OpenPartAsync(upload, part, default), default);
                while (await rows.FillAsync(default))
                {
                    while (rows.Next())
                        text.Append(Encoding.UTF8.GetString(rows.Row)).Append('\n');
                }
            }
        }

        return text.ToString();
    }
}
