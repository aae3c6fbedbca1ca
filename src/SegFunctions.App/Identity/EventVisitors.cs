using System.Runtime.CompilerServices;
using SegFunctions.App.Privacy;
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
        ReadAsync(lake, static _ => true, cancellationToken);

    /// <summary>The same of some parts alone; events lie by the key of their customer.</summary>
    public static async IAsyncEnumerable<(CustomerKey Visitor, CustomerKey Customer)> ReadAsync(
        Lake lake, Func<StoredPart, bool> isWanted, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = default((CustomerKey, CustomerKey));
        await foreach (var part in lake.PartsAsync(DatasetCatalog.Events, cancellationToken))
        {
            if (!isWanted(part))
                continue;
            await using var rows = await CanonicalReader.OpenAsync(await part.OpenAsync(cancellationToken), cancellationToken);
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
