using System.Collections.Concurrent;
using System.Text.Json;

namespace SegFunctions.Storage.Blobs.Lake;

/// <summary>One attempt at an upload: parts first, then the commit that makes all of them visible at once.</summary>
/// <remarks>
/// Parts of different partitions may be written at the same time. An attempt that ends without a commit leaves blobs that
/// no reader sees and that <see cref="Lake.SweepAsync(TimeSpan, CancellationToken)"/> removes. Several attempts at the same upload do not disturb one
/// another; the first that commits stands.
/// </remarks>
public sealed class LakeUpload
{
    private readonly BlobContainer _container;
    private readonly TimeProvider _time;
    private readonly LakeUploadOptions _options;
    private readonly string _folder;
    private readonly string _attempt = Guid.NewGuid().ToString("N")[..8];
    private readonly ConcurrentDictionary<int, LakePart> _parts = new();
    private readonly ConcurrentDictionary<string, LakeAuxiliary> _auxiliaries = new(StringComparer.Ordinal);

    internal LakeUpload(BlobContainer container, LakeUploadOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        _folder = LakeNames.Folder(options.Dataset, options.UploadId);
        LakeNames.RequireSegment(options.Format, nameof(options.Format));
        LakePartitioning.RequireCount(options.Partitions);
        _container = container;
        _time = time;
        _options = options;
    }

    /// <summary>Writes the rows of one partition, compressed by the upload's codec.</summary>
    /// <param name="writeRows">Writes the rows to the stream and returns how many; when it throws the part can be written again.</param>
    /// <exception cref="InvalidOperationException">The part has been written already.</exception>
    public async Task<LakePart> WritePartAsync(
        int partition, Func<Stream, CancellationToken, Task<long>> writeRows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(writeRows);
        LakePartitioning.Require(partition, _options.Partitions);
        RequireUnwritten(_parts.ContainsKey(partition), $"Part {partition}");

        var name = LakeNames.Part(_folder, partition, _options.Partitions, _attempt, _options.Format, _options.Codec);
        var part = await LakePartWriting.WriteAsync(_container, name, partition, _options.Codec, writeRows, cancellationToken);
        RequireUnwritten(!_parts.TryAdd(partition, part), $"Part {partition}");
        return part;
    }

    /// <summary>Writes a blob beside the parts, as it is: an index, for instance.</summary>
    /// <param name="name">Names it within the upload: the rule of <see cref="LakeUploadOptions.UploadId"/>.</param>
    /// <exception cref="InvalidOperationException">It has been written already.</exception>
    public async Task<LakeAuxiliary> WriteAuxiliaryAsync(
        string name, Func<Stream, CancellationToken, Task> writeContent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(writeContent);
        LakeNames.RequireSegment(name, nameof(name));
        RequireUnwritten(_auxiliaries.ContainsKey(name), $"'{name}'");

        var auxiliary = await LakePartWriting.WriteAuxiliaryAsync(_container, _folder, name, _attempt, writeContent, cancellationToken);
        RequireUnwritten(!_auxiliaries.TryAdd(name, auxiliary), $"'{name}'");
        return auxiliary;
    }

    /// <summary>Makes the upload visible, all of it at once. Nothing may be written to it after.</summary>
    /// <param name="sourceSha256">Of the content that was uploaded: 64 lower-case hexadecimal digits.</param>
    /// <param name="properties">What to remember with the upload: a JSON object, or null for an empty one.</param>
    /// <returns>The manifest that stands: this one, or that of an earlier commit with the same rows from the same source.</returns>
    /// <exception cref="LakeConflictException">The upload was committed before with other content, which stays.</exception>
    /// <exception cref="LakeContentException">A blob of this attempt is gone: it was swept away as too old.</exception>
    public async Task<LakeManifest> CommitAsync(string sourceSha256, JsonElement? properties, CancellationToken cancellationToken)
    {
        var manifest = Describe(sourceSha256, properties);
        await RequireBlobsAsync(manifest, cancellationToken);
        try
        {
            await _container.WriteAsync(
                _folder + LakeNames.Manifest,
                LakeManifestJson.Write(manifest),
                new BlobWriteOptions { ContentType = "application/json", OnlyIfMissing = true },
                cancellationToken);
            return manifest;
        }
        catch (BlobChangedException)
        {
            var standing = await LakeManifestJson.FindAsync(_container, _folder, cancellationToken)
                ?? throw new LakeConflictException(_options.Dataset, _options.UploadId, "it was deleted while this one was committed");
            await DeleteUnlessNamedByAsync(standing, cancellationToken);
            return DifferenceOf(standing, manifest) is { } difference
                ? throw new LakeConflictException(_options.Dataset, _options.UploadId, difference)
                : standing;
        }
    }

