using SegFunctions.Testing;

namespace SegFunctions.Storage.Tests.Queues;

[Collection(AzuriteCollection.Name)]
public sealed class AzureQueueTests(AzuriteServer azurite) : QueueContract
{
    private protected override StorageAccount Account { get; } = StorageAccount.Connect(azurite.ConnectionString);

    [Fact]
    public async Task Message_on_the_wire_is_base64()
    {
        await Queue.SendAsync("hello"u8.ToArray(), TimeSpan.Zero, default);

        var sdk = ConnectionString.Parse(azurite.ConnectionString).CreateQueueClient().GetQueueClient(Queue.Name);
        var peeked = await sdk.PeekMessageAsync();

        Assert.Equal("aGVsbG8=", peeked.Value.Body.ToString());
    }

    [Fact]
    public async Task Sweep_deletes_payloads_that_are_old_enough_and_no_others()
    {
        await Queue.SendAsync(new byte[50_000], TimeSpan.Zero, default);
        var claim = Assert.Single(await Queue.ReceiveAsync(1, TimeSpan.FromSeconds(30), default)).Body;

        Assert.Equal(0, await Account.Claims.SweepAsync(TimeSpan.FromDays(1), default));
        Assert.Equal(50_000, (await Account.Claims.RedeemAsync(claim, default)).Length);
    }

    private protected override async Task PutTextAsync(string text)
    {
        var sdk = ConnectionString.Parse(azurite.ConnectionString).CreateQueueClient().GetQueueClient(Queue.Name);
        await sdk.SendMessageAsync(text);
    }
}
