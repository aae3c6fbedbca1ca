using SegFunctions.App.Refresh;

namespace SegFunctions.App.Tests.Refresh;

/// <summary>How much of a refresh is held in memory at a time, however many messages are at work.</summary>
public sealed class RefreshSeatsTests
{
    [Fact]
    public async Task Steps_that_hold_a_partition_wait_for_one_another_beyond_the_seats()
    {
        using var seats = new RefreshSeats(partitions: 2);
        Assert.Equal(2, await MostAtOnceAsync((work, token) => seats.WithPartitionAsync(work, token)));
    }

    [Fact]
    public async Task Steps_that_hold_all_customers_work_one_after_the_other()
    {
        using var seats = new RefreshSeats(partitions: 4);
        Assert.Equal(1, await MostAtOnceAsync((work, token) => seats.WithAllAsync(work, token)));
    }

    [Fact]
    public async Task Step_that_fails_leaves_its_seat_to_the_next()
    {
        using var seats = new RefreshSeats(partitions: 1);
        await Assert.ThrowsAsync<InvalidDataException>(() => seats.WithPartitionAsync<bool>(() => throw new InvalidDataException("damaged"), default));

        Assert.True(await seats.WithPartitionAsync(() => Task.FromResult(true), default));
    }

    [Fact]
    public async Task Step_that_is_cancelled_while_it_waits_never_begins()
    {
        using var seats = new RefreshSeats(partitions: 1);
        using var cancelled = new CancellationTokenSource();
        var gate = new TaskCompletionSource<bool>();
        var first = seats.WithAllAsync(() => gate.Task, default);
        var second = seats.WithAllAsync<bool>(() => throw new InvalidOperationException("began"), cancelled.Token);
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        gate.SetResult(true);
        Assert.True(await first);
    }

    /// <summary>Eight steps, each of which lets go once nobody else can begin.</summary>
    private static async Task<int> MostAtOnceAsync(Func<Func<Task<bool>>, CancellationToken, Task<bool>> begin)
    {
        var gates = new Queue<TaskCompletionSource<bool>>();
        var (now, most) = (0, 0);
        var steps = Enumerable.Range(0, 8).Select(_ => begin(WorkAsync, default)).ToArray();
        while (!Task.WhenAll(steps).IsCompleted)
        {
            TaskCompletionSource<bool>? gate;
            lock (gates)
                gates.TryDequeue(out gate);
            gate?.SetResult(true);
            await Task.Yield();
        }

        return most;

        async Task<bool> WorkAsync()
        {
            // Not continued by who opens the gate: the loop above goes on.
            var gate = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (gates)
            {
                gates.Enqueue(gate);
                most = Math.Max(most, ++now);
            }

            await gate.Task;
            lock (gates)
                now--;
            return true;
        }
    }
}
