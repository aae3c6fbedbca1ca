using SegFunctions.App.Hosting.Queues;
using SegFunctions.Storage.Queues;

namespace SegFunctions.App.Tests.Hosting.Queues;

public sealed class MessageRulesTests
{
    private static readonly QueuePumpOptions Options = new() { MaxDequeueCount = 3 };
    private readonly MessageRules _rules = new("orders", Options);

    [Theory]
    [InlineData(1, nameof(MessageFate.Run))]
    [InlineData(3, nameof(MessageFate.Run))]
    [InlineData(4, nameof(MessageFate.Poison))]
    public void Message_delivered_too_often_is_not_run_again(long dequeueCount, string fate) =>
        Assert.Equal(fate, _rules.OnReceived(Message(dequeueCount)).ToString());

    [Fact]
    public void Message_that_is_no_base64_is_poison_at_once() =>
        Assert.Equal(MessageFate.Poison, _rules.OnReceived(Message(1) with { IsDecodable = false }));

    [Theory]
    [InlineData(1, nameof(MessageOutcome.Succeeded), nameof(MessageFate.Delete))]
    [InlineData(3, nameof(MessageOutcome.Succeeded), nameof(MessageFate.Delete))]
    [InlineData(1, nameof(MessageOutcome.Failed), nameof(MessageFate.Retry))]
    [InlineData(2, nameof(MessageOutcome.Failed), nameof(MessageFate.Retry))]
    [InlineData(3, nameof(MessageOutcome.Failed), nameof(MessageFate.Poison))]
    [InlineData(3, nameof(MessageOutcome.Stopped), nameof(MessageFate.GiveBack))]
    public void Outcome_and_count_decide_what_becomes_of_it(long dequeueCount, string outcome, string fate) =>
        Assert.Equal(fate, _rules.OnEnded(Message(dequeueCount), Enum.Parse<MessageOutcome>(outcome)).ToString());

    [Fact]
    public void Poison_of_a_poison_queue_stays_where_it_is()
    {
        var rules = new MessageRules("orders-poison", Options);

        Assert.Null(rules.PoisonQueue);
        Assert.Equal(MessageFate.Run, rules.OnReceived(Message(9)));
        Assert.Equal(MessageFate.Retry, rules.OnEnded(Message(9), MessageOutcome.Failed));
    }

    private static QueueMessage Message(long dequeueCount) => new()
    {
        MessageId = "m",
        PopReceipt = "r",
        Body = new byte[] { 1 },
        DequeueCount = dequeueCount,
        InsertedOn = default,
        NextVisibleOn = default,
        ExpiresOn = default,
    };
}
