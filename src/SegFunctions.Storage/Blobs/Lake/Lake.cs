namespace SegFunctions.Storage.Blobs.Lake;

/// <summary>Uploads at rest: partitioned, compressed rows under <c>dataset/uploadId/</c>, with a manifest that is written last.</summary>
/// <remarks>
/// An upload exists when its manifest does; readers start from manifests and never see parts without one. What a manifest
/// names is never written over. The lake knows nothing of what the rows mean.
/// </remarks>
/// <param name="container">Where uploads lie; <see cref="ContainerName"/> by convention.</param>
public sealed class Lake(BlobContainer container, TimeProvider time)
{
    /// <summary>The usual name of the container.</summary>
    public const string ContainerName = "lake";

    private const int ParallelReads = 8;

    /// <summary>Begins an attempt at an upload; no request is sent.</summary>
    /// <exception cref="ArgumentException">A name or number of <paramref name="options"/> is not allowed.</exception>
    public LakeUpload Begin(LakeUploadOptions options) => new(container, options, time);

    /// <summary>The manifest of an upload, or null where there is no such upload.</summary>
    /// <exception cref="LakeManifestException">The manifest cannot be used.</exception>
    public Task<LakeManifest?> FindAsync(string dataset, string uploadId, CancellationToken cancellationToken) =>
        LakeManifestJson.FindAsync(container, LakeNames.Folder(dataset, uploadId), cancellationToken);

    /// <summary>All uploads of a dataset, in upload order: by sequence number, then by time, then by id.</summary>
    /// <exception cref="LakeManifestException">A manifest cannot be used.</exception>
    public async Task<IReadOnlyList<LakeManifest>> ListAsync(string dataset, CancellationToken cancellationToken)
    {
        var folders = new List<string>();
        await foreach (var entry in container.ListAsync(LakeNames.RequireSegment(dataset, nameof(dataset)) + "/", cancellationToken))
        {
            if (LakeNames.FolderOf(entry.Name) is { } folder && entry.Name == folder + LakeNames.Manifest)
                folders.Add(folder);
        }

        var manifests = new LakeManifest?[folders.Count];
        await Parallel.ForAsync(
            0,
            folders.Count,
            new ParallelOptions { MaxDegreeOfParallelism = ParallelReads, CancellationToken = cancellationToken },
            async (index, ct) => manifests[index] = await LakeManifestJson.FindAsync(container, folders[index], ct));
        return
        [
            .. manifests.OfType<LakeManifest>()
                .OrderBy(manifest => manifest.Sequence)
                .ThenBy(manifest => manifest.CreatedAt)
                .ThenBy(manifest => manifest.UploadId, StringComparer.Ordinal),
        ];
    }

    /// <summary>Opens a part for reading, uncompressed.</summary>
    /// <exception cref="BlobMissingException">The upload has been deleted.</exception>
    /// <exception cref="LakeContentException">While reading: the content is not as long as the manifest says.</exception>
    /// <exception cref="BlobChangedException">While reading: the blob was deleted.</exception>
    public async Task<Stream> OpenPartAsync(LakeManifest manifest, LakePart part, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(part);
        var codec = LakeCodec.Find(manifest.Codec)
            ?? throw new ArgumentException($"The codec '{manifest.Codec}' is not known.", nameof(manifest));
        var blob = await container.OpenReadAsync(part.Blob, ifMatch: null, cancellationToken);
        return new MeasuredReadStream(codec.Decompress(blob), part.Blob, part.UncompressedBytes);
    }

    /// <summary>Opens a blob beside the parts, or returns null where the upload has none of that name.</summary>
    /// <inheritdoc cref="OpenPartAsync" path="/exception"/>
    public async Task<Stream?> OpenAuxiliaryAsync(LakeManifest manifest, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        var auxiliary = manifest.Auxiliaries.FirstOrDefault(auxiliary => auxiliary.Name == name);
        if (auxiliary is null)
            return null;
        var blob = await container.OpenReadAsync(auxiliary.Blob, ifMatch: null, cancellationToken);
        return new MeasuredReadStream(blob, auxiliary.Blob, auxiliary.Bytes);
    }

