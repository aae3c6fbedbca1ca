using SegFunctions.Storage;
using SegFunctions.Testing;

namespace SegFunctions.Orchestration.Tests.Support;

/// <summary>Storage for one test, empty, with the clock that the engine under test goes by.</summary>
public sealed record Backend(OrchestrationStorage Storage, OrchestrationOptions Options, ManualTimeProvider Time)
{
    private static int _made;

    public static Backend InMemory()
    {
        var time = new ManualTimeProvider();
        return new Backend(OrchestrationStorage.From(StorageAccount.InMemory(time)), new OrchestrationOptions(), time);
    }

    /// <summary>Queue delays run by the emulator's own clock; after moving ours a recovery fires the timers.</summary>
    public static Backend On(AzuriteServer azurite)
    {
        var storage = OrchestrationStorage.From(StorageAccount.Connect(azurite.ConnectionString));
        var options = new OrchestrationOptions { Prefix = $"t{Interlocked.Increment(ref _made)}" };
        return new Backend(storage, options, new ManualTimeProvider(TimeProvider.System.GetUtcNow()));
    }
}
