using System.Collections.Concurrent;
using SegFunctions.App.Identity;
using SegFunctions.Customers;
using SegFunctions.Customers.Identity.Store;
using SegFunctions.Customers.Privacy.Consents;

namespace SegFunctions.App.Privacy.Consents;

/// <summary>Whether data of a customer may be used for a purpose now: asked with every answer, and for a whole share of the customers with every refresh.</summary>
internal sealed class ConsentGate(ConsentTable consents, IdentityTable identities, IdentityLinks links, TombstoneStore tombstones, ConsentPolicy policy, TimeProvider time)
{
    /// <summary>What a refresh uses data for: customers who allow only one of them are left out.</summary>
    private static readonly ConsentPurpose[] OfRefreshes = [ConsentPurpose.Analytics, ConsentPurpose.Profiling];

    /// <summary>Of each customer, what an answer may tell of them.</summary>
    /// <param name="purpose">Null: only those who were erased are left out; the rest was decided by the refresh.</param>
    public async Task<ConsentVerdict[]> JudgeAsync(IReadOnlyList<CustomerKey> customers, ConsentPurpose? purpose, CancellationToken cancellationToken)
    {
        var erased = await tombstones.CurrentAsync(cancellationToken);
        var verdicts = new ConcurrentDictionary<CustomerKey, ConsentVerdict>();
        var moment = time.GetUtcNow().UtcDateTime;
        // A customer is asked for under the own key and under the one that it stands for, mostly the same.
        await Parallel.ForEachAsync(customers.Distinct(), new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = cancellationToken }, async (customer, token) =>
            verdicts[customer] = erased.Contains(customer) ? ConsentVerdict.Erased
                : purpose is not { } asked || policy.Allows(asked, await FindAsync(customer, asked, token), moment) ? ConsentVerdict.Allowed
                : ConsentVerdict.Refused);
        return [.. customers.Select(customer => verdicts[customer])];
    }

    /// <summary>The same for customers in the order of their keys, such as a page of members: one query a shard instead of one a customer.</summary>
    public async Task<bool[]> AllowRangeAsync(IReadOnlyList<CustomerKey> customers, ConsentPurpose? purpose, CancellationToken cancellationToken)
    {
        var erased = await tombstones.CurrentAsync(cancellationToken);
        var moment = time.GetUtcNow().UtcDateTime;
        var said = new Dictionary<CustomerKey, ConsentHistory>();
        if (purpose is { } asked && customers.Count > 0)
        {
            await foreach (var (customer, history) in consents.ListAsync(asked, customers[0], customers[^1], cancellationToken))
                said[customer] = history;
            foreach (var (customer, members) in await links.MembersAsync(customers[0], customers[^1], cancellationToken))
            {
                foreach (var member in members.Where(member => member != customer))
                    said[customer] = said.GetValueOrDefault(customer, ConsentHistory.Empty).With((await consents.FindAsync(member, asked, cancellationToken)).Records);
            }
        }

        return [.. customers.Select(customer => !erased.Contains(customer)
            && (purpose is not { } wanted || policy.Allows(wanted, said.GetValueOrDefault(customer, ConsentHistory.Empty), moment)))];
    }

    /// <summary>Whom a refresh leaves out among the customers between two keys.</summary>
    /// <param name="routes">Who stands for whom: what a person has said under one key counts for all. Null: everybody for himself.</param>
    public async Task<Func<CustomerKey, bool>> LeftOutAsync(CustomerKey first, CustomerKey last, IdentityRoutes? routes, CancellationToken cancellationToken)
    {
        var erased = await tombstones.ReadAsync(cancellationToken);
        var moment = time.GetUtcNow().UtcDateTime;
        var refused = new HashSet<CustomerKey>();
        var allowed = new List<HashSet<CustomerKey>>();
        foreach (var purpose in OfRefreshes)
        {
            var said = new Dictionary<CustomerKey, ConsentHistory>();
            await foreach (var (customer, history) in consents.ListAsync(purpose, first, last, cancellationToken))
            {
                var person = routes?.Of(customer) ?? customer;
                said[person] = said.TryGetValue(person, out var earlier) ? earlier.With(history.Records) : history;
            }

            refused.UnionWith(said.Where(one => !policy.Allows(purpose, one.Value, moment)).Select(one => one.Key));
            // Where the policy is opt-in, who has said nothing is left out as well.
            if (!policy.IsAllowedUnasked(purpose))
                allowed.Add([.. said.Where(one => policy.Allows(purpose, one.Value, moment)).Select(one => one.Key)]);
        }

        // Lines come customer by customer, mostly: the last answer serves for the next line.
        var known = (Customer: default(CustomerKey), IsLeftOut: false, Any: false);
        return customer =>
        {
            if (!known.Any || known.Customer != customer)
            {
                var person = routes?.Of(customer) ?? customer;
                known = (customer, refused.Contains(person) || allowed.Exists(of => !of.Contains(person)) || erased.Contains(customer), true);
            }

            return known.IsLeftOut;
        };
    }

    /// <summary>What a person has said under all keys.</summary>
    private async Task<ConsentHistory> FindAsync(CustomerKey customer, ConsentPurpose purpose, CancellationToken cancellationToken)
    {
        var history = await consents.FindAsync(customer, purpose, cancellationToken);
        foreach (var other in await identities.GroupAsync(customer, cancellationToken))
        {
            if (other.Key != customer)
                history = history.With((await consents.FindAsync(other.Key, purpose, cancellationToken)).Records);
        }

        return history;
    }
}

/// <summary>What an answer may tell of a customer.</summary>
internal enum ConsentVerdict
{
    /// <summary>All there is.</summary>
    Allowed,

    /// <summary>Nothing for this purpose.</summary>
    Refused,

    /// <summary>Nothing: there is no such customer any more.</summary>
    Erased,
}
