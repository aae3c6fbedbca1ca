using SegFunctions.Testing;

namespace SegFunctions.Storage.Tests.Blobs;

public sealed class InMemoryLakeTests : LakeContract
{
    public InMemoryLakeTests() => Account = StorageAccount.InMemory(Time);

    private protected override StorageAccount Account { get; }

    private protected override ManualTimeProvider Time { get; } = new();
}
