using System.Text;
using SegFunctions.Storage.Blobs;
using SegFunctions.Storage.Queues.InMemory;
using SegFunctions.Testing;

namespace SegFunctions.Storage.Tests.Queues;

public sealed class InMemoryQueueTests : QueueContract
{
    private readonly ManualTimeProvider _time = new();

    public InMemoryQueueTests() => Account = StorageAccount.InMemory(_time);

    private protected override StorageAccount Account { get; }

    [Fact]
    public async Task Message_comes_back_when_its_time_is_up_and_the_late_receiver_is_told()
    {
        await Queue.SendAsync("x"u8.ToArray(), TimeSpan.Zero, default);
        var first = Assert.Single(await Queue.ReceiveAsync(1, TimeSpan.FromSeconds(30), default));

        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.Empty(await Queue.ReceiveAsync(1, TimeSpan.FromSeconds(30), default));
        _time.Advance(TimeSpan.FromSeconds(1));
        var second = Assert.Single(await Queue.ReceiveAsync(1, TimeSpan.FromSeconds(30), default));

        Assert.Equal((first.MessageId, 2), (second.MessageId, second.DequeueCount));
        Assert.Null(await Queue.SetVisibilityAsync(first, TimeSpan.FromSeconds(30), default));
        Assert.False(await Queue.DeleteAsync(first, default));
        Assert.True(await Queue.DeleteAsync(second, default));
    }

    [Fact]
    public async Task Receiver_that_renews_keeps_the_message()
    {
        await Queue.SendAsync("x"u8.ToArray(), TimeSpan.Zero, default);
        var message = Assert.Single(await Queue.ReceiveAsync(1, TimeSpan.FromSeconds(30), default));
        for (var renewal = 0; renewal < 10; renewal++)
        {
            _time.Advance(TimeSpan.FromSeconds(20));
            message = await Queue.SetVisibilityAsync(message, TimeSpan.FromSeconds(30), default);
            Assert.NotNull(message);
            Assert.Empty(await Queue.ReceiveAsync(1, TimeSpan.FromSeconds(30), default));
        }

        Assert.True(await Queue.DeleteAsync(message, default));
    }

    [Fact]
    public async Task Messages_appear_in_the_order_of_their_delays_and_expire_seven_days_after()
    {
        await Queue.SendAsync("late"u8.ToArray(), TimeSpan.FromMinutes(2), default);
        await Queue.SendAsync("soon"u8.ToArray(), TimeSpan.FromMinutes(1), default);
        await Queue.SendAsync("now"u8.ToArray(), TimeSpan.Zero, default);

        _time.Advance(TimeSpan.FromMinutes(2));
        var messages = await Queue.ReceiveAsync(32, TimeSpan.FromSeconds(30), default);
        Assert.Equal(["now", "soon", "late"], messages.Select(message => Encoding.ASCII.GetString(message.Body.Span)));

        _time.Advance(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(1));
        Assert.Equal(1, await Queue.CountAsync(default));
        Assert.Equal("late", Encoding.ASCII.GetString(Assert.Single(await Queue.ReceiveAsync(32, TimeSpan.FromSeconds(30), default)).Body.Span));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty(await Queue.ReceiveAsync(32, TimeSpan.FromSeconds(30), default));
    }

    [Fact]
    public async Task Sweep_deletes_payloads_that_are_old_enough_and_no_others()
    {
        await Queue.SendAsync(new byte[50_000], TimeSpan.Zero, default);
        _time.Advance(TimeSpan.FromDays(10));
        await Queue.SendAsync(new byte[60_000], TimeSpan.Zero, default);
        _time.Advance(TimeSpan.FromDays(5));
        var claims = Account.Blobs.GetContainer("claims");

        Assert.Equal(0, await Account.Claims.SweepAsync(TimeSpan.FromDays(15) + TimeSpan.FromSeconds(1), default));
        Assert.Equal(1, await Account.Claims.SweepAsync(TimeSpan.FromDays(15), default));
        Assert.Equal(0, await Account.Claims.SweepAsync(TimeSpan.FromDays(15), default));

        var left = new List<BlobEntry>();
        await foreach (var entry in claims.ListAsync("", default))
            left.Add(entry);
        Assert.Equal(60_000, Assert.Single(left).Length);
        Assert.Equal(1, await Account.Claims.SweepAsync(TimeSpan.FromDays(5), default));
    }

    private protected override Task PutTextAsync(string text)
    {
        ((InMemoryMessageQueue)Queue).PutText(text);
        return Task.CompletedTask;
    }
}
