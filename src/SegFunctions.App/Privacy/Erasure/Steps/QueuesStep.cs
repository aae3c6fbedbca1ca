using SegFunctions.Storage;
using SegFunctions.Storage.Blobs;
using SegFunctions.Storage.Queues;

namespace SegFunctions.App.Privacy.Erasure.Steps;

/// <summary>Deletes messages that name the person. No message of ours does; one that somebody else has sent may.</summary>
internal sealed class QueuesStep(StorageAccount storage) : ErasureStep
{
    private const int MostAtOnce = 32;
    private const string Poison = "-poison";
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(30);

    public override string Store => "queues";

    /// <summary>All queues with their poison queues.</summary>
    public static IEnumerable<string> Names => StoredPlaces.Queues.SelectMany(queue => new[] { queue, queue + Poison });

    public override async Task EraseAsync(Person person, ReceiptBuilder receipt, CancellationToken cancellationToken)
    {
        foreach (var name in Names)
        {
            var queue = storage.Queues.GetQueue(name);
            // Looked at first: a message that is taken counts a delivery, and only a few are allowed.
            while (await IsNamedInAsync(queue, person, cancellationToken))
                await DeleteAsync(queue, person, receipt, cancellationToken);
        }
    }

    /// <summary>Whether a visible message names the person: one of the first, and in a poison queue any.</summary>
    public async Task<bool> IsNamedInAsync(MessageQueue queue, Person person, CancellationToken cancellationToken)
    {
        var first = await queue.PeekAsync(cancellationToken);
        foreach (var body in first)
        {
            if (IsNamedIn(await RedeemAsync(body, cancellationToken), person))
                return true;
        }

        // Nobody can look further without taking. In a poison queue that does no harm; from the others messages are taken all the time.
        if (first.Count < MostAtOnce || !queue.Name.EndsWith(Poison, StringComparison.Ordinal))
            return false;
        var (named, others) = await TakeAsync(queue, person, cancellationToken);
        await GiveBackAsync(queue, [.. named, .. others], cancellationToken);
        return named.Count > 0;
    }

    private static bool IsNamedIn(ReadOnlyMemory<byte> body, Person person) => person.HoldsKey(body.Span) || person.Traces.AreIn(body.Span);

    private async Task DeleteAsync(MessageQueue queue, Person person, ReceiptBuilder receipt, CancellationToken cancellationToken)
    {
        var (named, others) = await TakeAsync(queue, person, cancellationToken);
        foreach (var message in named)
        {
            if (await queue.DeleteAsync(message, cancellationToken))
                receipt.RemoveRows(queue.Name, 1);
        }

        await GiveBackAsync(queue, others, cancellationToken);
    }

    /// <summary>Takes messages: those of a poison queue all, of another one some.</summary>
    private async Task<(List<QueueMessage> Named, List<QueueMessage> Others)> TakeAsync(MessageQueue queue, Person person, CancellationToken cancellationToken)
    {
        var (named, others) = (new List<QueueMessage>(), new List<QueueMessage>());
        int taken;
        do
        {
            taken = 0;
            foreach (var message in await queue.ReceiveAsync(MostAtOnce, Held, cancellationToken))
            {
                taken++;
                (IsNamedIn(await RedeemAsync(message.Body, cancellationToken), person) ? named : others).Add(message);
            }
        }
        while (taken > 0 && queue.Name.EndsWith(Poison, StringComparison.Ordinal));
        return (named, others);
    }

    private static async Task GiveBackAsync(MessageQueue queue, List<QueueMessage> messages, CancellationToken cancellationToken)
    {
        foreach (var message in messages)
            await queue.SetVisibilityAsync(message, TimeSpan.Zero, cancellationToken);
    }

    private async Task<ReadOnlyMemory<byte>> RedeemAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        try
        {
            return await storage.Claims.RedeemAsync(body, cancellationToken);
        }
        catch (BlobMissingException)
        {
            // Its payload was swept: there is nothing left to read.
            return body;
        }
    }
}
