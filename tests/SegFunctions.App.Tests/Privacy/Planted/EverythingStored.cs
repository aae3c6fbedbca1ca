using System.IO.Compression;
using System.Text;
using SegFunctions.Storage;
using SegFunctions.Storage.Blobs;
using SegFunctions.Storage.Blobs.Lake;
using SegFunctions.Storage.Blobs.Vault;
using SegFunctions.Storage.Tables;

namespace SegFunctions.App.Tests.Privacy.Planted;

/// <summary>Reads all there is in an account, unpacked and unsealed, without asking the code under test where to look.</summary>
internal static class EverythingStored
{
    /// <summary>Places in which one of the texts stands, in any case.</summary>
    /// <param name="sealedToo">Whether the vault is opened; otherwise its bytes are searched as they are.</param>
    public static async Task<IReadOnlyList<string>> FindAsync(
        StorageAccount storage, StoredNames names, VaultKeyRing keys, bool sealedToo, params IReadOnlyList<string> texts)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var name in names.Containers)
        {
            var container = storage.Blobs.GetContainer(name);
            await foreach (var blob in container.ListAsync("", default))
            {
                var content = await ReadAsync(container, blob, sealedToo ? keys : null);
                if (Forms(content).Append(Encoding.UTF8.GetBytes(blob.Name)).Any(form => Holds(form, texts)))
                    found.Add($"{name}/{blob.Name}");
            }
        }

        await foreach (var table in storage.Tables.QueryAsync())
        {
            await foreach (var row in storage.Tables.GetTableClient(table.Name).QueryAsync<TableEntity>())
            {
                var values = row.Values.Append(row.PartitionKey).Append(row.RowKey);
                if (values.Any(value => value switch
                {
                    string text => Holds(Encoding.UTF8.GetBytes(text), texts),
                    byte[] bytes => Forms(bytes).Any(form => Holds(form, texts)),
                    BinaryData data => Forms(data.ToArray()).Any(form => Holds(form, texts)),
                    _ => false,
                }))
                    found.Add($"table {table.Name}");
            }
        }

        foreach (var name in names.Queues)
        {
            foreach (var body in await storage.Queues.GetQueue(name).PeekAsync(default))
            {
                if (Holds(body.ToArray(), texts))
                    found.Add($"queue {name}");
            }
        }

        return [.. found];
    }

    /// <summary>What a blob holds; nothing where it was deleted since it was listed, as a timer of a running host may do.</summary>
    private static async Task<byte[]> ReadAsync(BlobContainer container, BlobEntry blob, VaultKeyRing? keys)
    {
        if (keys is not null && container.Name == Vault.ContainerName)
            return await new Vault(container, keys).FindAsync(blob.Name, default) is { } opened ? opened.Content : [];
        return await container.FindContentAsync(blob.Name, default) is { } found ? found.Content : [];
    }

    /// <summary>The bytes as they are, and as each packing would have them.</summary>
    private static IEnumerable<byte[]> Forms(byte[] content)
    {
        yield return content;
        if (Unpack(content, packed => new GZipStream(packed, CompressionMode.Decompress)) is { } gzip)
            yield return gzip;
        if (Unpack(content, packed => LakeCodec.Unpacked("part.zst", packed)) is { } zstandard)
            yield return zstandard;
        if (Unpack(content, packed => new BrotliStream(packed, CompressionMode.Decompress)) is { } brotli)
            yield return brotli;
    }

    private static byte[]? Unpack(byte[] content, Func<Stream, Stream> open)
    {
        try
        {
            using var packed = open(new MemoryStream(content));
            using var plain = new MemoryStream();
            packed.CopyTo(plain);
            return plain.ToArray();
        }
        catch (Exception notPacked) when (notPacked is InvalidDataException or InvalidOperationException)
        {
            return null;
        }
    }

    private static bool Holds(byte[] bytes, IReadOnlyList<string> texts)
    {
        var text = Encoding.Latin1.GetString(bytes);
        return texts.Any(one => text.Contains(one, StringComparison.OrdinalIgnoreCase));
    }
}

/// <summary>What there is in an account, as the account itself lists it.</summary>
internal sealed record StoredNames(IReadOnlyList<string> Containers, IReadOnlyList<string> Queues);
