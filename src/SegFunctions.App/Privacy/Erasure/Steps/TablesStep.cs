using SegFunctions.App.Identity;
using SegFunctions.App.Memberships;
using SegFunctions.App.Privacy.Consents;
using SegFunctions.Storage.Tables;

namespace SegFunctions.App.Privacy.Erasure.Steps;

/// <summary>Deletes the person's rows: memberships, member lists, consents, identities, reviews; what others said of consents loses the naming of the person.</summary>
internal sealed class TablesStep(MembershipTables tables, ConsentTable consents, IdentityLinks identities, ReviewTable reviews) : ErasureStep
{
    public override string Store => "tables";

    public override async Task EraseAsync(Person person, ReceiptBuilder receipt, CancellationToken cancellationToken)
    {
        await tables.EnsureCreatedAsync(cancellationToken);
        foreach (var key in person.Keys)
        {
            var text = key.ToString();
            var memberships = await tables.Memberships.DeleteEntityAsync(key.Shard, text, cancellationToken: cancellationToken);
            receipt.RemoveRows("Memberships", memberships.Status == 404 ? 0 : 1);

            var members = 0;
            var filter = TableClient.CreateQueryFilter($"RowKey eq {text}");
            await foreach (var row in tables.SegmentMembers.QueryAsync<TableEntity>(filter, select: ["PartitionKey", "RowKey"], cancellationToken: cancellationToken))
            {
                await tables.SegmentMembers.DeleteEntityAsync(row.PartitionKey, row.RowKey, cancellationToken: cancellationToken);
                members++;
            }

            receipt.RemoveRows("SegmentMembers", members);
            receipt.RemoveRows("Consents", await consents.DeleteAsync(key, cancellationToken));
        }

        receipt.MaskRows("Consents", await consents.MaskAsync(person.Traces.Mentions, cancellationToken));
        receipt.RemoveRows(IdentityLinks.Table, await identities.DeleteAsync(person.Keys, cancellationToken));
        receipt.RemoveRows(ReviewTable.Table, await reviews.DeleteAsync(person.Keys, cancellationToken));
    }
}
