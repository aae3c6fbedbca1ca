using System.Runtime.CompilerServices;
using SegFunctions.Customers;
using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Storage.Blobs.Lake;

namespace SegFunctions.App.Identity;

/// <summary>Who stands beside which visitor (a browser, a device) in the events of the lake.</summary>
internal static class EventVisitors
{
    /// <summary>A pair for each event of a customer that names the visitor too; a run of equal ones is given once.</summary>
    public static IAsyncEnumerable<(CustomerKey Visitor, CustomerKey Customer)> ReadAsync(Lake lake, CancellationToken cancellationToken) =>
        ReadAsync(lake, static (_, _) => true, cancellationToken);

    /// <summary>The same of some parts alone; events lie by the key of their customer.</summary>
    public static async IAsyncEnumerable<(CustomerKey Visitor, CustomerKey Customer)> ReadAsync(
        Lake lake, Func<LakeManifest, LakePart, bool> isWanted, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = default((CustomerKey, CustomerKey));
        foreach (var upload in await lake.ListAsync(DatasetCatalog.Events.Name, cancellationToken))
        {
            foreach (var part in upload.Parts.Where(part => isWanted(upload, part)))
            {
                await using var rows = await CanonicalReader.OpenAsync(await lake.OpenPartAsync(upload, part, cancellationToken), cancellationToken);
                var anonymous = rows.RequiredColumn("anonymous");
                while (await rows.FillAsync(cancellationToken))
                {
                    while (rows.Next())
                    {
                        // The key of a row without customer is the visitor's own.
                        if (!CustomerKey.TryParse(rows.RawField(0), out var customer) || !CustomerKey.TryParse(rows.RawField(anonymous), out var visitor)
                            || customer == visitor || last == (visitor, customer))
                            continue;
                        last = (visitor, customer);
                        yield return last;
                    }
                }
            }
        }
    }
}
