using System.Collections.Concurrent;
using System.Text.Json;
using Azure;

namespace SegFunctions.Storage.Blobs.Lake;

/// <summary>Another version of an upload that stands: some of its parts written anew, then the switch of the manifest.</summary>
/// <remarks>
/// Readers see the old parts or the new ones, never some of each: what a manifest names stays until another manifest has taken its place.
/// A reader that holds the old manifest when its blobs are deleted fails with <see cref="BlobMissingException"/> and begins again. A revision that ends
/// without a commit leaves blobs that nobody sees; <see cref="Lake.SweepAsync(string, TimeSpan, CancellationToken)"/> removes them.
/// </remarks>
public sealed class LakeRevision
{
    private readonly BlobContainer _container;
    private readonly LakeManifest _standing;
    private readonly ETag _version;
    private readonly string _folder;
    private readonly string _attempt = Guid.NewGuid().ToString("N")[..8];
    private readonly ConcurrentDictionary<int, LakePart> _parts;
    private readonly ConcurrentDictionary<string, LakeAuxiliary> _auxiliaries;

    internal LakeRevision(BlobContainer container, LakeManifest standing, ETag version)
    {
        (_container, _standing, _version) = (container, standing, version);
        _folder = LakeNames.Folder(standing.Dataset, standing.UploadId);
        _parts = new(standing.Parts.Select(part => KeyValuePair.Create(part.Partition, part)));
        _auxiliaries = new(standing.Auxiliaries.Select(auxiliary => KeyValuePair.Create(auxiliary.Name, auxiliary)), StringComparer.Ordinal);
    }

    /// <summary>Writes a part anew.</summary>
    /// <param name="writeRows">Writes the rows to the stream and returns how many; a part without rows is left out of the upload.</param>
    public async Task WritePartAsync(int partition, Func<Stream, CancellationToken, Task<long>> writeRows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(writeRows);
        var codec = LakeCodec.Find(_standing.Codec) ?? throw new InvalidOperationException($"The codec '{_standing.Codec}' is not known.");
        var name = LakeNames.Part(_folder, partition, _standing.Partitions, _attempt, _standing.Format, codec);
        var part = await LakePartWriting.WriteAsync(_container, name, partition, codec, writeRows, cancellationToken);
        if (part.Rows > 0)
            _parts[partition] = part;
        else
            _parts.TryRemove(partition, out _);
    }

    /// <summary>Writes a blob beside the parts anew.</summary>
    public async Task WriteAuxiliaryAsync(string name, Func<Stream, CancellationToken, Task> writeContent, CancellationToken cancellationToken) =>
        _auxiliaries[name] = await LakePartWriting.WriteAuxiliaryAsync(_container, _folder, name, _attempt, writeContent, cancellationToken);

    /// <summary>Switches readers to this version, and deletes what it has replaced.</summary>
    /// <param name="properties">What to remember with the upload: a JSON object.</param>
    /// <exception cref="BlobChangedException">Somebody else has revised or deleted the upload; nothing has changed.</exception>
    public async Task<LakeManifest> CommitAsync(JsonElement properties, CancellationToken cancellationToken)
    {
        LakePart[] parts = [.. _parts.Values.OrderBy(part => part.Partition)];
        var manifest = _standing with
        {
            Rows = parts.Sum(part => part.Rows),
            Parts = parts,
            Auxiliaries = [.. _auxiliaries.Values.OrderBy(auxiliary => auxiliary.Name, StringComparer.Ordinal)],
            Properties = properties,
        };
        await _container.WriteAsync(
            _folder + LakeNames.Manifest, LakeManifestJson.Write(manifest), new BlobWriteOptions { ContentType = "application/json", IfMatch = _version }, cancellationToken);
        var named = Blobs(manifest).ToHashSet(StringComparer.Ordinal);
        foreach (var blob in Blobs(_standing).Where(blob => !named.Contains(blob)))
            await _container.DeleteAsync(blob, ifMatch: null, cancellationToken);
        return manifest;
    }

    private static IEnumerable<string> Blobs(LakeManifest manifest) =>
        manifest.Parts.Select(part => part.Blob).Concat(manifest.Auxiliaries.Select(auxiliary => auxiliary.Blob));
}
