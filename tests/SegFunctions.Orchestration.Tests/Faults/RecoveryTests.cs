using SegFunctions.Orchestration.History;
using SegFunctions.Orchestration.Tests.Support;

namespace SegFunctions.Orchestration.Tests.Faults;

/// <summary>Messages that vanish, and payloads that nobody names.</summary>
public sealed class RecoveryTests
{
    private readonly Backend _backend = Backend.InMemory();

    [Fact]
    public async Task An_ordinary_day_has_nothing_to_recover()
    {
        var host = new EngineHost(_backend, Registry());
        await host.ScheduleAsync("Work", "x", "i");
        Assert.Equal(new RecoveryReport(0, 0, 0, 0), await host.Engine.RecoverAsync(default));
        await host.PumpAsync();
        host.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(new RecoveryReport(0, 0, 0, 0), await host.Engine.RecoverAsync(default));
        Assert.Empty(await host.LeftoversAsync());
    }

    [Fact]
    public async Task Lost_wake_ups_are_repeated_after_the_grace_period()
    {
        var host = new EngineHost(_backend, Registry());
        await host.ScheduleAsync("Work", "x", "i");
        await EmptyQueuesAsync(host);
        Assert.Equal(0, (await host.Engine.RecoverAsync(default)).Woken);

        await host.AdvanceAsync(TimeSpan.Zero);
        await host.Client.RaiseEventAsync("i", "go", "went", default);
        await EmptyQueuesAsync(host);
        await host.AdvanceAsync(TimeSpan.Zero);

        Assert.Equal("x went", (await host.GetAsync("i")).Output<string>());
    }

    [Fact]
    public async Task Messages_that_did_not_leave_are_sent_however_busy_the_instance_is()
    {
        var isDown = true;
        var storage = new WatchedStorage(_backend.Storage, (operation, isDone) =>
            isDown && !isDone && operation == "send" ? throw new IOException("no network") : Task.CompletedTask);
        var host = new EngineHost(storage.Storage, _backend.Options, _backend.Time, Registry());
        var outside = new EngineHost(_backend, Registry());
        await outside.ScheduleAsync("Busy", null, "i");
        await Assert.ThrowsAsync<IOException>(() => host.PumpStepsAsync());
        isDown = false;

        var resent = 0;
        for (var i = 0; i < 5; i++)
        {
            host.Time.Advance(TimeSpan.FromSeconds(10));
            await host.Client.RaiseEventAsync("i", "more", "", default);
            await host.PumpAsync();
            resent += (await host.Engine.RecoverAsync(default)).Resent;
        }

        Assert.Equal(1, resent);
        await host.PumpAsync();
        Assert.Single((await host.GetAsync("i")).Events().OfType<ActivityCompleted>());
    }

    [Fact]
    public async Task A_timer_fires_although_its_message_is_lost()
    {
        var host = new EngineHost(_backend, Registry());
        await host.ScheduleAsync("Sleep", null, "i");
        await host.PumpStepsAsync();
        host.Time.Advance(TimeSpan.FromMinutes(2));
        await EmptyQueuesAsync(host);

        await host.AdvanceAsync(TimeSpan.Zero);
        Assert.Equal("slept", (await host.GetAsync("i")).Output<string>());
    }

    [Fact]
    public async Task A_timer_further_away_than_a_queue_can_wait_is_passed_on()
    {
        var host = new EngineHost(_backend, Registry());
        await host.ScheduleAsync("SleepLong", null, "i");
        for (var day = 0; day < 20; day++)
        {
            Assert.Equal(OrchestrationStatus.Running, await StatusAsync());
            host.Time.Advance(TimeSpan.FromDays(1));
            await host.PumpAsync();
        }

        // No recovery was needed: the message itself waited, seven days at a time.
        Assert.Equal(OrchestrationStatus.Completed, await StatusAsync());
        Assert.InRange(host.Delivered.Steps, 4, 5);

        async Task<OrchestrationStatus> StatusAsync()
        {
            await host.PumpAsync();
            return (await host.GetAsync("i")).Status;
        }
    }

    [Fact]
    public async Task A_deletion_that_was_cut_short_is_finished()
    {
        var host = new EngineHost(_backend, Registry());
        await host.ScheduleAsync("Work", new string('x', 100_000), "i");
        await host.Client.TerminateAsync("i", "", default);
        await host.PumpAsync();
        var dying = new WatchedStorage(_backend.Storage, new CrashPoint(6, afterwards: false).WatchAsync);
        await Assert.ThrowsAsync<CrashException>(() => new EngineHost(dying.Storage, _backend.Options, _backend.Time, Registry()).Client.PurgeAsync("i", default));
        Assert.NotEmpty(await host.RowsAsync());
        Assert.Null(await host.Client.GetAsync("i", InstanceParts.Summary, default));

        Assert.Equal(1, (await host.Engine.RecoverAsync(default)).Purged);

        Assert.Empty(await host.RowsAsync());
        Assert.Empty(await host.BlobsAsync());
        Assert.True((await host.Client.ScheduleNewAsync("Work", "x", new ScheduleOptions { InstanceId = "i" }, default)).Scheduled);
    }

