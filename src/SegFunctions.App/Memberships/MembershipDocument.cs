using System.Security.Cryptography;
using System.Text.Json;
using SegFunctions.Customers.Segments;

namespace SegFunctions.App.Memberships;

/// <summary>What a row of <c>Memberships</c> publishes of a customer: what the run found, and since when each membership lasts.</summary>
internal sealed record MembershipDocument(ScoredCustomer Customer, IReadOnlyDictionary<string, DateTimeOffset> Since)
{
    /// <summary>Adds the dates: a membership that the version before had keeps its own, a new one begins at <paramref name="now"/>.</summary>
    public static MembershipDocument Create(ScoredCustomer customer, MembershipDocument? before, DateTimeOffset now)
    {
        var since = new SortedDictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        foreach (var membership in customer.Memberships)
        {
            since[membership.Segment] = before is not null && before.Since.TryGetValue(membership.Segment, out var earlier)
                ? earlier
                : now;
        }

        return new MembershipDocument(customer, since);
    }

    /// <summary>A hash of what a run computes: equal hashes, equal content; dates of memberships are left out.</summary>
    public static string HashOf(ScoredCustomer customer)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(customer, AppJson.Default.ScoredCustomer);
        return Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16));
    }

    public static MembershipDocument? Read(CustomerVersion? version) =>
        version?.Data is null ? null : JsonSerializer.Deserialize(version.Data, AppJson.Default.MembershipDocument);

    public string Write() => JsonSerializer.Serialize(this, AppJson.Default.MembershipDocument);
}
