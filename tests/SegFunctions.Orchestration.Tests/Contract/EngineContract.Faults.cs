using System.Text;
using SegFunctions.Orchestration.History;
using SegFunctions.Orchestration.Tests.Support;
using SegFunctions.Storage.Tables;

namespace SegFunctions.Orchestration.Tests.Contract;

/// <summary>Broken rules, broken deliveries, broken processes.</summary>
public abstract partial class EngineContract
{
    [Fact]
    public async Task Code_that_changed_under_an_instance_fails_it_with_step_found_and_expected_and_can_be_rewound()
    {
        var backend = NewBackend();
        OrchestrationRegistry Build(string second) => new OrchestrationRegistry()
            .AddOrchestrator<object?, string>("Changing", async (context, _) =>
            {
                await context.CallActivityAsync<string>("Say", "a");
                await context.CallActivityAsync<string>(second, "b");
                return await context.WaitForExternalEventAsync<string>("go");
            })
            .AddActivity<string, string>("Say", (_, what, _) => Task.FromResult(what))
            .AddActivity<string, string>("Shout", (_, what, _) => Task.FromResult(what + "!"));
        var before = new EngineHost(backend, Build("Say"));
        var id = await before.ScheduleAsync("Changing");
        await before.PumpAsync();

        var after = new EngineHost(backend, Build("Shout"));
        await after.Client.RaiseEventAsync(id, "go", "went", default);
        await after.PumpAsync();
        var failure = (await after.GetAsync(id)).Failed();
        Assert.Equal(FailureDetails.NonDeterministic, failure.Type);
        Assert.Contains("in step 1 history has activity 'Say' (task 1), but the code asked for activity 'Shout'", failure.Message, StringComparison.Ordinal);

        await before.Client.RewindAsync(id, "old code restored", default);
        await before.PumpAsync();
        Assert.Equal("went", (await before.GetAsync(id)).Output<string>());
    }

    [Fact]
    public async Task Awaiting_what_is_not_durable_fails_the_instance_with_a_clear_error()
    {
        var never = new TaskCompletionSource<string>();
        var host = NewHost(new OrchestrationRegistry()
            .AddOrchestrator<object?, string>("Outsider", async (_, _) => await never.Task)
            .AddOrchestrator<object?, string>("Hopper", async (context, _) =>
            {
                var elsewhere = new TaskCompletionSource<string>();
                var awaited = Await(elsewhere.Task);
                var thread = new Thread(() => elsewhere.SetResult(""));
                thread.Start();
                thread.Join();
                await context.CallActivityAsync<string>("Nothing");
                return await awaited;

                static async Task<string> Await(Task<string> task) => await task;
            })
            .AddOrchestrator<object?, string>("Mixed", async (context, _) =>
            {
                var activity = context.CallActivityAsync<string>("Nothing");
                await never.Task;
                return await activity;
            })
            .AddActivity<object?, string>("Nothing", (_, _, _) => Task.FromResult("")));

        var outsider = (await host.RunAsync("Outsider")).Failed();
        Assert.Equal(FailureDetails.NonDurableAwait, outsider.Type);
        Assert.Contains("Orchestrator 'Outsider' waits, but for nothing that its context gave it", outsider.Message, StringComparison.Ordinal);
        Assert.Equal(FailureDetails.NonDurableAwait, (await host.RunAsync("Hopper")).Failed().Type);
        Assert.Equal(FailureDetails.NonDurableAwait, (await host.RunAsync("Mixed")).Failed().Type);
    }

