using SegFunctions.Testing;

namespace SegFunctions.Storage.Tests.Blobs;

[Collection(AzuriteCollection.Name)]
public sealed class AzureVaultTests(AzuriteServer azurite) : VaultContract
{
    private protected override StorageAccount Account { get; } = StorageAccount.Connect(azurite.ConnectionString);
}
