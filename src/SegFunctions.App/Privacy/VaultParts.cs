using System.Globalization;
using SegFunctions.Customers;
using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Storage.Blobs;
using SegFunctions.Storage.Blobs.Vault;

namespace SegFunctions.App.Privacy;

/// <summary>Sealed identifiers, which lie as the rows of the lake do: <c>orders/upload/part-003-of-016.csv</c>.</summary>
internal static class VaultParts
{
    private const string Prefix = "part-";
    private const string Middle = "-of-";
    private const string Suffix = ".csv";

    /// <summary>The parts of all datasets that may hold one of the keys.</summary>
    public static async IAsyncEnumerable<(Dataset Dataset, BlobEntry Part)> PartsAsync(
        this Vault vault, IReadOnlyCollection<CustomerKey> keys, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var dataset in DatasetCatalog.All)
        {
            await foreach (var part in vault.ListAsync(dataset.Name + "/", cancellationToken))
            {
                if (PartitionOf(part.Name) is not var (partition, partitions) || keys.Any(key => key.Partition(partitions) == partition))
                    yield return (dataset, part);
            }
        }
    }

    /// <summary>The upload whose identifiers a part holds.</summary>
    public static string UploadOf(BlobEntry part) => part.Name.Split('/')[1];

    /// <summary>Which of how many partitions a part holds; null where its name does not tell.</summary>
    public static (int Partition, int Partitions)? PartitionOf(string name)
    {
        var last = name.AsSpan(name.LastIndexOf('/') + 1);
        if (!last.StartsWith(Prefix, StringComparison.Ordinal) || !last.EndsWith(Suffix, StringComparison.Ordinal))
            return null;
        last = last[Prefix.Length..^Suffix.Length];
        var middle = last.IndexOf(Middle, StringComparison.Ordinal);
        return middle > 0
            && int.TryParse(last[..middle], NumberStyles.None, CultureInfo.InvariantCulture, out var partition)
            && int.TryParse(last[(middle + Middle.Length)..], NumberStyles.None, CultureInfo.InvariantCulture, out var partitions)
            && partition < partitions
            ? (partition, partitions)
            : null;
    }
}
