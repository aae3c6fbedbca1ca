using SegFunctions.Storage;
using SegFunctions.Storage.Blobs;
using SegFunctions.Storage.Blobs.Vault;
using SegFunctions.Storage.Tables;

namespace SegFunctions.App.Privacy;

/// <summary>Seals with the newest key what an older one has sealed, so that the older one can be taken out of the settings.</summary>
/// <remarks>Readers go on meanwhile: each blob is replaced as a whole, and every key of the ring opens.</remarks>
internal sealed class VaultRotation(StorageAccount storage, Vault vault, VaultKeys keys, AuditLog audit, TimeProvider time)
{
    private const string StatusKey = "vault";
    private readonly TableClient _table = storage.Tables.GetTableClient("PrivacyStatus");

    /// <returns>How many blobs were sealed anew.</returns>
    public async Task<int> RotateAsync(CancellationToken cancellationToken)
    {
        var newest = (await keys.RefreshedAsync(cancellationToken)).NewestId;
        var (resealed, left) = (0, 0);
        await foreach (var blob in vault.ListAsync("", cancellationToken))
        {
            try
            {
                resealed += await vault.ResealAsync(blob.Name, cancellationToken) ? 1 : 0;
            }
            catch (BlobChangedException)
            {
                // Replaced meanwhile, and so sealed by a process that may not know the newest key yet: the next day looks again.
                left++;
            }
        }

        await _table.CreateIfNotExistsAsync(cancellationToken);
        await _table.UpsertEntityAsync(
            new TableEntity(StatusKey, StatusKey) { ["newest"] = newest, ["left"] = left, ["at"] = time.GetUtcNow() }, TableUpdateMode.Replace, cancellationToken);
        if (resealed > 0)
            await audit.AddAsync(AuditLog.House, "vault", $"{resealed} blobs sealed with key {newest}", "rotation", cancellationToken);
        return resealed;
    }

    /// <summary>How far the rotation is, for operators.</summary>
    public async Task<VaultState> StateAsync(CancellationToken cancellationToken)
    {
        var row = await _table.GetEntityIfExistsAsync<TableEntity>(StatusKey, StatusKey, cancellationToken: cancellationToken);
        var ring = await keys.CurrentAsync(cancellationToken);
        var isDone = row.HasValue && row.Value!.GetString("newest") == ring.NewestId && row.Value.GetInt32("left") == 0;
        return new VaultState(ring.NewestId, ring.Count, isDone, row.HasValue ? row.Value!.GetDateTimeOffset("at") : null);
    }
}

/// <summary>The vault's keys.</summary>
/// <param name="Newest">Id of the key that seals; it follows from the key and tells nothing of it.</param>
/// <param name="Keys">Keys that are known.</param>
/// <param name="OlderMayGo">Everything is sealed with the newest key: the others can be taken out of the settings, or disabled in Key Vault.</param>
internal sealed record VaultState(string Newest, int Keys, bool OlderMayGo, DateTimeOffset? CheckedAt);
