using System.Text;
using Azure.Storage.Queues;
using SegFunctions.App.Hosting.Queues;
using SegFunctions.Storage;
using SegFunctions.Testing;

namespace SegFunctions.App.Tests.Hosting.Queues;

/// <summary>The pump on a real queue service, with the real clock.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class QueuePumpAzuriteTests(AzuriteServer azurite)
{
    private static readonly QueuePumpOptions Quick = new() { HoldTime = TimeSpan.FromSeconds(2), MaxDequeueCount = 2, MaxPollingInterval = TimeSpan.FromMilliseconds(100) };
    private readonly Calls _calls = new();
    private readonly StorageAccount _storage = StorageAccount.Connect(azurite.ConnectionString);

    [Fact]
    public async Task Message_of_a_receiver_that_died_is_delivered_again()
    {
        await using var pumped = Pumped("died");
        await pumped.SendAsync("orphan");
        // A process that takes the message and is killed: nobody renews, nobody deletes.
        Assert.Single(await pumped.Queue.ReceiveAsync(1, TimeSpan.FromSeconds(1), CancellationToken.None));
        await pumped.StartAsync();

        var call = await _calls.NextAsync<QueueCall>();

        Assert.Equal(("orphan", 2L), (call.Text, call.DequeueCount));
        await EmptiedAsync(pumped);
    }

    [Fact]
    public async Task Renewal_keeps_a_message_from_being_delivered_twice()
    {
        var counting = new CountingQueueStore(_storage.Queues);
        var release = new TaskCompletionSource();
        // Three renewals at half of two seconds: the message has been ours longer than one hold.
        counting.OnRenewal = () =>
        {
            if (counting.Renewals == 3)
                release.TrySetResult();
        };
        _calls.Then = (_, _) => release.Task.WaitAsync(Calls.Guard);
        await using var pumped = Pumped("renewed", _storage.WithQueues(counting));
        await pumped.SendAsync("long");
        await pumped.StartAsync();

        Assert.Equal(1, (await _calls.NextAsync<QueueCall>()).DequeueCount);

        await EmptiedAsync(pumped);
        Assert.False(_calls.TryNext(out _));
    }

    [Fact]
    public async Task Failing_message_ends_in_the_poison_queue_with_its_content()
    {
        _calls.Then = (_, _) => throw new InvalidOperationException("no");
        await using var pumped = Pumped("failing");
        await pumped.SendAsync("bad");
        await pumped.StartAsync();

        Assert.Equal(1, (await _calls.NextAsync<QueueCall>()).DequeueCount);
        Assert.Equal(2, (await _calls.NextAsync<QueueCall>()).DequeueCount);

        await EmptiedAsync(pumped);
        var poison = Assert.Single(await pumped.Poison.ReceiveAsync(1, TimeSpan.FromMinutes(1), CancellationToken.None));
        Assert.Equal("bad", Encoding.UTF8.GetString(poison.Body.Span));
    }

    [Fact]
    public async Task Text_that_is_no_base64_moves_to_the_poison_queue_unrun()
    {
        await using var pumped = Pumped("undecodable");
        await pumped.Queue.CreateIfNotExistsAsync(CancellationToken.None);
        var raw = new QueueClient(azurite.ConnectionString, pumped.Name, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.None });
        await raw.SendMessageAsync("this is plain text!");
        await pumped.StartAsync();

        await EmptiedAsync(pumped);

        Assert.False(_calls.TryNext(out _));
        var poison = Assert.Single(await pumped.Poison.ReceiveAsync(1, TimeSpan.FromMinutes(1), CancellationToken.None));
        Assert.Equal("this is plain text!", Encoding.UTF8.GetString(poison.Body.Span));
    }

    [Fact]
    public async Task Stop_makes_an_unfinished_message_visible_at_once()
    {
        _calls.Then = (_, token) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
        await using var pumped = new PumpedQueue(
            _storage, TimeProvider.System, _calls, Quick with { HoldTime = TimeSpan.FromHours(1) }, Name("stopped"), grace: TimeSpan.Zero);
        await pumped.SendAsync("unfinished");
        await pumped.StartAsync();
        await _calls.NextAsync<QueueCall>();

        await pumped.StopAsync();

        Assert.Single(await pumped.Queue.ReceiveAsync(1, TimeSpan.FromSeconds(1), CancellationToken.None));
    }

    private static string Name(string prefix) => $"{prefix}-{Guid.NewGuid():N}"[..30];

    private PumpedQueue Pumped(string prefix, StorageAccount? storage = null) =>
        new(storage ?? _storage, TimeProvider.System, _calls, Quick, Name(prefix));

    private static async Task EmptiedAsync(PumpedQueue pumped)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (await pumped.Queue.CountAsync(CancellationToken.None) > 0)
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Calls.Guard, "the queue did not become empty");
    }
}
