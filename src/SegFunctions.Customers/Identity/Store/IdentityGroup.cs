namespace SegFunctions.Customers.Identity.Store;

/// <summary>Keys that are one person or company.</summary>
/// <param name="Canonical">The member that was known first; all the others stand for it.</param>
/// <param name="Members">All of them, the canonical one first, then in the order of their keys.</param>
public sealed record IdentityGroup(CustomerKey Canonical, IReadOnlyList<IdentityMember> Members);

/// <param name="Key">The member.</param>
/// <param name="Probability">How surely it belongs to its group.</param>
public readonly record struct IdentityMember(CustomerKey Key, double Probability);
