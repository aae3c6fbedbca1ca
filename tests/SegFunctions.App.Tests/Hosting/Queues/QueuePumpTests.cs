using System.Text;
using SegFunctions.App.Hosting.Queues;
using SegFunctions.Storage;
using SegFunctions.Storage.Queues;
using SegFunctions.Testing;

namespace SegFunctions.App.Tests.Hosting.Queues;

/// <summary>The pump on the in-memory twin, with a clock that the tests move.</summary>
public sealed class QueuePumpTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);
    private readonly ManualTimeProvider _time = new();
    private readonly Calls _calls = new();
    private readonly StorageAccount _storage;

    public QueuePumpTests() => _storage = StorageAccount.InMemory(_time);

    [Fact]
    public async Task Message_is_handed_over_and_deleted()
    {
        await using var pumped = Pumped(new QueuePumpOptions());
        await pumped.StartAsync();
        await pumped.SendAsync("hello");

        var call = await _calls.NextAsync<QueueCall>().WhileAdvancingAsync(_time, Step);

        Assert.Equal(("hello", 1L), (call.Text, call.DequeueCount));
        await EmptyAsync(pumped);
    }

    [Fact]
    public async Task Payload_of_any_size_arrives_whole()
    {
        var payload = new string('y', 300_000);
        await using var pumped = Pumped(new QueuePumpOptions());
        await pumped.SendAsync(payload);
        await pumped.StartAsync();

        Assert.Equal(payload, (await _calls.NextAsync<QueueCall>().WhileAdvancingAsync(_time, Step)).Text);
    }

    [Fact]
    public async Task Failed_message_rests_is_tried_again_and_moves_to_the_poison_queue_at_last()
    {
        var seen = new List<DateTimeOffset>();
        _calls.Then = (_, _) =>
        {
            seen.Add(_time.GetUtcNow());
            throw new InvalidOperationException("no");
        };
        await using var pumped = Pumped(new QueuePumpOptions { MaxDequeueCount = 3, VisibilityTimeout = TimeSpan.FromSeconds(10) });
        await pumped.SendAsync("bad");
        await pumped.StartAsync();

        for (var attempt = 1; attempt <= 3; attempt++)
            Assert.Equal(attempt, (await _calls.NextAsync<QueueCall>().WhileAdvancingAsync(_time, Step)).DequeueCount);

        await EmptyAsync(pumped);
        var poison = Assert.Single(await pumped.Poison.ReceiveAsync(1, TimeSpan.FromMinutes(1), CancellationToken.None));
        Assert.Equal("bad", Encoding.UTF8.GetString(poison.Body.Span));
        Assert.True(seen[1] - seen[0] >= TimeSpan.FromSeconds(10));
        Assert.True(seen[2] - seen[1] >= TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Message_whose_receivers_died_too_often_is_not_run_again()
    {
        await using var pumped = Pumped(new QueuePumpOptions { MaxDequeueCount = 2 });
        await pumped.SendAsync("deadly");
        for (var death = 0; death < 2; death++)
        {
            Assert.Single(await pumped.Queue.ReceiveAsync(1, TimeSpan.FromSeconds(1), CancellationToken.None));
            _time.Advance(TimeSpan.FromSeconds(2));
        }

        await pumped.StartAsync();

        await CountReachesAsync(pumped.Poison, 1);
        Assert.False(_calls.TryNext(out _));
        await EmptyAsync(pumped);
    }

    [Fact]
    public async Task Large_poison_gets_a_claim_of_its_own()
    {
        var payload = new string('z', 100_000);
        _calls.Then = (_, _) => throw new InvalidOperationException("no");
        await using var pumped = Pumped(new QueuePumpOptions { MaxDequeueCount = 1 });
        await pumped.SendAsync(payload);
        var first = Assert.Single(await pumped.Queue.ReceiveAsync(1, TimeSpan.FromSeconds(1), CancellationToken.None));
        await pumped.Queue.DeleteAsync(first, CancellationToken.None);
        await pumped.SendAsync(payload);
        await pumped.StartAsync();

        await CountReachesAsync(pumped.Poison, 1);

        var poison = Assert.Single(await pumped.Poison.ReceiveAsync(1, TimeSpan.FromMinutes(1), CancellationToken.None));
        Assert.Equal(payload, Encoding.UTF8.GetString((await _storage.Claims.RedeemAsync(poison.Body, CancellationToken.None)).Span));
    }

    [Fact]
    public async Task No_more_than_batch_and_threshold_run_at_once()
    {
        var running = 0;
        var most = 0;
        var release = new TaskCompletionSource();
        _calls.Then = async (_, _) =>
        {
            var now = Interlocked.Increment(ref running);
            lock (release)
                most = Math.Max(most, now);
            await release.Task;
            Interlocked.Decrement(ref running);
        };
        await using var pumped = Pumped(new QueuePumpOptions { BatchSize = 4, NewBatchThreshold = 2 });
        for (var i = 0; i < 20; i++)
            await pumped.SendAsync($"{i}");
        await pumped.StartAsync();

        for (var i = 0; i < 4; i++)
            await _calls.NextAsync<QueueCall>().WhileAdvancingAsync(_time, Step);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.False(_calls.TryNext(out _), "a fifth ran while four were running");
        release.SetResult();
        for (var i = 4; i < 20; i++)
            await _calls.NextAsync<QueueCall>().WhileAdvancingAsync(_time, Step);

        await EmptyAsync(pumped);
        Assert.InRange(most, 4, 6);
    }

    [Fact]
    public async Task Message_stays_ours_however_long_its_function_runs()
    {
        var counting = new CountingQueueStore(_storage.Queues);
        var release = new TaskCompletionSource();
        _calls.Then = (_, _) => release.Task;
        await using var pumped = Pumped(new QueuePumpOptions { HoldTime = TimeSpan.FromSeconds(30) }, _storage.WithQueues(counting));
        await pumped.SendAsync("long");
        await pumped.StartAsync();
        await _calls.NextAsync<QueueCall>().WhileAdvancingAsync(_time, Step);

        var renewed = new TaskCompletionSource();
        counting.OnRenewal = () =>
        {
            if (counting.Renewals == 3)
                renewed.TrySetResult();
        };
        await renewed.Task.WhileAdvancingAsync(_time, Step);
        Assert.False(_calls.TryNext(out _), "the message was delivered twice");
        release.SetResult();

        await EmptyAsync(pumped);
        Assert.False(_calls.TryNext(out _));
    }

    [Fact]
    public async Task Function_is_cancelled_when_its_message_has_come_into_other_hands()
    {
        var counting = new CountingQueueStore(_storage.Queues) { LosesMessages = true };
        var cancelled = new TaskCompletionSource();
        _calls.Then = async (_, token) =>
        {
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, _time, token);
            }
            catch (OperationCanceledException)
            {
                cancelled.TrySetResult();
                throw;
            }
        };
        await using var pumped = Pumped(new QueuePumpOptions(), _storage.WithQueues(counting));
        await pumped.SendAsync("lost");
        await pumped.StartAsync();
        await _calls.NextAsync<QueueCall>().WhileAdvancingAsync(_time, Step);

        await cancelled.Task.WhileAdvancingAsync(_time, Step);
    }

    [Fact]
    public async Task Function_over_its_time_is_cancelled_and_counts_as_failed()
    {
        _calls.Then = (_, token) => Task.Delay(Timeout.InfiniteTimeSpan, _time, token);
        await using var pumped = Pumped(new QueuePumpOptions { MaxDequeueCount = 1 }, functionTimeout: TimeSpan.FromSeconds(20));
        await pumped.SendAsync("slow");
        await pumped.StartAsync();

        await CountReachesAsync(pumped.Poison, 1);
    }

    [Fact]
    public async Task Trouble_with_storage_is_waited_out()
    {
        var counting = new CountingQueueStore(_storage.Queues) { FailNextReceive = new Azure.RequestFailedException(503, "busy") };
        await using var pumped = Pumped(new QueuePumpOptions(), _storage.WithQueues(counting));
        await pumped.SendAsync("later");
        await pumped.StartAsync();

        Assert.Equal("later", (await _calls.NextAsync<QueueCall>().WhileAdvancingAsync(_time, Step)).Text);
        Assert.False(pumped.Failed.IsCompleted);
    }

    [Fact]
    public async Task Error_of_ours_in_the_loop_is_reported_as_fatal()
    {
        var counting = new CountingQueueStore(_storage.Queues) { FailNextReceive = new InvalidOperationException("a mistake") };
        await using var pumped = Pumped(new QueuePumpOptions(), _storage.WithQueues(counting));
        await pumped.StartAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => pumped.Failed.WaitAsync(Calls.Guard));
    }

    [Fact]
    public async Task Signal_wakes_an_idle_pump_without_the_clock()
    {
        await using var pumped = Pumped(new QueuePumpOptions { MaxPollingInterval = TimeSpan.FromHours(1) });
        await pumped.StartAsync();
        await pumped.SendAsync("now");

        pumped.Wake.Set();

        Assert.Equal("now", (await _calls.NextAsync<QueueCall>()).Text);
    }

    [Fact]
    public async Task Stop_lets_a_running_function_finish()
    {
        var release = new TaskCompletionSource();
        _calls.Then = (_, _) => release.Task;
        await using var pumped = Pumped(new QueuePumpOptions());
        await pumped.SendAsync("finishing");
        await pumped.StartAsync();
        await _calls.NextAsync<QueueCall>().WhileAdvancingAsync(_time, Step);

        var stop = pumped.StopAsync();
        Assert.False(stop.IsCompleted);
        release.SetResult();
        await stop.WaitAsync(Calls.Guard);

        Assert.Equal(0, await pumped.Queue.CountAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Stop_gives_back_what_does_not_finish_in_time()
    {
        _calls.Then = (_, token) => Task.Delay(Timeout.InfiniteTimeSpan, _time, token);
        await using var pumped = Pumped(new QueuePumpOptions { MaxDequeueCount = 1, HoldTime = TimeSpan.FromHours(1) }, grace: TimeSpan.FromSeconds(10));
        await pumped.SendAsync("unfinished");
        await pumped.StartAsync();
        await _calls.NextAsync<QueueCall>().WhileAdvancingAsync(_time, Step);

        await pumped.StopAsync().WhileAdvancingAsync(_time, Step);

        var back = Assert.Single(await pumped.Queue.ReceiveAsync(1, TimeSpan.FromSeconds(1), CancellationToken.None));
        Assert.Equal("unfinished", Encoding.UTF8.GetString(back.Body.Span));
    }

    private PumpedQueue Pumped(QueuePumpOptions options, StorageAccount? storage = null, TimeSpan? functionTimeout = null, TimeSpan? grace = null) =>
        new(storage ?? _storage, _time, _calls, options, functionTimeout: functionTimeout, grace: grace);

    private Task EmptyAsync(PumpedQueue pumped) => CountReachesAsync(pumped.Queue, 0);

    private async Task CountReachesAsync(MessageQueue queue, int count)
    {
        async Task WaitAsync()
        {
            while (await queue.CountAsync(CancellationToken.None) != count)
                await Task.Yield();
        }

        await Task.Run(WaitAsync).WhileAdvancingAsync(_time, Step);
    }
}
