using SegFunctions.App.Memberships;
using SegFunctions.Customers.Privacy.Erasure;
using SegFunctions.Storage.Tables;

namespace SegFunctions.App.Privacy.Erasure;

/// <summary>What the run before has said of other customers in words that name the person: a product made for them, in a prediction.</summary>
internal sealed class EarlierMemberships(MembershipTables tables, RunTable runs)
{
    /// <summary>Forgets it where readers of the run that is served have a newer version, which was made without the person.</summary>
    public async Task ForgetAsync(PersonMentions mentions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(mentions);
        await tables.EnsureCreatedAsync(cancellationToken);
        if (mentions.IsEmpty || await runs.FindCurrentAsync(cancellationToken) is not { } served)
            return;
        await foreach (var entity in tables.Memberships.QueryAsync<TableEntity>(cancellationToken: cancellationToken))
        {
            var row = MembershipRow.Read(entity);
            if (row.Current.Run <= served.Sequence && row.Previous?.Data is { } data && mentions.FirstIn(System.Text.Encoding.UTF8.GetBytes(data)) is not null)
                await tables.Memberships.UpdateEntityAsync((row with { Previous = null }).Write(entity.PartitionKey), row.ETag, TableUpdateMode.Merge, cancellationToken);
        }
    }
}
