using System.Text;
using Microsoft.Extensions.DependencyInjection;
using SegFunctions.App.Privacy;
using SegFunctions.App.Privacy.Retention;
using SegFunctions.App.Tests.Support;
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
        var sweep = new RetentionSweep(
            app.Storage, services.GetRequiredService<Lake>(), services.GetRequiredService<Vault>(), services.GetRequiredService<LakeRewriting>(), services.GetRequiredService<AuditLog>(),
            new RetentionOptions { RowDays = RetentionOptions.ParseRows("orders=730"), FileDays = 30 }, app.Time);

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
        var audit = new AuditLog(storage, new Customers.Privacy.TombstoneDerivation(new Customers.CustomerKeyDerivation("a secret of the tests, long enough"u8)), time);
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
}
