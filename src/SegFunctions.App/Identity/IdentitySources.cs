using System.Globalization;
using System.Text;
using SegFunctions.Customers;
using SegFunctions.Customers.Identity.Records;
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

    // Of those who use one device more than so many are not one person, whoever of them is one with whom.
    private const int MostCustomersOfVisitor = 12;

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

    /// <summary>Visitors with the customers who signed in as them, over all the time that events tell of; each pair once.</summary>
    /// <remarks>Of a visitor with many customers some are enough: it is nobody.</remarks>
    public async Task<IReadOnlyList<(CustomerKey Visitor, CustomerKey Customer)>> ReadVisitorsAsync(CancellationToken cancellationToken)
    {
        var customersOf = new SortedDictionary<CustomerKey, SortedSet<CustomerKey>>();
        await foreach (var (visitor, customer) in EventVisitors.ReadAsync(lake, cancellationToken))
        {
            if (!customersOf.TryGetValue(visitor, out var customers))
                customersOf.Add(visitor, customers = []);
            if (customers.Count < MostCustomersOfVisitor)
                customers.Add(customer);
        }

        return [.. customersOf.SelectMany(pair => pair.Value.Select(customer => (pair.Key, customer)))];
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
            var external = ExternalColumns(rows);
            while (await rows.FillAsync(cancellationToken))
            {
                while (rows.Next())
                {
                    if (!CustomerKey.TryParse(rows.RawField(0), out var key))
                        continue;
                    for (var field = 0; field < values.Length; field++)
                        values[field] = fromLake[field] >= 0 ? beside.GetValueOrDefault(key)?[fromLake[field]] : Text(rows, columns[field]);
                    customers.Add(key, values);
                    foreach (var (kind, column) in external)
                    {
                        if (Text(rows, column) is { } id)
                            customers.AddExternal(key, kind, id);
                    }
                }
            }
        }
    }

    /// <summary>Columns of ids in other systems: the declared one, and those whose header says it.</summary>
    private static List<(string Name, int Column)> ExternalColumns(CanonicalReader rows)
    {
        var columns = new List<(string, int)>();
        for (var column = 0; column < rows.Header.Count; column++)
        {
            var name = rows.Header[column];
            if (name == ExternalIds.Field)
                columns.Add((name, column));
            else if (name.StartsWith(CanonicalLayout.AttributePrefix, StringComparison.Ordinal) && ExternalIds.IsHeader(name[CanonicalLayout.AttributePrefix.Length..]))
                columns.Add((name[CanonicalLayout.AttributePrefix.Length..], column));
        }

        return columns;
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
