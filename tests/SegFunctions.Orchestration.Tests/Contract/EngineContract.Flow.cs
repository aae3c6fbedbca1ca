using System.Collections.Concurrent;
using SegFunctions.Orchestration.History;
using SegFunctions.Orchestration.Tests.Support;

namespace SegFunctions.Orchestration.Tests.Contract;

/// <summary>Calls, fan-out, retries, timers, events.</summary>
public abstract partial class EngineContract
{
    private static readonly string[] Cities = ["Lisbon", "Oslo", "Quito"];

    [Fact]
    public async Task Activities_run_in_sequence_and_their_results_reach_the_code()
    {
        var host = NewHost(new OrchestrationRegistry()
            .AddOrchestrator<string[], string>("Greet", async (context, cities) =>
            {
                var greetings = new List<string>();
                foreach (var city in cities)
                    greetings.Add(await context.CallActivityAsync<string>("Hello", city));
                return string.Join(' ', greetings);
            })
            .AddActivity<string, string>("Hello", (_, city, _) => Task.FromResult($"Hello {city}!")));

        var instance = await host.RunAsync("Greet", Cities);

        Assert.Equal("Hello Lisbon! Hello Oslo! Hello Quito!", instance.Output<string>());
        Assert.Equal(3, host.Delivered.Activities);
        Assert.Equal(Cities, instance.Events().OfType<ActivityScheduled>().Select(call => System.Text.Encoding.UTF8.GetString(call.Input.Json!).Trim('"')));
    }

    [Theory]
    [InlineData(20, 1)]
    [InlineData(1000, 16)]
    public async Task A_fan_out_comes_together_with_every_result_once(int width, int sideBySide)
    {
        var host = new EngineHost(NewBackend(), FanOut(width)) { SideBySide = sideBySide };

        var instance = await host.RunAsync("FanOut");

        Assert.Equal(Enumerable.Range(0, width).Sum(i => i * i), instance.Output<int>());
        var results = instance.Events().OfType<ActivityCompleted>().Select(result => result.TaskId).ToList();
        Assert.Equal(Enumerable.Range(0, width), results.Order());
        Assert.Equal(width, host.Delivered.Activities);

        // The pump delivers 32 results between two steps; each step takes all that wait.
        Assert.InRange(instance.Steps, 2, (width / 32) + 3);
    }

    [Fact]
    public async Task A_failed_activity_is_tried_again_after_growing_waits()
    {
        var attempts = new ConcurrentQueue<(int Attempt, DateTimeOffset At)>();
        EngineHostTime time = new();
        var host = NewHost(new OrchestrationRegistry()
            .AddOrchestrator<object?, string>("Flaky", (context, _) => context.CallActivityAsync<string>(
                "Flaky", null, new RetryPolicy(4, TimeSpan.FromMinutes(1), backoffCoefficient: 3)))
            .AddActivity<object?, string>("Flaky", (context, _, _) =>
            {
                attempts.Enqueue((context.Attempt, time.Now()));
                return context.Attempt < 3 ? throw new InvalidOperationException($"no luck {context.Attempt}") : Task.FromResult("done");
            }));
        time.Now = host.Time.GetUtcNow;
        var start = host.Time.GetUtcNow();

        var id = await host.ScheduleAsync("Flaky");
        await host.PumpAsync();
        Assert.Single(attempts);
        await host.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(2, attempts.Count);
        await host.AdvanceAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(2, attempts.Count);
        await host.AdvanceAsync(TimeSpan.FromMinutes(1));

        var instance = await host.GetAsync(id);
        Assert.Equal("done", instance.Output<string>());
        Assert.Equal([1, 2, 3], attempts.Select(attempt => attempt.Attempt));
        var failures = instance.Events().OfType<ActivityFailed>().ToList();
        Assert.Equal(["no luck 1", "no luck 2"], failures.Select(failure => failure.Failure.Message));
        Assert.Equal(start + TimeSpan.FromMinutes(1), failures[0].RetryAt);
        Assert.Equal(TimeSpan.FromMinutes(3), failures[1].RetryAt - attempts.ElementAt(1).At);
    }

