using SegFunctions.Customers;
using SegFunctions.Storage.Tables;

namespace SegFunctions.App.Memberships;

/// <summary>Pages through the members of a segment in the order of their keys.</summary>
internal sealed class SegmentMembersReader(MembershipTables tables)
{
    /// <summary>The next members of <paramref name="segment"/> as <paramref name="run"/> has them.</summary>
    /// <remarks>
    /// What was read holds if the run's segments still stand afterwards: they are swept before the first row of that run
    /// is given up. Ask <see cref="SegmentTable.FindAsync"/> after reading, not before.
    /// </remarks>
    /// <param name="after">Where the page before ended, or null for the first page.</param>
    /// <param name="size">Most members on the page.</param>
    public async Task<SegmentMembersPage> ReadAsync(
        string segment, long run, PageToken? after, int size, CancellationToken cancellationToken)
    {
        // One range over all shards of the segment: a small segment is found in one request, not in 256.
        var first = ShardDifference.MemberPartition(segment, after?.After.Shard ?? "00");
        var last = ShardDifference.MemberPartition(segment, "ff");
        var from = after is { } token
            ? TableClient.CreateQueryFilter($"(PartitionKey gt {first} or (PartitionKey eq {first} and RowKey gt {token.After.ToString()})) and PartitionKey ge {first}")
            : TableClient.CreateQueryFilter($"PartitionKey ge {first}");
        var visible = TableClient.CreateQueryFilter($"PartitionKey le {last} and from le {run} and to gt {run}");
        var members = new List<SegmentMember>(size);
        await foreach (var row in tables.SegmentMembers.QueryAsync<TableEntity>(
            $"{from} and {visible}", maxPerPage: Math.Min(size + 1, 1000), cancellationToken: cancellationToken))
        {
            if (members.Count == size)
            {
                return new SegmentMembersPage(members, new PageToken(segment, run, Key(members[^1].Customer)));
            }

            members.Add(new SegmentMember(row.RowKey, row.GetDateTimeOffset(ShardDifference.SinceColumn)!.Value));
        }

        return new SegmentMembersPage(members, null);
    }

    /// <summary>The key of a member.</summary>
    public static CustomerKey Key(string key) => CustomerKey.TryParse(key, out var parsed)
        ? parsed
        : throw new InvalidOperationException($"'{key}' in SegmentMembers is no customer key.");
}
