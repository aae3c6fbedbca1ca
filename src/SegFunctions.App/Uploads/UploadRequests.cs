using System.Security.Cryptography;
using SegFunctions.Customers.Intake;
using SegFunctions.Customers.Intake.Mapping;
using SegFunctions.Customers.Privacy;
using SegFunctions.Storage;
using SegFunctions.Storage.Blobs;

namespace SegFunctions.App.Uploads;

/// <summary>A dropped file as intake reads it, with the mapping that lies beside it.</summary>
internal sealed class UploadRequests(StorageAccount storage, KeepPolicy keep)
{
    private readonly BlobContainer _container = storage.Blobs.GetContainer(UploadQueue.Container);

    /// <exception cref="MappingException">The mapping cannot be used.</exception>
    public async Task<(IntakeRequest Request, string MappingHash)> OfAsync(BlobEntry blob, ErasedCustomers erased, CancellationToken cancellationToken)
    {
        var (mapping, hash) = await FindMappingAsync(blob.Name, cancellationToken);
        return (
            new IntakeRequest
            {
                FileName = blob.Name[(blob.Name.LastIndexOf('/') + 1)..],
                OpenAsync = token => _container.OpenReadAsync(blob.Name, blob.ETag, token),
                Mapping = mapping,
                Folder = blob.Name.Contains('/', StringComparison.Ordinal) ? blob.Name[..blob.Name.IndexOf('/', StringComparison.Ordinal)] : null,
                ReceivedAt = blob.LastModified.UtcDateTime,
                Erased = erased,
                Keep = keep,
            },
            hash);
    }

    /// <summary>The mapping that a file is read by.</summary>
    /// <exception cref="MappingException">The mapping cannot be used.</exception>
    public async Task<UploadMapping> MappingOfAsync(string blob, CancellationToken cancellationToken) => (await FindMappingAsync(blob, cancellationToken)).Mapping;

    private async Task<(UploadMapping Mapping, string Hash)> FindMappingAsync(string blob, CancellationToken cancellationToken)
    {
        var folder = blob[..(blob.LastIndexOf('/') + 1)];
        foreach (var name in MappingFiles.NamesFor(blob[folder.Length..]))
        {
            if (await _container.FindContentAsync(folder + name, cancellationToken) is { } found)
                return await WithRatesAsync(folder, MappingReader.Read(folder + name, found.Content), Convert.ToHexStringLower(SHA256.HashData(found.Content)), cancellationToken);
        }

        return await WithRatesAsync(folder, UploadMapping.None, "", cancellationToken);
    }

    /// <summary>Rates lie beside the mapping, like the mapping beside its file.</summary>
    private async Task<(UploadMapping Mapping, string Hash)> WithRatesAsync(string folder, UploadMapping mapping, string hash, CancellationToken cancellationToken)
    {
        if (mapping.Rates is not null)
            return (mapping, hash);
        var name = folder + (mapping.RatesFile ?? MappingFiles.Rates);
        if (await _container.FindContentAsync(name, cancellationToken) is { } found)
            return (mapping with { Rates = CurrencyRates.Read(name, found.Content) }, hash + Convert.ToHexStringLower(SHA256.HashData(found.Content)));
        return mapping.RatesFile is null ? (mapping, hash) : throw new MappingException(name, ["there is no such file of rates."]);
    }
}
