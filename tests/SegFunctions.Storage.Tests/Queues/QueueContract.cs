using System.Text;
using SegFunctions.Storage.Blobs;
using SegFunctions.Storage.Queues;

namespace SegFunctions.Storage.Tests.Queues;

/// <summary>What every queue store promises.</summary>
public abstract class QueueContract
{
    private static readonly TimeSpan HalfMinute = TimeSpan.FromSeconds(30);
    private MessageQueue? _queue;

    private protected abstract StorageAccount Account { get; }

    private protected MessageQueue Queue => _queue ??= Account.Queues.GetQueue($"q{Guid.NewGuid():N}");

    /// <summary>Puts text into the queue as a foreign sender could.</summary>
    private protected abstract Task PutTextAsync(string text);

    [Fact]
    public async Task Message_is_received_as_it_was_sent()
    {
        byte[] payload = [0, 1, 2, 255, 10, 13, .. "größe"u8];
        await Queue.SendAsync(payload, TimeSpan.Zero, default);

        var message = Assert.Single(await Queue.ReceiveAsync(32, HalfMinute, default));

        Assert.Equal(payload, message.Body.ToArray());
        Assert.Equal(payload, (await Account.Claims.RedeemAsync(message.Body, default)).ToArray());
        Assert.True(message.IsDecodable);
        Assert.Equal(1, message.DequeueCount);
        Assert.NotEmpty(message.MessageId);
        Assert.NotEmpty(message.PopReceipt);
        Assert.InRange(message.NextVisibleOn - message.InsertedOn, HalfMinute, TimeSpan.FromMinutes(1));
        Assert.InRange(message.ExpiresOn - message.InsertedOn, TimeSpan.FromDays(6.9), TimeSpan.FromDays(7.1));
    }

    [Fact]
    public async Task Empty_payload_is_a_message_too()
    {
        await Queue.SendAsync(ReadOnlyMemory<byte>.Empty, TimeSpan.Zero, default);

        var message = Assert.Single(await Queue.ReceiveAsync(1, HalfMinute, default));

        Assert.True(message.IsDecodable);
        Assert.Empty(message.Body.ToArray());
    }

    [Fact]
    public async Task Received_message_is_invisible_to_others()
    {
        await Queue.SendAsync("x"u8.ToArray(), TimeSpan.Zero, default);

        Assert.Single(await Queue.ReceiveAsync(1, HalfMinute, default));

        Assert.Empty(await Queue.ReceiveAsync(1, HalfMinute, default));
        Assert.Equal(1, await Queue.CountAsync(default));
    }

    [Fact]
    public async Task Message_that_is_given_back_counts_how_often_it_was_received()
    {
        await Queue.SendAsync("x"u8.ToArray(), TimeSpan.Zero, default);
        for (var time = 1; time <= 3; time++)
        {
            var message = Assert.Single(await Queue.ReceiveAsync(1, HalfMinute, default));
            Assert.Equal(time, message.DequeueCount);
            Assert.Equal("x"u8.ToArray(), message.Body.ToArray());
            Assert.NotNull(await Queue.SetVisibilityAsync(message, TimeSpan.Zero, default));
        }
    }

    [Fact]
    public async Task Receipt_is_good_until_it_is_renewed()
    {
        await Queue.SendAsync("x"u8.ToArray(), TimeSpan.Zero, default);
        var first = Assert.Single(await Queue.ReceiveAsync(1, HalfMinute, default));

        var second = await Queue.SetVisibilityAsync(first, TimeSpan.FromMinutes(5), default);

        Assert.NotNull(second);
        Assert.NotEqual(first.PopReceipt, second.PopReceipt);
        Assert.InRange(second.NextVisibleOn - first.NextVisibleOn, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(6));
        Assert.Equal("x"u8.ToArray(), second.Body.ToArray());
        Assert.Null(await Queue.SetVisibilityAsync(first, HalfMinute, default));
        Assert.False(await Queue.DeleteAsync(first, default));
        Assert.True(await Queue.DeleteAsync(second, default));
        Assert.False(await Queue.DeleteAsync(second, default));
        Assert.Null(await Queue.SetVisibilityAsync(second, HalfMinute, default));
        Assert.Equal(0, await Queue.CountAsync(default));
    }

    [Fact]
    public async Task Delayed_message_is_there_but_not_visible()
    {
        await Queue.SendAsync("x"u8.ToArray(), TimeSpan.FromDays(7), default);
        await Queue.SendAsync("y"u8.ToArray(), TimeSpan.FromMilliseconds(1), default);

        Assert.Empty(await Queue.ReceiveAsync(32, HalfMinute, default));
        Assert.Equal(2, await Queue.CountAsync(default));
    }

