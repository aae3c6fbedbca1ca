namespace SegFunctions.App.Memberships;

/// <summary>One member of a segment.</summary>
/// <param name="Customer">The customer's key.</param>
/// <param name="Since">Begin of the membership, UTC.</param>
internal sealed record SegmentMember(string Customer, DateTimeOffset Since);

/// <summary>Some members, and where to go on; a null token says that these were the last.</summary>
internal sealed record SegmentMembersPage(IReadOnlyList<SegmentMember> Members, PageToken? Next);
