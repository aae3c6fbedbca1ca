namespace SegFunctions.Storage.Queues;

/// <summary>Payloads too large for a queue message: kept in a blob, with a claim in the message.</summary>
public abstract class ClaimCheck
{
    /// <summary>What was sent: <paramref name="body"/> itself, or the blob that it claims.</summary>
    /// <param name="body">A message's body, whichever host delivered it.</param>
    /// <exception cref="Blobs.BlobMissingException">The claimed blob has been swept away.</exception>
    public abstract Task<ReadOnlyMemory<byte>> RedeemAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken);

    /// <summary>Deletes the claimed payloads that are older than <paramref name="age"/>: older than any message can be.</summary>
    /// <returns>How many were deleted.</returns>
    public abstract Task<int> SweepAsync(TimeSpan age, CancellationToken cancellationToken);
}
