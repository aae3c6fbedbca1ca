using System.Globalization;
using SegFunctions.Customers.Features;
using SegFunctions.Storage;
using SegFunctions.Storage.Blobs;

namespace SegFunctions.App.Refresh;

/// <summary>The container <c>features</c>: the matrices of a run, one set of files a partition.</summary>
internal sealed class FeatureStore(StorageAccount storage)
{
    private readonly BlobContainer _features = storage.Blobs.GetContainer("features");

    /// <summary>Writes <c>features/&lt;run&gt;/[&lt;set&gt;/]p=&lt;nnn&gt;.npy</c> with keys and countries beside it.</summary>
    /// <param name="set">Empty for the features of the run's own date; otherwise a folder.</param>
    public async Task WriteAsync(string run, string set, int partition, FeatureSet features, CancellationToken cancellationToken)
    {
        var name = Name(run, set, partition);
        using var matrix = new MemoryStream();
        using var keys = new MemoryStream();
        using var countries = new MemoryStream();
        await FeatureFile.WriteAsync(features, matrix, keys, countries, cancellationToken);
        await PutAsync($"{name}.keys.txt", keys, "text/plain; charset=utf-8");
        await PutAsync($"{name}.countries.txt", countries, "text/plain; charset=utf-8");
        await PutAsync($"{name}.npy", matrix, "application/octet-stream");

        Task PutAsync(string blob, MemoryStream content, string type) => _features.WriteAsync(
            blob, content.GetBuffer().AsMemory(0, (int)content.Length), new BlobWriteOptions { ContentType = type }, cancellationToken);
    }

    public async Task<FeatureSet> ReadAsync(string run, string set, int partition, DateTime asOf, CancellationToken cancellationToken)
    {
        var name = Name(run, set, partition);
        await using var matrix = await _features.OpenReadAsync($"{name}.npy", null, cancellationToken);
        await using var keys = await _features.OpenReadAsync($"{name}.keys.txt", null, cancellationToken);
        await using var countries = await _features.OpenReadAsync($"{name}.countries.txt", null, cancellationToken);
        return await FeatureFile.ReadAsync($"features/{name}.npy", asOf, matrix, keys, countries, cancellationToken);
    }

    /// <summary>Writes a small file of the run.</summary>
    public Task WriteFileAsync(string run, string file, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        _features.WriteAsync($"{run}/{file}", content, null, cancellationToken);

    /// <exception cref="BlobMissingException">The run has no such file: it was swept, or never got so far.</exception>
    public async Task<byte[]> ReadFileAsync(string run, string file, CancellationToken cancellationToken)
    {
        var found = await _features.FindContentAsync($"{run}/{file}", cancellationToken);
        return found?.Content ?? throw new BlobMissingException(_features.Name, $"{run}/{file}");
    }

    /// <summary>Deletes the files of all runs that are older than <paramref name="run"/>.</summary>
    public async Task SweepAsync(string run, CancellationToken cancellationToken)
    {
        await foreach (var blob in _features.ListAsync("", cancellationToken))
        {
            // Run ids sort by time, and blobs are listed by name.
            var owner = blob.Name.AsSpan(0, Math.Max(0, blob.Name.IndexOf('/', StringComparison.Ordinal)));
            if (owner.SequenceCompareTo(run) >= 0)
                return;
            await _features.DeleteAsync(blob.Name, null, cancellationToken);
        }
    }

    private static string Name(string run, string set, int partition)
    {
        var folder = set.Length == 0 ? run : $"{run}/{set}";
        return string.Create(CultureInfo.InvariantCulture, $"{folder}/p={partition:000}");
    }
}
