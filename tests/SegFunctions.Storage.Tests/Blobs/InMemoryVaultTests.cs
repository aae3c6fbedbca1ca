using SegFunctions.Testing;

namespace SegFunctions.Storage.Tests.Blobs;

public sealed class InMemoryVaultTests : VaultContract
{
    private protected override StorageAccount Account { get; } = StorageAccount.InMemory(new ManualTimeProvider());
}
