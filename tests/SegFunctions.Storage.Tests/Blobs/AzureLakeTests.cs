using SegFunctions.Testing;

namespace SegFunctions.Storage.Tests.Blobs;

[Collection(AzuriteCollection.Name)]
public sealed class AzureLakeTests(AzuriteServer azurite) : LakeContract
{
    private protected override StorageAccount Account { get; } = StorageAccount.Connect(azurite.ConnectionString);

    private protected override ManualTimeProvider Time { get; } = new(TimeProvider.System.GetUtcNow());
}
