using Azure;

namespace SegFunctions.Storage.Blobs.Vault;

/// <summary>Blobs that nobody reads without a key, sealed with AES-256-GCM before they leave the process.</summary>
/// <remarks>
/// The newest key of the ring seals; older ones open what they have sealed. A blob opens only under the name it was
/// written to. Names and lengths are not secret.
/// </remarks>
/// <param name="container">Where sealed blobs lie; <see cref="ContainerName"/> by convention.</param>
public sealed class Vault(BlobContainer container, VaultKeys keys)
{
    /// <summary>The usual name of the container.</summary>
    public const string ContainerName = "vault";

    /// <summary>Seals and writes <paramref name="content"/>, which fits into memory.</summary>
    /// <returns>The ETag of the new version.</returns>
    /// <exception cref="BlobChangedException">A condition of <paramref name="options"/> did not hold.</exception>
    public async Task<ETag> WriteAsync(
        string name, ReadOnlyMemory<byte> content, BlobWriteOptions? options, CancellationToken cancellationToken)
    {
        using var seal = BlobSeal.Create((await keys.CurrentAsync(cancellationToken)).Newest, name);
        using var blob = new MemoryStream(BlobSeal.HeaderLength + content.Length + ((content.Length / seal.ChunkLength) + 1) * BlobSeal.TagLength);
        var sealing = new SealingStream(blob, seal);
        await sealing.WriteAsync(content, cancellationToken);
        await sealing.CompleteAsync(cancellationToken);
        return await container.WriteAsync(name, blob.GetBuffer().AsMemory(0, (int)blob.Length), options, cancellationToken);
    }

    /// <summary>Seals and writes what <paramref name="writeContent"/> puts into the stream that it is given.</summary>
    /// <inheritdoc cref="BlobContainer.WriteAsync(string, Func{Stream, CancellationToken, Task}, BlobWriteOptions?, CancellationToken)"/>
    public Task<ETag> WriteAsync(
        string name,
        Func<Stream, CancellationToken, Task> writeContent,
        BlobWriteOptions? options,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(writeContent);
        return container.WriteAsync(
            name,
            async (blob, ct) =>
            {
                using var seal = BlobSeal.Create((await keys.CurrentAsync(ct)).Newest, name);
                var sealing = new SealingStream(blob, seal);
                await writeContent(sealing, ct);
                await sealing.CompleteAsync(ct);
            },
            options,
            cancellationToken);
    }

    /// <summary>A whole blob, opened, with its version; null where there is none. For blobs known to be small.</summary>
    /// <exception cref="VaultException">The blob does not open.</exception>
    public async Task<(byte[] Content, ETag ETag)?> FindAsync(string name, CancellationToken cancellationToken)
    {
        if (await container.FindContentAsync(name, cancellationToken) is not { } found)
            return null;
        var seal = await SealOfAsync(found.Content.AsMemory(0, Math.Min(found.Content.Length, BlobSeal.HeaderLength)), name, cancellationToken);
        await using var opening = new OpeningStream(new MemoryStream(found.Content) { Position = BlobSeal.HeaderLength }, seal);
        using var content = new MemoryStream(found.Content.Length);
        await opening.CopyToAsync(content, cancellationToken);
        return (content.ToArray(), found.ETag);
    }

    /// <summary>Opens a blob for reading from the start, holding to one version as <see cref="BlobContainer.OpenReadAsync"/> does.</summary>
    /// <remarks>
    /// Every byte is verified before it is handed out, but only the end of the stream proves that none is missing: what is
    /// done with the content counts when the last read has returned zero.
    /// </remarks>
    /// <exception cref="BlobMissingException">There is no such blob.</exception>
    /// <exception cref="BlobChangedException">The version is not <paramref name="ifMatch"/>; also while reading.</exception>
    /// <exception cref="VaultException">The blob does not open; also while reading.</exception>
    public async Task<Stream> OpenReadAsync(string name, ETag? ifMatch, CancellationToken cancellationToken)
    {
        var blob = await container.OpenReadAsync(name, ifMatch, cancellationToken);
        try
        {
            var header = new byte[BlobSeal.HeaderLength];
            var length = await blob.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancellationToken);
            return new OpeningStream(blob, await SealOfAsync(header.AsMemory(0, length), name, cancellationToken));
        }
        catch
        {
            await blob.DisposeAsync();
            throw;
        }
    }

    /// <summary>Seals a blob anew with the newest key, so that the one it was sealed with can be retired.</summary>
    /// <returns>False where the newest key has sealed it already, or there is no such blob.</returns>
    /// <exception cref="BlobChangedException">The blob was replaced in between; the newer version stays.</exception>
    /// <exception cref="VaultException">The blob does not open.</exception>
    public async Task<bool> ResealAsync(string name, CancellationToken cancellationToken)
    {
        if (await container.FindAsync(name, cancellationToken) is not { } entry || await IsNewestAsync(entry, cancellationToken))
            return false;
        await using var content = await OpenReadAsync(name, entry.ETag, cancellationToken);
        await WriteAsync(
            name,
            (stream, ct) => content.CopyToAsync(stream, ct),
            new BlobWriteOptions { ContentType = entry.ContentType ?? "application/octet-stream", IfMatch = entry.ETag },
            cancellationToken);
        return true;
    }

    /// <inheritdoc cref="BlobContainer.DeleteAsync"/>
    public Task<bool> DeleteAsync(string name, ETag? ifMatch, CancellationToken cancellationToken) =>
        container.DeleteAsync(name, ifMatch, cancellationToken);

    /// <summary>All blobs whose names start with <paramref name="prefix"/>, in ordinal order; lengths are those of the sealed form.</summary>
    public IAsyncEnumerable<BlobEntry> ListAsync(string prefix, CancellationToken cancellationToken) =>
        container.ListAsync(prefix, cancellationToken);

    private async Task<bool> IsNewestAsync(BlobEntry entry, CancellationToken cancellationToken)
    {
        await using var blob = await container.OpenReadAsync(entry.Name, entry.ETag, cancellationToken);
        var header = new byte[BlobSeal.HeaderLength];
        var length = await blob.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancellationToken);
        using var seal = await SealOfAsync(header.AsMemory(0, length), entry.Name, cancellationToken);
        return seal.IsOf((await keys.CurrentAsync(cancellationToken)).Newest);
    }

    private async ValueTask<BlobSeal> SealOfAsync(ReadOnlyMemory<byte> header, string name, CancellationToken cancellationToken)
    {
        try
        {
            return BlobSeal.Open(await keys.CurrentAsync(cancellationToken), header.Span, name);
        }
        catch (VaultException unknown) when (unknown.Fault == VaultFault.UnknownKey)
        {
            // Sealed by a process that knows a newer key already.
            return BlobSeal.Open(await keys.RefreshedAsync(cancellationToken), header.Span, name);
        }
    }
}
