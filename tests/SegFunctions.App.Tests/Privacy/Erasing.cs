using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SegFunctions.App.Tests.Privacy.Planted;
using SegFunctions.App.Tests.Support;
using SegFunctions.Customers;
using SegFunctions.Storage;
using SegFunctions.Storage.Blobs.InMemory;
using SegFunctions.Storage.Blobs.Vault;
using SegFunctions.Storage.Queues.InMemory;

namespace SegFunctions.App.Tests.Privacy;

/// <summary>Plants the person, erases them, and looks for what is left.</summary>
internal static class Erasing
{
    /// <summary>Those of <see cref="ServedApp"/>.</summary>
    public static VaultKeyRing Keys { get; } = VaultKeyRing.Parse(Convert.ToBase64String("0123456789abcdef0123456789abcdef"u8));

    /// <summary>What the account itself lists, so that a place that nobody told of is searched too.</summary>
    public static StoredNames Names(StorageAccount storage) => new(
        [.. ((InMemoryBlobStore)storage.Blobs).Names.Order(StringComparer.Ordinal)], [.. ((InMemoryQueueStore)storage.Queues).Names.Order(StringComparer.Ordinal)]);

    /// <summary>The token and all keys of the planted person.</summary>
    public static IReadOnlyList<string> Texts(ServedApp app) =>
        [PlantedPerson.Token, .. PlantedPerson.Keys(app.Services.GetRequiredService<CustomerKeyDerivation>())];

    /// <summary>Places that hold one of the texts, the vault opened.</summary>
    public static Task<IReadOnlyList<string>> SearchAsync(StorageAccount storage, params IReadOnlyList<string> texts) =>
        EverythingStored.FindAsync(storage, Names(storage), Keys, sealedToo: true, texts);

    /// <summary>Takes the person's files in.</summary>
    public static async Task DropAsync(ServedApp app, string suffix = "", int others = 40)
    {
        foreach (var (name, content) in PlantedPerson.Files(SomeOrders.Csv(others)[SomeOrders.Header.Length..]))
        {
            await app.DropAsync(name, content + suffix);
            app.Time.Advance(TimeSpan.FromSeconds(1));
        }

        await app.PumpAsync();
    }

    /// <summary>Takes the person's files in and refreshes.</summary>
    public static async Task PlantAsync(ServedApp app, string suffix = "", int others = 40)
    {
        await DropAsync(app, suffix, others);
        await app.RunAsync();
        app.Time.Advance(TimeSpan.FromMinutes(1));
    }

    /// <summary>Erases the person and tells the end of it.</summary>
    public static async Task<JsonElement> EraseAsync(ServedApp app)
    {
        using var asked = await app.Client.PostAsync($"/api/v1/customers/{PlantedPerson.Id}/privacy/erasure", null);
        Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);
        return await FinishAsync(app);
    }

    public static Task<JsonElement> FinishAsync(ServedApp app) => FinishAsync(app, $"/api/v1/customers/{PlantedPerson.Id}/privacy/erasure");

    /// <summary>Works on an erasure until it has ended.</summary>
    /// <param name="address">Where it tells how far it is.</param>
    public static async Task<JsonElement> FinishAsync(ServedApp app, string address)
    {
        for (var round = 0; round < 200; round++)
        {
            await app.PumpAsync();
            var state = await app.GetAsync(address);
            if (state.GetProperty("status").GetString() != "running")
                return state;
            app.Time.Advance(TimeSpan.FromSeconds(3));
        }

        throw new InvalidOperationException("The erasure does not end.");
    }
}
