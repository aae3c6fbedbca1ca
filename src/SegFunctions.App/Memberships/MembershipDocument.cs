using System.Security.Cryptography;
using System.Text.Json;
using SegFunctions.Customers.Segments.Profiles;

namespace SegFunctions.App.Memberships;

/// <summary>What a row of <c>Memberships</c> publishes of a customer: what the run found, and since when each membership lasts.</summary>
internal sealed record MembershipDocument(CustomerProfile Customer, IReadOnlyDictionary<string, DateTimeOffset> Since)
{
    /// <summary>Adds the dates: a membership that the version before had keeps its own, a new one begins at <paramref name="now"/>.</summary>
    public static MembershipDocument Create(CustomerProfile customer, MembershipDocument? before, DateTimeOffset now)
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
    public static string HashOf(CustomerProfile customer) =>
        Convert.ToHexStringLower(SHA256.HashData(customer.ToUtf8Json()).AsSpan(0, 16));

    public static MembershipDocument? Read(CustomerVersion? version) =>
        version?.Data is null ? null : JsonSerializer.Deserialize(version.Data, AppJson.Published.MembershipDocument);

    public string Write() => JsonSerializer.Serialize(this, AppJson.Published.MembershipDocument);
}
