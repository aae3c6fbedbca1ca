using SegFunctions.App.Privacy;
using SegFunctions.App.Tests.Support;
using SegFunctions.Storage;
using SegFunctions.Testing;

namespace SegFunctions.App.Tests.Identity;

/// <summary>On an Azurite of its own: a refresh reads everything that an account holds.</summary>
public sealed class IdentityOnAzuriteTests(AzuriteServer azurite) : IClassFixture<AzuriteServer>
{
    [Fact]
    public async Task A_person_under_two_ids_is_one_customer_on_real_storage()
    {
        var storage = StorageAccount.Connect(azurite.ConnectionString);
        foreach (var container in StoredPlaces.Containers)
            await storage.Blobs.GetContainer(container.Name).CreateIfNotExistsAsync(default);
        foreach (var queue in StoredPlaces.Queues)
            await storage.Queues.GetQueue(queue).CreateIfNotExistsAsync(default);
        await using var app = await ServedApp.StartAsync(storage: storage);

        await IdentityTests.PersonUnderTwoIdsAsync(app);
    }
}
