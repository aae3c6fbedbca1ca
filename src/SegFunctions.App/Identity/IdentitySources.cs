using System.Globalization;
using System.Text;
using SegFunctions.Customers;
using SegFunctions.Customers.Identity.Store;
using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Storage.Blobs.Lake;
using SegFunctions.Storage.Blobs.Vault;

namespace SegFunctions.App.Identity;

/// <summary>What the uploads say of who the customers are: sealed identifiers of the vault, with what the lake knows beside them.</summary>
internal sealed class IdentitySources(Lake lake, Vault vault)
{
    // These are no direct identifiers and stand in the lake.
    private static readonly string[] OfLake = ["region", "country", "gender"];

    /// <summary>The identifiers of all customers, in the order of the uploads.</summary>
    public async Task<CustomerIdentifiers> ReadCustomersAsync(CancellationToken cancellationToken)
    {
        var customers = new CustomerIdentifiers();
        foreach (var upload in await lake.ListAsync(DatasetCatalog.Customers.Name, cancellationToken))
        {
            foreach (var part in upload.Parts.OrderBy(part => part.Partition))
            {
                var beside = await ReadLakeAsync(upload, part, cancellationToken);
                await ReadVaultAsync(customers, beside, VaultName(upload, part), cancellationToken);
            }
        }

        return customers;
    }

    /// <summary>Visitors as whom one customer signed in and nobody else, over all the time that events tell of.</summary>
    public async Task<IReadOnlyList<(CustomerKey Visitor, CustomerKey Customer)>> ReadVisitorsAsync(CancellationToken cancellationToken)
    {
        var customerOf = new SortedDictionary<CustomerKey, CustomerKey?>();
        await foreach (var (visitor, customer) in EventVisitors.ReadAsync(lake, cancellationToken))
            customerOf[visitor] = customerOf.TryGetValue(visitor, out var known) && known != customer ? null : customer;
        return [.. customerOf.Where(pair => pair.Value is not null).Select(pair => (pair.Key, pair.Value!.Value))];
    }

    private async Task<Dictionary<CustomerKey, string?[]>> ReadLakeAsync(LakeManifest upload, LakePart part, CancellationToken cancellationToken)
    {
        var values = new Dictionary<CustomerKey, string?[]>();
        await using var rows = await CanonicalReader.OpenAsync(await lake.OpenPartAsync(upload, part, cancellationToken), cancellationToken);
        var columns = Array.ConvertAll(OfLake, rows.Column);
        while (await rows.FillAsync(cancellationToken))
        {
            while (rows.Next())
            {
                if (CustomerKey.TryParse(rows.RawField(0), out var key))
                    values[key] = Array.ConvertAll(columns, column => Text(rows, column));
            }
        }

        return values;
    }

    private async Task ReadVaultAsync(CustomerIdentifiers customers, Dictionary<CustomerKey, string?[]> beside, string name, CancellationToken cancellationToken)
    {
        if (await OpenVaultAsync(name, cancellationToken) is not { } rows)
            return;
        await using (rows)
        {
            var fields = CustomerIdentifiers.Fields;
            var columns = fields.Select(field => rows.Column(field.Name)).ToArray();
            var fromLake = fields.Select(field => Array.IndexOf(OfLake, field.Name)).ToArray();
            var values = new string?[fields.Count];
            while (await rows.FillAsync(cancellationToken))
            {
                while (rows.Next())
                {
                    if (!CustomerKey.TryParse(rows.RawField(0), out var key))
                        continue;
                    for (var field = 0; field < values.Length; field++)
                        values[field] = fromLake[field] >= 0 ? beside.GetValueOrDefault(key)?[fromLake[field]] : Text(rows, columns[field]);
                    customers.Add(key, values);
                }
            }
        }
    }

    private async Task<CanonicalReader?> OpenVaultAsync(string name, CancellationToken cancellationToken)
    {
        await foreach (var blob in vault.ListAsync(name, cancellationToken))
        {
            if (blob.Name == name)
                return await CanonicalReader.OpenAsync(await vault.OpenReadAsync(name, blob.ETag, cancellationToken), cancellationToken);
        }

        // A file without identifiers seals none.
        return null;
    }

    private static string VaultName(LakeManifest upload, LakePart part) =>
        string.Create(CultureInfo.InvariantCulture, $"{upload.Dataset}/{upload.UploadId}/part-{part.Partition:000}-of-{upload.Partitions:000}.csv");

    private static string? Text(CanonicalReader rows, int column) =>
        column < 0 || rows.RawField(column).Length == 0 ? null : Encoding.UTF8.GetString(rows.Field(column));
}
