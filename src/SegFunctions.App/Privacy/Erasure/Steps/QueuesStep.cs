using SegFunctions.Storage;
using SegFunctions.Storage.Blobs;
using SegFunctions.Storage.Queues;

namespace SegFunctions.App.Privacy.Erasure.Steps;

/// <summary>Deletes messages that name the person. No message of ours does; one that somebody else has sent may.</summary>
internal sealed class QueuesStep(StorageAccount storage) : ErasureStep
{
    private const int MostAtOnce = 32;
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(30);

    public override string Store => "queues";

    /// <summary>All queues with their poison queues.</summary>
    public static IEnumerable<string> Names => StoredPlaces.Queues.SelectMany(queue => new[] { queue, queue + "-poison" });

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

    /// <summary>Whether one of the first visible messages names the person.</summary>
    public async Task<bool> IsNamedInAsync(MessageQueue queue, Person person, CancellationToken cancellationToken)
    {
        foreach (var body in await queue.PeekAsync(cancellationToken))
        {
            if (IsNamedIn(await RedeemAsync(body, cancellationToken), person))
                return true;
        }

        return false;
    }

    private static bool IsNamedIn(ReadOnlyMemory<byte> body, Person person) => person.HoldsKey(body.Span) || person.Traces.AreIn(body.Span);

    private async Task DeleteAsync(MessageQueue queue, Person person, ReceiptBuilder receipt, CancellationToken cancellationToken)
    {
        foreach (var message in await queue.ReceiveAsync(MostAtOnce, Held, cancellationToken))
        {
            if (!IsNamedIn(await RedeemAsync(message.Body, cancellationToken), person))
                await queue.SetVisibilityAsync(message, TimeSpan.Zero, cancellationToken);
            else if (await queue.DeleteAsync(message, cancellationToken))
                receipt.RemoveRows(queue.Name, 1);
        }
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