    [Fact]
    public async Task Names_that_nobody_registered_fail_clearly()
    {
        var host = NewHost(new OrchestrationRegistry()
            .AddOrchestrator<object?, string>("Caller", (context, _) => context.CallActivityAsync<string>("Unknown")));

        Assert.Equal(FailureDetails.NotRegistered, (await host.RunAsync("Nobody")).Failed().Type);
        var failure = (await host.RunAsync("Caller")).Failed();
        Assert.Contains("NotRegistered: No activity named 'Unknown' is registered", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_message_may_be_delivered_twice()
    {
        var backend = NewBackend();
        var runs = 0;
        var host = new EngineHost(backend, new OrchestrationRegistry()
            .AddOrchestrator<object?, int>("Count", async (context, _) =>
            {
                var sum = await context.CallActivityAsync<int>("One");
                await context.CreateTimerAsync(TimeSpan.FromMinutes(1));
                return sum + await context.CallActivityAsync<int>("One");
            })
            .AddActivity<object?, int>("One", (_, _, _) => Task.FromResult(Interlocked.Increment(ref runs))));
        var id = await host.ScheduleAsync("Count");
        for (var round = 0; round < 12; round++)
        {
            foreach (var (queue, handle) in new[] { (host.Steps, (Func<ReadOnlyMemory<byte>, Task>)(body => host.Engine.HandleStepMessageAsync(body, default))), (host.Activities, body => host.Engine.HandleActivityMessageAsync(body, default)) })
            {
                foreach (var message in await queue.ReceiveAsync(32, TimeSpan.FromMinutes(5), default))
                {
                    await handle(message.Body);
                    await handle(message.Body);
                    await queue.DeleteAsync(message, default);
                    await handle(message.Body);
                }
            }

            host.Time.Advance(TimeSpan.FromMinutes(2));
            await host.Engine.RecoverAsync(default);
        }

        var instance = await host.GetAsync(id);
        Assert.Equal(3, instance.Output<int>());
        Assert.Equal(2, runs);
        Assert.Equal(2, instance.Events().OfType<ActivityCompleted>().Count());
        Assert.Empty(await host.LeftoversAsync());
    }

    [Fact]
    public async Task A_stopped_process_is_no_failure_of_its_activity()
    {
        using var stopping = new CancellationTokenSource();
        var host = NewHost(new OrchestrationRegistry()
            .AddOrchestrator<object?, string>("Calm", (context, _) => context.CallActivityAsync<string>("Slow"))
            .AddActivity<object?, string>("Slow", async (_, _, cancellationToken) =>
            {
                await stopping.CancelAsync();
                cancellationToken.ThrowIfCancellationRequested();
                return "done";
            }));
        var id = await host.ScheduleAsync("Calm");
        await host.PumpStepsAsync();
        var message = Assert.Single(await host.Activities.ReceiveAsync(1, TimeSpan.FromMinutes(5), default));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => host.Engine.HandleActivityMessageAsync(message.Body, stopping.Token));
        await host.Engine.HandleActivityMessageAsync(message.Body, default);
        await host.PumpAsync();

        var instance = await host.GetAsync(id);
        Assert.Equal("done", instance.Output<string>());
        Assert.Empty(instance.Events().OfType<ActivityFailed>());
    }

    [Fact]
    public async Task An_activity_that_kills_its_process_fails_in_history_and_its_retry_policy_applies()
    {
        var host = NewHost(new OrchestrationRegistry()
            .AddOrchestrator<object?, string>("Brave", (context, _) => context.CallActivityAsync<string>("Deadly", null, new RetryPolicy(2, TimeSpan.FromSeconds(1))))
            .AddActivity<object?, string>("Deadly", (context, _, _) => Task.FromResult($"survived attempt {context.Attempt}")));
        var id = await host.ScheduleAsync("Brave");
        await host.PumpStepsAsync();
        var message = Assert.Single(await host.Activities.ReceiveAsync(1, TimeSpan.FromMinutes(5), default));

        await host.Engine.HandlePoisonedActivityAsync(message.Body, default);
        await host.PumpAsync();
        await host.AdvanceAsync(TimeSpan.FromSeconds(1));

        var instance = await host.GetAsync(id);
        Assert.Equal("survived attempt 2", instance.Output<string>());
        Assert.Equal(FailureDetails.Poisoned, Assert.Single(instance.Events().OfType<ActivityFailed>()).Failure.Type);
    }

    [Fact]
    public async Task A_step_that_kills_its_process_fails_the_instance_which_keeps_what_waits()
    {
        var backend = NewBackend();
        var host = new EngineHost(backend, Waiter());
        var id = await host.ScheduleAsync("Wait");
        await host.PumpAsync();
        var wake = Encoding.UTF8.GetBytes($$"""{"instanceId":"{{id}}","format":1}""");

        await host.Engine.HandlePoisonedStepAsync(wake, default);
        Assert.Equal(OrchestrationStatus.Running, (await host.GetAsync(id)).Status);

        await host.Client.RaiseEventAsync(id, "go", "kept", default);
        await host.Engine.HandlePoisonedStepAsync(wake, default);
        Assert.Equal(FailureDetails.Poisoned, (await host.GetAsync(id)).Failed().Type);

        await host.Client.RewindAsync(id, "mended", default);
        await host.PumpAsync();
        Assert.Equal("kept", (await host.GetAsync(id)).Output<string>());
    }

    [Fact]
    public async Task A_first_step_that_kills_its_process_can_be_rewound()
    {
        var host = NewHost(Waiter());
        var id = await host.ScheduleAsync("Wait");
        var message = Assert.Single(await host.Steps.ReceiveAsync(1, TimeSpan.FromMinutes(5), default));
        await host.Engine.HandlePoisonedStepAsync(message.Body, default);
        Assert.Equal(FailureDetails.Poisoned, (await host.GetAsync(id)).Failed().Type);

        await host.Client.RewindAsync(id, "mended", default);
        await host.PumpAsync();
        await host.Client.RaiseEventAsync(id, "go", "went", default);
        await host.PumpAsync();

        Assert.Equal("went", (await host.GetAsync(id)).Output<string>());
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"instanceId":"x","format":2}""")]
    public async Task What_is_no_message_is_refused(string body)
    {
        var host = NewHost(Waiter());
        await Assert.ThrowsAsync<InvalidDataException>(() => host.Engine.HandleStepMessageAsync(Encoding.UTF8.GetBytes(body), default));
        await Assert.ThrowsAsync<InvalidDataException>(() => host.Engine.HandleActivityMessageAsync(Encoding.UTF8.GetBytes(body), default));
    }

    [Fact]
    public async Task History_of_a_newer_build_is_refused_and_left_alone()
    {
        var host = NewHost(Waiter());
        var id = await host.ScheduleAsync("Wait");
        await host.PumpAsync();
        var table = host.Storage.Tables.GetTableClient(host.Options.Table);
        await table.UpdateEntityAsync(new TableEntity(id, "instance") { ["Format"] = 99 }, Azure.ETag.All);
        await host.Client.RaiseEventAsync(id, "go", "went", default);
        var message = Assert.Single(await host.Steps.ReceiveAsync(1, TimeSpan.FromSeconds(1), default));

        var refused = await Assert.ThrowsAsync<HistoryFormatException>(() => host.Engine.HandleStepMessageAsync(message.Body, default));
        Assert.Equal($"Instance '{id}' has history in format 99; this build reads formats up to 1. Let a build run it that is at least as new as the one that wrote it.", refused.Message);
        await host.Engine.HandlePoisonedStepAsync(message.Body, default);
        host.Time.Advance(TimeSpan.FromHours(1));
        await host.Engine.RecoverAsync(default);

        await table.UpdateEntityAsync(new TableEntity(id, "instance") { ["Format"] = HistoryFormat.Current }, Azure.ETag.All);
        await host.PumpAsync();
        await host.Engine.HandleStepMessageAsync(message.Body, default);
        Assert.Equal("went", (await host.GetAsync(id)).Output<string>());
    }

    [Fact]
    public async Task A_result_for_a_purged_instance_is_cleared_away_and_does_not_reach_a_namesake()
    {
        var host = NewHost(new OrchestrationRegistry()
            .AddOrchestrator<object?, string>("Slow", (context, _) => context.CallActivityAsync<string>("Late"))
            .AddActivity<object?, string>("Late", async (context, _, _) =>
            {
                // While it runs, its instance goes and a namesake comes.
                await Swap!(context.InstanceId);
                return new string('x', 100_000);
            }));
        Swap = async id =>
        {
            Swap = _ => Task.CompletedTask;
            await host.Client.TerminateAsync(id, "", default);
            while (await host.PumpStepsAsync() > 0)
            {
            }

            Assert.Equal(PurgeResult.Purged, await host.Client.PurgeAsync(id, default));
            await host.ScheduleAsync("Slow", null, id);
        };
        var id = await host.ScheduleAsync("Slow", null, "name");
        var first = (await host.GetAsync(id)).ExecutionId;

        await host.PumpAsync();

        var instance = await host.GetAsync(id);
        Assert.NotEqual(first, instance.ExecutionId);
        Assert.Equal(OrchestrationStatus.Completed, instance.Status);
        Assert.Single(instance.Events().OfType<ActivityCompleted>());
        Assert.Empty(await host.LeftoversAsync());
        Assert.All(await host.BlobsAsync(), blob => Assert.Contains(instance.ExecutionId, blob, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_processes_share_an_instance_and_each_result_enters_history_once()
    {
        var backend = NewBackend();
        var hosts = new[] { new EngineHost(backend, FanOut(60)) { SideBySide = 4 }, new EngineHost(backend, FanOut(60)) { SideBySide = 4 } };
        var id = await hosts[0].ScheduleAsync("FanOut");

        for (var round = 0; (await hosts[0].GetAsync(id)).Status != OrchestrationStatus.Completed; round++)
        {
            Assert.True(round < 200, "The instance did not finish.");
            await Task.WhenAll(hosts.SelectMany(host => new[] { host.PumpStepsAsync(5), host.PumpActivitiesAsync(5) }));
        }

        await hosts[1].PumpAsync();
        var instance = await hosts[1].GetAsync(id);
        Assert.Equal(Enumerable.Range(0, 60).Sum(i => i * i), instance.Output<int>());
        Assert.Equal(Enumerable.Range(0, 60), instance.Events().OfType<ActivityCompleted>().Select(result => result.TaskId).Order());
        Assert.Empty(await hosts[0].LeftoversAsync());
    }

    [Fact]
    public async Task The_state_that_a_replay_sees_is_the_state_of_then()
    {
        var seen = new List<(bool Replaying, DateTimeOffset Now, Guid Id)>();
        var host = NewHost(new OrchestrationRegistry()
            .AddOrchestrator<object?, string>("Look", async (context, _) =>
            {
                seen.Add((context.IsReplaying, context.CurrentUtcDateTime, context.NewGuid()));
                await context.WaitForExternalEventAsync<string>("go").ConfigureAwait(false);
                seen.Add((context.IsReplaying, context.CurrentUtcDateTime, context.NewGuid()));
                await context.WaitForExternalEventAsync<string>("go");
                return "";
            }));
        var id = await host.ScheduleAsync("Look");
        await host.PumpAsync();
        for (var i = 0; i < 2; i++)
        {
            host.Time.Advance(TimeSpan.FromMinutes(1));
            await host.Client.RaiseEventAsync(id, "go", "", default);
            await host.PumpAsync();
        }

        Assert.Equal(OrchestrationStatus.Completed, (await host.GetAsync(id)).Status);
        Assert.Equal([false, true, false, true, true], seen.Select(look => look.Replaying));
        Assert.Equal([seen[0].Now, seen[0].Now, seen[2].Now, seen[0].Now, seen[2].Now], seen.Select(look => look.Now));
        Assert.Equal([seen[0].Id, seen[0].Id, seen[2].Id, seen[0].Id, seen[2].Id], seen.Select(look => look.Id));
        Assert.Equal(TimeSpan.FromMinutes(1), seen[2].Now - seen[0].Now);
    }

    private Func<string, Task>? Swap { get; set; }
}