    [Fact]
    public async Task Exhausted_retries_reach_the_code_as_a_failure_it_can_handle()
    {
        var host = NewHost(new OrchestrationRegistry()
            .AddOrchestrator<object?, string>("Careful", async (context, _) =>
            {
                try
                {
                    await context.CallActivityAsync("Broken", null, new RetryPolicy(2, TimeSpan.FromSeconds(5)));
                    return "no failure";
                }
                catch (TaskFailedException failure)
                {
                    return $"{failure.TaskName} {failure.Failure.Type} {failure.Failure.Message} {failure.Failure.Inner!.Message}";
                }
            })
            .AddActivity<object?, string>("Broken", (_, _, _) => throw new TimeoutException("outer", new FormatException("inner"))));

        var id = await host.ScheduleAsync("Careful");
        await host.PumpAsync();
        await host.AdvanceAsync(TimeSpan.FromSeconds(5));

        var instance = await host.GetAsync(id);
        Assert.Equal("Broken System.TimeoutException outer inner", instance.Output<string>());
        Assert.Equal([1, 2], instance.Events().OfType<ActivityFailed>().Select(failure => failure.Attempt));
        Assert.Contains(nameof(Exhausted_retries_reach_the_code_as_a_failure_it_can_handle), instance.Events().OfType<ActivityFailed>().First().Failure.Stack!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unhandled_failure_fails_the_instance()
    {
        var host = NewHost(new OrchestrationRegistry()
            .AddOrchestrator<object?, string>("Naive", (context, _) => context.CallActivityAsync<string>("Broken"))
            .AddActivity<object?, string>("Broken", (_, _, _) => throw new TimeoutException("too slow")));

        var failure = (await host.RunAsync("Naive")).Failed();

        Assert.Equal(typeof(TaskFailedException).FullName, failure.Type);
        Assert.Contains("Activity 'Broken' (task 0) failed: System.TimeoutException: too slow", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_timer_fires_when_it_is_due_and_not_before()
    {
        var host = NewHost(new OrchestrationRegistry()
            .AddOrchestrator<object?, DateTimeOffset[]>("Sleep", async (context, _) =>
            {
                var before = context.CurrentUtcDateTime;
                await context.CreateTimerAsync(TimeSpan.FromDays(20));
                return [before, context.CurrentUtcDateTime];
            }));
        var start = host.Time.GetUtcNow();

        var id = await host.ScheduleAsync("Sleep");
        await host.PumpAsync();
        await host.AdvanceAsync(TimeSpan.FromDays(8));
        await host.AdvanceAsync(TimeSpan.FromDays(8));
        Assert.Equal(OrchestrationStatus.Running, (await host.GetAsync(id)).Status);
        Assert.Equal(1, (await host.GetAsync(id)).Steps);
        await host.AdvanceAsync(TimeSpan.FromDays(5));

        var seen = (await host.GetAsync(id)).Output<DateTimeOffset[]>();
        Assert.Equal(start, seen[0]);
        Assert.True(seen[1] >= start + TimeSpan.FromDays(20));
    }

    [Fact]
    public async Task Timers_fire_in_the_order_of_their_times()
    {
        var host = NewHost(new OrchestrationRegistry()
            .AddOrchestrator<object?, string>("Race", async (context, _) =>
            {
                var order = new List<string>();
                async Task Note(string name, int minutes)
                {
                    await context.CreateTimerAsync(TimeSpan.FromMinutes(minutes));
                    order.Add(name);
                }

                await Task.WhenAll(Note("three", 3), Note("one", 1), Note("two", 2));
                return string.Join(',', order);
            }));

        var id = await host.ScheduleAsync("Race");
        await host.PumpAsync();
        await host.AdvanceAsync(TimeSpan.FromHours(1));

        Assert.Equal("one,two,three", (await host.GetAsync(id)).Output<string>());
    }

    [Fact]
    public async Task An_event_before_its_time_out_cancels_the_timer()
    {
        var host = NewHost(Approval());
        var id = await host.ScheduleAsync("Approval");
        await host.PumpAsync();

        Assert.Equal(RequestResult.Accepted, await host.Client.RaiseEventAsync(id, "approved", "yes", default));
        await host.PumpAsync();

        var instance = await host.GetAsync(id);
        Assert.Equal("yes", instance.Output<string>());
        Assert.Single(instance.Events().OfType<TimerCanceled>());
    }

    [Fact]
    public async Task A_wait_without_event_ends_with_its_time_out()
    {
        var host = NewHost(Approval());
        var id = await host.ScheduleAsync("Approval");
        await host.PumpAsync();

        await host.AdvanceAsync(TimeSpan.FromHours(1));

        Assert.Equal("timed out", (await host.GetAsync(id)).Output<string>());
    }

    [Fact]
    public async Task Events_reach_the_code_in_order_whether_raised_before_or_after_the_wait()
    {
        var host = NewHost(new OrchestrationRegistry()
            .AddOrchestrator<object?, string>("Collect", async (context, _) =>
            {
                var first = await context.WaitForExternalEventAsync<int>("Number");
                await context.CallActivityAsync<string>("Pause");
                var second = await context.WaitForExternalEventAsync<int>("number");
                var third = await context.WaitForExternalEventAsync<int>("NUMBER");
                return $"{first} {second} {third}";
            })
            .AddActivity<object?, string>("Pause", (_, _, _) => Task.FromResult("")));
        var id = await host.ScheduleAsync("Collect");

        await host.Client.RaiseEventAsync(id, "Number", 1, default);
        await host.Client.RaiseEventAsync(id, "Number", 2, default);
        await host.Client.RaiseEventAsync(id, "Other", 99, default);
        await host.PumpAsync();
        Assert.Equal(OrchestrationStatus.Running, (await host.GetAsync(id)).Status);
        await host.Client.RaiseEventAsync(id, "Number", 3, default);
        await host.PumpAsync();

        Assert.Equal("1 2 3", (await host.GetAsync(id)).Output<string>());
    }

    [Fact]
    public async Task Custom_status_version_and_ids_show_what_the_code_set()
    {
        var host = NewHost(new OrchestrationRegistry()
            .AddOrchestrator<object?, string>(
                "Report",
                async (context, _) =>
                {
                    var id = context.NewGuid();
                    context.SetCustomStatus(new { Done = 1, Of = 2 });
                    await context.WaitForExternalEventAsync<string>("go");
                    context.SetCustomStatus("nearly");
                    return $"{context.Version} {id == context.NewGuid()} {id} {context.InstanceId} {context.Name}";
                },
                version: "2.1"));
        var id = await host.ScheduleAsync("Report", instanceId: "chosen/by me?");
        await host.PumpAsync();
        Assert.Equal("""{"done":1,"of":2}""", (await host.GetAsync(id)).CustomStatus!.Value.GetRawText());

        await host.Client.RaiseEventAsync(id, "go", "", default);
        await host.PumpAsync();

        var instance = await host.GetAsync(id);
        Assert.Equal("nearly", instance.CustomStatus!.Value.GetString());
        Assert.Equal("2.1", instance.Version);
        Assert.Matches("^2.1 False [0-9a-f-]{14}8[0-9a-f-]{21} chosen/by me\\? Report$", instance.Output<string>());
    }

    [Fact]
    public async Task An_instance_keeps_the_version_it_began_with()
    {
        var backend = NewBackend();
        static Task<string> Code(OrchestrationContext context) => context.WaitForExternalEventAsync<string>("go");
        var old = new EngineHost(backend, new OrchestrationRegistry().AddOrchestrator<object?, string>("V", async (context, _) => context.Version + await Code(context), "1"));
        var id = await old.ScheduleAsync("V");
        await old.PumpAsync();

        var renewed = new EngineHost(backend, new OrchestrationRegistry().AddOrchestrator<object?, string>("V", async (context, _) => context.Version + await Code(context), "2"));
        await renewed.Client.RaiseEventAsync(id, "go", "!", default);
        await renewed.PumpAsync();
        await renewed.Client.ScheduleNewAsync("V", null, new ScheduleOptions { InstanceId = "asked", Version = "0.9" }, default);
        await renewed.Client.RaiseEventAsync("asked", "go", "?", default);
        await renewed.PumpAsync();

        Assert.Equal("1!", (await renewed.GetAsync(id)).Output<string>());
        Assert.Equal("0.9?", (await renewed.GetAsync("asked")).Output<string>());
    }

    [Theory]
    [InlineData(40_000)]
    [InlineData(60_000)]
    [InlineData(500_000)]
    public async Task Large_values_travel_whole(int length)
    {
        // Random letters do not compress, so that rows really overflow into blobs.
        static string Text(int seed, int length) => string.Create(length, seed, (span, s) =>
        {
            var random = new Random(s);
            foreach (ref var letter in span)
                letter = (char)('!' + random.Next(90));
        });
        var host = NewHost(new OrchestrationRegistry()
            .AddOrchestrator<string, string>("Echo", async (context, input) =>
            {
                var both = await Task.WhenAll(
                    context.CallActivityAsync<string>("Reverse", input), context.CallActivityAsync<string>("Reverse", "small"));
                var raised = await context.WaitForExternalEventAsync<string>("more");
                return both[0] + both[1] + raised;
            })
            .AddActivity<string, string>("Reverse", (_, text, _) => Task.FromResult(new string([.. text.Reverse()]))));
        var (input, extra) = (Text(1, length), Text(2, length));

        var id = await host.ScheduleAsync("Echo", input);
        await host.Client.RaiseEventAsync(id, "more", extra, default);
        await host.PumpAsync();

        var instance = await host.GetAsync(id);
        Assert.Equal(new string([.. input.Reverse()]) + "llams" + extra, instance.Output<string>());
        Assert.Equal(input, instance.Input!.Value.GetString());
        Assert.Empty(await host.LeftoversAsync());
    }

    [Fact]
    public async Task A_step_takes_no_more_bytes_than_it_may_and_the_rest_follows()
    {
        var backend = NewBackend();
        backend = backend with { Options = backend.Options with { StepBytes = 1024 * 1024 } };
        var host = new EngineHost(backend, new OrchestrationRegistry()
            .AddOrchestrator<object?, int>("Wide", async (context, _) =>
                (await Task.WhenAll(Enumerable.Range(0, 30).Select(i => context.CallActivityAsync<string>("Large", i)))).Sum(text => text.Length))
            .AddActivity<int, string>("Large", (_, i, _) => Task.FromResult(new string('x', i % 2 == 0 ? 100_000 : 40_000))));
        var id = await host.ScheduleAsync("Wide");
        await host.PumpStepsAsync();
        await host.PumpActivitiesAsync();

        // One wake-up takes all 2.1 MB, in two steps behind the first.
        await host.PumpStepsAsync(maximum: 1);

        var instance = await host.GetAsync(id);
        Assert.Equal(15 * 140_000, instance.Output<int>());
        Assert.Equal(3, instance.Steps);
        await host.PumpAsync();
        Assert.Empty(await host.LeftoversAsync());
    }

    private static OrchestrationRegistry FanOut(int width) => new OrchestrationRegistry()
        .AddOrchestrator<object?, int>("FanOut", async (context, _) =>
        {
            var results = await Task.WhenAll(Enumerable.Range(0, width).Select(i => context.CallActivityAsync<int>("Square", i)));
            return results.Sum();
        })
        .AddActivity<int, int>("Square", (_, i, _) => Task.FromResult(i * i));

    private static OrchestrationRegistry Approval() => new OrchestrationRegistry()
        .AddOrchestrator<object?, string>("Approval", async (context, _) =>
        {
            try
            {
                return await context.WaitForExternalEventAsync<string>("Approved", TimeSpan.FromHours(1));
            }
            catch (TaskCanceledException)
            {
                return "timed out";
            }
        });

    /// <summary>The clock of a host that does not exist yet when its registry is built.</summary>
    private sealed class EngineHostTime
    {
        public Func<DateTimeOffset> Now { get; set; } = () => default;
    }
}
