using System.Collections.Concurrent;
using SegFunctions.Orchestration.History;
using SegFunctions.Orchestration.Tests.Support;

namespace SegFunctions.Orchestration.Tests.Contract;

/// <summary>Scheduling, looking, terminating, purging, rewinding.</summary>
public abstract partial class EngineContract
{
    [Fact]
    public async Task What_does_not_exist_is_a_value_not_an_exception()
    {
        var host = NewHost(Waiter());

        Assert.Null(await host.Client.GetAsync("nobody", InstanceParts.All, default));
        Assert.Null(await host.Client.WaitForCompletionAsync("nobody", InstanceParts.All, default));
        Assert.Equal(RequestResult.NotFound, await host.Client.RaiseEventAsync("nobody", "go", 1, default));
        Assert.Equal(RequestResult.NotFound, await host.Client.TerminateAsync("nobody", "why", default));
        Assert.Equal(RequestResult.NotFound, await host.Client.RewindAsync("nobody", "why", default));
        Assert.Equal(PurgeResult.NotFound, await host.Client.PurgeAsync("nobody", default));
    }

    [Fact]
    public async Task An_id_names_one_instance_until_it_has_finished_and_is_replaced()
    {
        var host = NewHost(Waiter());
        var keep = new ScheduleOptions { InstanceId = "the one" };
        var replace = keep with { IfExists = ExistingInstance.ReplaceFinished };

        Assert.True((await host.Client.ScheduleNewAsync("Wait", 1, keep, default)).Scheduled);
        Assert.Equal(new ScheduleResult("the one", Scheduled: false, OrchestrationStatus.Pending), await host.Client.ScheduleNewAsync("Wait", 2, keep, default));
        await host.PumpAsync();
        Assert.Equal(new ScheduleResult("the one", Scheduled: false, OrchestrationStatus.Running), await host.Client.ScheduleNewAsync("Wait", 2, replace, default));
        await host.Client.RaiseEventAsync("the one", "go", "first", default);
        await host.PumpAsync();
        Assert.Equal(new ScheduleResult("the one", Scheduled: false, OrchestrationStatus.Completed), await host.Client.ScheduleNewAsync("Wait", 2, keep, default));

        Assert.True((await host.Client.ScheduleNewAsync("Wait", 2, replace, default)).Scheduled);
        Assert.Equal(OrchestrationStatus.Pending, (await host.GetAsync("the one")).Status);
        await host.Client.RaiseEventAsync("the one", "go", "second", default);
        await host.PumpAsync();

        Assert.Equal("second", (await host.GetAsync("the one")).Output<string>());
        Assert.Equal(2, (await host.GetAsync("the one")).Input!.Value.GetInt32());
    }

    [Theory]
    [InlineData("/ \\ # ? % ' \" < > | & = + ~ .")]
    [InlineData("äöü 客户 🙂 \t\u0001\u0085")]
    [InlineData("..")]
    public async Task Any_text_can_be_an_instance_id(string instanceId)
    {
        var host = NewHost(Waiter());
        await host.ScheduleAsync("Wait", new string('x', 60_000), instanceId);
        await host.PumpAsync();
        Assert.Equal(RequestResult.Accepted, await host.Client.RaiseEventAsync(instanceId, "go", new string('y', 60_000), default));
        await host.PumpAsync();

        Assert.Equal(60_000, (await host.GetAsync(instanceId)).Output<string>().Length);
        var page = await host.Client.ListAsync(new InstanceFilter(), 10, null, default);
        Assert.Equal(instanceId, Assert.Single(page.Instances).InstanceId);
        Assert.Equal(PurgeResult.Purged, await host.Client.PurgeAsync(instanceId, default));
        Assert.Empty(await host.RowsAsync());
        Assert.Empty(await host.BlobsAsync());
    }

