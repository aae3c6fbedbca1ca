using SegFunctions.App.Privacy.Erasure;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.App.Api.Privacy;

/// <summary>How far the erasure of a person is. Nothing in it leads back to the person.</summary>
/// <param name="Id">The tombstone: a keyed hash of the customer key, from which the key cannot be found.</param>
/// <param name="Status"><c>running</c>, <c>completed</c> or <c>failed</c>.</param>
/// <param name="Keys">Customer keys that were this one person; 0 until that is known.</param>
/// <param name="Stores">What was taken out of each store.</param>
/// <param name="Rescan">The search of all stores at the end.</param>
public sealed record ErasureAnswer(
    string Id, string Status, string Message, DateTimeOffset RequestedAt, DateTimeOffset? CompletedAt, int Keys,
    IReadOnlyList<StoreReceiptAnswer> Stores, RescanAnswer? Rescan, string? Error)
{
    internal static ErasureAnswer From(ErasureRecord record, Language language) => new(
        record.Id,
        record.Status.ToString().ToLowerInvariant(),
        MessageOf(record.Status).In(language),
        record.RequestedAt,
        record.CompletedAt,
        record.Keys,
        [.. record.Receipts.Select(receipt => new StoreReceiptAnswer(receipt.Store, receipt.Rows, receipt.Masked, receipt.Rewritten, receipt.Deleted, receipt.Digest))],
        record.Rescan is { } rescan ? new RescanAnswer(rescan.Blobs, rescan.Rows, rescan.Messages, rescan.Found) : null,
        record.Error);

    private static Bilingual MessageOf(ErasureStatus status) => status switch
    {
        ErasureStatus.Running => new(
            "The person is refused in new files and told of no more; the stores are being cleared.",
            "La personne est refusée dans les nouveaux fichiers et n'est plus communiquée ; les données sont en cours d'effacement."),
        ErasureStatus.Completed => new(
            "The person is erased: a search of all stores has found nothing.",
            "La personne est effacée : une recherche dans toutes les données n'a plus rien trouvé."),
        _ => new(
            "The erasure did not come to its end; it is tried again every day.",
            "L'effacement n'a pas abouti ; une nouvelle tentative a lieu chaque jour."),
    };
}

/// <summary>What was taken out of one store.</summary>
/// <param name="Rows">Rows, lines and entries.</param>
/// <param name="Masked">Rows of others that named the person and stay without the naming.</param>
/// <param name="Rewritten">Blobs written anew without them.</param>
/// <param name="Deleted">Blobs deleted whole.</param>
/// <param name="Digest">SHA-256 over what was touched and its versions.</param>
public sealed record StoreReceiptAnswer(string Store, long Rows, long Masked, int Rewritten, int Deleted, string Digest);

/// <summary>The search of all stores.</summary>
/// <param name="Found">Places that hold something still; empty when it is done.</param>
public sealed record RescanAnswer(long Blobs, long Rows, long Messages, IReadOnlyList<string> Found);
