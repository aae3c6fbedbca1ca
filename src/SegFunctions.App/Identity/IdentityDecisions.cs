using SegFunctions.App.Memberships;
using SegFunctions.Customers;
using SegFunctions.Customers.Identity.Store;

namespace SegFunctions.App.Identity;

/// <summary>What humans decide about pairs of customers: remembered for ever, and stronger than any model.</summary>
internal sealed class IdentityDecisions(ReviewTable reviews, IdentityTable identities, MembershipReader memberships, TimeProvider time)
{
    /// <summary>Decides about a pair that waits, or decides anew about one.</summary>
    /// <returns>How the review stands; null where nobody was ever asked about the pair.</returns>
    public async Task<ReviewRecord?> DecideAsync(CustomerKey left, CustomerKey right, bool same, string who, CancellationToken cancellationToken)
    {
        if (await reviews.FindAsync(left, right, cancellationToken) is not { } review)
            return null;
        var decided = review with { Status = same ? ReviewStatus.Accepted : ReviewStatus.Rejected, DecidedAt = time.GetUtcNow(), DecidedBy = who };
        await reviews.WriteAsync([decided], cancellationToken);
        if (same)
            await JoinAsync(left, right, cancellationToken);
        return decided;
    }

    /// <summary>
    /// Takes a customer out of its group: it is decided to be another one than each of the others, not than one of them alone, for the
    /// rest would hold it. What had joined it to them stays with the decisions.
    /// </summary>
    /// <returns>The others; empty where it has none.</returns>
    public async Task<IReadOnlyList<CustomerKey>> UndoAsync(CustomerKey key, string who, CancellationToken cancellationToken)
    {
        var group = await identities.GroupAsync(key, cancellationToken);
        var apart = new List<ReviewRecord>();
        var own = group.FirstOrDefault(row => row.Key == key);
        foreach (var row in group.Where(row => row.Key != key))
        {
            var other = row.Key;
            var link = own?.Links.FirstOrDefault(one => one.Other == other.ToString()) ?? row.Links.FirstOrDefault(one => one.Other == key.ToString());
            var (left, right) = key < other ? (key, other) : (other, key);
            var known = await reviews.FindAsync(left, right, cancellationToken);
            var now = time.GetUtcNow();
            apart.Add((known ?? new ReviewRecord(left, right, ReviewStatus.Rejected, link, null, null, now, null, null)) with { Status = ReviewStatus.Rejected, DecidedAt = now, DecidedBy = who });
        }

        await reviews.WriteAsync(apart, cancellationToken);
        return [.. apart.Select(review => review.Left == key ? review.Right : review.Left)];
    }

    /// <summary>From now on both are found by either key. Their orders come together with the next refresh.</summary>
    private async Task JoinAsync(CustomerKey left, CustomerKey right, CancellationToken cancellationToken)
    {
        var one = await MembersAsync(left, cancellationToken);
        var other = await MembersAsync(right, cancellationToken);
        if (one[0].Canonical == other[0].Canonical)
            return;
        // Readers find what is published already.
        var served = await memberships.FindOwnAsync([one[0].Canonical, other[0].Canonical], cancellationToken);
        var canonical = served is { Documents: [null, not null] } ? other[0].Canonical : one[0].Canonical;
        var now = time.GetUtcNow();
        var rows = one.Concat(other).ToArray();
        var keys = rows.Select(row => row.Key).OrderBy(key => key != canonical).ThenBy(key => key).ToArray();
        await identities.WriteAsync(
            rows.Select(row => row with
            {
                Canonical = canonical,
                Members = row.Key == canonical ? keys : [],
                Links = row.Key == right ? [.. row.Links, new StoredLink(left.ToString(), LinkKind.Decision, 1, 0, [])] : row.Links,
                At = now,
            }),
            cancellationToken);
    }

    private async Task<IReadOnlyList<IdentityRow>> MembersAsync(CustomerKey key, CancellationToken cancellationToken)
    {
        var group = await identities.GroupAsync(key, cancellationToken);
        return group.Count > 0 ? group : [new IdentityRow(key, key, 1, [key], [], 0, time.GetUtcNow())];
    }
}
