using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using SegFunctions.App.Functions;
using SegFunctions.App.Identity;
using SegFunctions.App.Tests.Privacy.Planted;
using SegFunctions.App.Tests.Support;
using SegFunctions.App.Uploads;
using SegFunctions.Customers;
using SegFunctions.Customers.Identity.Store;
using SegFunctions.Storage.Blobs.Vault;

namespace SegFunctions.App.Tests.Privacy;

/// <summary>Where a person may hide beside the datasets: messages, artefacts of identity resolution, packed and respelled text.</summary>
public sealed class LeftoverTests
{
    [Fact]
    public async Task Messages_that_name_the_person_go_from_queues_and_poison_queues()
    {
        await using var app = await ServedApp.StartAsync();
        await Erasing.PlantAsync(app);
        var key = PlantedPerson.Keys(app.Services.GetRequiredService<CustomerKeyDerivation>())[0];
        var poison = app.Storage.Queues.GetQueue("refresh-requested-poison");
        // So many that nobody sees the last one without taking those before.
        for (var number = 0; number < 70; number++)
            await SendAsync("refresh-requested-poison", number == 69 ? $"{{\"customer\":\"{key}\"}}" : $"{{\"number\":{number}}}");
        await SendAsync("uploads-received-poison", $"{{\"mail\":\"{PlantedPerson.Mail}\"}}");
        await SendAsync("orchestration-steps-poison", $"{{\"id\":\"{PlantedPerson.Id}\"}}");

        var erasure = await Erasing.EraseAsync(app);

        Assert.True(erasure.GetProperty("status").GetString() == "completed", erasure.ToString());
        Assert.Equal(3, erasure.GetProperty("stores").EnumerateArray().Single(store => store.GetProperty("store").GetString() == "queues").GetProperty("rows").GetInt64());
        Assert.Empty(await Erasing.SearchAsync(app.Storage, Erasing.Texts(app)));
        var left = 0;
        for (var taken = await poison.ReceiveAsync(32, TimeSpan.FromMinutes(1), default); taken.Count > 0; taken = await poison.ReceiveAsync(32, TimeSpan.FromMinutes(1), default))
            left += taken.Count;
        Assert.Equal(69, left);

        Task SendAsync(string queue, string body) => app.Storage.Queues.GetQueue(queue).SendAsync(Encoding.UTF8.GetBytes(body), TimeSpan.Zero, default);
    }

