using SegFunctions.Customers;
using SegFunctions.Storage.Tables;

namespace SegFunctions.App.Memberships;

/// <summary>Finds what a run published of a customer: one point read.</summary>
internal sealed class MembershipReader(MembershipTables tables)
{
    /// <summary>The document that readers of <paramref name="run"/> see, or null where the customer is unknown to it.</summary>
    public async Task<MembershipDocument?> FindAsync(CustomerKey key, long run, CancellationToken cancellationToken)
    {
        var row = await tables.Memberships.GetEntityIfExistsAsync<TableEntity>(key.Shard, key.ToString(), cancellationToken: cancellationToken);
        return row.HasValue ? MembershipDocument.Read(MembershipRow.Read(row.Value!).At(run)) : null;
    }
}