    [Fact]
    public async Task Only_payloads_that_nothing_can_name_are_swept()
    {
        var host = new EngineHost(_backend, Registry());
        await host.ScheduleAsync("Work", new string('x', 100_000), "done");
        await host.Client.RaiseEventAsync("done", "go", "", default);
        await host.ScheduleAsync("Work", new string('x', 100_000), "running");
        await host.PumpAsync();
        var named = await host.BlobsAsync();
        var container = _backend.Storage.Blobs.GetContainer(_backend.Options.Container);
        var (done, running) = ((await host.GetAsync("done")).ExecutionId, (await host.GetAsync("running")).ExecutionId);
        string[] kept =
        [
            .. named,
            $"running/{running}/steps/00000000-cafe/history",
            $"running/{running}/inbox/inbox-{running}-r0000000001-000001-cafe",
            $"done/{done}/steps/00000099-cafe/history",
        ];
        string[] orphans =
        [
            "nobody/cafe/start",
            "done/cafe/steps/00000000-cafe/input-0",
            $"done/{done}/steps/00000000-cafe/input-0",
            $"done/{done}/inbox/inbox-{done}-r0000000001-000001-cafe",
        ];
        foreach (var blob in kept.Concat(orphans).Except(named))
            await container.WriteAsync(blob, new byte[] { 1 }, options: null, default);

        Assert.Equal(0, (await host.Engine.RecoverAsync(default)).Orphans);
        host.Time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(orphans.Length, (await host.Engine.RecoverAsync(default)).Orphans);
        Assert.Equal(kept.Order(StringComparer.Ordinal), await host.BlobsAsync());
        Assert.Equal(0, (await host.Engine.RecoverAsync(default)).Orphans);
    }

    [Fact]
    public async Task A_result_whose_payload_is_gone_fails_its_attempt()
    {
        var host = new EngineHost(_backend, new OrchestrationRegistry()
            .AddOrchestrator<object?, int>("Large", async (context, _) => (await context.CallActivityAsync<string>("Large", null, new RetryPolicy(2, TimeSpan.FromSeconds(1)))).Length)
            .AddActivity<object?, string>("Large", (_, _, _) => Task.FromResult(new string('x', 100_000))));
        await host.ScheduleAsync("Large", null, "i");
        await host.PumpStepsAsync();
        await host.PumpActivitiesAsync();
        foreach (var blob in await host.BlobsAsync())
            await _backend.Storage.Blobs.GetContainer(_backend.Options.Container).DeleteAsync(blob, null, default);
        await host.PumpAsync();
        await host.AdvanceAsync(TimeSpan.FromSeconds(1));

        var instance = await host.GetAsync("i");
        Assert.Equal(100_000, instance.Output<int>());
        Assert.Equal(FailureDetails.PayloadMissing, Assert.Single(instance.Events().OfType<ActivityFailed>()).Failure.Type);
    }

    private static OrchestrationRegistry Registry() => new OrchestrationRegistry()
        .AddOrchestrator<string, string>("Work", async (context, input) =>
            $"{await context.CallActivityAsync<string>("Echo", input)} {await context.WaitForExternalEventAsync<string>("go")}")
        .AddOrchestrator<object?, string>("Busy", async (context, _) =>
        {
            var echo = context.CallActivityAsync<string>("Echo", "x");
            for (var i = 0; i < 100; i++)
                await context.WaitForExternalEventAsync<string>("more");
            return await echo;
        })
        .AddOrchestrator<object?, string>("Sleep", async (context, _) =>
        {
            await context.CreateTimerAsync(TimeSpan.FromMinutes(1));
            return "slept";
        })
        .AddOrchestrator<object?, string>("SleepLong", async (context, _) =>
        {
            await context.CreateTimerAsync(TimeSpan.FromDays(19.5));
            return "slept";
        })
        .AddActivity<string, string>("Echo", (_, text, _) => Task.FromResult(text));

    private static async Task EmptyQueuesAsync(EngineHost host)
    {
        foreach (var queue in new[] { host.Steps, host.Activities })
        {
            foreach (var message in await queue.ReceiveAsync(32, TimeSpan.FromMinutes(5), default))
                await queue.DeleteAsync(message, default);
        }
    }
}
