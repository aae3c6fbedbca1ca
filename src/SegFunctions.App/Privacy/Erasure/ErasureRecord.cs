namespace SegFunctions.App.Privacy.Erasure;

/// <summary>What is known of an erasure, now and for ever after; nothing in it leads back to the person.</summary>
internal sealed record ErasureRecord
{
    /// <summary>The tombstone of the key that was asked for.</summary>
    public required string Id { get; init; }

    public required ErasureStatus Status { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Customer keys that were one person: the one asked for, those linked to it, and visitors that were this person alone.</summary>
    public int Keys { get; init; }

    /// <summary>One a store, in the order of the steps.</summary>
    public IReadOnlyList<StoreReceipt> Receipts { get; init; } = [];

    /// <summary>What the last search of all stores found.</summary>
    public RescanReceipt? Rescan { get; init; }

    /// <summary>Why it did not come to its end.</summary>
    public string? Error { get; init; }
}

/// <summary>How far an erasure is.</summary>
internal enum ErasureStatus
{
    /// <summary>The tombstone stands: nothing new comes in, and nothing is told any more. The stores are being cleared.</summary>
    Running,

    /// <summary>A search of all stores has found nothing, and what the erasure itself knew of the person is gone too.</summary>
    Completed,

    /// <summary>Something could not be cleared; <see cref="ErasureRecord.Error"/> says where.</summary>
    Failed,
}

/// <summary>What one step took out of one store, counted by the try that came to its end.</summary>
/// <param name="Rows">Rows, lines and entries.</param>
/// <param name="Masked">Rows of others in which the person was named and is no more.</param>
/// <param name="Rewritten">Blobs that were written anew without them.</param>
/// <param name="Deleted">Blobs that were deleted whole.</param>
/// <param name="Digest">SHA-256 over what was touched and its versions, so that two receipts can be told apart.</param>
internal sealed record StoreReceipt(string Store, long Rows, long Masked, int Rewritten, int Deleted, string Digest);

/// <summary>The search of all stores at the end.</summary>
/// <param name="Blobs">Blobs that were read.</param>
/// <param name="Rows">Rows of tables that were read.</param>
/// <param name="Messages">Messages that were looked at.</param>
/// <param name="Found">Places that hold something still; none at the end.</param>
internal sealed record RescanReceipt(long Blobs, long Rows, long Messages, IReadOnlyList<string> Found);

/// <summary>An erasure as orchestration and activities name it: by tombstone, so that no history holds a key.</summary>
internal sealed record ErasureInput(string Id, DateTimeOffset RequestedAt);

/// <summary>How the refresh that learns without the person is doing.</summary>
internal enum Relearning
{
    /// <summary>It works, or waits for another one.</summary>
    Waiting,

    /// <summary>A run that began after the stores were cleared is published.</summary>
    Done,

    /// <summary>There is nothing to learn from any more, or the run failed: old models go without new ones.</summary>
    Impossible,
}
