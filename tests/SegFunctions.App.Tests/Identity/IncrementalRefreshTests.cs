using SegFunctions.App.Identity;
using SegFunctions.App.Tests.Privacy;
using SegFunctions.App.Tests.Support;
using SegFunctions.Storage.Blobs.Vault;
using SegFunctions.Storage.Tables;
using SegFunctions.Testing;

namespace SegFunctions.App.Tests.Identity;

/// <summary>Uploads after uploads, each compared with what is there: the result is that of comparing everything.</summary>
public sealed class IncrementalRefreshTests(AzuriteServer azurite) : IClassFixture<AzuriteServer>
{
    private const string Wilhelmina = "Wilhelmina,Wackernagel,w.wackernagel@example.org,+33472102030,Mercièreweg-12,Lyon,QZ9W,1981-04-17\n";
    private const string Kunigunde = "Kunigunde,Hagelkorn,k.hagelkorn@example.org,,Am-Hang-4,Lille,QZ8W,1975-01-30\n";

    [Fact]
    public async Task Uploads_changes_decisions_and_erasure_give_what_comparing_everything_gives()
    {
        await using var app = await ServedApp.StartAsync();
        await UploadAfterUploadAsync(app);
    }

    [Fact]
    public async Task So_they_do_on_real_storage()
    {
        await using var app = await ServedApp.StartOnAsync(azurite);

        await UploadAfterUploadAsync(app);
    }

    [Fact]
    public async Task A_number_that_a_later_upload_puts_on_a_whole_desk_links_nobody_any_more_and_the_run_says_so()
    {
        await using var app = await ServedApp.StartAsync();
        const string Header = "customer_id,first_name,last_name,city,loyalty_card,crm_no\n";
        const string Mapping = """{ "dataset": "customers", "columns": { "crm_no": "externalId" } }""";
        await app.TakeInAsync("orders/shop.csv", SomeOrders.Csv(40));
        await app.Uploads.WriteAsync("customers/a.csv.mapping.json", System.Text.Encoding.UTF8.GetBytes(Mapping), null, default);
        await app.TakeInAsync("customers/a.csv", Header + "C0001,Anna,Albrecht,Lyon,LC-4711,K1\nC0002,Bruno,Bergmann,Lille,LC-4711,K2\nC0003,Clara,Carstens,Dijon,-1,K3\nC0004,David,Dietrich,Nantes,-1,K3\n");

        var run = (await app.RunAsync()).GetProperty("identity");
        Assert.Equal(2, run.GetProperty("merged").GetInt32());
        foreach (var (one, other, field) in new[] { ("C0001", "C0002", "loyalty_card"), ("C0003", "C0004", "externalId") })
        {
            var identity = await app.GetAsync($"/api/v1/customers/{other}/identity");
            var link = Assert.Single(identity.GetProperty("links").EnumerateArray());
            Assert.Equal(("identifier", field), (link.GetProperty("kind").GetString(), link.GetProperty("evidence")[0].GetProperty("field").GetString()));
            Assert.Equal(identity.GetProperty("canonical").GetString(), (await app.GetAsync($"/api/v1/customers/{one}/identity")).GetProperty("canonical").GetString());
            Assert.DoesNotContain("4711", identity.ToString(), StringComparison.Ordinal);
        }

        app.Time.Advance(TimeSpan.FromMinutes(1));
        await app.TakeInAsync("customers/b.csv", "customer_id,first_name,loyalty_card\n" + string.Concat(Enumerable.Range(10, 12).Select(number => $"C00{number},Paul{(char)('a' + number)},lc 4711\n")));
        run = (await app.RunAsync()).GetProperty("identity");

        Assert.Equal(1, run.GetProperty("merged").GetInt32());
        Assert.Equal(1, run.GetProperty("blocked").GetProperty("loyalty_card").GetInt32());
        Assert.Equal(1, run.GetProperty("dissolved").GetProperty("count").GetInt32());
        Assert.Equal("loyalty_card", run.GetProperty("dissolved").GetProperty("first")[0].GetProperty("fields")[0].GetString());
        app.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(1, (await app.GetAsync("/api/v1/customers/C0002/identity")).GetProperty("members").GetArrayLength());
    }

