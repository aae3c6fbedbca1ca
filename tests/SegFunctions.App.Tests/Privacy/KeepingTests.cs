using System.Text;
using Microsoft.Extensions.DependencyInjection;
using SegFunctions.App.Identity;
using SegFunctions.App.Privacy;
using SegFunctions.App.Privacy.Retention;
using SegFunctions.App.Tests.Support;
using SegFunctions.Customers;
using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Storage;
using SegFunctions.Storage.Blobs.Lake;
using SegFunctions.Storage.Blobs.Vault;
using SegFunctions.Testing;

namespace SegFunctions.App.Tests.Privacy;

/// <summary>What is old goes; what an old key has sealed is sealed anew.</summary>
public sealed class KeepingTests
{
    [Fact]
    public async Task Rows_beyond_their_time_go_and_the_rest_stays_as_it_was()
    {
        await using var app = await ServedApp.StartAsync();
        var first = new DateTime(2023, 1, 10, 8, 0, 0, DateTimeKind.Utc);
        var lines = Enumerable.Range(0, 40).Select(number => SomeOrders.Line($"O{number}", first.AddDays(number * 28), SomeOrders.Id(number % 5))).ToArray();
        await app.TakeInAsync("orders/shop.csv", SomeOrders.Header + string.Concat(lines));
        var services = app.Services;
        var sweep = Sweep(app, new RetentionOptions { RowDays = RetentionOptions.ParseRows("orders=730"), FileDays = 30 });

        var limit = app.Time.GetUtcNow().UtcDateTime.AddDays(-730);
        var old = Enumerable.Range(0, 40).Count(number => first.AddDays(number * 28) < limit);
        Assert.InRange(old, 5, 35);
        Assert.Equal((old, 0), await sweep.SweepAsync(default));
        Assert.Equal((0, 0), await sweep.SweepAsync(default));

        var upload = Assert.Single(await services.GetRequiredService<Lake>().ListAsync("orders", default));
        Assert.Equal(40 - old, upload.Rows);
        await using (var rows = await CanonicalReader.OpenAsync(await services.GetRequiredService<Lake>().OpenPartAsync(upload, upload.Parts[0], default), default))
        {
            while (await rows.FillAsync(default))
            {
                while (rows.Next())
                    Assert.True(CanonicalTime.TryParse(rows.Field(rows.RequiredColumn("timestamp")), out var moment) && moment >= limit);
            }
        }

        // The row index has followed: what stayed is a duplicate still, what went is new again.
        var again = await app.TakeInAsync("orders/again.csv", SomeOrders.Header + lines[^1] + lines[0]);
        Assert.Equal((1, 1), (again.Rows!.Duplicates, again.Rows.Accepted));
        app.Time.Advance(TimeSpan.FromDays(31));
        Assert.True((await sweep.SweepAsync(default)).Blobs >= 4);
        Assert.NotEmpty(await services.GetRequiredService<AuditLog>().ListAsync(AuditLog.House, default));
    }

    [Fact]
    public async Task Records_of_customers_go_when_the_person_has_given_no_sign_of_life()
    {
        await using var app = await ServedApp.StartAsync();
        var ids = new[] { "OLD", "CHANGED", "ORDERED", "OPENED", "MAILED", "SAID", "LINKED1" };
        var old = ids.Select(id => $"{id},Given{id},Family{id},{id}@example.org,2020-01-01,{(id == "CHANGED" ? "2026-01-01" : "2020-06-01")}\n");
        await app.TakeInAsync("customers/people.csv", "customer_id,given_name,family_name,email,created_at,updated_at\n" + string.Concat(old));
        await app.TakeInAsync("orders/shop.csv", SomeOrders.Header + SomeOrders.Line("O1", new DateTime(2026, 1, 1), "ORDERED") + SomeOrders.Line("O2", new DateTime(2021, 1, 1), "OLD") + SomeOrders.Line("O3", new DateTime(2026, 1, 1), "LINKED2"));
        await app.TakeInAsync(
            "messages/mails.csv", "message_id,customer_id,timestamp,channel,campaign,action\nM1,OPENED,2026-01-01T00:00:00Z,email,,opened\nM2,MAILED,2026-01-01T00:00:00Z,email,,delivered\n");
        using (var said = await app.PostAsync("/api/v1/customers/SAID/consents", new { purpose = "marketing", status = "denied" }))
            Assert.True(said.IsSuccessStatusCode);
        var keys = app.Services.GetRequiredService<CustomerKeyDerivation>();
        var (one, two) = (keys.Derive("default", "LINKED1"), keys.Derive("default", "LINKED2"));
        await app.Services.GetRequiredService<IdentityTable>().WriteAsync(
            [new IdentityRow(one, two, 1, [], [], 0, app.Time.GetUtcNow()), new IdentityRow(two, two, 1, [two, one], [], 0, app.Time.GetUtcNow())], default);

        var sweep = Sweep(app, new RetentionOptions { RowDays = RetentionOptions.ParseRows("customers=1095") });
        Assert.Equal((2, 0), await sweep.SweepAsync(default));
        Assert.Equal((0, 0), await sweep.SweepAsync(default));

        foreach (var id in ids)
        {
            var access = await app.GetAsync($"/api/v1/customers/{id}/privacy/access");
            var isHeld = id is not ("OLD" or "MAILED");
            Assert.Equal((id, isHeld), (id, access.GetProperty("identifiers").GetArrayLength() > 0));
            Assert.Equal((id, isHeld), (id, access.GetProperty("datasets").EnumerateArray().Any(dataset => dataset.GetProperty("dataset").GetString() == "customers")));
        }

        // What else there is of the person has limits of its own.
        Assert.Contains((await app.GetAsync("/api/v1/customers/OLD/privacy/access")).GetProperty("datasets").EnumerateArray(), dataset => dataset.GetProperty("dataset").GetString() == "orders");
        Assert.Contains(
            await app.Services.GetRequiredService<AuditLog>().ListAsync(AuditLog.House, default), entry => entry.What == "2 records of customers without a sign of life for 1095 days removed");
    }

