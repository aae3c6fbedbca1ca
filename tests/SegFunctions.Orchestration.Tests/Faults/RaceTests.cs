using Azure;
using SegFunctions.Orchestration.History;
using SegFunctions.Orchestration.Tests.Support;
using SegFunctions.Storage.Tables;

namespace SegFunctions.Orchestration.Tests.Faults;

/// <summary>Two that want the same step, and answers that are lost on the way.</summary>
public sealed class RaceTests
{
    private readonly Backend _backend = Backend.InMemory();

    [Fact]
    public async Task The_loser_of_a_race_looks_again_and_leaves_no_trace()
    {
        var rival = new EngineHost(_backend, Registry());
        var races = 0;
        var host = Watched(async (operation, isDone) =>
        {
            // Whenever this process is about to commit, the rival takes the step first.
            if (!isDone && operation.StartsWith("submit step-", StringComparison.Ordinal) && races++ < 3)
                await rival.Engine.HandleStepMessageAsync("""{"instanceId":"i","format":1}"""u8.ToArray(), default);
        });
        await host.ScheduleAsync("Two", new string('x', 40_000), "i");
        await host.PumpAsync();

        Assert.Equal(3, races);
        var instance = await host.GetAsync("i");
        Assert.Equal("40000 40000", instance.Output<string>());
        Assert.Equal(2, instance.Events().OfType<ActivityScheduled>().Count());
        Assert.Equal(2, instance.Events().OfType<ActivityCompleted>().Count());
        Assert.Empty(await host.LeftoversAsync());

        // The losers' payloads are gone: the start, and one input for each call.
        Assert.Equal(3, (await host.BlobsAsync()).Count);
    }

    [Theory]
    [InlineData(409)]
    [InlineData(412)]
    public async Task A_commit_whose_answer_was_lost_is_settled_by_reading_back(int status)
    {
        var lost = 0;
        var host = Watched((operation, isDone) =>
        {
            // The service did it, the pipeline repeated it, and the repetition was refused.
            if (!isDone || !operation.StartsWith("submit step-", StringComparison.Ordinal))
                return Task.CompletedTask;
            lost++;
            throw new TableTransactionFailedException(new RequestFailedException(status, "0:repeated", "EntityAlreadyExists", null));
        });
        await host.ScheduleAsync("Two", "x", "i");
        await host.PumpAsync();

        var instance = await host.GetAsync("i");
        Assert.Equal("1 1", instance.Output<string>());
        Assert.Equal(3, lost);
        Assert.Equal(3, instance.Steps);
    }

    [Fact]
    public async Task A_schedule_whose_answer_was_lost_has_scheduled()
    {
        var host = Watched((operation, isDone) => isDone && operation == "add instance"
            ? throw new RequestFailedException(409, "repeated", TableErrorCode.EntityAlreadyExists, null)
            : Task.CompletedTask);
        var result = await host.Client.ScheduleNewAsync("Two", "x", new ScheduleOptions { InstanceId = "i" }, default);
        Assert.True(result.Scheduled);
    }

    [Fact]
    public async Task Of_two_that_schedule_the_same_id_one_is_told_so()
    {
        var rival = new EngineHost(_backend, Registry());
        var host = Watched(async (operation, isDone) =>
        {
            if (!isDone && operation == "add instance")
                await rival.ScheduleAsync("Two", "rival", "i");
        });

        var result = await host.Client.ScheduleNewAsync("Two", new string('x', 100_000), new ScheduleOptions { InstanceId = "i" }, default);
        Assert.Equal(new ScheduleResult("i", Scheduled: false, OrchestrationStatus.Pending), result);
        Assert.Equal("rival", (await host.GetAsync("i")).Input!.Value.GetString());
        Assert.Empty(await host.BlobsAsync());
    }

    [Fact]
    public async Task A_purge_that_meets_a_rewind_leaves_the_instance_alone()
    {
        var host = Watched((_, _) => Task.CompletedTask);
        await host.ScheduleAsync("Unknown", "x", "i");
        await host.PumpAsync();
        (await host.GetAsync("i")).Failed();
        var late = new EngineHost(_backend with { Storage = new WatchedStorage(_backend.Storage, RewindBeforeUpdate).Storage }, Registry());

        Assert.Equal(PurgeResult.NotFinished, await late.Client.PurgeAsync("i", default));
        Assert.NotNull(await host.Client.GetAsync("i", InstanceParts.History, default));

        async Task RewindBeforeUpdate(string operation, bool isDone)
        {
            if (isDone || operation != "update instance")
                return;
            await host.Client.RewindAsync("i", "mended", default);
            await host.PumpAsync();
        }
    }

    private EngineHost Watched(StorageWatch watch) =>
        new(new WatchedStorage(_backend.Storage, watch).Storage, _backend.Options, _backend.Time, Registry());

    private static OrchestrationRegistry Registry() => new OrchestrationRegistry()
        .AddOrchestrator<string, string>("Two", async (context, input) =>
            $"{await context.CallActivityAsync<int>("Length", input)} {await context.CallActivityAsync<int>("Length", input)}")
        .AddActivity<string, int>("Length", (_, text, _) => Task.FromResult(text.Length));
}
