using System.Text;
using SegFunctions.Storage.Blobs;

namespace SegFunctions.Storage.Queues;

/// <summary>The claim check over a blob container: payloads lie under <c>yyyyMMdd/guid</c>, the day that they were sent.</summary>
/// <remarks>
/// A body is a claim exactly when it begins with <see cref="Mark"/>: a payload that begins so by itself is sent as a claim
/// too, whatever its length, so the two are never taken for one another. A claim is printable ASCII and passes through
/// hosts that take messages for text.
/// </remarks>
internal sealed class BlobClaimCheck(BlobContainer container, TimeProvider time) : ClaimCheck
{
    /// <summary>The container that holds the payloads.</summary>
    public const string ContainerName = "claims";

    /// <summary>48 KiB: base64 makes 64 KiB of it, which is all that a queue message holds.</summary>
    public const int LargestBody = 48 << 10;

    private static ReadOnlySpan<byte> Mark => "segfunctions-claim:1:"u8;

    /// <summary>The body to put into the queue: the payload, or the claim for it.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> CheckInAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        if (payload.Length <= LargestBody && !payload.Span.StartsWith(Mark))
            return payload;

        var name = $"{time.GetUtcNow():yyyyMMdd}/{Guid.NewGuid():N}";
        await container.WriteAsync(name, payload, options: null, cancellationToken);
        return (byte[])[.. Mark, .. Encoding.ASCII.GetBytes(name)];
    }

    public override async Task<ReadOnlyMemory<byte>> RedeemAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if (!body.Span.StartsWith(Mark))
            return body;
        var name = Encoding.UTF8.GetString(body.Span[Mark.Length..]);
        var found = await container.FindContentAsync(name, cancellationToken);
        return found?.Content ?? throw new BlobMissingException(container.Name, name);
    }

    public override async Task<int> SweepAsync(TimeSpan age, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(age, TimeSpan.Zero);
        var limit = time.GetUtcNow() - age;
        // Names sort by day, and a day's margin covers a clock that differs from the service's.
        var lastDay = limit.AddDays(1).ToString("yyyyMMdd");
        var deleted = 0;
        await foreach (var entry in container.ListAsync(prefix: "", cancellationToken))
        {
            if (string.CompareOrdinal(entry.Name, 0, lastDay, 0, lastDay.Length) > 0)
                break;
            if (entry.LastModified <= limit && await container.DeleteAsync(entry.Name, ifMatch: null, cancellationToken))
                deleted++;
        }

        return deleted;
    }
}
