using SegFunctions.Cli.Sample;
using SegFunctions.Storage;
using SegFunctions.Storage.Blobs;

namespace SegFunctions.Cli.Demo;

/// <summary>The files of a demo: the simulated shop's, or a person's own.</summary>
/// <param name="Folder">Where they lie.</param>
/// <param name="Files">Paths below it, in upload order; mappings come first, so that they are there when their file is read.</param>
/// <param name="KnownCustomers">Raw ids to look up; empty when the demo does not know any.</param>
internal sealed record DemoFiles(string Folder, IReadOnlyList<string> Files, IReadOnlyList<string> KnownCustomers)
{
    /// <summary>Writes the simulated shop's files.</summary>
    public static async Task<DemoFiles> SimulateAsync(string folder, int customers, int seed, CancellationToken cancellationToken)
    {
        var shop = new ShopSample(customers, seed);
        var files = await shop.WriteAsync(folder, cancellationToken);
        return new DemoFiles(folder, files, shop.SomeCustomerIds(3));
    }

    /// <summary>Takes every file below a folder, hidden ones left out.</summary>
    public static DemoFiles Take(string folder)
    {
        if (!Directory.Exists(folder))
            throw new CommandFailedException($"The folder '{folder}' of --data does not exist.");
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
            .Where(file => !file.Split('/').Any(part => part.StartsWith('.')))
            .OrderBy(file => file.EndsWith("mapping.json", StringComparison.OrdinalIgnoreCase) ? 0 : 1)
            .ThenBy(file => file, StringComparer.Ordinal)
            .ToArray();
        if (files.Length == 0)
            throw new CommandFailedException($"The folder '{folder}' of --data holds no files.");
        return new DemoFiles(folder, files, []);
    }

    /// <summary>Drops the files into the container that people drop files into.</summary>
    /// <returns>How many of them are data, not mappings.</returns>
    public async Task<int> DropAsync(StorageAccount storage, CancellationToken cancellationToken)
    {
        var container = storage.Blobs.GetContainer("uploads");
        await container.CreateIfNotExistsAsync(cancellationToken);
        foreach (var file in Files)
        {
            await container.WriteAsync(
                file,
                async (target, token) =>
                {
                    await using var source = File.OpenRead(Path.Combine(Folder, file));
                    await source.CopyToAsync(target, token);
                },
                new BlobWriteOptions(),
                cancellationToken);
        }

        return Files.Count(file => !file.EndsWith("mapping.json", StringComparison.OrdinalIgnoreCase));
    }
}