    private static async Task UploadAfterUploadAsync(ServedApp app)
    {
        await app.TakeInAsync("orders/shop.csv", SomeOrders.Csv(40) + SomeOrders.Line("W-1", new DateTime(2026, 1, 5, 0, 0, 0, DateTimeKind.Utc), "W1"));
        await app.TakeInAsync("customers/a.csv", SomePeople.Csv(40) + "W1," + Wilhelmina + "K1," + Kunigunde);
        Assert.Equal(42, await RunTwiceAsync(app));

        // One person again, one anew, and one who moved.
        await app.TakeInAsync("customers/b.csv", SomePeople.Header + "W2," + Wilhelmina.Replace("Wackernagel,", "Wackernagl,", StringComparison.Ordinal) + "K2," + Kunigunde + "K1," + Kunigunde.Replace("Am-Hang-4,Lille", "Rheinweg-9,Nantes", StringComparison.Ordinal));
        Assert.Equal(3, await RunTwiceAsync(app));
        Assert.Equal(2, (await app.GetAsync("/api/v1/customers/W2/identity")).GetProperty("members").GetArrayLength());
        Assert.Equal(2, (await app.GetAsync("/api/v1/customers/K2/identity")).GetProperty("members").GetArrayLength());

        using var undo = await app.PostAsync("/api/v1/customers/K2/identity/undo", new { });
        Assert.True(undo.IsSuccessStatusCode);
        await app.TakeInAsync("customers/c.csv", SomePeople.Header + "W3," + Wilhelmina);
        Assert.Equal(1, await RunTwiceAsync(app));
        Assert.Equal(3, (await app.GetAsync("/api/v1/customers/W3/identity")).GetProperty("members").GetArrayLength());
        Assert.Equal(1, (await app.GetAsync("/api/v1/customers/K2/identity")).GetProperty("members").GetArrayLength());

        // Who is erased takes the pairs along: nothing of them names a record that is gone.
        using var erase = await app.Client.PostAsync("/api/v1/customers/W1/privacy/erasure", null);
        await Erasing.FinishAsync(app, "/api/v1/customers/W1/privacy/erasure");
        Assert.Null(await Vault(app).FindAsync(Pairs, default));
        Assert.Equal(43, await RunTwiceAsync(app));
        Assert.Equal(0, await RunTwiceAsync(app));
    }

    private const string Pairs = IdentityModels.Folder + "people.pairs";

    private static Vault Vault(ServedApp app) => (Vault)app.Services.GetService(typeof(Vault))!;

    /// <summary>Runs upon the pairs that are kept, then without them; the identities must not differ.</summary>
    /// <returns>How many records the first run compared.</returns>
    private static async Task<int> RunTwiceAsync(ServedApp app)
    {
        app.Time.Advance(TimeSpan.FromMinutes(1));
        var compared = (await app.RunAsync()).GetProperty("identity").GetProperty("compared").GetInt32();
        var upon = await RowsAsync(app);
        Assert.True(await Vault(app).DeleteAsync(Pairs, null, default));
        app.Time.Advance(TimeSpan.FromMinutes(1));
        var whole = (await app.RunAsync()).GetProperty("identity").GetProperty("compared").GetInt32();
        Assert.True(whole >= 42, $"{whole} compared");
        Assert.Equal(await RowsAsync(app), upon);
        return compared;
    }

    private static async Task<List<string>> RowsAsync(ServedApp app)
    {
        var rows = new List<string>();
        foreach (var (table, columns) in new[] { ("Identities", new[] { "canonical", "probability", "members", "links" }), ("Reviews", ["status", "probability"]) })
        {
            await foreach (var row in app.Storage.Tables.GetTableClient(table).QueryAsync<TableEntity>())
                rows.Add($"{row.RowKey} {string.Join(' ', columns.Select(column => row.TryGetValue(column, out var value) ? value : null))}");
        }

        return rows;
    }
}