    [Fact]
    public async Task A_terminated_instance_ends_at_once_and_its_activities_go_unheard()
    {
        var ran = 0;
        var host = NewHost(new OrchestrationRegistry()
            .AddOrchestrator<object?, string>("Long", (context, _) => context.CallActivityAsync<string>("Never"))
            .AddActivity<object?, string>("Never", (_, _, _) => Task.FromResult($"{++ran}")));
        var id = await host.ScheduleAsync("Long");
        await host.PumpStepsAsync();

        Assert.Equal(RequestResult.Accepted, await host.Client.TerminateAsync(id, "no longer wanted", default));
        await host.PumpAsync();

        var instance = await host.GetAsync(id);
        Assert.Equal(OrchestrationStatus.Terminated, instance.Status);
        Assert.Equal("no longer wanted", instance.Output!.Value.GetString());
        Assert.NotNull(instance.CompletedOn);
        Assert.Equal(0, ran);
        Assert.Equal(RequestResult.Finished, await host.Client.TerminateAsync(id, "again", default));
        Assert.Equal(RequestResult.Finished, await host.Client.RaiseEventAsync(id, "go", 1, default));
        Assert.Equal(RequestResult.NotFailed, await host.Client.RewindAsync(id, "again", default));
        Assert.Empty(await host.LeftoversAsync());
    }