    [Fact]
    public async Task Missing_limit_is_said_at_the_start_and_by_health()
    {
        await using var app = await ServedApp.StartAsync();
        Assert.Contains(app.Log, line => line.Contains("No limit is set for orders, customers, events", StringComparison.Ordinal));
        var retention = (await app.GetAsync("/api/v1/health")).GetProperty("retention");
        Assert.Contains("No limit is set for", retention.GetProperty("notice").GetString(), StringComparison.Ordinal);
        var all = new RetentionOptions { RowDays = RetentionOptions.Datasets.ToDictionary(name => name, _ => 1), FileDays = 1 };
        Assert.Null(all.Notice);
        Assert.Equal("No limit is set for files: kept until somebody says otherwise. Set SegFunctions__Retention and SegFunctions__KeepFilesDays.", (all with { FileDays = null }).Notice);
    }

    [Fact]
    public async Task Vault_is_read_while_it_is_sealed_anew_and_the_old_key_can_go()
    {
        var time = new ManualTimeProvider();
        var storage = StorageAccount.InMemory(time);
        var container = storage.Blobs.GetContainer(Vault.ContainerName);
        var (older, newer) = (VaultKeyRing.GenerateKey(), VaultKeyRing.GenerateKey());
        var names = Enumerable.Range(0, 20).Select(number => $"customers/u{number}/part-000-of-001.csv").ToArray();
        var before = new Vault(container, VaultKeyRing.Parse(older));
        foreach (var name in names)
            await before.WriteAsync(name, Encoding.UTF8.GetBytes($"key,email\n{name},planted@example.org\n"), null, default);

        var ring = VaultKeyRing.Parse($"{newer},{older}");
        var vault = new Vault(container, ring);
        var audit = new AuditLog(storage, new Customers.Privacy.TombstoneDerivation(new CustomerKeyDerivation("a secret of the tests, long enough"u8)), time);
        var rotation = new VaultRotation(storage, vault, ring, audit, time);
        Assert.False((await rotation.StateAsync(default)).OlderMayGo);
        var reading = Task.Run(async () =>
        {
            for (var round = 0; round < 20; round++)
            {
                foreach (var name in names)
                    Assert.Contains("planted@example.org", Encoding.UTF8.GetString((await vault.FindAsync(name, default))!.Value.Content), StringComparison.Ordinal);
            }
        });
        Assert.Equal(20, await rotation.RotateAsync(default));
        await reading;

        Assert.True((await rotation.StateAsync(default)).OlderMayGo);
        Assert.Equal(0, await rotation.RotateAsync(default));
        var after = new Vault(container, VaultKeyRing.Parse(newer));
        foreach (var name in names)
        {
            Assert.Contains("planted@example.org", Encoding.UTF8.GetString((await after.FindAsync(name, default))!.Value.Content), StringComparison.Ordinal);
            Assert.DoesNotContain("planted", Encoding.Latin1.GetString((await container.FindContentAsync(name, default))!.Value.Content), StringComparison.Ordinal);
        }
    }

    private static RetentionSweep Sweep(ServedApp app, RetentionOptions options) => new(
        app.Storage, app.Services.GetRequiredService<Lake>(), app.Services.GetRequiredService<Vault>(), app.Services.GetRequiredService<LakeRewriting>(),
        app.Services.GetRequiredService<RecordSweep>(), app.Services.GetRequiredService<AuditLog>(), options, app.Time);
}
