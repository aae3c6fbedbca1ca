using SegFunctions.Customers;
using SegFunctions.Customers.Privacy.Consents;

namespace SegFunctions.App.Privacy.Consents;

/// <summary>Whether data of a customer may be used for a purpose now: asked with every answer, and for a whole share of the customers with every refresh.</summary>
internal sealed class ConsentGate(ConsentTable consents, TombstoneStore tombstones, ConsentPolicy policy, TimeProvider time)
{
    /// <summary>What a refresh uses data for: customers who allow only one of them are left out.</summary>
    private static readonly ConsentPurpose[] OfRefreshes = [ConsentPurpose.Analytics, ConsentPurpose.Profiling];

    /// <summary>Of each customer, whether an answer may tell of them.</summary>
    /// <param name="purpose">Null: only those who were erased are left out; the rest was decided by the refresh.</param>
    public async Task<bool[]> AllowAsync(IReadOnlyList<CustomerKey> customers, ConsentPurpose? purpose, CancellationToken cancellationToken)
    {
        var erased = await tombstones.CurrentAsync(cancellationToken);
        var allowed = new bool[customers.Count];
        var moment = time.GetUtcNow().UtcDateTime;
        await Parallel.ForAsync(0, allowed.Length, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = cancellationToken }, async (index, token) =>
        {
            var customer = customers[index];
            allowed[index] = !erased.Contains(customer)
                && (purpose is not { } asked || policy.Allows(asked, await consents.FindAsync(customer, asked, token), moment));
        });
        return allowed;
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
        }

        return [.. customers.Select(customer => !erased.Contains(customer)
            && (purpose is not { } wanted || policy.Allows(wanted, said.GetValueOrDefault(customer, ConsentHistory.Empty), moment)))];
    }

    /// <summary>Whom a refresh leaves out among the customers between two keys.</summary>
    public async Task<Func<CustomerKey, bool>> LeftOutAsync(CustomerKey first, CustomerKey last, CancellationToken cancellationToken)
    {
        var erased = await tombstones.ReadAsync(cancellationToken);
        var moment = time.GetUtcNow().UtcDateTime;
        var isUsual = OfRefreshes.All(policy.IsAllowedUnasked);
        var allowed = new Dictionary<CustomerKey, int>();
        var refused = new HashSet<CustomerKey>();
        foreach (var purpose in OfRefreshes)
        {
            await foreach (var (customer, history) in consents.ListAsync(purpose, first, last, cancellationToken))
            {
                if (!policy.Allows(purpose, history, moment))
                    refused.Add(customer);
                else if (!policy.IsAllowedUnasked(purpose))
                    allowed[customer] = allowed.GetValueOrDefault(customer) + 1;
            }
        }

        var asked = OfRefreshes.Count(purpose => !policy.IsAllowedUnasked(purpose));
        // Lines come customer by customer, mostly: the last answer serves for the next line.
        var known = (Customer: default(CustomerKey), IsLeftOut: false, Any: false);
        return customer =>
        {
            if (!known.Any || known.Customer != customer)
                known = (customer, refused.Contains(customer) || (!isUsual && allowed.GetValueOrDefault(customer) < asked) || erased.Contains(customer), true);
            return known.IsLeftOut;
        };
    }
}