    [Fact]
    public async Task A_purge_leaves_nothing_and_spares_what_is_under_way()
    {
        var host = NewHost(Waiter());
        var large = new string('x', 100_000);
        var done = await host.ScheduleAsync("Wait", large, "done");
        await host.Client.RaiseEventAsync(done, "go", large, default);
        await host.ScheduleAsync("Wait", large, "running");
        await host.PumpAsync();

        Assert.Equal(PurgeResult.NotFinished, await host.Client.PurgeAsync("running", default));
        Assert.Equal(PurgeResult.Purged, await host.Client.PurgeAsync("done", default));
        Assert.Null(await host.Client.GetAsync("done", InstanceParts.Summary, default));
        Assert.All(await host.RowsAsync(), row => Assert.StartsWith("running/", row, StringComparison.Ordinal));
        Assert.All(await host.BlobsAsync(), blob => Assert.StartsWith("running/", blob, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_purge_by_age_takes_what_finished_before()
    {
        var host = NewHost(Waiter());
        foreach (var id in new[] { "a", "b", "c" })
        {
            await host.ScheduleAsync("Wait", null, id);
            if (id != "c")
                await host.Client.RaiseEventAsync(id, "go", id, default);
            await host.PumpAsync();
            host.Time.Advance(TimeSpan.FromHours(1));
        }

        var finishedB = (await host.GetAsync("b")).CompletedOn!.Value;
        Assert.Equal(0, await host.Client.PurgeAsync(finishedB, [OrchestrationStatus.Failed], default));
        Assert.Equal(1, await host.Client.PurgeAsync(finishedB, null, default));
        var left = await host.Client.ListAsync(new InstanceFilter(), 10, null, default);
        Assert.Equal(["b", "c"], left.Instances.Select(instance => instance.InstanceId));
    }

    [Fact]
    public async Task A_list_is_filtered_and_paged()
    {
        var host = NewHost(Waiter().AddOrchestrator<object?, string>("Quick", (_, _) => Task.FromResult("done")));
        var start = host.Time.GetUtcNow();
        for (var i = 0; i < 5; i++)
        {
            await host.ScheduleAsync(i % 2 == 0 ? "Wait" : "Quick", null, $"i{i}");
            host.Time.Advance(TimeSpan.FromMinutes(1));
        }

        await host.PumpAsync();

        Assert.Equal(["i1", "i3"], await Ids(new InstanceFilter { Name = "Quick" }));
        Assert.Equal(["i0", "i2", "i4"], await Ids(new InstanceFilter { Statuses = [OrchestrationStatus.Running, OrchestrationStatus.Failed] }));
        Assert.Equal(["i1", "i2"], await Ids(new InstanceFilter { CreatedFrom = start + TimeSpan.FromMinutes(1), CreatedBefore = start + TimeSpan.FromMinutes(3) }));
        Assert.Empty(await Ids(new InstanceFilter { Statuses = [] }));
        Assert.Equal(["i0", "i1", "i2", "i3", "i4"], await Ids(new InstanceFilter()));

        async Task<List<string>> Ids(InstanceFilter filter)
        {
            var ids = new List<string>();
            string? token = null;
            do
            {
                var page = await host.Client.ListAsync(filter, 2, token, default);
                Assert.InRange(page.Instances.Count, 0, 2);
                ids.AddRange(page.Instances.Select(instance => instance.InstanceId));
                token = page.ContinuationToken;
            }
            while (token is not null);
            return ids;
        }
    }

    [Fact]
    public async Task A_rewind_runs_again_what_failed_and_keeps_what_succeeded()
    {
        var runs = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var isMended = false;
        var host = NewHost(new OrchestrationRegistry()
            .AddOrchestrator<object?, string>("Work", async (context, _) =>
            {
                var first = await context.CallActivityAsync<string>("Do", "first");
                var both = await Task.WhenAll(
                    context.CallActivityAsync<string>("Do", "broken", new RetryPolicy(2, TimeSpan.FromSeconds(1))),
                    context.CallActivityAsync<string>("Do", "fine"));
                return $"{first} {both[0]} {both[1]}";
            })
            .AddActivity<string, string>("Do", (_, what, _) =>
            {
                runs.AddOrUpdate(what, 1, (_, count) => count + 1);
                return what == "broken" && !isMended ? throw new InvalidOperationException("not yet") : Task.FromResult(what);
            }));
        var id = await host.ScheduleAsync("Work");
        await host.PumpAsync();
        await host.AdvanceAsync(TimeSpan.FromSeconds(1));
        var failed = await host.GetAsync(id);
        Assert.Contains("on attempt 2", failed.Failed().Message, StringComparison.Ordinal);

        isMended = true;
        Assert.Equal(RequestResult.Accepted, await host.Client.RewindAsync(id, "mended", default));
        await host.PumpAsync();

        var instance = await host.GetAsync(id);
        Assert.Equal("first broken fine", instance.Output<string>());
        Assert.Equal((1, 3, 1), (runs["first"], runs["broken"], runs["fine"]));
        Assert.Equal(failed.History!.Select(Json), instance.History!.Take(failed.Steps).Select(Json));
        Assert.Equal("mended", Assert.Single(instance.Events().OfType<OrchestrationRewound>()).Reason);
        Assert.Equal([1, 2, 3], instance.Events().Select(AttemptOf).Where(attempt => attempt.TaskId == 1).Select(attempt => attempt.Attempt).Distinct());
        Assert.Equal(RequestResult.NotFailed, await host.Client.RewindAsync(id, "again", default));
        Assert.Empty(await host.LeftoversAsync());

        static string Json(HistoryStep step) => System.Text.Json.JsonSerializer.Serialize(step);

        static (int TaskId, int Attempt) AttemptOf(HistoryEvent happened) => happened switch
        {
            ActivityFailed failure => (failure.TaskId, failure.Attempt),
            ActivityCompleted completed => (completed.TaskId, completed.Attempt),
            _ => (-1, 0),
        };
    }

    [Fact]
    public async Task A_rewind_forgets_what_the_code_did_about_the_failure()
    {
        var log = new ConcurrentQueue<string>();
        var isMended = false;
        var host = NewHost(new OrchestrationRegistry()
            .AddOrchestrator<object?, string>("Book", async (context, _) =>
            {
                try
                {
                    var car = context.CallActivityAsync<string>("Do", "car");
                    var flight = context.CallActivityAsync<string>("Do", "flight");
                    await flight;
                    return await car;
                }
                catch (TaskFailedException)
                {
                    await context.CallActivityAsync<string>("Do", "undo");
                    throw;
                }
            })
            .AddActivity<string, string>("Do", (_, what, _) =>
            {
                log.Enqueue(what);
                return what == "flight" && !isMended ? throw new InvalidOperationException("full") : Task.FromResult(what);
            }));
        var id = await host.ScheduleAsync("Book");
        await host.PumpAsync();
        (await host.GetAsync(id)).Failed();
        Assert.Equal(["car", "flight", "undo"], log.Order());

        // It fails once more, so that a rewind of a rewound history is tried too.
        await host.Client.RewindAsync(id, "perhaps", default);
        await host.PumpAsync();
        (await host.GetAsync(id)).Failed();
        isMended = true;
        await host.Client.RewindAsync(id, "surely", default);
        await host.PumpAsync();

        Assert.Equal("car", (await host.GetAsync(id)).Output<string>());
        Assert.Equal(["car", "flight", "flight", "flight", "undo", "undo"], log.Order());
        Assert.Empty(await host.LeftoversAsync());
    }

    [Fact]
    public async Task A_rewind_delivers_again_what_came_after_the_failure()
    {
        var isMended = false;
        var host = NewHost(new OrchestrationRegistry()
            .AddOrchestrator<object?, string>("Gather", async (context, _) =>
            {
                var broken = context.CallActivityAsync<string>("Broken");
                var raised = context.WaitForExternalEventAsync<string>("news");
                var timer = context.CreateTimerAsync(TimeSpan.FromMinutes(1));
                await Task.WhenAll(broken, raised, timer);
                return await broken + await raised;
            })
            .AddActivity<object?, string>("Broken", (_, _, _) => isMended ? Task.FromResult("good ") : throw new InvalidOperationException()));
        var id = await host.ScheduleAsync("Gather");
        await host.PumpAsync();
        await host.Client.RaiseEventAsync(id, "news", "news", default);
        await host.PumpAsync();
        await host.AdvanceAsync(TimeSpan.FromMinutes(1));
        (await host.GetAsync(id)).Failed();

        isMended = true;
        await host.Client.RewindAsync(id, "mended", default);
        await host.PumpAsync();

        var instance = await host.GetAsync(id);
        Assert.Equal("good news", instance.Output<string>());
        Assert.Equal(2, instance.Events().OfType<Redelivered>().Count());
        Assert.Single(instance.Events().OfType<ExternalEventRaised>());
        Assert.Single(instance.Events().OfType<TimerFired>());
    }

    [Fact]
    public async Task Code_that_threw_by_itself_runs_on_after_a_rewind()
    {
        var backend = NewBackend();
        OrchestrationRegistry Build(Func<string, string> end) => new OrchestrationRegistry()
            .AddOrchestrator<object?, string>("Code", async (context, _) =>
            {
                var first = await context.CallActivityAsync<string>("Do");
                return end(first) + await context.CallActivityAsync<string>("Do");
            })
            .AddActivity<object?, string>("Do", (context, _, _) => Task.FromResult($"{context.TaskId}"));
        var broken = new EngineHost(backend, Build(_ => throw new DivideByZeroException()));
        var id = await broken.ScheduleAsync("Code");
        await broken.PumpAsync();
        Assert.Equal(typeof(DivideByZeroException).FullName, (await broken.GetAsync(id)).Failed().Type);

        var mended = new EngineHost(backend, Build(text => text));
        await mended.Client.RewindAsync(id, "deployed a fix", default);
        await mended.PumpAsync();

        Assert.Equal("01", (await mended.GetAsync(id)).Output<string>());
    }

    private static OrchestrationRegistry Waiter() => new OrchestrationRegistry()
        .AddOrchestrator<object?, string>("Wait", (context, _) => context.WaitForExternalEventAsync<string>("go"));
}
