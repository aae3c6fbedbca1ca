using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using SegFunctions.App.Refresh;
using SegFunctions.App.Tests.Hosting;
using SegFunctions.App.Tests.Support;
using SegFunctions.App.Uploads;
using SegFunctions.Storage;
using SegFunctions.Storage.Blobs.Lake;
using SegFunctions.Testing;

namespace SegFunctions.App.Tests.Uploads;

/// <summary>Files that differ severely from those before wait for a human.</summary>
public sealed class HeldUploadTests
{
    [Fact]
    public async Task Severe_difference_holds_the_file_and_nothing_of_it_counts()
    {
        await using var app = await ServedApp.StartAsync();
        await HistoryAsync(app);

        var held = await app.TakeInAsync("orders/cents.csv", Orders(9, priceFactor: 100));

        Assert.Equal(UploadStatus.Held, held.Status);
        Assert.Contains("/release", held.Error, StringComparison.Ordinal);
        Assert.Equal(3, await LakeUploadsAsync(app));
        Assert.Equal(0, await VaultBlobsAsync(app, held.Id));
        var detail = await app.GetAsync($"/api/v1/uploads/{held.Id}");
        Assert.Equal("held", detail.GetProperty("upload").GetProperty("status").GetString());
        Assert.True(detail.GetProperty("report").GetProperty("drift").GetProperty("isHeld").GetBoolean());
        Assert.Equal("range-change", detail.GetProperty("report").GetProperty("drift").GetProperty("findings")[0].GetProperty("rule").GetString());
    }

    [Fact]
    public async Task File_like_those_before_is_not_held()
    {
        await using var app = await ServedApp.StartAsync();
        await HistoryAsync(app);

        var upload = await app.TakeInAsync("orders/next.csv", Orders(9));

        Assert.Equal(UploadStatus.Accepted, upload.Status);
        Assert.Equal(4, await LakeUploadsAsync(app));
    }

    [Fact]
    public async Task Released_upload_counts_and_a_repeated_call_changes_nothing()
    {
        await using var app = await ServedApp.StartAsync();
        await HistoryAsync(app);
        var held = await app.TakeInAsync("orders/cents.csv", Orders(9, priceFactor: 100));
        app.Time.Advance(TimeSpan.FromMinutes(1));

        for (var call = 0; call < 3; call++)
        {
            using var answer = await app.PostAsync($"/api/v1/uploads/{held.Id}/release", new { });
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
            if (call > 0)
                await app.PumpAsync();
        }

        app.Time.Advance(TimeSpan.FromMinutes(2));
        await app.PumpAsync();
        var released = await FindAsync(app, held.Id);
        Assert.Equal((UploadStatus.Accepted, UploadDecision.Released), (released.Status, released.Decision));
        Assert.Equal(4, await LakeUploadsAsync(app));
        using var rejected = await app.PostAsync($"/api/v1/uploads/{held.Id}/reject", new { });
        Assert.Equal(HttpStatusCode.Conflict, rejected.StatusCode);
    }

