using SegFunctions.Storage;
using SegFunctions.Storage.Tables;
using SegFunctions.Testing;

namespace SegFunctions.Orchestration.Tests.Support;

/// <summary>Storage for one test, empty, with the clock that the engine under test goes by.</summary>
public sealed record Backend(OrchestrationStorage Storage, OrchestrationOptions Options, ManualTimeProvider Time)
{
    private static int _made;

    public static Backend InMemory()
    {
        var time = new ManualTimeProvider();
        var account = StorageAccount.InMemory(time);
        var storage = new OrchestrationStorage(new InMemoryTableServiceClient(time), account.Blobs, account.Queues);
        return new Backend(storage, new OrchestrationOptions(), time);
    }

    /// <summary>Queue delays run by the emulator's own clock; after moving ours a recovery fires the timers.</summary>
    public static Backend On(AzuriteServer azurite)
    {
        var account = StorageAccount.Connect(azurite.ConnectionString);
        var storage = new OrchestrationStorage(new TableServiceClient(azurite.ConnectionString), account.Blobs, account.Queues);
        var options = new OrchestrationOptions { Prefix = $"t{Interlocked.Increment(ref _made)}" };
        return new Backend(storage, options, new ManualTimeProvider(TimeProvider.System.GetUtcNow()));
    }
}