    private static string? DifferenceOf(LakeManifest standing, LakeManifest offered)
    {
        if (standing.SourceSha256 != offered.SourceSha256)
            return $"its source has the hash {standing.SourceSha256}, not {offered.SourceSha256}";
        if (standing.Rows != offered.Rows)
            return $"it has {standing.Rows} rows, not {offered.Rows}";
        if (standing.Partitions != offered.Partitions)
            return $"it has {standing.Partitions} partitions, not {offered.Partitions}";
        if (standing.Format != offered.Format)
            return $"its format is '{standing.Format}', not '{offered.Format}'";
        var same = standing.Parts.Select(part => (part.Partition, part.Rows, part.Sha256))
            .SequenceEqual(offered.Parts.Select(part => (part.Partition, part.Rows, part.Sha256)));
        return same ? null : "its parts hold other rows";
    }

    private LakeManifest Describe(string sourceSha256, JsonElement? properties)
    {
        ArgumentNullException.ThrowIfNull(sourceSha256);
        if (sourceSha256.Length != 64 || !sourceSha256.All(char.IsAsciiHexDigitLower))
            throw new ArgumentException($"'{sourceSha256}' is not a SHA-256 in 64 lower-case hexadecimal digits.", nameof(sourceSha256));
        var remembered = properties ?? JsonElement.Parse("{}"u8);
        if (remembered.ValueKind != JsonValueKind.Object)
            throw new ArgumentException($"The properties of an upload are a JSON object, not a {remembered.ValueKind}.", nameof(properties));

        LakePart[] parts = [.. _parts.Values.OrderBy(part => part.Partition)];
        return new LakeManifest
        {
            Dataset = _options.Dataset,
            UploadId = _options.UploadId,
            Sequence = _options.Sequence,
            CreatedAt = _time.GetUtcNow(),
            Partitions = _options.Partitions,
            Codec = _options.Codec.Name,
            Format = _options.Format,
            Rows = parts.Sum(part => part.Rows),
            Parts = parts,
            Auxiliaries = [.. _auxiliaries.Values.OrderBy(auxiliary => auxiliary.Name, StringComparer.Ordinal)],
            SourceSha256 = sourceSha256,
            Properties = remembered,
        };
    }

    /// <summary>A manifest must not name what a sweep has taken away from a very slow attempt.</summary>
    private async Task RequireBlobsAsync(LakeManifest manifest, CancellationToken cancellationToken)
    {
        var lengths = new Dictionary<string, long>(StringComparer.Ordinal);
        await foreach (var entry in _container.ListAsync(_folder, cancellationToken))
            lengths.Add(entry.Name, entry.Length);
        foreach (var (blob, bytes) in BlobsOf(manifest))
        {
            if (!lengths.TryGetValue(blob, out var length))
                throw new LakeContentException(blob, "it is gone; the attempt took longer than blobs without a manifest are kept");
            if (length != bytes)
                throw new LakeContentException(blob, $"it has {length} bytes, not {bytes}");
        }
    }

    private async Task DeleteUnlessNamedByAsync(LakeManifest standing, CancellationToken cancellationToken)
    {
        var named = BlobsOf(standing).Select(blob => blob.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var blob in _parts.Values.Select(part => part.Blob).Concat(_auxiliaries.Values.Select(auxiliary => auxiliary.Blob)))
        {
            if (!named.Contains(blob))
                await _container.DeleteAsync(blob, ifMatch: null, cancellationToken);
        }
    }

    private static IEnumerable<(string Name, long Bytes)> BlobsOf(LakeManifest manifest) =>
        manifest.Parts.Select(part => (part.Blob, part.Bytes))
            .Concat(manifest.Auxiliaries.Select(auxiliary => (auxiliary.Blob, auxiliary.Bytes)));

    private static void RequireUnwritten(bool isWritten, string what)
    {
        if (isWritten)
            throw new InvalidOperationException($"{what} of this upload has been written already.");
    }
}