    /// <summary>Deletes an upload: its manifest first, then all that lies in its folder.</summary>
    /// <returns>Whether there was a manifest. What an interrupted deletion left is deleted in either case.</returns>
    public async Task<bool> DeleteAsync(string dataset, string uploadId, CancellationToken cancellationToken)
    {
        var folder = LakeNames.Folder(dataset, uploadId);
        var existed = await container.DeleteAsync(folder + LakeNames.Manifest, ifMatch: null, cancellationToken);
        await foreach (var entry in container.ListAsync(folder, cancellationToken))
            await container.DeleteAsync(entry.Name, ifMatch: null, cancellationToken);
        return existed;
    }

    /// <summary>Deletes what attempts without a commit have left: blobs that no manifest names and that are older than <paramref name="age"/>.</summary>
    /// <param name="age">Longer than any attempt takes; an attempt whose blobs were swept away cannot be committed.</param>
    /// <returns>How many blobs were deleted.</returns>
    /// <exception cref="LakeManifestException">A manifest cannot be used; nothing of its upload was deleted.</exception>
    public Task<int> SweepAsync(TimeSpan age, CancellationToken cancellationToken) => SweepPrefixAsync("", age, cancellationToken);

    /// <summary>The same for one dataset. With an age of zero its caller sees to it that nobody is writing there.</summary>
    public Task<int> SweepAsync(string dataset, TimeSpan age, CancellationToken cancellationToken) =>
        SweepPrefixAsync(LakeNames.RequireSegment(dataset, nameof(dataset)) + "/", age, cancellationToken);

    /// <summary>Begins another version of an upload; null where there is no such upload.</summary>
    /// <exception cref="LakeManifestException">The manifest cannot be used.</exception>
    public async Task<(LakeManifest Standing, LakeRevision Revision)?> ReviseAsync(string dataset, string uploadId, CancellationToken cancellationToken)
    {
        var blob = LakeNames.Folder(dataset, uploadId) + LakeNames.Manifest;
        if (await container.FindContentAsync(blob, cancellationToken) is not { } found)
            return null;
        var standing = LakeManifestJson.Read(blob, found.Content);
        return (standing, new LakeRevision(container, standing, found.ETag));
    }

    private async Task<int> SweepPrefixAsync(string prefix, TimeSpan age, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(age, TimeSpan.Zero);
        var limit = time.GetUtcNow() - age;
        var old = new List<string>();
        string? folder = null;
        var deleted = 0;
        // The list is in order of names, so that the blobs of a folder follow one another.
        await foreach (var entry in container.ListAsync(prefix, cancellationToken))
        {
            var next = LakeNames.FolderOf(entry.Name);
            if (next != folder)
            {
                deleted += await DeleteOrphansAsync(folder, old, cancellationToken);
                old.Clear();
                folder = next;
            }

            if (entry.LastModified <= limit && entry.Name != folder + LakeNames.Manifest)
                old.Add(entry.Name);
        }

        return deleted + await DeleteOrphansAsync(folder, old, cancellationToken);
    }

    private async Task<int> DeleteOrphansAsync(string? folder, List<string> old, CancellationToken cancellationToken)
    {
        if (folder is null || old.Count == 0)
            return 0;
        var manifest = await LakeManifestJson.FindAsync(container, folder, cancellationToken);
        var named = (manifest?.Parts.Select(part => part.Blob) ?? [])
            .Concat(manifest?.Auxiliaries.Select(auxiliary => auxiliary.Blob) ?? [])
            .ToHashSet(StringComparer.Ordinal);
        var deleted = 0;
        foreach (var blob in old.Where(blob => !named.Contains(blob)))
        {
            if (await container.DeleteAsync(blob, ifMatch: null, cancellationToken))
                deleted++;
        }

        return deleted;
    }
}
