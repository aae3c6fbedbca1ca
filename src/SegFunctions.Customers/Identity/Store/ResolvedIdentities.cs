namespace SegFunctions.Customers.Identity.Store;

/// <summary>Who is one person or company, how that is known, and what was left to humans.</summary>
public sealed record ResolvedIdentities
{
    /// <summary>Groups of two keys and more, in the order of their canonical keys.</summary>
    public required IReadOnlyList<IdentityGroup> Groups { get; init; }

    /// <summary>What joins the keys of the groups.</summary>
    public required IReadOnlyList<KeyLink> Links { get; init; }

    /// <summary>Pairs that wait for a human, the most probable first.</summary>
    public required IReadOnlyList<KeyReview> Reviews { get; init; }

    /// <summary>Pairs for review beyond those listed.</summary>
    public required int ReviewsUnlisted { get; init; }

    /// <summary>Groups too large to be one, which were left apart.</summary>
    public required IReadOnlyList<IReadOnlyList<CustomerKey>> Refused { get; init; }

    /// <summary>Values on too many records, by column: they link nobody.</summary>
    public required IReadOnlyDictionary<string, int> Blocked { get; init; }

    /// <summary>Customers that were compared.</summary>
    public required int Customers { get; init; }

    /// <summary>Records of customers that were compared anew; of the others the last time's pairs were kept.</summary>
    public required int Compared { get; init; }

    /// <summary>What was learned of people's records; null where there are none.</summary>
    public required LearnedIdentity? People { get; init; }

    /// <summary>What was learned of companies' records; null where there are none.</summary>
    public required LearnedIdentity? Companies { get; init; }

    /// <summary>The members of the groups with what they stand for.</summary>
    public IdentityRoutes Routes() => new(Groups.SelectMany(group => group.Members.Skip(1).Select(member => KeyValuePair.Create(member.Key, group.Canonical))));
}