    [Fact]
    public async Task Rejected_upload_never_counts()
    {
        await using var app = await ServedApp.StartAsync();
        await HistoryAsync(app);
        var blob = await app.DropAsync("orders/cents.csv", Orders(9, priceFactor: 100));
        await app.PumpAsync();
        var id = UploadId.Of(blob);

        for (var call = 0; call < 2; call++)
        {
            using var answer = await app.PostAsync($"/api/v1/uploads/{id}/reject", new { });
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        await app.AnnounceAsync(blob);
        await app.PumpAsync();
        Assert.Equal(UploadStatus.Rejected, (await FindAsync(app, id)).Status);
        Assert.Equal(3, await LakeUploadsAsync(app));
        using var released = await app.PostAsync($"/api/v1/uploads/{id}/release", new { });
        Assert.Equal(HttpStatusCode.Conflict, released.StatusCode);
    }

    [Fact]
    public async Task Only_held_uploads_can_be_decided_about()
    {
        await using var app = await ServedApp.StartAsync();
        var accepted = await app.TakeInAsync("orders/a.csv", Orders(1));
        foreach (var verb in new[] { "release", "reject" })
        {
            using var conflict = await app.PostAsync($"/api/v1/uploads/{accepted.Id}/{verb}", new { });
            Assert.Equal(HttpStatusCode.Conflict, conflict.StatusCode);
            using var unknown = await app.PostAsync($"/api/v1/uploads/20200101T000000Z-0123456789ab/{verb}", new { });
            Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        }
    }

    [Fact]
    public async Task Report_is_served_as_a_page_in_two_languages()
    {
        await using var app = await ServedApp.StartAsync();
        var upload = await app.TakeInAsync("orders/a.csv", Orders(1));

        Assert.StartsWith("# Quality of a.csv", await app.Client.GetStringAsync($"/api/v1/uploads/{upload.Id}/report"), StringComparison.Ordinal);
        Assert.StartsWith("# Qualité de a.csv", await app.Client.GetStringAsync($"/api/v1/uploads/{upload.Id}/report?lang=fr"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("release")]
    [InlineData("reject")]
    public async Task Process_that_dies_anywhere_comes_to_the_same_end_when_the_call_is_repeated(string verb)
    {
        var (undisturbed, moments) = Assert.Single(await EndsAsync(verb, [int.MaxValue]));
        Assert.True(moments >= (verb == "release" ? 12 : 3), $"only {moments} moments");
        Assert.All(await EndsAsync(verb, [.. Enumerable.Range(1, moments)]), end => Assert.Equal(undisturbed, end.End));

        // One history serves all moments: their files are held before the first is decided about.
        static async Task<List<(string End, int Moments)>> EndsAsync(string verb, int[] moments)
        {
            var cut = new CutOff();
            await using var app = await ServedApp.StartAsync(new RefreshOptions { AfterUploads = false }, cut.WatchAsync);
            await HistoryAsync(app);
            var held = new List<UploadRecord>();
            foreach (var moment in moments)
                held.Add(await app.TakeInAsync($"orders/cents-{held.Count}.csv", Orders(9 + held.Count, priceFactor: 100)));
            var ends = new List<(string End, int Moments)>();
            for (var at = 0; at < moments.Length; at++)
            {
                var before = await LakeUploadsAsync(app);
                cut.Arm(moments[at]);
                var failed = await CallAsync(held[at].Id);
                await app.PumpAsync();
                var seen = cut.Seen;
                Assert.Equal(moments[at] < int.MaxValue, cut.HasFired);
                cut.Disarm();
                if (failed)
                    Assert.False(await CallAsync(held[at].Id));
                app.Time.Advance(TimeSpan.FromMinutes(2));
                await app.PumpAsync();
                var upload = await FindAsync(app, held[at].Id);
                ends.Add(($"{held[at].Status} {upload.Status} {upload.Decision} {upload.Rows} {await LakeUploadsAsync(app) - before}", seen));
            }

            return ends;

            async Task<bool> CallAsync(string id)
            {
                using var answer = await app.PostAsync($"/api/v1/uploads/{id}/{verb}", new { });
                return !answer.IsSuccessStatusCode;
            }
        }
    }

    internal static async Task HistoryAsync(ServedApp app)
    {
        for (var upload = 0; upload < 3; upload++)
        {
            Assert.Equal(UploadStatus.Accepted, (await app.TakeInAsync($"orders/week-{upload}.csv", Orders(upload))).Status);
            app.Time.Advance(TimeSpan.FromMinutes(1));
        }
    }

    /// <summary>A week of orders, much like the other weeks.</summary>
    internal static string Orders(int week, int priceFactor = 1)
    {
        var text = new StringBuilder("order_id,order_date,customer_id,quantity,unit_price,country\n");
        for (var line = 0; line < 240; line++)
        {
            var price = priceFactor * (5 + (((line * 37) + (week * 11)) % 60));
            text.Append(CultureInfo.InvariantCulture, $"W{week}-{line},2025-0{1 + (week % 9)}-1{line % 9},C{line % 50},{1 + (line % 3)},{price}.50,{(line % 2 == 0 ? "France" : "Spain")}\n");
        }

        return text.ToString();
    }

    private static async Task<UploadRecord> FindAsync(ServedApp app, string id) => (await app.Services.GetRequiredService<UploadTable>().FindAsync(id, default))!;

    private static async Task<int> LakeUploadsAsync(ServedApp app) => (await app.Services.GetRequiredService<Lake>().ListAsync("orders", default)).Count;

    private static async Task<int> VaultBlobsAsync(ServedApp app, string id)
    {
        var count = 0;
        await foreach (var blob in app.Storage.Blobs.GetContainer("vault").ListAsync("", default))
            count += blob.Name.Contains(id, StringComparison.Ordinal) ? 1 : 0;
        return count;
    }
}

/// <summary>The same on a real service.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class HeldUploadAzuriteTests(AzuriteServer azurite)
{
    [Fact]
    public async Task Decisions_survive_a_process_that_dies()
    {
        (string Verb, int Moment)[] cases = [("release", 1), ("release", 3), ("release", 4), ("release", 6), ("reject", 1), ("reject", 3)];
        var storage = StorageAccount.Connect(azurite.ConnectionString);
        foreach (var container in new[] { "uploads", "lake", "vault", "quarantine", "reports" })
            await storage.Blobs.GetContainer(container).CreateIfNotExistsAsync(default);
        foreach (var queue in new[] { "uploads-received", "orchestration-steps", "orchestration-activities", RefreshAfterUpload.QueueName })
            await storage.Queues.GetQueue(queue).CreateIfNotExistsAsync(default);
        var cut = new CutOff();
        await using var app = await ServedApp.StartAsync(new RefreshOptions { AfterUploads = false }, cut.WatchAsync, storage: storage);

        // A source of its own: nothing that other tests left is compared. All files are held before the first is decided about, so that one history serves them.
        await app.Uploads.WriteAsync("held/mapping.json", """{ "dataset": "orders", "source": "held" }"""u8.ToArray(), null, default);
        for (var week = 0; week < 3; week++)
            Assert.Equal(UploadStatus.Accepted, (await app.TakeInAsync($"held/week-{week}.csv", HeldUploadTests.Orders(week))).Status);
        var held = new List<UploadRecord>();
        foreach (var (verb, moment) in cases)
            held.Add(await app.TakeInAsync($"held/{verb}-{moment}.csv", HeldUploadTests.Orders(9 + held.Count, priceFactor: 100)));
        Assert.All(held, upload => Assert.Equal(UploadStatus.Held, upload.Status));

        foreach (var ((verb, moment), upload) in cases.Zip(held))
        {
            cut.Arm(moment);
            using (await app.PostAsync($"/api/v1/uploads/{upload.Id}/{verb}", new { }))
                await app.PumpAsync();
            Assert.True(cut.HasFired, $"{verb} {moment}");
            cut.Disarm();
            using var answer = await app.PostAsync($"/api/v1/uploads/{upload.Id}/{verb}", new { });
            await app.PumpAsync();

            Assert.True(answer.IsSuccessStatusCode, $"{verb} {moment}: {answer.StatusCode}");
            var decided = (await app.Services.GetRequiredService<UploadTable>().FindAsync(upload.Id, default))!;
            Assert.Equal((upload.Id, verb == "release" ? UploadStatus.Accepted : UploadStatus.Rejected), (decided.Id, decided.Status));
            Assert.Equal(verb == "release", await app.Services.GetRequiredService<Lake>().FindAsync("orders", upload.Id, default) is not null);
        }
    }
}