    [Fact]
    public async Task What_was_on_its_way_when_the_person_was_erased_does_not_bring_them_in()
    {
        await using var app = await ServedApp.StartAsync();
        await Erasing.PlantAsync(app);
        using (var asked = await app.Client.PostAsync($"/api/v1/customers/{PlantedPerson.Id}/privacy/erasure", null))
            Assert.True(asked.IsSuccessStatusCode);
        // The tombstone stands, nothing is cleared yet; files of the person wait in the queue, and what nobody can read.
        foreach (var (name, content) in PlantedPerson.Files(""))
            await app.DropAsync("late-" + name.Replace('/', '.'), content);

        Assert.Equal("completed", (await Erasing.FinishAsync(app)).GetProperty("status").GetString());
        await using (var scope = app.Services.CreateAsyncScope())
        {
            var functions = scope.ServiceProvider.GetRequiredService<UploadFunctions>();
            await functions.RescueAsync(Encoding.UTF8.GetBytes($"garbage of {PlantedPerson.Mail}, mail {PlantedPerson.Mail}"), default);
            await functions.RescueAsync(Encoding.UTF8.GetBytes("garbage of nobody"), default);
        }

        Assert.Empty(await Erasing.SearchAsync(app.Storage, Erasing.Texts(app)));
        var kept = new List<string>();
        await foreach (var blob in app.Storage.Blobs.GetContainer("quarantine").ListAsync("messages/", default))
            kept.Add(blob.Name);
        Assert.Single(kept);
        Assert.DoesNotContain(app.Log, line => line.Contains(PlantedPerson.Token, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task What_identity_resolution_has_kept_goes_too()
    {
        await using var app = await ServedApp.StartAsync();
        await Erasing.PlantAsync(app);
        var keys = app.Services.GetRequiredService<CustomerKeyDerivation>();
        var person = PlantedPerson.Keys(keys)[0];
        var (mine, other) = (Key(person), keys.Derive(CustomerKeyDerivation.DefaultNamespace, "C0001"));
        var now = app.Time.GetUtcNow();
        await app.Services.GetRequiredService<IdentityTable>().WriteAsync(
            [new IdentityRow(other, other, 1, [other], [new StoredLink(person, LinkKind.Model, 0.4, 1, [])], 0, now)], default);
        await app.Services.GetRequiredService<ReviewTable>().WriteAsync(
            [new ReviewRecord(mine < other ? mine : other, mine < other ? other : mine, ReviewStatus.Rejected, null, null, null, now, now, "somebody")], default);
        var vault = app.Services.GetRequiredService<Vault>();
        await vault.WriteAsync(IdentityModels.Folder + "index/part-000", Encoding.UTF8.GetBytes($"{person},Zqxjgiven Zqxjfamily\n"), null, default);
        await app.Storage.Blobs.GetContainer("models").WriteAsync("identity/sample.csv", Encoding.UTF8.GetBytes($"key,features\n{person},1\n"), null, default);
        Assert.Superset(new HashSet<string> { "table Identities", "table Reviews", "vault/identity/index/part-000", "models/identity/sample.csv" }, (await Erasing.SearchAsync(app.Storage, person)).ToHashSet());

        var erasure = await Erasing.EraseAsync(app);

        Assert.True(erasure.GetProperty("status").GetString() == "completed", erasure.ToString());
        Assert.Empty(await Erasing.SearchAsync(app.Storage, Erasing.Texts(app)));
    }

    /// <summary>Rows that are refused lie as they were sent, in whatever spelling; readable ones lie under the key.</summary>
    [Theory]
    [InlineData("ZQXJ.MAIL@EXAMPLE.ORG")]
    [InlineData("https://shop/?mail=zqxj.mail%40example.org&x=1")]
    [InlineData("https://shop/?mail=zqxj.mail@example.org&x=1")]
    [InlineData("https://shop/zqxj.mail%40example.org/profile")]
    [InlineData("enF4ai5tYWlsQGV4YW1wbGUub3Jn")]
    [InlineData("https://mail/u/enF4ai5tYWlsQGV4YW1wbGUub3Jn?y=2")]
    [InlineData("WlFYSi1pZC03NzMx")]
    [InlineData("https://shop/customers/ZQXJ-id-7731")]
    public async Task Other_spellings_are_found_in_refused_rows(string spelling)
    {
        await using var app = await ServedApp.StartAsync();
        await Erasing.DropAsync(app);
        var refused = await app.TakeInAsync("events/odd.csv", $"event_id,customer_id,timestamp,type,url\nE1,C0001,2026-02-01T10:00:00Z,view,https://shop/1\nE2,C0001,no time,view,{spelling}\n");
        Assert.Equal(1, refused.Rows!.Refused);
        var quarantine = app.Storage.Blobs.GetContainer("quarantine");
        Assert.Contains(spelling, Encoding.UTF8.GetString((await quarantine.FindContentAsync(refused.Id + ".csv", default))!.Value.Content), StringComparison.Ordinal);

        var erasure = await Erasing.EraseAsync(app);

        Assert.True(erasure.GetProperty("status").GetString() == "completed", erasure.ToString());
        Assert.DoesNotContain(spelling, Encoding.UTF8.GetString((await quarantine.FindContentAsync(refused.Id + ".csv", default))!.Value.Content), StringComparison.Ordinal);
        Assert.Empty(await Erasing.SearchAsync(app.Storage, Erasing.Texts(app)));
    }

    [Fact]
    public async Task Packed_files_held_uploads_and_corrections_of_the_person_go()
    {
        await using var app = await ServedApp.StartAsync();
        await Erasing.DropAsync(app);
        foreach (var (name, content) in PlantedPerson.Files(""))
            await app.DropAsync($"packed-{name.Replace('/', '.')}.gz", Gzip(Encoding.UTF8.GetBytes(content)));
        foreach (var (name, content) in PlantedPerson.Files(""))
            await app.DropAsync($"wide-{name.Replace('/', '.')}", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(content)]);
        await app.DropAsync("broken.csv.gz", Gzip(Encoding.UTF8.GetBytes($"alpha,beta\n1,{PlantedPerson.Mail}\n")));
        await app.DropAsync("lines.ndjson", Encoding.UTF8.GetBytes($"{{\"order_id\":\"N1\",\"customer_id\":\"{PlantedPerson.Id}\",\"order_date\":\"2026-01-01\",\"amount\":1}}\n"));
        await app.PumpAsync();
        // A refused row, corrected and dropped back.
        var orders = (await app.Services.GetRequiredService<UploadTable>().ListAsync(default)).Single(upload => upload.File == "orders/shop.csv");
        var refused = await app.Client.GetStringAsync($"/api/v1/uploads/{orders.Id}/quarantine");
        app.Time.Advance(TimeSpan.FromMinutes(1));
        await app.DropAsync($"corrections/{orders.Id}.csv", refused.Replace("2025-13-45", "2025-12-15", StringComparison.Ordinal));
        await app.PumpAsync();
        // As many usual files as are looked back at, and one that waits for a human.
        for (var upload = 0; upload < 11; upload++)
        {
            var rows = Enumerable.Range(0, upload < 10 ? 40 : 900).Select(row => $"H{upload}-{row},{(row == 5 ? PlantedPerson.Id : SomeOrders.Id(row % 90))},2026-02-{1 + upload:00},delivery\n");
            await app.TakeInAsync($"tickets/week-{upload}.csv", "ticket_id,customer_id,opened_at,topic\n" + string.Concat(rows));
            app.Time.Advance(TimeSpan.FromMinutes(1));
        }

        var uploads = await app.Services.GetRequiredService<UploadTable>().ListAsync(default);
        Assert.Contains(uploads, upload => upload.Status == UploadStatus.Held);
        Assert.Contains(uploads, upload => upload.Corrects is not null);
        await app.RunAsync();

        var erasure = await Erasing.EraseAsync(app);

        Assert.True(erasure.GetProperty("status").GetString() == "completed", erasure.ToString());
        Assert.Empty(await Erasing.SearchAsync(app.Storage, Erasing.Texts(app)));
        Assert.DoesNotContain(app.Log, line => line.Contains(PlantedPerson.Token, StringComparison.OrdinalIgnoreCase));
    }

    private static CustomerKey Key(string text) => CustomerKey.TryParse(text, out var key) ? key : throw new FormatException(text);

    private static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest))
            zip.Write(content);
        return packed.ToArray();
    }
}
