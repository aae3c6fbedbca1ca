using SegFunctions.Orchestration.History;
using SegFunctions.Orchestration.Tests.Support;
using SegFunctions.Storage.Tables;
using SegFunctions.Testing;

namespace SegFunctions.Orchestration.Tests.Faults;

/// <summary>A process that dies at any call to storage, and another that finds what it left.</summary>
public abstract class CrashTests
{
    private const string InstanceId = "the instance";
    private static readonly string Large = string.Create(70_000, 1, (span, seed) =>
    {
        var random = new Random(seed);
        foreach (ref var letter in span)
            letter = (char)('!' + random.Next(90));
    });

    protected abstract Backend NewBackend();

    protected async Task A_crash_at_every_call_ends_in_the_same_history(int every)
    {
        var undisturbed = await RunAsync([]);
        for (var call = 1; call <= undisturbed.Calls; call += every)
        {
            Assert.Equal(undisturbed.History, (await RunAsync([(call, false)])).History);
            Assert.Equal(undisturbed.History, (await RunAsync([(call, true)])).History);
        }
    }

    protected async Task Crashes_again_and_again_end_in_the_same_history(int seeds)
    {
        var undisturbed = await RunAsync([]);
        for (var seed = 1; seed <= seeds; seed++)
        {
            var random = new Random(seed);
            var crashes = Enumerable.Range(0, random.Next(2, 9)).Select(_ => (random.Next(1, 40), random.Next(2) == 0)).ToArray();
            Assert.Equal(undisturbed.History, (await RunAsync(crashes)).History);
        }
    }

    /// <summary>Runs the same orchestration, each process up to its crash, the last one to the end.</summary>
    private async Task<(List<string> History, int Calls)> RunAsync((int Call, bool Afterwards)[] crashes)
    {
        var backend = NewBackend();
        backend = backend with { Options = backend.Options with { Parallelism = 1 } };
        var calls = 0;
        foreach (var crash in crashes.Append((int.MaxValue, false)))
        {
            var point = new CrashPoint(crash.Item1, crash.Item2);
            var storage = new WatchedStorage(backend.Storage, point.WatchAsync);
            var host = new EngineHost(storage.Storage, backend.Options, backend.Time, Registry());
            try
            {
                await LiveAsync(host, new EngineHost(backend, Registry()).Client);
            }
            catch (CrashException)
            {
                await storage.ReleaseMessagesAsync();
            }

            calls = point.Calls;
        }

        var rested = new EngineHost(backend, Registry());
        var instance = await rested.GetAsync(InstanceId);
        Assert.Equal("2 4 6 mended raised " + Large.Length, instance.Output<string>());
        await AssertNoOrphansAsync(rested, instance);
        Assert.Empty(await rested.LeftoversAsync());
        return ([.. instance.Events().Where(one => one is not StepBegan).Select(Describe)], calls);
    }

    private static async Task LiveAsync(EngineHost host, OrchestrationClient outside)
    {
        await host.Engine.RecoverAsync(default);
        if (await outside.GetAsync(InstanceId, InstanceParts.Summary, default) is not { } instance)
        {
            await host.Client.ScheduleNewAsync("Everything", Large, new ScheduleOptions { InstanceId = InstanceId }, default);
            instance = (await outside.GetAsync(InstanceId, InstanceParts.Summary, default))!;
        }

        // From a process that does not crash, and once only: a caller that repeats a request raises two events.
        if (instance.Steps == 0 && (await host.RowsOfInboxAsync()).Count == 0)
            await outside.RaiseEventAsync(InstanceId, "news", "raised", default);
        await host.PumpAsync();
        for (var i = 0; i < 3; i++)
            await host.AdvanceAsync(TimeSpan.FromMinutes(1));
    }

    private static OrchestrationRegistry Registry() => new OrchestrationRegistry()
        .AddOrchestrator<string, string>("Everything", async (context, input) =>
        {
            var doubled = await Task.WhenAll(Enumerable.Range(1, 3).Select(i => context.CallActivityAsync<int>("Double", i)));
            var mended = await context.CallActivityAsync<string>("Mend", null, new RetryPolicy(3, TimeSpan.FromSeconds(10)));
            await context.CreateTimerAsync(TimeSpan.FromSeconds(30));
            var raised = await context.WaitForExternalEventAsync<string>("news");
            var large = await context.CallActivityAsync<string>("Echo", input);
            return string.Join(' ', doubled) + $" {mended} {raised} {large.Length}";
        })
        .AddActivity<int, int>("Double", (_, i, _) => Task.FromResult(2 * i))
        .AddActivity<object?, string>("Mend", (context, _, _) => context.Attempt == 1 ? throw new InvalidOperationException("not yet") : Task.FromResult("mended"))
        .AddActivity<string, string>("Echo", (_, text, _) => Task.FromResult(text));

    /// <summary>An event without what depends on the clock.</summary>
    private static string Describe(HistoryEvent happened) => happened switch
    {
        ActivityScheduled scheduled => $"scheduled {scheduled.TaskId} {scheduled.Name}",
        ActivityCompleted { TaskId: < 3 } => "completed one of three",
        ActivityCompleted completed => $"completed {completed.TaskId} attempt {completed.Attempt}",
        ActivityFailed failed => $"failed {failed.TaskId} attempt {failed.Attempt}",
        ActivityRestarted restarted => $"restarted {restarted.TaskId} attempt {restarted.Attempt}",
        TimerCreated created => $"timer {created.TaskId}",
        TimerFired fired => $"fired {fired.TaskId}",
        ExternalEventRaised raised => $"raised {raised.Name}",
        _ => happened.GetType().Name,
    };

    private static async Task AssertNoOrphansAsync(EngineHost host, OrchestrationInstance instance)
    {
        host.Time.Advance(TimeSpan.FromHours(3));
        await host.Engine.RecoverAsync(default);
        var named = instance.Events().OfType<ActivityScheduled>().Select(call => call.Input.Blob).OfType<string>().ToHashSet(StringComparer.Ordinal);
        await foreach (var row in host.Storage.Tables.GetTableClient(host.Options.Table).QueryAsync<TableEntity>())
        {
            if ((row.GetString("Blob") ?? row.GetString("InputBlob")) is { } blob)
                named.Add(blob);
        }

        Assert.NotEmpty(named);
        Assert.Equal(named.Order(StringComparer.Ordinal), (await host.BlobsAsync()).Order(StringComparer.Ordinal));
    }
}

public sealed class InMemoryCrashTests : CrashTests
{
    protected override Backend NewBackend() => Backend.InMemory();

    [Fact]
    public Task A_crash_at_any_call_to_storage_ends_in_the_same_history() => A_crash_at_every_call_ends_in_the_same_history(every: 1);

    [Fact]
    public Task Many_crashes_end_in_the_same_history() => Crashes_again_and_again_end_in_the_same_history(seeds: 40);
}

[Collection(AzuriteCollection.Name)]
public sealed class AzuriteCrashTests(AzuriteServer azurite) : CrashTests
{
    [Fact]
    [Trait("Category", "Long")]
    public Task A_crash_at_any_call_to_storage_ends_in_the_same_history() => A_crash_at_every_call_ends_in_the_same_history(every: 1);

    [Fact]
    public Task Some_crashes_end_in_the_same_history() => Crashes_again_and_again_end_in_the_same_history(seeds: 3);

    protected override Backend NewBackend() => Backend.On(azurite);
}
