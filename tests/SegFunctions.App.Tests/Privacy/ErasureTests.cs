using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SegFunctions.App.Privacy;
using SegFunctions.App.Privacy.Erasure;
using SegFunctions.App.Tests.Support;
using SegFunctions.App.Uploads;
using SegFunctions.Customers;
using SegFunctions.Storage.Blobs.Vault;

namespace SegFunctions.App.Tests.Privacy;

/// <summary>A person is planted in every dataset, and after the erasure nothing is left of them anywhere.</summary>
public sealed class ErasureTests
{
    private static readonly VaultKeyRing Keys = VaultKeyRing.Parse(Convert.ToBase64String("0123456789abcdef0123456789abcdef"u8));

    [Fact]
    public async Task Person_is_gone_from_every_store_and_stays_out()
    {
        await using var app = await ServedApp.StartAsync();
        await PlantAsync(app);
        var texts = Texts(app);
        var before = await EverythingStored.FindAsync(app.Storage, Keys, sealedToo: true, texts);
        // The test would prove nothing where nothing had been.
        foreach (var place in new[] { "uploads/", "lake/orders", "lake/tickets", "vault/", "quarantine/", "features/", "models/", "table Memberships", "table SegmentMembers", "table Consents" })
            Assert.True(before.Any(found => found.StartsWith(place, StringComparison.Ordinal)), $"{place} is not in {string.Join(" ", before)}");
        // The token stands in clear text only where it must: in the files as they were sent.
        Assert.DoesNotContain(await EverythingStored.FindAsync(app.Storage, Keys, sealedToo: false, PlantedPerson.Id, "zqxj.mail", "zqxjfamily", "zqxjstreet"),
            found => !found.StartsWith("uploads/", StringComparison.Ordinal) && !found.StartsWith("quarantine/", StringComparison.Ordinal));
        Assert.DoesNotContain(app.Log, line => line.Contains(PlantedPerson.Token, StringComparison.OrdinalIgnoreCase));

        var erasure = await EraseAsync(app);
        Assert.True(erasure.GetProperty("status").GetString() == "completed", erasure.ToString());
        Assert.Equal(2, erasure.GetProperty("keys").GetInt32());
        Assert.Equal([.. ErasureActivities.Stores, "models that knew the person"], erasure.GetProperty("stores").EnumerateArray().Select(store => store.GetProperty("store").GetString()));
        Assert.Empty(erasure.GetProperty("rescan").GetProperty("found").EnumerateArray());
        Assert.Empty(await EverythingStored.FindAsync(app.Storage, Keys, sealedToo: true, texts));
        using var gone = await app.Client.GetAsync($"/api/v1/customers/{PlantedPerson.Id}/memberships");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);

        // The very files, and files that are new to the lake.
        await PlantAsync(app);
        await PlantAsync(app, suffix: "\n");
        Assert.Empty(await EverythingStored.FindAsync(app.Storage, Keys, sealedToo: true, texts));
        var uploads = await app.Services.GetRequiredService<UploadTable>().ListAsync(default);
        Assert.Contains(uploads, upload => upload.HoldsErased && upload.Rows?.Refused > 0);
        // Everybody else is there.
        Assert.Equal(HttpStatusCode.OK, (await app.Client.GetAsync("/api/v1/customers/C0001/memberships")).StatusCode);
    }

    internal static IReadOnlyList<string> Texts(ServedApp app) =>
        [PlantedPerson.Token, .. PlantedPerson.Keys(app.Services.GetRequiredService<CustomerKeyDerivation>())];

    internal static async Task PlantAsync(ServedApp app, string suffix = "")
    {
        foreach (var (name, content) in PlantedPerson.Files)
        {
            await app.DropAsync(name, content + suffix);
            app.Time.Advance(TimeSpan.FromSeconds(1));
        }

        await app.PumpAsync();
        await app.RunAsync();
        app.Time.Advance(TimeSpan.FromMinutes(1));
    }

    internal static async Task<JsonElement> EraseAsync(ServedApp app)
    {
        using var asked = await app.Client.PostAsync($"/api/v1/customers/{PlantedPerson.Id}/privacy/erasure", null);
        Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);
        return await FinishAsync(app);
    }

    /// <summary>Works until the erasure has ended.</summary>
    internal static async Task<JsonElement> FinishAsync(ServedApp app)
    {
        for (var round = 0; round < 200; round++)
        {
            await app.PumpAsync();
            var state = await app.GetAsync($"/api/v1/customers/{PlantedPerson.Id}/privacy/erasure");
            if (state.GetProperty("status").GetString() != "running")
                return state;
            app.Time.Advance(TimeSpan.FromSeconds(3));
        }

        throw new InvalidOperationException("The erasure does not end.");
    }
}