    [Fact]
    public async Task As_many_messages_are_received_as_were_asked_for()
    {
        for (var number = 0; number < 5; number++)
            await Queue.SendAsync(Encoding.ASCII.GetBytes($"{number}"), TimeSpan.Zero, default);

        var messages = new[] { await Queue.ReceiveAsync(3, HalfMinute, default), await Queue.ReceiveAsync(3, HalfMinute, default) };

        Assert.Equal([3, 2], messages.Select(batch => batch.Count));
        Assert.Equal(["0", "1", "2", "3", "4"], messages.SelectMany(batch => batch).Select(message => Encoding.ASCII.GetString(message.Body.Span)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Of_many_receivers_each_message_goes_to_one()
    {
        for (var number = 0; number < 20; number++)
            await Queue.SendAsync(Encoding.ASCII.GetBytes($"{number}"), TimeSpan.Zero, default);

        var received = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            var mine = new List<string>();
            while (await Queue.ReceiveAsync(2, HalfMinute, default) is { Count: > 0 } messages)
                mine.AddRange(messages.Select(message => message.MessageId));
            return mine;
        }));

        Assert.Equal(20, received.Sum(mine => mine.Count));
        Assert.Equal(20, received.SelectMany(mine => mine).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Missing_queue_is_empty_and_appears_with_the_first_message()
    {
        Assert.Empty(await Queue.ReceiveAsync(1, HalfMinute, default));
        Assert.Equal(0, await Queue.CountAsync(default));
        await Queue.DeleteIfExistsAsync(default);

        await Queue.SendAsync("x"u8.ToArray(), TimeSpan.Zero, default);

        Assert.Equal(1, await Queue.CountAsync(default));
    }

    [Fact]
    public async Task Deleted_queue_holds_nothing_and_its_receipts_are_void()
    {
        await Queue.CreateIfNotExistsAsync(default);
        await Queue.CreateIfNotExistsAsync(default);
        await Queue.SendAsync("x"u8.ToArray(), TimeSpan.Zero, default);
        var message = Assert.Single(await Queue.ReceiveAsync(1, HalfMinute, default));

        await Queue.DeleteIfExistsAsync(default);

        Assert.False(await Queue.DeleteAsync(message, default));
        Assert.Null(await Queue.SetVisibilityAsync(message, HalfMinute, default));
        Assert.Equal(0, await Queue.CountAsync(default));
    }

    [Theory]
    [InlineData("this is not base64!")]
    [InlineData("abc")]
    [InlineData("<not-base64 attribute=\"&amp;\"/>")]
    public async Task Text_that_is_no_base64_is_delivered_as_such(string text)
    {
        await Queue.CreateIfNotExistsAsync(default);
        await PutTextAsync(text);

        var message = Assert.Single(await Queue.ReceiveAsync(1, HalfMinute, default));

        Assert.False(message.IsDecodable);
        Assert.Equal(text, Encoding.UTF8.GetString(message.Body.Span));
        Assert.True(await Queue.DeleteAsync(message, default));
    }

    [Theory]
    [InlineData(48 << 10, false)]
    [InlineData((48 << 10) + 1, true)]
    [InlineData(3 << 20, true)]
    public async Task Large_payload_travels_as_a_claim(int length, bool isClaim)
    {
        var payload = new byte[length];
        new Random(length).NextBytes(payload);
        await Queue.SendAsync(payload, TimeSpan.Zero, default);

        var message = Assert.Single(await Queue.ReceiveAsync(1, HalfMinute, default));

        Assert.Equal(isClaim, message.Body.Length < 100);
        Assert.Equal(payload, (await Account.Claims.RedeemAsync(message.Body, default)).ToArray());
    }

    [Fact]
    public async Task Payload_that_looks_like_a_claim_is_not_taken_for_one()
    {
        await Queue.SendAsync(new byte[100_000], TimeSpan.Zero, default);
        var claim = Assert.Single(await Queue.ReceiveAsync(1, HalfMinute, default)).Body.ToArray();
        byte[][] lookalikes = [claim, claim[..^1], claim[..22], [.. "segfunctions-claim:1:"u8], [.. claim, .. new byte[60_000]]];

        foreach (var payload in lookalikes)
        {
            await Queue.SendAsync(payload, TimeSpan.Zero, default);
            var message = Assert.Single(await Queue.ReceiveAsync(1, HalfMinute, default));
            Assert.Equal(payload, (await Account.Claims.RedeemAsync(message.Body, default)).ToArray());
        }
    }

    [Fact]
    public async Task Claim_is_printable_text_with_the_day_in_its_name()
    {
        await Queue.SendAsync(new byte[100_000], TimeSpan.Zero, default);
        var claim = Assert.Single(await Queue.ReceiveAsync(1, HalfMinute, default)).Body.ToArray();

        Assert.Matches("^segfunctions-claim:1:[0-9]{8}/[0-9a-f]{32}$", Encoding.ASCII.GetString(claim));
        Assert.NotNull(await Account.Blobs.GetContainer("claims").FindAsync(Encoding.ASCII.GetString(claim)[21..], default));
    }

    [Fact]
    public async Task Claim_whose_payload_is_gone_says_so()
    {
        await Queue.SendAsync(new byte[100_000], TimeSpan.Zero, default);
        var claim = Assert.Single(await Queue.ReceiveAsync(1, HalfMinute, default)).Body;
        await Account.Blobs.GetContainer("claims").DeleteAsync(Encoding.ASCII.GetString(claim.Span)[21..], null, default);

        await Assert.ThrowsAsync<BlobMissingException>(() => Account.Claims.RedeemAsync(claim, default));
    }

    [Fact]
    public async Task Limits_of_the_service_are_told_before_a_request()
    {
        var message = new QueueMessage
        {
            MessageId = "m",
            PopReceipt = "p",
            Body = default,
            DequeueCount = 1,
            InsertedOn = default,
            NextVisibleOn = default,
            ExpiresOn = default,
        };
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Queue.SendAsync(default, TimeSpan.FromSeconds(-1), default));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Queue.SendAsync(default, TimeSpan.FromDays(8), default));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Queue.ReceiveAsync(0, HalfMinute, default));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Queue.ReceiveAsync(33, HalfMinute, default));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Queue.ReceiveAsync(1, TimeSpan.Zero, default));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Queue.SetVisibilityAsync(message, TimeSpan.FromDays(8), default));
        Assert.Throws<ArgumentException>(() => Account.Queues.GetQueue("Not-A-Queue"));
    }
}
