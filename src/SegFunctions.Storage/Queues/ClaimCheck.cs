namespace SegFunctions.Storage.Queues;

/// <summary>Payloads too large for a queue message: kept in a blob, with a claim in the message.</summary>
/// <remarks>
/// Any bytes round-trip, also those that look like a claim. To pass a message on, send what was redeemed, not the body:
/// a body that is a claim would be sent as a payload of its own, and be redeemed to the claim.
/// </remarks>
public abstract class ClaimCheck
{
    /// <summary>The oldest that a message can get: seven days of delay and seven days of life.</summary>
    public static TimeSpan LongestLife { get; } = TimeSpan.FromDays(14);

    /// <summary>What was sent: <paramref name="body"/> itself, or the blob that it claims.</summary>
    /// <param name="body">A message's body, whichever host delivered it.</param>
    /// <exception cref="Blobs.BlobMissingException">The claimed blob has been swept away.</exception>
    public abstract Task<ReadOnlyMemory<byte>> RedeemAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken);

    /// <summary>Deletes the claimed payloads that are older than <paramref name="age"/>: older than any message can be.</summary>
    /// <param name="age">At least <see cref="LongestLife"/> where no message may lose its payload.</param>
    /// <returns>How many were deleted.</returns>
    public abstract Task<int> SweepAsync(TimeSpan age, CancellationToken cancellationToken);
}
