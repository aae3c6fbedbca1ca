using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SegFunctions.App.Hosting;
using SegFunctions.App.Hosting.Invocation;
using SegFunctions.App.Hosting.Loops;
using SegFunctions.App.Hosting.Timers;
using SegFunctions.Storage;
using SegFunctions.Testing;

namespace SegFunctions.App.Tests.Hosting.Timers;

/// <summary>The timer's loop on the in-memory twin, with a clock that the tests move.</summary>
public sealed class TimerLoopTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(10);
    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 3, 4, 12, 0, 0, TimeSpan.Zero));
    private readonly Calls _calls = new();
    private readonly StorageAccount _storage;

    public TimerLoopTests() => _storage = StorageAccount.InMemory(_time);

    [Fact]
    public async Task Timer_fires_at_its_time_and_again_the_next_day()
    {
        await using var timer = await StartAsync();

        var first = await _calls.NextAsync<TimerCall>().WhileAdvancingAsync(_time, Step);
        var second = await _calls.NextAsync<TimerCall>().WhileAdvancingAsync(_time, Step);

        Assert.Equal(new TimerCall(IsPastDue: false, DateTimeOffset.MinValue, Day(5, 3)), first);
        Assert.Equal((false, (DateTimeOffset?)Day(6, 3)), (second.IsPastDue, second.Next));
        Assert.Equal(Day(5, 3), second.Last);
    }

    [Fact]
    public async Task Missed_ticks_are_caught_up_by_one_call_that_says_so()
    {
        await StoreAsync(new TimerStatus("0 0 3 * * *", Day(1, 3), Day(2, 3), Day(1, 3)));
        await using var timer = await StartAsync();

        var late = await _calls.NextAsync<TimerCall>();
        var onTime = await _calls.NextAsync<TimerCall>().WhileAdvancingAsync(_time, Step);

        Assert.Equal(new TimerCall(IsPastDue: true, Day(1, 3), Day(2, 3)), late);
        Assert.Equal(new TimerCall(IsPastDue: false, Day(4, 12), Day(5, 3)), onTime);
    }

    [Fact]
    public async Task Failing_run_does_not_end_the_schedule()
    {
        _calls.Then = (_, _) => throw new InvalidOperationException("no");
        await using var timer = await StartAsync();

        await _calls.NextAsync<TimerCall>().WhileAdvancingAsync(_time, Step);
        var second = await _calls.NextAsync<TimerCall>().WhileAdvancingAsync(_time, Step);

        Assert.Equal(Day(6, 3), second.Next);
    }

    [Fact]
    public async Task Timer_that_runs_on_startup_runs_once_more_at_a_start_and_its_schedule_stays()
    {
        await using var timer = await StartAsync(runOnStartup: true);

        var atStart = await _calls.NextAsync<TimerCall>();
        var first = await _calls.NextAsync<TimerCall>().WhileAdvancingAsync(_time, Step);
        var second = await _calls.NextAsync<TimerCall>().WhileAdvancingAsync(_time, Step);

        Assert.Equal(new TimerCall(IsPastDue: false, DateTimeOffset.MinValue, Day(5, 3)), atStart);
        Assert.Equal(atStart, first);
        Assert.Equal(Day(6, 3), second.Next);
    }

    [Fact]
    public async Task Run_that_is_past_due_is_the_one_of_the_start_as_well()
    {
        await StoreAsync(new TimerStatus("0 0 3 * * *", Day(1, 3), Day(2, 3), Day(1, 3)));
        await using var timer = await StartAsync(runOnStartup: true);

        Assert.True((await _calls.NextAsync<TimerCall>()).IsPastDue);
        Assert.Equal(Day(5, 3), (await _calls.NextAsync<TimerCall>().WhileAdvancingAsync(_time, Step)).Next);
    }

    [Fact]
    public async Task Two_instances_run_a_tick_once()
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync();

        await _calls.NextAsync<TimerCall>().WhileAdvancingAsync(_time, Step);
        var second = await _calls.NextAsync<TimerCall>().WhileAdvancingAsync(_time, Step);

        // A tick that ran twice would show the same occurrence again.
        Assert.Equal(Day(6, 3), second.Next);
    }

    [Fact]
    public async Task Run_that_a_stop_cut_short_is_done_again_by_the_next_instance()
    {
        _calls.Then = (_, token) => Task.Delay(Timeout.InfiniteTimeSpan, _time, token);
        await StoreAsync(new TimerStatus("0 0 3 * * *", Day(3, 3), Day(4, 3), Day(3, 3)));
        await using (var interrupted = await StartAsync())
        {
            Assert.Equal(Day(4, 3), (await _calls.NextAsync<TimerCall>()).Next);
            await interrupted.StopAsync(new CancellationToken(canceled: true));
        }

        _calls.Then = null;
        await using var next = await StartAsync();

        Assert.Equal(new TimerCall(IsPastDue: true, Day(3, 3), Day(4, 3)), await _calls.NextAsync<TimerCall>().WhileAdvancingAsync(_time, Step));
    }

    private static DateTimeOffset Day(int day, int hour) => new(2026, 3, day, hour, 0, 0, TimeSpan.Zero);

    private async Task StoreAsync(TimerStatus status)
    {
        var container = _storage.Blobs.GetContainer(HostId.Container);
        await container.CreateIfNotExistsAsync(CancellationToken.None);
        await container.WriteAsync(
            HostId.TimerStatus("Nightly"),
            JsonSerializer.SerializeToUtf8Bytes(status, TimerStatusContext.Default.TimerStatus),
            options: null,
            CancellationToken.None);
    }

    private async Task<TriggerLoops> StartAsync(bool runOnStartup = false)
    {
        var services = new ServiceCollection().AddLogging().AddSingleton(_storage).AddSingleton(_calls).AddScoped<SampleFunctions>().BuildServiceProvider();
        var loop = new TimerLoop(
            Some.Registry().Find("Nightly")!,
            TimerSchedule.Parse("0 0 3 * * *"),
            runOnStartup,
            _storage,
            new FunctionInvoker(services.GetRequiredService<IServiceScopeFactory>()),
            TimeSpan.FromMinutes(30),
            _time,
            Some.Silent<TimerLoop>());
        var loops = new TriggerLoops(() => [loop], TimeSpan.FromSeconds(20), _time, Some.Silent<TriggerLoops>());
        await loops.PrepareAsync(_storage, CancellationToken.None);
        loops.Start();
        return loops;
    }
}
